"""Moving in the reader's text: by lines, pages, paragraphs and headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from chinai_tui.domain.document import BlockKind
from chinai_tui.ui.widgets.document_pane import DocumentPane


class DocumentMotions(DocumentPane):
    """The motions; each keeps a paragraph that is on screen the current one."""

    @dataclass
    class Leaping(Message, namespace="document_view"):
        """One leaves a place for the beginning or the end of the text."""

        top: int
        """The offset of the first character on screen."""
        above: int
        """Rows on screen above that."""
        current: int
        """The offset of the current paragraph."""

    def _show_rows(self, first: int, last: int | None = None) -> None:
        """Scroll as little as is needed to see rows, of many at least the first."""
        last = first if last is None else last
        if first < self._row:
            self._scroll_to_row(first)
        elif last >= self._row + self._height:
            self._scroll_to_row(min(first, last - self._height + 1))

    def show_current(self) -> None:
        """Bring the current paragraph on screen, as much of it as fits."""
        if self.document.blocks:
            self._make_current(self._current)

    def _make_current(self, block: int) -> None:
        self._current = block
        rows = self.lines.rows_of(block)
        self._show_rows(rows.start, rows.stop - 1)
        self._announce()

    def _step(self, numbers: Sequence[int], step: int) -> int | None:
        """The number next to the current one in that direction."""
        if step > 0:
            return next((n for n in numbers if n > self.current), None)
        return next((n for n in reversed(numbers) if n < self.current), None)

    def _step_paragraph(self, step: int) -> None:
        blocks = self.document.blocks
        stops = [n for n in self.lines.blocks() if blocks[n].kind is not BlockKind.RULE]
        if (block := self._step(stops, step)) is not None:
            self._make_current(block)
        else:
            self._scroll_to_row(self.lines.height if step > 0 else 0)

    def _step_heading(self, step: int) -> None:
        headings = [n for n in self.document.headings() if self.lines.rows_of(n)]
        if (block := self._step(headings, step)) is not None:
            self._current = block
            self._scroll_to_row(max(0, self.lines.rows_of(block).start - 1))
            self._announce()

    def _turn(self, rows: int) -> None:
        """Scroll by a page; the first paragraph that begins there is the current one."""
        self._scroll_to_row(self._row + rows)
        self._current = self._natural()
        self._announce()

    def _leap(self) -> None:
        self.post_message(self.Leaping(self.top_offset, self.rows_above, self.passage[0]))

    def action_line_down(self) -> None:
        """Scroll a line down; at the end, go on from paragraph to paragraph."""
        if self.is_at_bottom:
            self._tell_end()
            self._step_paragraph(1)
        else:
            self._scroll_to_row(self._row + 1)

    def action_line_up(self) -> None:
        """Scroll a line up; at the top, go on from paragraph to paragraph."""
        if self._row:
            self._scroll_to_row(self._row - 1)
        else:
            self._step_paragraph(-1)

    def action_half_down(self) -> None:
        """Scroll half a page down."""
        self._scroll_to_row(self._row + max(1, self._height // 2))

    def action_half_up(self) -> None:
        """Scroll half a page up."""
        self._scroll_to_row(self._row - max(1, self._height // 2))

    def action_page_down(self) -> None:
        """Scroll a page down but for one line; at the end, tell that one went on."""
        if self.is_at_bottom:
            self.post_message(self.EndReached(again=True))
        else:
            self._turn(max(1, self._height - 1))

    def action_page_up(self) -> None:
        """Scroll a page up but for one line."""
        self._turn(-max(1, self._height - 1))

    def action_top(self) -> None:
        """Go to the beginning."""
        self._leap()
        self._turn(-self.lines.height)

    def action_bottom(self) -> None:
        """Go to the end, and to what stands below it."""
        self._leap()
        self._scroll_to_row(self.lines.height)
        if blocks := self.lines.blocks():
            self._current = blocks[-1]
            self._announce()

    def action_next_paragraph(self) -> None:
        """Go to the next paragraph."""
        self._step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Go to the previous paragraph."""
        self._step_paragraph(-1)

    def action_next_heading(self) -> None:
        """Go to the next heading."""
        self._step_heading(1)

    def action_previous_heading(self) -> None:
        """Go to the previous heading."""
        self._step_heading(-1)
