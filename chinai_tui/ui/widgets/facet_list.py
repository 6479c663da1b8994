"""How many issues there are of each year, company and publication: a choice narrows the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line

BAR = 8
"""Cells of the longest bar."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A row: a label with its number of issues; a heading without a number."""

    label: str
    count: int = 0
    narrows: str = ""
    """What is added to the query when it is chosen; nothing where it cannot be asked for."""
    role: str = "ink"


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
        blank = Strip.blank(width, fill)
        told = [(" issues found", pens("faint"))] if self.facets else []
        return [blank, line(width, told, fill=fill)]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading, or a label with a bar and its number."""
        facet, width = self.facets[row], self.size.width
        if not facet.count:
            heading = (f" {facet.label}", pens("strong", bold=True))
            return line(width, [heading] if facet.label else [], fill=pens())
        is_current = self.has_focus and row == self.cursor
        ground = "current-row" if is_current else "pane"
        most = max(each.count for each in self._table(row))
        bar = "█" * max(1, round(facet.count * BAR / most))
        left: list[Piece] = [
            ("▌" if is_current else " ", pens("accent", on=ground)),
            (" ", pens(on=ground)),
            (facet.label, pens(facet.role, on=ground)),
        ]
        right: list[Piece] = [
            (f"{bar:<{BAR}}", pens("company", on=ground)),
            (f" {facet.count:>4}", pens("dim", on=ground)),
        ]
        return line(width, left, right, fill=pens(on=ground))

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
