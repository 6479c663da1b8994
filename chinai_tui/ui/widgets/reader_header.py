"""What stands above the text: the title, whose it is, of when, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.strip import Strip

from chinai_tui.ui.rendering.painter import GUTTER, MARGIN, Painter
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.strips import Piece, cut, line, wrapped

SCROLLBAR = 1
"""Cells the reader keeps for its scrollbar."""
TWO_TITLES = 4
"""Lines of the header from which title and subtitle may have two."""
AIR = 2
"""Cells between what stands at the left and what stands at the right."""
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header tells of the open document."""

    title: str = ""
    subtitle: str = ""
    facts: tuple[str, ...] = ()
    """Publication and number, date, minutes: those that are known."""
    authors: str = ""
    """They stand behind the first fact, where there is room for all."""
    note: str = ""
    """What one must know before quoting, such as that these are our words."""
    besides: tuple[str, ...] = ()
    """What keys open, each with its key; the last facts are left out before these are."""


class ReaderHeader(DirectLines):
    """Title, facts and a rule; the progress stands beside the title where it is narrow."""

    ALLOW_SELECT = False

    ground = "ground"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.heading = Heading()
        self.progress = 0
        self.minutes_left = 0
        self.measure = 88

    def show(self, heading: Heading) -> None:
        """Tell of another document."""
        self.heading = heading
        self.progress = self.minutes_left = 0
        self.refresh()

    def set_progress(self, percent: int, minutes_left: int = 0) -> None:
        """Tell how far one has come, 0 to 100, and the minutes that the rest takes to read."""
        if (percent, minutes_left) != (self.progress, self.minutes_left):
            self.progress, self.minutes_left = percent, minutes_left
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line by line from the bottom: rule, facts, title; what has no room is left out."""
        pens = self.pens
        width, height = self.size
        left, column = self._column(width - SCROLLBAR)
        from_below = height - 1 - y
        pieces: list[Piece] = []
        right: list[Piece] = []
        if height == 1 or from_below > 1:
            titles = self._titles(column, height, pens)
            row = len(titles) - from_below + 1 if height > 1 else 0
            pieces = titles[row] if 0 <= row < len(titles) else []
        elif from_below == 1:
            pieces = self._facts(pens, column)
        elif from_below == 0:
            pieces = [("─" * column, pens("rule"))]
        if self.heading.title and (height == 1 or from_below == 1):
            taken = sum(cell_len(text) for text, _style in pieces)
            right = [(self._progress(column - taken - AIR), pens("faint"))]
        indent = (" " * left, pens())
        return line(width, [indent, *pieces], right, fill=pens(), pad=width - left - column)

    def _titles(self, column: int, height: int, pens: Pens) -> list[list[Piece]]:
        """The lines of title and subtitle, from the top: two where there is room."""
        strong, dim = pens("strong", bold=True), pens("dim")
        title, subtitle = self.heading.title, self.heading.subtitle
        if height < TWO_TITLES:
            return [[(title, strong), (f"  {subtitle}" if subtitle else "", dim)]]
        lines = wrapped(title, column, 2)
        if len(lines) > 1 or not subtitle:
            return [[(text, strong)] for text in lines]
        if cell_len(title) + AIR + cell_len(subtitle) <= column:
            return [[(title, strong), (f"  {subtitle}", dim)]]
        return [[(title, strong)], [(subtitle, dim)]]

    def _column(self, width: int) -> tuple[int, int]:
        """Where the text below begins, and how wide it is."""
        column = max(1, min(self.measure, width - GUTTER - MARGIN))
        return Painter.left(width, column), column

    def _progress(self, room: int) -> str:
        """How far one has come, and the time that is left where there is room for it."""
        told = f"{self.progress} %"
        if self.progress >= 100 or not self.minutes_left:
            return told
        whole = f"{told} · {self.minutes_left} min left"
        return whole if len(whole) <= room else told

    def _facts(self, pens: Pens, column: int) -> list[Piece]:
        heading = self.heading
        told = [heading.note] if heading.note else []
        room = column - AIR - len(f"{self.progress} %")
        room -= sum(cell_len(each + _BETWEEN) for each in (*told, *heading.besides))
        facts = _joined((*heading.facts[:1], heading.authors, *heading.facts[1:]))
        kept = len(heading.facts)
        while kept and cell_len(facts) > room:
            facts = _joined(heading.facts[:kept])
            kept -= 1
        facts = cut(facts, max(0, room))
        parts = [(each, pens("accent")) for each in told]
        parts += [(each, pens("dim")) for each in (facts, *heading.besides) if each]
        between = (_BETWEEN, pens("dim"))
        return [piece for part in parts for piece in (between, part)][1:]


def _joined(facts: Iterable[str]) -> str:
    return _BETWEEN.join(filter(None, facts))
