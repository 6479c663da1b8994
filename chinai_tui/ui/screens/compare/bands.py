"""How often several entities are named, over each other and together: bars or plain counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from chinai_tui.domain.entity import Entity
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Part, Row, pieces
from chinai_tui.ui.widgets.passage_rows import Detail
from chinai_tui.ui.widgets.strips import cut
from chinai_tui.ui.widgets.time_axis import TimeAxis, bars
from chinai_tui.ui.widgets.timeline_plot import Span

AIR = 2
"""Cells between a name and its counts, at least."""
COUNT_CELLS = 12
"""Cells of a column of counts, at most."""
ISSUE_CELLS = 22
"""Cells for the number and the date of an issue."""


@dataclass(frozen=True, slots=True)
class Band:
    """An entity with its bars, or without where there are too few issues for a plot."""

    entity: Entity
    told: str
    """How often it is named, in how many issues."""
    peak: str
    months: Mapping[int, int]
    """How often it is named in each month."""
    others: tuple[Mapping[int, int], ...]
    """The same of all that stand on the axis, itself included."""
    span: Span | None
    """The time that is drawn; none for no bars."""
    height: int
    """Lines of bars."""
    to_common: bool
    """Whether the bars are drawn to the highest of all, not to its own."""
    gap: int = 0

    @property
    def id(self) -> str:
        """The entity, which is once in a comparison."""
        return f"entity {self.entity.id}"

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The name with its counts, and the bars with what the highest line is worth."""
        role = KIND_ROLES[self.entity.kind]
        han = [Part(f" {self.entity.han}", "ink")] if self.entity.han else []
        left = [Part(self.entity.name, role, bold=True), *han]
        right = [Part(self.told, "dim"), Part(f" · {self.peak}" if self.peak else "", "faint")]
        if sum(cell_len(part.text) for part in (*left, *right)) > width - AIR:
            # The peak gives way to the name, and the characters to how often it is named.
            del right[1:]
        rows = [Row(pieces(left, pens), pieces(right, pens))]
        if self.span is None:
            return rows
        axis, margin = _axis(self.span, self.others, width)
        sums = axis.sums(self.months)
        top = max(_highest(axis, self.others) if self.to_common else max(sums), 1)
        for number, line in enumerate(bars(sums, top, self.height)):
            label = str(top) if not number and any(sums) else ""
            rows.append(Row(pieces([Part(f"{label:>{margin}} ", "faint"), Part(line, role)], pens)))
        return rows


@dataclass(frozen=True, slots=True)
class Years:
    """The years beneath all bars; the cursor passes over them."""

    span: Span
    months: tuple[Mapping[int, int], ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """One line."""
        axis, margin = _axis(self.span, self.months, width)
        # Rows that the cursor passes over begin two cells farther left.
        return [Row(pieces([Part(f"{'':>{margin + 3}}{axis.years()}", "faint")], pens))]


@dataclass(frozen=True, slots=True)
class CountsHead:
    """The names over columns of counts."""

    entities: tuple[Entity, ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """One line, each name cut to its column."""
        cells = _column(width, len(self.entities))
        names = [
            Part(f"{_fitted(each.name, cells)} ", KIND_ROLES[each.kind]) for each in self.entities
        ]
        return [Row([], pieces(names, pens))]


@dataclass(frozen=True, slots=True)
class CountsRow:
    """How often one issue names each of several entities."""

    issue: str
    """The id of the issue."""
    label: str
    date: str
    title: str
    counts: tuple[int, ...]
    gap: int = 0

    @property
    def id(self) -> str:
        """The issue, which is once among the counts."""
        return f"counts {self.issue}"

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The issue, its date and title, and the counts under their names."""
        cells = _column(width, len(self.counts))
        counts = [
            Part(f"{count or '·':>{cells}} ", "ink" if count else "faint") for count in self.counts
        ]
        left = [
            Part(self.label, "strong", bold=True),
            Part(f"  {self.date}", "dim"),
            Part(f"  {self.title}", "ink"),
        ]
        return [Row(pieces(left, pens), pieces(counts, pens))]


@dataclass(frozen=True, slots=True)
class PairRow:
    """How many issues name both of two entities; the cursor passes over it."""

    first: Entity
    second: Entity
    issues: int
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The names in the colours of their kinds, and the count."""
        left = [
            Part(f"  {self.first.name}", KIND_ROLES[self.first.kind]),
            Part(" and ", "faint"),
            Part(self.second.name, KIND_ROLES[self.second.kind]),
        ]
        right = Part(f"{self.issues:,}", "ink") if self.issues else Part("none", "faint")
        return [Row(pieces(left, pens), pieces([right], pens))]


def _axis(span: Span, months: Sequence[Mapping[int, int]], width: int) -> tuple[TimeAxis, int]:
    """The axis in so many cells, and the cells of the labels before it, the same for all bands."""
    margin = len(str(max((sum(each.values()) for each in months), default=0)))
    margin = len(str(_highest(TimeAxis.over(span, width - margin - 1), months)))
    return TimeAxis.over(span, width - margin - 1), margin


def _highest(axis: TimeAxis, months: Sequence[Mapping[int, int]]) -> int:
    return max((max(axis.sums(each)) for each in months), default=0)


def _column(width: int, count: int) -> int:
    """The cells of each of so many columns, without the one of air behind it."""
    return max(3, min(COUNT_CELLS, (width - ISSUE_CELLS) // count - 1))


def _fitted(name: str, cells: int) -> str:
    """A name at the right of its column."""
    short = cut(name, cells)
    return " " * (cells - cell_len(short)) + short
