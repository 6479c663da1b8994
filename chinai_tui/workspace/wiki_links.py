"""What the links in notes lead to: `[[SenseTime]]`, `[[ChinAI #94]]`, `[[chinai-94]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.domain.query import And, Query
from chinai_tui.text import wiki
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chinai_tui.domain.entity import Entity
    from chinai_tui.domain.issue import Issue
    from chinai_tui.domain.rows import IssueRow
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.entities import Entities

_EVERYTHING = Query("", And(()))


class WikiLinks:
    """Finds what links name; a name that several go by leads nowhere."""

    def __init__(self, core: Core, entities: Entities) -> None:
        self._core = core
        self._entities = entities
        self._names: tuple[Sequence[IssueRow], dict[str, set[str]]] | None = None

    def targets(self, text: str) -> dict[str, Entity | Issue]:
        """The entities and issues that a note links to, by what it calls them, in its order."""
        return self.find(link.target for link in wiki.links(text))

    def find(self, names: Iterable[str]) -> dict[str, Entity | Issue]:
        """What names lead to, without those that lead nowhere."""
        found = {name: self._target(name) for name in names}
        return {name: target for name, target in found.items() if target is not None}

    def entities(self, text: str) -> list[Entity]:
        """The entities that a note links to, in its order; issues are not looked for."""
        found = (self._entities.resolve(link.target) for link in wiki.links(text))
        return list({each.id: each for some in found if len(some) == 1 for each in some}.values())

    def _target(self, name: str) -> Entity | Issue | None:
        """The one entity of that name, or where there is none the one issue."""
        entities = self._entities.resolve(name)
        if entities:
            return entities[0] if len(entities) == 1 else None
        if known := self._core.index.issue(name):
            return known
        issues = self._issues().get(_key(name), ())
        return self._core.index.issue(*issues) if len(issues) == 1 else None

    def _issues(self) -> dict[str, set[str]]:
        """The ids of all issues by their names."""
        rows = self._core.index.rows(_EVERYTHING).rows
        if self._names is None or self._names[0] is not rows:
            names: dict[str, set[str]] = {}
            for row in rows:
                label = self._core.publications.get(row.publication).label
                for name in _names(row, label):
                    names.setdefault(_key(name), set()).add(row.id)
            self._names = (rows, names)
        return self._names[1]


def _names(row: IssueRow, label: str) -> Iterator[str]:
    """What an issue goes by: its title, and with a number `#94`, `ChinAI #94`, and all of it.

    `label` is that of its publication.
    """
    yield row.title
    if row.number is not None:
        yield f"#{row.number}"
        for outlet in {row.outlet, label} - {""}:
            yield f"{outlet} #{row.number}"
            yield f"{outlet} #{row.number}: {row.title}"


def _key(name: str) -> str:
    """A name without what people write in different ways: `ChinAI #94` is `chinai 94`."""
    return " ".join(fold(name).replace("#", " ").split())
