"""What a page tells of an entity: claims, issues, other entities, a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Part, Row, flow, pieces
from chinai_tui.ui.widgets.passage_rows import Detail
from chinai_tui.ui.widgets.strips import Piece, cut
from chinai_tui.ui.widgets.timeline_plot import Span, plot, runs, sparkline

CLAIM_LINES = 4
BAR = 12
"""Cells of the longest bar of a count."""
SPARK, SHORTEST = 24, 6
"""Cells of the longest timeline of one line, and of the shortest that tells anything."""
NAME = 20
"""Cells that are left for names beside timelines."""
GAP = 3
"""Cells between a name and what stands right of it, at least."""

STATUS = {
    ClaimStatus.STATED: Part("stated", "faint"),
    ClaimStatus.OWN: Part("says itself", "dim"),
    ClaimStatus.RUMOUR: Part("rumour", "accent"),
    ClaimStatus.INFERENCE: Part("inference", "state"),
}
"""How sure a claim is, in words and colour."""

DOUBTFUL = (ClaimStatus.RUMOUR, ClaimStatus.INFERENCE)


class Name(NamedTuple):
    """A name, and what it is where that has to be said: `pinyin`, `traditional`."""

    text: str
    script: str = ""

    @property
    def parts(self) -> list[Part]:
        """The name behind its script."""
        script = [Part(f"{self.script} ", "faint")] if self.script else []
        return [*script, Part(self.text, "dim")]

    @property
    def cells(self) -> int:
        """Its width."""
        return sum(cell_len(part.text) for part in self.parts)


@dataclass(frozen=True, slots=True)
class NamesRow:
    """Further names, none of them broken over two lines; the cursor passes over them."""

    names: tuple[Name, ...]
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """As many names a line as fit."""
        lines: list[list[Part]] = []
        free = 0
        for name in self.names:
            if lines and name.cells + 3 <= free:
                lines[-1] += [Part(" · ", "dim"), *name.parts]
                free -= name.cells + 3
            else:
                lines.append(name.parts)
                free = width - name.cells
        return [Row(pieces(line, pens)) for line in lines]


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
    speaker: str = ""
    """Whose words they are, where it is not who wrote the issue."""
    column: int = 0
    """Cells for the source at most; 0 for as many as it takes."""
    citation: str = ""
    """Where it was published, on lines of its own."""
    gap: int = 0

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The sentence, and at the right of its last line who says it and how sure it is."""
        doubtful = self.status in DOUBTFUL
        lead = ("? ", pens("accent", bold=True)) if doubtful else ("· ", pens("faint"))
        text = flow(self.text, width - 2, pens, limit=CLAIM_LINES)
        rows = [Row([("  " if n else lead[0], lead[1]), *line]) for n, line in enumerate(text)]
        told = self._told(pens)
        speaker = pieces([Part(cut(self.speaker, width - 2), "dim")], pens) if self.speaker else []
        aside = [*speaker, ("  ", pens()), *told] if speaker else told
        if rows and _cells(rows[-1].left) <= width - 2 - _cells(aside):
            rows[-1] = Row(rows[-1].left, aside)
        elif _cells(aside) <= width - 2:
            rows.append(Row([], aside))
        else:
            rows += [Row([], told), Row([], speaker)] if speaker else [Row([], told)]
        cited = flow(self.citation, width - 2, pens, role="faint", limit=CLAIM_LINES)
        return [*rows, *(Row([("  ", pens()), *line]) for line in cited)]

    def _told(self, pens: Pens) -> list[Piece]:
        when = [Part(f"{self.when} · ", "faint")] if self.when else []
        status = STATUS[self.status]
        short = cut(self.source, self.column) if self.column else self.source
        source = [Part(f"  {short}", "ink")] if short else []
        return pieces([*when, status, *source], pens)


@dataclass(frozen=True, slots=True)
class AsideRow:
    """What holds for the claims above it, under their words; the cursor passes over it."""

    text: str
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The text, wrapped."""
        text = flow(self.text, width - 3, pens, role="faint", limit=CLAIM_LINES)
        return [Row([("   ", pens()), *each]) for each in text]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Another entity, with what is counted of it."""

    id: str
    entity: Entity
    right: tuple[Part, ...] = ()
    issues: tuple[str, ...] = ()
    """Issues it is about, in a few cells each; as many are shown as there is room for."""
    points: tuple[TimelinePoint, ...] = ()
    """Its dated mentions, drawn over the span."""
    span: Span | None = None
    gap: int = 0

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """Its name in the colour of its kind, its characters, its timeline or its issues."""
        role = KIND_ROLES[self.entity.kind]
        name = Part(self.entity.name, role)
        han = [Part(f" {self.entity.han}", "dim")] if self.entity.han else []
        counts = [*self.right]
        free = width - sum(cell_len(part.text) for part in counts)
        if self.span is not None:
            # All timelines of a list have one width, however long the names are.
            cells = min(SPARK, free - NAME)
            drawn = sparkline(self.points, cells, self.span) if cells >= SHORTEST else ""
            counts = [*(Part(run, role) for run in runs(drawn)), *counts]
        elif self.issues:
            free -= sum(cell_len(part.text) for part in (name, *han)) + GAP
            counts.insert(0, Part(_fitting(self.issues, free), "faint"))
        room = width - sum(cell_len(part.text) for part in (*counts, name, *han)) - 2
        # Part of a Chinese name may be another name.
        return [Row(pieces([name, *(han if room >= 0 else [])], pens), pieces(counts, pens))]


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
    span: Span | None = None
    """The time that is drawn; that of the points if it is not given."""
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """What the highest bar is, three lines of bars, and the years."""
        peak, *bars, years = plot(self.points, width, self.span)
        rows = [
            Row(
                [
                    (f"{line.label} ", pens("faint")),
                    *((r, pens(self.role)) for r in runs(line.bars)),
                ]
            )
            for line in bars
        ]
        return [
            Row([(f"{peak.label} {peak.bars}", pens("dim"))]),
            *rows,
            Row([(f"{years.label} {years.bars}", pens("faint"))]),
        ]


def _fitting(words: Sequence[str], width: int) -> str:
    """As many of the words as fit, told by `…` where that is not all."""
    shown = ""
    for number, word in enumerate(words):
        longer = f"{shown} {word}".strip()
        if cell_len(longer) + (2 if number + 1 < len(words) else 0) > width:
            return f"{shown} …" if shown else ""
        shown = longer
    return shown


def _cells(line: Iterable[Piece]) -> int:
    return sum(cell_len(text) for text, _ in line)
