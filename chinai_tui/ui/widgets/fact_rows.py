"""What a page tells of an entity: claims, issues, other entities, a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Part, Row, flow, pieces
from chinai_tui.ui.widgets.passage_rows import Detail
from chinai_tui.ui.widgets.strips import Piece
from chinai_tui.ui.widgets.timeline_plot import plot

CLAIM_LINES = 4
BAR = 12
"""Cells of the longest bar of a count."""

STATUS = {
    ClaimStatus.STATED: Part("stated", "faint"),
    ClaimStatus.OWN: Part("says itself", "dim"),
    ClaimStatus.RUMOUR: Part("rumour", "accent"),
    ClaimStatus.INFERENCE: Part("inference", "state"),
}
"""How sure a claim is, in words and colour."""

DOUBTFUL = (ClaimStatus.RUMOUR, ClaimStatus.INFERENCE)


@dataclass(frozen=True, slots=True)
class NamesRow:
    """Further names, none of them broken over two lines; the cursor passes over them."""

    names: tuple[str, ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """As many names a line as fit."""
        lines = [self.names[0]]
        for name in self.names[1:]:
            longer = f"{lines[-1]} · {name}"
            lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], name]
        return [Row([(line, pens("dim"))]) for line in lines]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim: what is said, of when, how sure it is, and in which issue."""

    id: str
    text: str
    status: ClaimStatus
    when: str
    source: str
    """The issue that says it, in a few cells."""
    claim: Claim
    column: int = 0
    """Cells for the source, so that those of all claims stand under each other."""
    gap: int = 0

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The sentence, and at the right of its last line who says it and how sure it is."""
        doubtful = self.status in DOUBTFUL
        lead = ("? ", pens("accent", bold=True)) if doubtful else ("· ", pens("faint"))
        text = flow(self.text, width - 2, pens, limit=CLAIM_LINES)
        rows = [Row([("  " if n else lead[0], lead[1]), *line]) for n, line in enumerate(text)]
        told = self._told(pens)
        free = width - 2 - _cells(told)
        if rows and _cells(rows[-1].left) <= free:
            return [*rows[:-1], Row(rows[-1].left, told)]
        return [*rows, Row([], told)]

    def _told(self, pens: Pens) -> list[Piece]:
        when = [Part(f"{self.when} · ", "faint")] if self.when else []
        status = STATUS[self.status]
        source = Part(f"  {set_cell_size(self.source, self.column)}", "ink")
        return pieces([*when, status, source], pens)


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Another entity, with what is counted of it."""

    id: str
    entity: Entity
    right: tuple[Part, ...] = ()
    gap: int = 0

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """Its name in the colour of its kind, its characters."""
        name = Part(self.entity.name, KIND_ROLES[self.entity.kind])
        han = [Part(f" {self.entity.han}", "dim")] if self.entity.han else []
        return [Row(pieces([name, *han], pens), pieces(self.right, pens))]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How often an entity is named in one issue."""

    issue: str
    """The id of the issue."""
    label: str
    date: str
    count: int
    most: int
    role: str
    gap: int = 0

    @property
    def id(self) -> str:
        """The issue, which is once among the counts."""
        return f"issue {self.issue}"

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The issue, its date, the count with a bar."""
        bar = "■" * max(1, round(self.count * BAR / self.most))
        right = [Part(f"{bar:<{BAR}}" if width >= 44 else "", self.role), Part(f" {self.count:>3}")]
        left = [Part(self.label, "strong", bold=True), Part(f"  {self.date}", "dim")]
        return [Row(pieces(left, pens), pieces(right, pens))]


@dataclass(frozen=True, slots=True)
class FoldRow:
    """What is not shown until it is asked for."""

    id: str
    text: str
    gap: int = 0

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """One line."""
        return [Row(pieces([Part(f"▸ {self.text}", "dim")], pens))]


@dataclass(frozen=True, slots=True)
class PlotRow:
    """Mentions over time as bars; the cursor passes over it."""

    points: Sequence[TimelinePoint]
    role: str
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """Three lines of bars, and the years."""
        *bars, years = plot(self.points, width)
        rows = [
            Row([(f"{line.label} ", pens("faint")), (line.bars, pens(self.role))]) for line in bars
        ]
        return [*rows, Row([(f"{years.label} {years.bars}", pens("faint"))])]


def _cells(line: Iterable[Piece]) -> int:
    return sum(cell_len(text) for text, _ in line)
