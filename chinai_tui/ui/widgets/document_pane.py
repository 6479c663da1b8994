"""The pane a document is shown in: laying out, drawing, scrolling, the current paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout import Fold, Layout, Line, LineKind, Options
from chinai_tui.ui.rendering.marks import Mark, Marks
from chinai_tui.ui.rendering.painter import GUTTER, MARGIN, Look, Painter
from chinai_tui.ui.rendering.scroll_bar import ThinScrollBar
from chinai_tui.ui.rendering.styles import palette
from chinai_tui.ui.widgets.layouts import Layouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

MEASURE = 88
NARROWEST = 10
"""Cells of the narrowest column of text; below that it is cut at the edge."""
WIDEST = 160

_EMPTY = Document("", ())


class DocumentPane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one document in lines; knows which paragraph is the current one.

    The place in the text is kept as an offset, so that it survives a change of width, of
    measure or of what is folded.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    DocumentPane {
        width: 1fr;
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-color: $panel;
        scrollbar-color-hover: $panel;
        scrollbar-color-active: $foreground;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    @dataclass
    class Moved(Message, namespace="document_view"):
        """The text was scrolled, or another paragraph is the current one."""

        offset: int
        """Of the first character on screen."""
        block: int
        """The number of the current block."""
        progress: float
        """The share of the rows that has been on screen, from the top: 0 to 1."""

    @dataclass
    class EndReached(Message, namespace="document_view"):
        """A motion has brought the last row on screen."""

        again: bool = False
        """Whether one paged on from there."""

    def __init__(
        self,
        *,
        skip_title: bool = False,
        measure: int = MEASURE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Begin empty.

        `skip_title` leaves title and subtitle to whatever stands above; `measure` is the cells
        of the longest line; `id` is Textual's.
        """
        super().__init__(id=id)
        self._skip_title = skip_title
        self._measure = measure
        self._settling = False
        self._layouts = Layouts()
        self._take(_EMPTY, ())

    def _take(self, document: Document, marks: Iterable[Mark]) -> None:
        self.document = document
        self._marks = Marks(document, marks)
        self._folds = _folds(document)
        self._unfolded: set[int] = set()
        self._lines = Layout(_EMPTY, NARROWEST, Options(), cell_len)
        self._painter: Painter | None = None
        self._top = 0
        self._current = 0
        self._wanted: int | None = None
        self._is_placed = False
        self._announced: tuple[int, int, float] | None = None
        self._end_told = False

    # What is shown

    def show(
        self,
        document: Document,
        marks: Iterable[Mark] = (),
        offset: int = 0,
        current: int | None = None,
    ) -> None:
        """Show a document from the line that holds `offset`.

        `current` is an offset in the paragraph that is to be the current one; without it that is
        the first paragraph on screen.
        """
        self._take(document, marks)
        self._top = offset
        self._wanted = current
        self._settle()
        self._announce()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Draw these marks instead of those before; nothing moves."""
        self._marks = Marks(self.document, marks)
        self._repaint()

    @property
    def measure(self) -> int:
        """Cells of the longest line."""
        return self._measure

    @measure.setter
    def measure(self, cells: int) -> None:
        """Lay the text out in lines of that many cells, within bounds."""
        self._measure = min(max(cells, 2 * NARROWEST), WIDEST)
        self._settle()
        self._announce()

    @property
    def lines(self) -> Layout:
        """The document as it is laid out."""
        return self._lines

    @property
    def column(self) -> tuple[int, int]:
        """The cells left of the text, and the cells of its lines."""
        width = self.scrollable_content_region.width
        return Painter.left(width, self.lines.width), self.lines.width

    @property
    def top_offset(self) -> int:
        """The offset of the first character on screen."""
        return self._top

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

    @property
    def progress(self) -> float:
        """The share of the rows down to the last one on screen: 0 to 1."""
        rows = self.lines.rows
        return min(1.0, (self._row + self._height) / rows) if rows else 1.0

    @property
    def is_at_end(self) -> bool:
        """Whether the last row is on screen."""
        return self._row + self._height >= self.lines.rows

    # Going to places

    def go_to(self, offset: int, end: int | None = None, *, top: bool = False) -> None:
        """Make the block at an offset the current one and bring the place on screen.

        A place that is well on screen stays where it is; another comes into the middle, or with
        `top` its line to the top. `end` is the end of a passage that should be seen whole.
        """
        if not self._is_placed:
            self._top = self._wanted = offset
            return
        self._unfold_at(offset)
        self._current = self._shown(offset)
        row = self.lines.place(offset).row
        last = self.lines.place(max(offset, (end or offset) - 1)).row
        with self._keeping_place():  # to jump to the end is not to have read to the end
            if top:
                self._scroll_to_row(row)
            elif row < self._row + 1 or last > self._row + self._height - 2:
                self._scroll_to_row(max(0, min(row, (row + last - self._height) // 2)))
        self._top = self._first_offset()
        self._announce()

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

    # Scrolling

    @property
    def _row(self) -> int:
        return round(self.scroll_y)

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the place, and a paragraph on screen as the current one, wherever it comes from."""
        super().watch_scroll_y(old_value, new_value)
        if self._settling or round(old_value) == round(new_value):
            return
        self._top = self._first_offset()
        rows = self.lines.rows_of(self._current)
        if rows.stop <= self._row or rows.start >= self._row + self._height:
            self._current = self._natural()
        self._announce()
        self._tell_end()

    def _tell_end(self) -> None:
        if self.is_at_end and not self._end_told and self.lines.rows:
            self._end_told = True
            self.post_message(self.EndReached())

    def _first_offset(self) -> int:
        """The offset of the first character in or below the first row on screen."""
        return self.lines.line(self._row).start if self._row < self.lines.rows else 0

    def _natural(self) -> int:
        """The first paragraph that begins on screen, or the block the screen is filled with."""
        last = min(self._row + self._height, self.lines.rows)
        begun = [line for line in map(self.lines.line, range(self._row, last)) if line.first]
        if begun:
            return min(begun, key=lambda line: (_standing(self.document, line), line.start)).block
        return self.lines.line(self._row).block if self._row < last else 0

    def _announce(self) -> None:
        state = (self._top, self._current, self.progress)
        if state != self._announced and self.lines.rows:
            self._announced = state
            self.post_message(self.Moved(*state))
        self.refresh()

    # Laying out and drawing

    def prepare(self, document: Document) -> None:
        """Lay out a document that may be shown next; may be called from another thread."""
        if self.virtual_size.width:
            self._laid_out(document, _folds(document))

    def _laid_out(self, document: Document, folds: tuple[Fold, ...]) -> Layout:
        column = max(NARROWEST, self.scrollable_content_region.width - GUTTER - MARGIN)
        options = Options(self._measure, self._skip_title, folds)
        return self._layouts.get(document, column, options)

    @contextmanager
    def _keeping_place(self) -> Iterator[None]:
        self._settling = True
        try:
            yield
        finally:
            self._settling = False

    def _settle(self) -> None:
        """Lay the document out for the width there is, with the same text at the top."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        folds = tuple(fold for fold in self._folds if fold.first not in self._unfolded)
        self._lines = self._laid_out(self.document, folds)
        with self._keeping_place():
            self.take_size(Size(width, self.lines.rows))
            self._scroll_to_row(self.lines.place(self._top).row if self._top else 0)
        if not self._is_placed:
            self._is_placed = True
            self._current = self._natural() if self._wanted is None else self._shown(self._wanted)
        self._repaint()

    def take_size(self, size: Size) -> None:
        """Let Textual know how large the whole text is."""
        self.virtual_size = size

    def _repaint(self) -> None:
        self._painter = None
        self.refresh()

    def on_resize(self) -> None:
        """Lay out for the new width; the text at the top stays there."""
        if self.scrollable_content_region.width != self.virtual_size.width:
            self._settle()
        self._announce()

    def on_mount(self) -> None:
        """Take the thin scroll bar."""
        self.vertical_scrollbar.renderer = ThinScrollBar  # type: ignore[misc]

    def on_focus(self) -> None:
        """Draw the tick of a pane in use."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the tick of a pane one has left."""
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        self._painter = None
        super().notify_style_update()

    def look(self) -> Look:
        """What is drawn besides the text and its marks."""
        return Look(self.scrollable_content_region.width, self.has_focus)

    def render_line(self, y: int) -> Strip:
        """The strip of a line of the widget, from 0."""
        if self._painter is None:
            colours = palette(self.app.current_theme.dark)
            self._painter = Painter(self.lines, self._marks, colours)
        return self._painter.strip(self._row + y, self._current, self.look())


def _standing(document: Document, line: Line) -> int:
    """How little a line is what one would mark as the current one: text, heading, the rest."""
    if line.kind is not LineKind.TEXT:
        return 2
    block = document.blocks[line.block]
    return int(block.is_heading or block.role in (BlockRole.TITLE, BlockRole.SUBTITLE))


def _folds(document: Document) -> tuple[Fold, ...]:
    """The runs of boilerplate, each to be folded to a line."""
    folds = []
    numbered = enumerate(document.blocks)
    for boilerplate, run in groupby(numbered, lambda pair: _is_boilerplate(pair[1])):
        if boilerplate:
            numbers = [number for number, _block in run]
            above = numbers[0] * 2 < len(document.blocks)
            label = "Greeting and subscription lines" if above else "Closing lines"
            folds.append(Fold(numbers[0], numbers[-1] + 1, f"{label} ({len(numbers)})"))
    return tuple(folds)


def _is_boilerplate(block: Block) -> bool:
    return block.role is BlockRole.BOILERPLATE and block.kind is not BlockKind.RULE
