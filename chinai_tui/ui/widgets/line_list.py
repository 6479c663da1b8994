"""A list that is drawn line by line: fixed lines above, rows that scroll, fixed lines below.

Whatever the number of rows, only those on screen are made into strips. The rows move by whole
rows, so that none is ever cut in half.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.direct_lines import DirectLines

WHEEL_ROWS = 3
"""Rows a notch of the mouse wheel scrolls by."""


class LineList(DirectLines, can_focus=True):
    """A list with a cursor; subclasses say how many rows there are and draw one line of one."""

    ALLOW_SELECT = False

    row_height = 1
    """Lines a row takes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.cursor = 0
        self.top = 0
        self.held_top = 0
        """Rows out of sight above, though there is room for them, until one moves; else 0."""
        self._follows = False
        self._frame: tuple[list[Strip], list[Strip]] | None = None

    # What subclasses say

    def row_count(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    def draw(self, row: int, part: int, pens: Pens) -> Strip:
        """Line `part` (from 0) of a row, as wide as the widget."""
        raise NotImplementedError

    def is_selectable(self, row: int) -> bool:  # noqa: ARG002
        """Whether the cursor may stand on a row; it passes over headings."""
        return True

    def head(self, pens: Pens) -> list[Strip]:  # noqa: ARG002
        """The fixed lines above the rows."""
        return []

    def foot(self, pens: Pens) -> list[Strip]:  # noqa: ARG002
        """The fixed lines below the rows; they follow the last row where there is room."""
        return []

    def moved(self) -> None:
        """Called when the cursor has come to another row."""

    def opened(self) -> None:
        """Called when the row under the cursor was chosen."""

    # Drawing

    def redraw(self) -> None:
        """Draw everything anew, the fixed lines included, with the cursor in view."""
        self._frame = None
        self._follows = True
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the list."""
        if self._follows:
            self.show_cursor()
        return super().render_lines(crop)

    @property
    def frame(self) -> tuple[list[Strip], list[Strip]]:
        """The fixed lines above and below, made when they are first asked for."""
        if self._frame is None:
            pens = self.pens
            self._frame = (self.head(pens), self.foot(pens))
        return self._frame

    @property
    def room(self) -> int:
        """The rows that fit at a time, at least one."""
        head, foot = self.frame
        return max(1, (self.size.height - len(head) - len(foot)) // self.row_height)

    def render_line(self, y: int) -> Strip:
        """The strip of a line of the widget, from 0."""
        pens = self.pens
        head, foot = self.frame
        if y < len(head):
            return head[y]
        rows = min(self.room, self.row_count())
        below = y - len(head) - rows * self.row_height
        if below < 0:
            row, part = divmod(y - len(head), self.row_height)
            if self.top + row < self.row_count():
                return self.draw(self.top + row, part, pens)
        elif below < len(foot):
            return foot[below]
        return Strip.blank(self.size.width, pens())

    def notify_style_update(self) -> None:
        """Forget the fixed lines when the theme changes."""
        self._frame = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Lay the fixed lines out again and keep the cursor in view."""
        self.redraw()

    def on_focus(self) -> None:
        """Draw the tick of the focused list."""
        self.redraw()

    def on_blur(self) -> None:
        """Draw the tick of a list without focus."""
        self.redraw()

    # Moving

    def show_cursor(self) -> None:
        """Scroll as little as is needed for the cursor's row to be on screen."""
        if not self.size:
            return
        self._follows = False
        room = self.room
        last_top = max(0, self.row_count() - room, self.held_top)
        top = min(max(self.top, self.cursor - room + 1), self.cursor, last_top)
        if self.cursor and not any(map(self.is_selectable, range(self.cursor))):
            # Headings above the first row that can be chosen come into view with it.
            top = 0 if self.cursor < room else top
        if top != self.top:
            self.top = max(0, top)
            self.refresh()

    def move_to(self, row: int, *, step: int = 1) -> None:
        """Put the cursor on a row, or on the next one in the direction of `step` that takes it."""
        count = self.row_count()
        if not count:
            return
        row = min(max(row, 0), count - 1)
        found = self._selectable_from(row, step)
        if found is None or found == self.cursor:
            self.show_cursor()
            return
        old, self.cursor = self.cursor, found
        self._let_go()
        self._refresh_rows(old, found)
        self.show_cursor()
        self.moved()

    def _let_go(self) -> None:
        """Fill the height with rows again."""
        if self.held_top:
            self.held_top = 0
            self.redraw()

    def _selectable_from(self, row: int, step: int) -> int | None:
        count = self.row_count()
        forward = range(row, count) if step > 0 else range(row, -1, -1)
        backward = range(row - 1, -1, -1) if step > 0 else range(row + 1, count)
        found = next(filter(self.is_selectable, forward), None)
        return found if found is not None else next(filter(self.is_selectable, backward), None)

    def _refresh_rows(self, *rows: int) -> None:
        """Draw some rows anew, those of them that are on screen."""
        if not self.size:
            return
        head, _ = self.frame
        width = self.size.width
        self.refresh(
            *(
                Region(0, len(head) + (row - self.top) * self.row_height, width, self.row_height)
                for row in rows
                if 0 <= row - self.top < self.room
            )
        )

    def action_cursor_down(self) -> None:
        """Go to the next row."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Go to the row before."""
        self.move_to(self.cursor - 1, step=-1)

    def action_half_down(self) -> None:
        """Go half a page down."""
        self.move_to(self.cursor + max(1, self.room // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self.move_to(self.cursor - max(1, self.room // 2), step=-1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self.move_to(self.cursor + self.room)

    def action_page_up(self) -> None:
        """Go a page up."""
        self.move_to(self.cursor - self.room, step=-1)

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(self.row_count() - 1, step=-1)

    def action_open(self) -> None:
        """Choose the row under the cursor."""
        if self.row_count():
            self.opened()

    # The mouse

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line of the widget, if there is one."""
        head, _ = self.frame
        row = (y - len(head)) // self.row_height
        if y < len(head) or row >= self.room or self.top + row >= self.row_count():
            return None
        return self.top + row

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a click on the cursor's row chooses it."""
        row = self.row_at(event.y)
        if row is None or not self.is_selectable(row):
            return
        if row == self.cursor:
            self.action_open()
        else:
            self.move_to(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the rows without moving the cursor."""
        self._scroll_rows(WHEEL_ROWS)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the rows back without moving the cursor."""
        self._scroll_rows(-WHEEL_ROWS)
        event.stop()

    def _scroll_rows(self, rows: int) -> None:
        self._let_go()
        top = min(max(0, self.top + rows), max(0, self.row_count() - self.room))
        if top != self.top:
            self.top = top
            self.refresh()
