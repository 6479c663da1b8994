"""The pane a document is read in: places in it, folds, and the current paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.reactive import var

from chinai_tui.domain.document import BlockRole, Document
from chinai_tui.domain.link import NO_TAIL, Link, Tail
from chinai_tui.text.layout import Line, LineKind
from chinai_tui.ui.rendering.marks import Mark, Marks
from chinai_tui.ui.widgets.document_lines import DocumentLines

if TYPE_CHECKING:
    from textual.strip import Strip


class Position(NamedTuple):
    """A place in the text on screen."""

    offset: int = 0
    """Of the first character on screen."""
    block: int = 0
    """The number of the current block."""
    progress: float = 0.0
    """The share of the rows that has been on screen, from the top: 0 to 1."""


class DocumentPane(DocumentLines):
    """Shows one document from a place in it; knows which paragraph is the current one."""

    position: var[Position] = var(Position())
    """Where one is. It is watched rather than told in a message, which would come a frame late."""

    @dataclass
    class EndReached(Message, namespace="document_view"):
        """A motion has brought the last row of the text on screen."""

        again: bool = False
        """Whether one paged on from there."""

    def _take(self, document: Document, links: Sequence[Link], lead: str, tail: Tail) -> None:
        super()._take(document, links, lead, tail)
        self._current = 0
        self._wanted: int | None = None
        """An offset in the paragraph that is to be the current one once there is a layout."""
        self._is_placed = False
        self._end_told = False

    # What is shown

    def show(
        self,
        document: Document,
        marks: Iterable[Mark] = (),
        offset: int = 0,
        current: int | None = None,
        *,
        above: int = 0,
        unfolded: Iterable[int] = (),
        links: Sequence[Link] = (),
        lead: str = "",
        tail: Tail = NO_TAIL,
        asides: Mapping[int, str] | None = None,
    ) -> None:
        """Show a document from the line that holds `offset`, `above` rows over it.

        `current` is an offset in the paragraph that is to be the current one; without it that is
        the first paragraph on screen. `unfolded` are folds that are open, by their first block;
        `links` are numbered in the text, `lead` is a line above it that stands for another text,
        `tail` stands below it, `asides` stand at the right of blocks.
        """
        self._take(document, links, lead, tail)
        self._unfolded.update(unfolded)
        self._marks = Marks(document, marks)
        self._asides = asides or {}
        self._top, self._above = offset, above
        self._wanted = current
        self._settle()
        self._announce()

    @property
    def current(self) -> int:
        """The number of the current block, 0 in an empty document."""
        return self._current

    @property
    def passage(self) -> tuple[int, int]:
        """The offsets of the current block."""
        if not self.document.blocks:
            return 0, 0
        block = self.document.blocks[self._current]
        return block.start, block.end

    # Going to places

    def go_to(
        self, offset: int, end: int | None = None, *, top: bool = False, middle: bool = False
    ) -> None:
        """Make the block at an offset the current one and bring the place on screen.

        A place that is well on screen stays where it is; another comes into the middle, or with
        `top` its line to the top. With `middle` any place does. `end` is the end of a passage
        that should be seen whole.
        """
        if not self._is_placed:
            self._top = self._wanted = offset
            self._above = 0
            return
        self._unfold_at(offset)
        self._current = self._shown(offset)
        row = self.lines.row_of(offset)
        last = self.lines.row_of(max(offset, (end or offset) - 1))
        with self._keeping_place():  # to jump to the end is not to have read to the end
            if top:
                self._scroll_to_row(row)
            elif middle or row < self._row + 1 or last > self._row + self._height - 2:
                self._scroll_to_row(max(0, min(row, (row + last - self._height) // 2)))
        self._hold_place()
        self._announce()

    @property
    def screen_row(self) -> int:
        """The row of the screen on which the current paragraph begins; below 0 above the screen."""
        return self.lines.rows_of(self._current).start - self._row

    def stand_at(self, block: int, row: int) -> None:
        """Make a block the current one and bring its beginning to a row of the screen, if it can.

        Nothing is unfolded for that: of what is folded the line that stands for it is shown.
        """
        if not self.document.blocks:
            return
        offset = self.document.blocks[block].start
        if not self._is_placed:
            self._top = self._wanted = offset
            self._above = max(0, row)
            return
        self._current = self._shown(offset)
        with self._keeping_place():
            self._scroll_to_row(max(0, self.lines.rows_of(self._current).start - row))
        self._hold_place()
        self._announce()

    # Folds

    @property
    def is_folded(self) -> bool:
        """Whether the current line is that of a closed fold."""
        return any(
            fold.first <= self._current < fold.last and fold.first not in self._unfolded
            for fold in self._folds
        )

    def toggle_fold(self) -> bool:
        """Open the fold that is current, or fold the open one; False where there is none."""
        fold = next((f for f in self._folds if f.first <= self._current < f.last), None)
        if fold is None:
            return False
        self._unfolded ^= {fold.first}
        self._current = fold.first
        self._settle()
        self._announce()
        return True

    def _unfold_at(self, offset: int) -> None:
        number = self.document.block_at(offset)
        for fold in self._folds:
            if fold.first <= number < fold.last and fold.first not in self._unfolded:
                self._unfolded.add(fold.first)
                self._settle()

    def _shown(self, offset: int) -> int:
        """The shown block at an offset, or the nearest before, or the first."""
        number = self.document.block_at(offset)
        shown = self.lines.blocks()
        if not shown:
            return number
        return max((n for n in shown if n <= number), default=shown[0])

    # Where one is

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the place, and a paragraph on screen as the current one, wherever it comes from."""
        super().watch_scroll_y(old_value, new_value)
        if self._settling or round(old_value) == round(new_value):
            return
        self._hold_place()
        rows = self.lines.rows_of(self._current)
        if rows.stop <= self._row or rows.start >= self._row + self._height:
            self._current = self._natural()
        self._announce()
        self._tell_end()

    def _tell_end(self) -> None:
        if self.is_at_end and not self._end_told and self.lines.rows:
            self._end_told = True
            self.post_message(self.EndReached())

    def _natural(self) -> int:
        """The first paragraph that begins on screen, or the block the screen is filled with."""
        last = min(self._row + self._height, self.lines.rows)
        begun = [line for line in map(self.lines.line, range(self._row, last)) if line.first]
        if begun:
            return min(begun, key=lambda line: (_standing(self.document, line), line.start)).block
        return self.lines.line(self._row).block if self._row < self.lines.height else 0

    def _announce(self) -> None:
        """Tell the place that was come to, if it is another, and draw it."""
        if self.lines.rows:
            self.position = Position(self._top, self._current, self.progress)
        self.refresh()

    def _settle(self) -> None:
        """Lay the document out, and at the first time choose the current paragraph."""
        super()._settle()
        if self.scrollable_content_region.width > 0 and not self._is_placed:
            self._is_placed = True
            self._current = self._natural() if self._wanted is None else self._shown(self._wanted)
        elif self._is_placed:
            self._keep_current()

    def _keep_current(self) -> None:
        """Keep the current paragraph on screen, where fewer rows are; its beginning at least."""
        rows = self.lines.rows_of(self._current)
        if not rows or (rows.start < self._row + self._height and rows.stop > self._row):
            return
        with self._keeping_place():
            self._scroll_to_row(max(0, min(rows.start, rows.stop - self._height)))

    def render_line(self, y: int) -> Strip:
        """The strip of a line of the widget, from 0."""
        if self._look is None:
            self._look = self.look()
        return self.painter().strip(self._row + y, self._current, self._look)


def _standing(document: Document, line: Line) -> int:
    """How little a line is what one would mark as the current one: text, heading, the rest."""
    if line.kind is not LineKind.TEXT:
        return 2
    block = document.blocks[line.block]
    return int(block.is_heading or block.role in (BlockRole.TITLE, BlockRole.SUBTITLE))
