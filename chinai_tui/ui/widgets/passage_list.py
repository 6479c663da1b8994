"""A list of passages, with verbs that act on the passage under the cursor or on marked ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Part, pieces
from chinai_tui.ui.widgets.passage_rows import Detail, HeadingRow, ListRow, row_ids
from chinai_tui.ui.widgets.strips import line
from chinai_tui.ui.widgets.tall_list import TallList

GUTTER = 3
"""Cells left of a row: the tick of the current one, the sign of a marked one, one of air."""
TICK = "▌"
MARK = "x"
RULE: tuple[Part, ...] = ()
"""A line across the list, above its rows."""
AIR: tuple[Part, ...] = (Part(""),)
"""An empty line above the rows."""
AIRY = 20
"""Lines of the list from which rows are set apart by empty ones."""

_NOTHING = Detail()


class PassageList(TallList):
    """Rows of passages and of what else a page tells."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.PASSAGES)]

    @dataclass
    class Opened(Message):
        """A row was chosen."""

        row: ListRow

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a row; by the time one hears of it the list may hold others."""

        passages: PassageList

    @dataclass
    class Scrolled(Message):
        """Other rows have come on screen, the cursor staying where it is."""

    @dataclass
    class Verb(Message):
        """Something is to be done with the marked rows, or with the one under the cursor."""

        verb: str
        rows: tuple[ListRow, ...]

    @dataclass
    class MarksChanged(Message):
        """A row was marked, or is no longer."""

        marked: int

    def __init__(
        self,
        ground: str = "ground",
        *,
        boxed: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Begin empty, on the ground of that role; `boxed` where a box above acts on the list."""
        super().__init__(id=id)
        self.ground = ground
        self.boxed = boxed
        self.rows: Sequence[ListRow] = ()
        self.title: tuple[tuple[Part, ...], ...] = ()
        """The fixed lines above the rows: `AIR` is left out where there is none to spare."""
        self.details: dict[str, Detail] = {}
        self.marked: set[str] = set()

    # What is shown

    @property
    def current(self) -> ListRow | None:
        """The row under the cursor."""
        if self.cursor < len(self.rows) and self.is_selectable(self.cursor):
            return self.rows[self.cursor]
        return None

    def set_rows(self, rows: Sequence[ListRow], *, current: str = "") -> None:
        """Show other rows, the cursor on the one with the id `current`, or else on the first.

        Without `current`, a row that stays keeps the cursor, and its place on screen.
        """
        kept = current or (self.current.id if self.current else "")
        self.rows = rows
        ids = row_ids(rows)
        if self.marked:
            self.marked.intersection_update(ids)
        if not kept or kept not in ids:
            number, self.top = next((n for n, each in enumerate(ids) if each), 0), 0
        elif (number := ids.index(kept)) != self.cursor:
            self.top = max(0, self.top + number - self.cursor)
        self.cursor = number
        self.redraw()
        self.show_cursor()
        if self.current:
            self.moved()

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""
        ids = row_ids(self.rows)
        if row_id in ids:
            self.move_to(ids.index(row_id))

    def set_title(self, *title: tuple[Part, ...]) -> None:
        """Show other fixed lines above the rows."""
        if title != self.title:
            self.title = title
            self.redraw()

    def set_details(self, details: Mapping[str, Detail]) -> None:
        """Tell more of some passages, by the id of their rows."""
        self.details.update(details)
        self.redraw_in_place()

    def detail(self, row: ListRow) -> Detail:
        """What is told of a row, as far as it is known."""
        return self.details.get(row.id, _NOTHING)

    def nearby(self, count: int) -> list[ListRow]:
        """At most `count` rows from the top of the screen on."""
        return [row for row in self.rows[self.top : self.top + count] if row.id]

    # Drawing

    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def is_selectable(self, row: int) -> bool:
        """Whether the row is more than a heading."""
        return bool(self.rows[row].id)

    def head(self, pens: Pens) -> list[Strip]:
        """The fixed lines above the rows."""
        width = self.size.width
        rule = line(width, [(f" {'─' * (width - 2)}", pens("rule"))], fill=pens())
        return [
            rule
            if parts == RULE
            else line(width, [(" ", pens()), *pieces(parts, pens)], fill=pens())
            for parts in self.title
            if parts != AIR or self.size.height >= AIRY
        ]

    def draw_row(self, row: int, pens: Pens) -> list[Strip]:
        """The lines of a row on its ground, and the empty ones below it."""
        item = self.rows[row]
        is_current = row == self.cursor and bool(item.id)
        ground = Pens(self.app, "current-row") if is_current else pens
        width = self.size.width
        lines = item.lines(width - GUTTER - 1, ground, self.detail(item))
        strips = []
        for number, (left, right) in enumerate(lines):
            lit = "accent" if self.has_focus or self.boxed else "faint"
            tick = (TICK if is_current else " ", ground(lit))
            mark = MARK if item.id in self.marked and not number else " "
            gutter = [tick, (f"{mark} ", ground("accent", bold=True))]
            if not item.id:
                gutter = [(" ", ground())]
            strips.append(line(width, [*gutter, *left], right, fill=ground()))
        return [*strips, *[Strip.blank(width, pens())] * self._air_below(row)]

    def _air_below(self, row: int) -> int:
        """The empty lines below a row: none where lines are short, always one over a heading."""
        if self.size.height < AIRY:
            return 0
        below = self.rows[row + 1] if row + 1 < len(self.rows) else None
        apart = isinstance(below, HeadingRow) and not isinstance(self.rows[row], HeadingRow)
        return max(self.rows[row].gap, int(apart))

    # Acting

    def moved(self) -> None:
        """Tell of the row the cursor has come to."""
        if self.current:
            self.post_message(self.Highlighted(self))

    def scrolled(self) -> None:
        """Tell that there are other rows on screen."""
        self.post_message(self.Scrolled())

    def opened(self) -> None:
        """Tell of the row that was chosen."""
        if self.current:
            self.post_message(self.Opened(self.current))

    def action_mark_row(self) -> None:
        """Mark the row, or take the mark away, and go on to the next."""
        if self.current is None:
            return
        self.marked ^= {self.current.id}
        self._refresh_rows(self.cursor)
        self.action_cursor_down()
        self.post_message(self.MarksChanged(len(self.marked)))

    def unmark(self) -> None:
        """Take all marks away."""
        if self.marked:
            self.marked.clear()
            self.redraw()

    def action_verb(self, verb: str) -> None:
        """Ask for something to be done with the marked rows, or with the one under the cursor."""
        ids = enumerate(row_ids(self.rows)) if self.marked else ()
        marked = tuple(self.rows[number] for number, each in ids if each in self.marked)
        rows = marked or ((self.current,) if self.current else ())
        if rows:
            self.post_message(self.Verb(verb, rows))
