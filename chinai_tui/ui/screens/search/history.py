"""The queries one has asked before, kept from one run to the next."""

from __future__ import annotations

import json

from chinai_tui.workspace import Workspace

MOST = 50
_KEY = "searched"
"""The value of the session that keeps them, the last one last."""


def asked(workspace: Workspace) -> list[str]:
    """The queries of before, the last one last."""
    kept = json.loads(workspace.library.session().get(_KEY, "[]"))
    return [query for query in kept if isinstance(query, str)]


def remember(workspace: Workspace, query: str) -> None:
    """Keep a query as the last one; returns when it is on disk."""
    queries = [each for each in asked(workspace) if each != query]
    if query.strip():
        workspace.library.save_session(**{_KEY: json.dumps([*queries, query][-MOST:])})


class History:
    """Going back and forth through queries, from the one that is being written."""

    def __init__(self, queries: list[str]) -> None:
        self._queries = [*queries, ""]
        self._at = len(queries)

    @property
    def is_back(self) -> bool:
        """Whether one is at a query of before."""
        return self._at < len(self._queries) - 1

    def step(self, by: int, current: str) -> str:
        """The query so many steps later, before which `current` stands in the box."""
        if not self.is_back:
            self._queries[-1] = current
        self._at = min(max(self._at + by, 0), len(self._queries) - 1)
        return self._queries[self._at]
