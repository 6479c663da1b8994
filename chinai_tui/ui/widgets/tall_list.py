"""A list of rows of different heights, drawn line by line.

Only the rows on screen are laid out, so that a list of a thousand passages opens as fast as one
of ten. The list scrolls by whole rows.
"""

from __future__ import annotations

from textual.strip import Strip

from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList

KEPT = 400
"""Rows of which the lines are kept, to be drawn again at once."""


class TallList(LineList):
    """A list with a cursor whose subclasses draw each row as some lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self._rows: dict[int, list[Strip]] = {}
        self._body: list[tuple[int, Strip]] | None = None

    # What subclasses say

    def draw_row(self, row: int, pens: Pens) -> list[Strip]:
        """The lines of a row, at least one, each as wide as the widget."""
        raise NotImplementedError

    def scrolled(self) -> None:
        """Called when the mouse has brought other rows on screen."""

    # Drawing

    def draw(self, row: int, part: int, pens: Pens) -> Strip:
        """One line of a row; nothing below its last."""
        lines = self._lines(row)
        return lines[part] if part < len(lines) else Strip.blank(self.size.width, pens())

    def redraw(self) -> None:
        """Draw everything anew."""
        self._rows.clear()
        self._body = None
        super().redraw()

    def redraw_in_place(self) -> None:
        """Draw everything anew; the cursor comes into view only if it was, not after the wheel."""
        in_view = self._body is None or any(row == self.cursor for row, _ in self._body)
        self.redraw()
        self._follows = in_view

    def notify_style_update(self) -> None:
        """Forget what is drawn when the theme changes."""
        self._rows.clear()
        self._body = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Lay the rows out again and keep the cursor in view."""
        self._rows.clear()
        self._body = None
        super().on_resize()

    def render_line(self, y: int) -> Strip:
        """The strip of a line of the widget, from 0."""
        head, _ = self.frame
        if y < len(head):
            return head[y]
        body = self._shown()
        at = y - len(head)
        return body[at][1] if at < len(body) else Strip.blank(self.size.width, self.pens())

    def _lines(self, row: int) -> list[Strip]:
        if (lines := self._rows.get(row)) is None:
            if len(self._rows) >= KEPT:
                self._rows.clear()
            lines = self._rows[row] = self.draw_row(row, self.pens)
        return lines

    @property
    def _height(self) -> int:
        """The lines there are for rows."""
        head, foot = self.frame
        return max(1, self.size.height - len(head) - len(foot))

    def _shown(self) -> list[tuple[int, Strip]]:
        """The lines on screen, each with its row."""
        if self._body is None:
            self._body = []
            for row in range(self.top, self.row_count()):
                if len(self._body) >= self._height:
                    break
                self._body += [(row, strip) for strip in self._lines(row)]
            del self._body[self._height :]
        return self._body

    # Moving

    @property
    def room(self) -> int:
        """The rows that are on screen whole, at least one."""
        used = rows = 0
        for row in range(self.top, self.row_count()):
            used += len(self._lines(row))
            if used > self._height:
                break
            rows += 1
        return max(1, rows)

    def show_cursor(self) -> None:
        """Scroll as little as is needed for the cursor's row and the headings over it.

        With the last row that can be chosen, what is told below it comes into view.
        """
        if not self.row_count() or not self.size.height:
            return
        self._follows = False
        top = min(self.top, self._first_of(self.cursor))
        last = self.row_count() - 1
        is_last = not any(map(self.is_selectable, range(self.cursor + 1, last + 1)))
        bottom = self._top_for(last if is_last else self.cursor)
        top = max(top, min(bottom, self.cursor))
        if top:  # at the top, the last rows need not be laid out to know where they would begin
            top = min(top, self._top_for(last))
        if top != self.top:
            self.top = top
            self._body = None
            self.refresh()

    def _top_for(self, row: int) -> int:
        """The first row on screen if a row stands at the bottom."""
        used = len(self._lines(row))
        while row and used + len(self._lines(row - 1)) <= self._height:
            row -= 1
            used += len(self._lines(row))
        return row

    def _first_of(self, row: int) -> int:
        """The first of the headings that stand directly over a row, as far as they fit with it."""
        first = row
        while first and not self.is_selectable(first - 1):
            first -= 1
        return max(first, self._top_for(row))

    def _refresh_rows(self, *rows: int) -> None:
        for row in rows:
            self._rows.pop(row, None)
        self._body = None
        self.refresh()

    # The mouse

    def row_at(self, y: int) -> int | None:
        """The row drawn at a line of the widget, if there is one."""
        at = y - len(self.frame[0])
        body = self._shown()
        return body[at][0] if 0 <= at < len(body) else None

    def _scroll_rows(self, rows: int) -> None:
        step = 1 if rows > 0 else -1
        if not self.row_count():
            return
        top = min(max(0, self.top + step), self._top_for(self.row_count() - 1))
        if top != self.top:
            self.top = top
            self._body = None
            self.refresh()
            self.scrolled()
