"""How many issues there are of each year, company and publication: a choice narrows the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, cut, line

BAR = 12
"""Cells of the longest bar."""
AIRY = 20
"""Lines of the list from which an empty one stands above the tables."""
TABLE = 34
"""Cells of a table, so that a number is never far from what it counts."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A row: a label with its number of issues; a heading without a number."""

    label: str
    count: int = 0
    narrows: str = ""
    """What is added to the query when it is chosen; nothing where it cannot be asked for."""
    role: str = "ink"
    drawn: bool = False
    """Whether a bar shows the number beside those of the same table."""


class FacetList(LineList):
    """Tables with bars; the cursor passes over headings and what cannot be asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SIDEBAR)]

    @dataclass
    class Chosen(Message):
        """The query is to be narrowed by something."""

        narrows: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.facets: Sequence[Facet] = ()

    def set_facets(self, facets: Sequence[Facet]) -> None:
        """Show other counts, the cursor on the first that can be chosen."""
        if facets != self.facets:
            self.facets = facets
            first = (row for row in range(len(facets)) if self.is_selectable(row))
            self.cursor, self.top = next(first, 0), 0
            self.redraw()

    def row_count(self) -> int:
        """The number of rows."""
        return len(self.facets)

    def is_selectable(self, row: int) -> bool:
        """Whether something can be asked for by the row."""
        return bool(self.facets[row].narrows)

    def head(self, pens: Pens) -> list[Strip]:
        """What is counted."""
        width, fill = self.size.width, pens()
        air = [Strip.blank(width, fill)] if self.size.height >= AIRY else []
        gap = " " * (min(width, TABLE) - len(" narrow to") - len("issues") - 1)
        told = [(f" narrow to{gap}issues", pens("faint"))] if self.facets else []
        return [*air, line(width, told, fill=fill), *air]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading, or a label with its number and, over time, a bar."""
        facet, width = self.facets[row], self.size.width
        if not facet.count:
            heading = (f" {facet.label}", pens("strong", bold=True))
            return line(width, [heading] if facet.label else [], fill=pens())
        is_current = self.has_focus and row == self.cursor
        ground = "current-row" if is_current else self.ground
        table = self._table(row)
        label, count = facet.label, f"{facet.count:,}"
        room = min(width, TABLE) - 3
        left: list[Piece] = [
            ("▌" if is_current else " ", pens("accent", on=ground)),
            (" ", pens(on=ground)),
        ]
        if facet.drawn:
            wide = max(cell_len(each.label) for each in table) + 1
            bar = bar_of(facet.count, max(each.count for each in table), BAR)
            left += [
                (_padded(label, wide), pens(facet.role, on=ground)),
                (bar, pens("company", on=ground)),
            ]
            taken = wide + len(bar)
        else:
            label = cut(label, room - len(count) - 1)
            left.append((label, pens(facet.role, on=ground)))
            taken = cell_len(label)
        left.append((" " * (room - taken - len(count)), pens(on=ground)))
        left.append((count, pens("dim", on=ground)))
        return line(width, left, fill=pens(on=ground))

    def _table(self, row: int) -> Sequence[Facet]:
        """The rows between the headings around a row."""
        first = last = row
        while first and self.facets[first - 1].count:
            first -= 1
        while last < len(self.facets) and self.facets[last].count:
            last += 1
        return self.facets[first:last]

    def opened(self) -> None:
        """Ask for the query to be narrowed."""
        if self.facets and self.is_selectable(self.cursor):
            self.post_message(self.Chosen(self.facets[self.cursor].narrows))


def bar_of(count: int, most: int, cells: int) -> str:
    """A thin bar, as long beside the longest as the number beside the greatest, to half a cell."""
    halves = max(1, round(2 * cells * count / most))
    return "━" * (halves // 2) + "╸" * (halves % 2)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
