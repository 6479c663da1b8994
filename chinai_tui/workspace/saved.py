"""Saved searches: queries with a name, how many issues fit them, and how many of these are new."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.domain.rows import SavedSearch
from chinai_tui.workspace.core import timestamp

if TYPE_CHECKING:
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.library import Library
    from chinai_tui.workspace.search import Search

_KEY = "saved:"
"""Before the query in the name of the session value that keeps one; it is empty once forgotten."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What is kept of a query."""

    name: str
    made: str
    """When it was saved, ISO 8601 in UTC."""
    seen: str
    """When one last looked at what fits it."""


class Saved:
    """Kept in the order in which they were saved; each query once."""

    def __init__(self, core: Core, library: Library, search: Search) -> None:
        self._core = core
        self._library = library
        self._search = search

    def all(self) -> list[SavedSearch]:
        """Each with the issues that fit it, and those that came in since one last looked."""
        count = self._core.index.count
        return [
            SavedSearch(each.name, query, *count(self._search.parse(query), each.seen))
            for query, each in self._records().items()
        ]

    def name_of(self, query: str) -> str:
        """The name under which a query is saved; empty if it is not."""
        known = self._records().get(query.strip())
        return known.name if known is not None else ""

    def save(self, query: str, name: str = "") -> None:
        """Keep a query, under its own words if it has no name; one that is kept is renamed."""
        query, now = query.strip(), timestamp()
        known = self._records().get(query, _Record("", now, now))
        self._write(query, replace(known, name=name.strip() or query))

    def forget(self, query: str) -> None:
        """Keep a query no longer."""
        self._library.save_session(**{_KEY + query.strip(): ""})

    def look(self, query: str) -> None:
        """Have nothing of what fits a saved query be new any more."""
        known = self._records().get(query.strip())
        if known is not None:
            self._write(query.strip(), replace(known, seen=timestamp()))

    def _records(self) -> dict[str, _Record]:
        """By query, in the order in which they were saved."""
        kept: dict[str, _Record] = {}
        for key, value in self._library.session().items():
            if key.startswith(_KEY) and value:
                with suppress(msgspec.DecodeError):
                    kept[key[len(_KEY) :]] = msgspec.json.decode(value, type=_Record)
        return dict(sorted(kept.items(), key=lambda item: (item[1].made, item[0])))

    def _write(self, query: str, record: _Record) -> None:
        self._library.save_session(**{_KEY + query: msgspec.json.encode(record).decode()})
