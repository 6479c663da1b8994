"""Unread issues as rows: takeaways, translation, first names, passages on whom one follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow
from chinai_tui.text.hidden import ones
from chinai_tui.text.urls import host_of
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Part, Row, flow, pieces
from chinai_tui.ui.widgets.passage_rows import Detail, ListRow, PassageRow, TextRow
from chinai_tui.ui.widgets.strips import Piece
from chinai_tui.workspace import NewsCount, NewsItem

POINT_LINES = 2
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
        told = (Part("↗ full translation ", "link"), Part(host_of(self.url), "faint"))
        return [Row([_air(pens), *pieces(told, pens)])]


@dataclass(frozen=True, slots=True)
class FirstNames:
    """Whom no earlier issue names; the cursor passes over it."""

    entities: tuple[Entity, ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """As many of the names as fit on a line, each in the colour of its kind."""
        parts = [Part("first named here ", "faint")]
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
        # A row that the cursor passes over begins where the ticks of the others stand.
        return [Row([_air(pens), _air(pens), *pieces(parts, pens)])]


@dataclass(frozen=True, slots=True)
class PointRow(PassageRow):
    """A takeaway, or one of the paragraphs that an issue begins with."""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:
        """As much of it as two lines hold, behind a bullet; the marks on it at the right."""
        signs = [(detail.signs, pens("company"))] if detail.signs else []
        text = flow(self.passage.text, width - 4, pens, limit=POINT_LINES)
        lead = ("· ", pens("accent")), ("  ", pens())
        return [
            Row([_air(pens), lead[bool(number)], *line], () if number else signs)
            for number, line in enumerate(text)
        ]


def told(shown: int, count: NewsCount, since: str) -> tuple[str, str]:
    """How many issues there are to catch up with, and what of the library the page hides.

    `shown` are told, the newest; `since` is the day from which on they came in, if not all are.
    """
    some = f"the newest {shown:,} of " if shown < count.unread else ""
    lately = f" that came in since {spelled(since)}" if since else ""
    counts = {"older unread": count.older, "read": count.read}
    hidden = ", ".join(ones(number, kind) for kind, number in counts.items() if number)
    return f"{some}{count.unread:,} unread{lately}", f"{hidden} hidden" if hidden else ""


def rows(items: Sequence[NewsItem], names: Mapping[str, Entity], read: set[str]) -> list[ListRow]:
    """All of it, the newest issue first.

    `names` gives the entities one follows by their ids; `read` are the issues read meanwhile.
    """
    return [row for item in items for row in _item(item, names, item.row.id in read)]


def _item(item: NewsItem, names: Mapping[str, Entity], read: bool) -> Iterator[ListRow]:
    yield IssueHead(item.row, read)
    told: list[ListRow] = [PointRow(_place(point), point, gap=0) for point in item.points]
    if not item.is_readable:
        told.append(TextRow("its text cannot be read; `chinai doctor` tells why", "state"))
    if item.translation:
        told.append(TranslationRow(item.row.id, item.translation))
    if item.first_named:
        told.append(FirstNames(item.first_named))
    shown = {point.block for point in item.points}
    told += [
        _named(passage, names[entity])
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


def _named(passage: Passage, entity: Entity) -> PassageRow:
    """A passage that names somebody one follows."""
    role = KIND_ROLES[entity.kind]
    return PassageRow(
        place=_place(passage),
        passage=passage,
        head=(Part(entity.name, role, bold=True),),
        lit=role,
        told_in_head=True,
        gap=0,
    )


def _place(passage: Passage) -> Place:
    return Place(passage.issue, passage.role, passage.start, passage.end, passage.hits)


def _air(pens: Pens) -> Piece:
    return ("  ", pens())
