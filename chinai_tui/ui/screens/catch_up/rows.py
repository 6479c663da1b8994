"""Unread issues as rows: takeaways, translation, first names, passages on whom one follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow
from chinai_tui.text.urls import host_of
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Part, Row, pieces
from chinai_tui.ui.widgets.passage_rows import Detail, ListRow, PassageRow
from chinai_tui.workspace import NewsItem

NAMES = 8
"""Names told of those met for the first time."""


@dataclass(frozen=True, slots=True)
class IssueHead:
    """The title of an issue; opening it opens the issue."""

    row: IssueRow
    read: bool
    gap: int = 0

    @property
    def id(self) -> str:
        """The issue, which is once on the page."""
        return f"issue {self.row.id}"

    @property
    def place(self) -> Place:
        """The beginning of the issue."""
        return Place(self.row.id, self.row.role, 0, 0)

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """Number and title, at the right its date and how long it takes."""
        row = self.row
        number = f"#{row.number} " if row.number is not None else ""
        date = spelled(row.date) if row.date else about(row.near) if row.near else ""
        told = " · ".join(filter(None, (date, f"{row.minutes} min", "read" if self.read else "")))
        dot = Part("  " if self.read else "● ", "accent")
        title = Part(row.title, "dim" if self.read else "strong", bold=not self.read)
        left = (dot, Part(number, "strong", bold=True), title)
        return [Row(pieces(left, pens), pieces((Part(f" {told}", "dim"),), pens))]


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """The address of the full translation; opening it opens the browser."""

    issue: str
    url: str
    gap: int = 0

    @property
    def id(self) -> str:
        """One an issue."""
        return f"translation {self.issue}"

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """What it is and where."""
        told = (Part("  ↗ full translation ", "link"), Part(host_of(self.url), "faint"))
        return [Row(pieces(told, pens))]


@dataclass(frozen=True, slots=True)
class FirstNames:
    """Whom no earlier issue names; the cursor passes over it."""

    entities: tuple[Entity, ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """As many of the names as fit on a line, each in the colour of its kind."""
        parts = [Part("  first named here ", "faint")]
        room = width - len(parts[0].text) - 8
        shown = 0
        for entity in self.entities[:NAMES]:
            room -= len(entity.name) + 2
            if room < 0:
                break
            parts += [Part(", " if shown else "", "faint")]
            parts += [Part(entity.name, KIND_ROLES[entity.kind])]
            shown += 1
        if len(self.entities) > shown:
            parts.append(Part(f" +{len(self.entities) - shown}", "faint"))
        return [Row(pieces(parts, pens))]


def rows(items: list[NewsItem], names: Mapping[str, Entity], read: set[str]) -> list[ListRow]:
    """All of it, the newest issue first.

    `names` gives the entities one follows by their ids; `read` are the issues read meanwhile.
    """
    return [row for item in items for row in _item(item, names, item.row.id in read)]


def _item(item: NewsItem, names: Mapping[str, Entity], read: bool) -> Iterator[ListRow]:
    yield IssueHead(item.row, read)
    told: list[ListRow] = [_passage(point) for point in item.points]
    if item.translation:
        told.append(TranslationRow(item.row.id, item.translation))
    if item.first_named:
        told.append(FirstNames(item.first_named))
    shown = {point.block for point in item.points}
    told += [
        _passage(passage, names[entity])
        for entity, passage in item.followed
        if passage.block not in shown and entity in names
    ]
    yield from told
    yield Air()


@dataclass(frozen=True, slots=True)
class Air:
    """An empty line between issues."""

    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """One empty line."""
        return [Row([("", pens())])]


def _passage(passage: Passage, entity: Entity | None = None) -> PassageRow:
    """A takeaway, or a passage that names somebody one follows."""
    head: tuple[Part, ...] = ()
    if entity is not None:
        head = (Part(f"  {entity.name}", KIND_ROLES[entity.kind], bold=True),)
    return PassageRow(
        place=Place(passage.issue, passage.role, passage.start, passage.end, passage.hits),
        passage=passage,
        head=head,
        lit=KIND_ROLES[entity.kind] if entity else "",
        told_in_head=True,
        gap=0,
    )
