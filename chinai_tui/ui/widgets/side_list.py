"""What the faces of the sidebar share: a title, rows with a tick, and the current one in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line, wrapped

Row = TypeVar("Row")
Line = tuple[list[Piece], list[Piece]]
"""What stands left, and what stands at the right edge."""

BLANK: Line = ([], [])
FEWEST_ROWS = 8
"""Rows that what is told below them leaves on screen, and at least half of the pane."""


class SideList(LineList):
    """A face of the sidebar; subclasses say what its rows are and what is told of the current."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SIDEBAR)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.compact = False
        self.hint = ""
        """The keys told at the bottom."""
        self.remedy = ""
        """What keys do about there being no rows, told behind that there are none."""

    # What subclasses say

    def title(self) -> tuple[str, Sequence[str]]:
        """The title of the pane, and how much it holds in shorter and shorter words."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is told instead of rows where there are none."""
        return ""

    def told(self, width: int, room: int, pens: Pens) -> list[Line]:
        """The current row in full, in lines of that many cells; `room` of them are shown."""
        raise NotImplementedError

    def hints(self) -> str:
        """The keys that work on the current row."""
        return self.hint

    # State, handed down by the screen

    def set_compact(self, compact: bool) -> None:
        """Spare the blank lines around the title."""
        if compact != self.compact:
            self.compact = compact
            self.redraw()

    # Drawing

    def head(self, pens: Pens) -> list[Strip]:
        """The title, and that there is nothing where that is so."""
        width, fill = self.size.width, pens()
        title, amounts = self.title()
        fits = (each for each in amounts if cell_len(title) + cell_len(each) + 4 <= width)
        pieces = [(f" {title}", pens("strong", bold=True))]
        if amounts:
            pieces.append((f" · {next(fits, amounts[-1])}", pens("dim")))
        blank = [] if self.compact else [Strip.blank(width, fill)]
        nothing = "" if self.row_count() else f"{self.nothing()} {self.remedy}".strip()
        empty = text_lines(nothing, width - 2, pens("dim"))
        return [*blank, line(width, pieces, fill=fill), *blank, *self._inside(empty, fill)]

    def foot(self, pens: Pens) -> list[Strip]:
        """Below a rule the current row in full, as much of it as leaves room for the others."""
        width, fill = self.size.width, pens()
        keys = self.hints()
        hint = self._inside([([(keys, pens("faint"))], [])] if keys else [], fill)
        below = self.size.height - (1 if self.compact else 3)
        rows = min(self.row_count(), max(FEWEST_ROWS, below // 2))
        room = max(0, below - rows - len(hint) - 2)
        told = self.told(width - 2, room, pens)[:room]
        if not told:
            return []
        rule = line(width, [(" " + "─" * max(0, width - 2), pens("rule"))], fill=fill)
        blank = [Strip.blank(width, fill)] if hint else []
        return [rule, *self._inside(told, fill), *blank, *hint]

    def _inside(self, lines: Sequence[Line], fill: Style) -> list[Strip]:
        """Lines as strips, with a cell of air at each side."""
        width = self.size.width
        return [line(width, [(" ", fill), *left], right, fill=fill) for left, right in lines]

    def row_ground(self, row: int) -> str:
        """The role of the ground that a row stands on."""
        return "current-row" if row == self.cursor else "pane"

    def row_line(
        self, row: int, left: Sequence[Piece], right: Sequence[Piece], pens: Pens
    ) -> Strip:
        """A row behind its tick."""
        ground = self.row_ground(row)
        tick = pens("accent" if self.has_focus else "faint", on=ground)
        edge = [("▌" if row == self.cursor else " ", tick), (" ", pens(on=ground))]
        return line(self.size.width, [*edge, *left], right, fill=pens(on=ground))


class RowList(SideList, Generic[Row]):
    """A face whose rows are things of one kind; subclasses have messages of their own."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a row."""

        row: Any

    @dataclass
    class Opened(Message):
        """A row was chosen to be shown where it stands."""

        row: Any

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        """What it was given to show."""

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def moved(self) -> None:
        """Tell of the row the cursor has come to."""
        self.redraw()
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))

    def opened(self) -> None:
        """Tell of the row that was chosen."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))


def text_lines(text: str, width: int, pen: Style, limit: int = 99) -> list[Line]:
    """A text in lines of at most that many cells, the last of `limit` cut with `…`."""
    return [([(part, pen)], []) for part in wrapped(text, width, limit)]
