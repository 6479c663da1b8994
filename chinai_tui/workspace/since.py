"""What came after an issue."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chinai_tui.domain.entity import EntityKind
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import OPENED_AT_HAND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chinai_tui.domain.issue import Issue
    from chinai_tui.domain.rows import EntityCount
    from chinai_tui.domain.since import SinceThen
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.entities import Entities

ACTORS = (EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.UNIVERSITY, EntityKind.PERSON)
"""What an issue is about; places and products are where and what with."""

MOST_CITING = 6
SURELY_MAIN, MOST_MAIN = 3, 5
"""The first ones count as main entities even if they are named but once."""


class Since:
    """What later issues of the library have to do with one."""

    def __init__(self, core: Core, entities: Entities) -> None:
        """Take the state that is shared, and who is named where."""
        self._core = core
        self._entities = entities
        self._found = lru_cache(maxsize=OPENED_AT_HAND)(self._find)

    def of(self, issue_id: str) -> SinceThen:
        """What came since: later issues that cite the issue, and that name its main entities.

        Raises:
            NotFoundError: There is no such issue.
        """
        return self._found(issue_id, self._core.index.generation())

    def _find(self, issue_id: str, _generation: int) -> SinceThen:
        """The same, as of a generation of the index."""
        from chinai_tui.domain.since import NamedSince, SinceThen

        index = self._core.index
        issue = self._core.issue(issue_id)
        citing = index.citing(issue_id, issue.keys)
        main = {
            each.entity.id: each.entity
            for each in _main(issue, self._entities.in_issue(issue_id, issue.main_role))
        }
        return SinceThen(
            publication=issue.publication,
            citing=tuple(citing[-MOST_CITING:]),
            more=max(0, len(citing) - MOST_CITING),
            named=tuple(
                NamedSince(main[entity], issues, last, place)
                for entity, issues, last, place in index.later(issue_id, main)
            ),
        )


def _main(issue: Issue, counts: Sequence[EntityCount]) -> Iterator[EntityCount]:
    """The main ones among the entities of an issue, which come with the most named first.

    Its authors are not among them: they are in every issue that they write.
    """
    authors = set(map(fold, issue.authors))
    actors = [
        each
        for each in counts
        if each.entity.kind in ACTORS and fold(each.entity.name) not in authors
    ]
    for number, each in enumerate(actors[:MOST_MAIN]):
        if number < SURELY_MAIN or each.count > 1:
            yield each
