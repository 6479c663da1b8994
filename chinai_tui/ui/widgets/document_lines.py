"""The lines of a document on screen: laid out, drawn, scrolled, the same text kept at the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.link import NO_TAIL, Link, Tail
from chinai_tui.text.layout import Fold, Layout, Line, Options
from chinai_tui.ui.rendering.marks import Mark, Marks
from chinai_tui.ui.rendering.painter import GUTTER, MARGIN, Look, Painter
from chinai_tui.ui.rendering.scroll_bar import ThinScrollBar
from chinai_tui.ui.rendering.styles import palette
from chinai_tui.ui.widgets.layouts import Layouts

if TYPE_CHECKING:
    from collections.abc import Iterator


MEASURE = 88
NARROWEST = 10
"""Cells of the narrowest column of text; below that it is cut at the edge."""
WIDEST = 160
PAN = 16
"""Cells by which code is moved sideways."""

_EMPTY = Document("", ())
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class DocumentLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lays one document out for the width there is and draws its rows.

    The place in the text is kept as an offset, so that it survives a change of width, of
    measure or of what is folded.
    """

    ALLOW_SELECT = False

    _look: Look | None = None
    """What `look` gave since the last refresh; it is the same for all lines."""

    DEFAULT_CSS = """
    DocumentLines {
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

    def __init__(
        self,
        *,
        skip_title: bool = False,
        measure: int = MEASURE,
        numbered: bool = True,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Begin empty.

        `skip_title` leaves title and subtitle to whatever stands above; `measure` is the cells
        of the longest line; `numbered` puts the numbers of links behind them; `id` is Textual's.
        """
        super().__init__(id=id)
        self._skip_title = skip_title
        self._measure = measure
        self._numbered = numbered
        self._settling = False
        self._layouts = Layouts()
        self._take(_EMPTY, (), "", NO_TAIL)

    def _take(self, document: Document, links: Sequence[Link], lead: str, tail: Tail) -> None:
        """Hold another document, which is laid out when the width is known."""
        self.document = document
        self.links = links
        """What can be followed in the text, in its order."""
        self._lead = lead
        self._tail = tail
        self._marks = Marks(document)
        self._asides: Mapping[int, str] = {}
        self._folds = _folds(document)
        self._unfolded: set[int] = set()
        self._lines = Layout(_EMPTY, NARROWEST, Options(), cell_len)
        self._painter: Painter | None = None
        self._top = 0
        self._above = 0
        """Rows from the first one on screen to the one that holds the character `_top`."""
        self._pan = 0

    # What is shown

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Draw these marks instead of those before; nothing moves."""
        self._marks = Marks(self.document, marks)
        self._repaint()

    def set_links(self, links: Sequence[Link]) -> None:
        """Hold these links instead of those before; the text at the top stays there."""
        self.links = links
        self._settle()

    def set_tail(self, tail: Tail) -> None:
        """Let this stand below the text instead of what stood there; the text does not move."""
        if tail != self._tail:
            self._tail = tail
            self._settle()

    def set_asides(self, asides: Mapping[int, str]) -> None:
        """Set a few words at the right of some blocks, by the blocks' numbers."""
        self._asides = asides
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
    def unfolded(self) -> frozenset[int]:
        """The folds that are open, by their first block."""
        return frozenset(self._unfolded)

    @property
    def rows_above(self) -> int:
        """Rows on screen above that of the first character: blank ones between blocks.

        Less than none where the first row on screen is below the text.
        """
        return self._above

    def shows(self, offset: int) -> bool:
        """Whether the character at an offset is on screen."""
        return self._row <= self.lines.row_of(offset) < self._row + self._height

    @property
    def progress(self) -> float:
        """The share of the rows of the text down to the last one on screen: 0 to 1."""
        rows = self.lines.rows
        return min(1.0, (self._row + self._height) / rows) if rows else 1.0

    @property
    def is_at_end(self) -> bool:
        """Whether the last row of the text is on screen."""
        return self._row + self._height >= self.lines.rows

    @property
    def is_at_bottom(self) -> bool:
        """Whether the last row is on screen, that of the tail if there is one."""
        return self._row + self._height >= self.lines.height

    # Scrolling

    @property
    def _row(self) -> int:
        return round(self.scroll_y)

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, force=True)

    def _hold_place(self) -> None:
        """Remember what stands at the top."""
        row = self._row
        if row >= self.lines.height:
            self._top = self._above = 0
            return
        self._top = self.lines.line(row).start
        self._above = self.lines.row_of(self._top) - row

    def action_code_left(self) -> None:
        """Move code to where its lines begin."""
        self.pan(-PAN)

    def action_code_right(self) -> None:
        """Move code to see the rest of its lines."""
        self.pan(PAN)

    def pan(self, cells: int) -> None:
        """Move the lines of code sideways, up to the end of the longest one on screen."""
        shown = range(self._row, min(self._row + self._height, self.lines.rows))
        widest = max((self._code_cells(row) for row in shown), default=0)
        limit = max(0, widest - self.lines.width)
        wanted = max(0, min(self._pan + cells, limit if cells > 0 else self._pan))
        if wanted != self._pan:
            self._pan = wanted
            self.refresh()

    def is_panned(self, line: Line) -> bool:
        """Whether a line is one of those that are moved sideways: code, which is not wrapped."""
        return self.document.blocks[line.block].kind is BlockKind.CODE

    def _code_cells(self, row: int) -> int:
        return cell_len(self.lines.text(row)) if self.is_panned(self.lines.line(row)) else 0

    # Laying out and drawing

    def prepare(
        self,
        document: Document,
        links: Sequence[Link] = (),
        lead: str = "",
        tail: Tail = NO_TAIL,
    ) -> None:
        """Lay out a document that may be shown next; may be called from another thread."""
        if self.virtual_size.width:
            self._laid_out(document, links, _folds(document), lead, tail)

    def _laid_out(
        self,
        document: Document,
        links: Sequence[Link],
        folds: tuple[Fold, ...],
        lead: str,
        tail: Tail,
    ) -> Layout:
        column = max(NARROWEST, self.scrollable_content_region.width - GUTTER - MARGIN)
        numbers = _numbers(links) if self._numbered else ()
        options = Options(self._measure, self._skip_title, folds, numbers, lead, tail.document)
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
        self._lines = self._laid_out(self.document, self.links, folds, self._lead, self._tail)
        with self._keeping_place():
            self.take_size(Size(width, self.lines.height))
            self._scroll_to_row(self._row_of_place())
        self._repaint()

    def _row_of_place(self) -> int:
        """The row for the top of the screen; the first one where the text begins there."""
        shown = self.lines.blocks()
        if not shown or self._top <= self.document.blocks[shown[0]].start:
            return 0
        return max(0, self.lines.row_of(self._top) - self._above)

    def take_size(self, size: Size) -> None:
        """Let Textual know how large the whole text is."""
        self.virtual_size = size

    def _announce(self) -> None:
        """Draw the place that was come to."""
        self.refresh()

    def _repaint(self) -> None:
        self._painter = None
        self.refresh()

    def on_resize(self) -> None:
        """Lay out for the new width; the text at the top stays there."""
        is_laid_out = self._lines.document is self.document
        if not is_laid_out or self.scrollable_content_region.width != self.virtual_size.width:
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

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw anew, with the look as it is by then; see Textual."""
        self._look = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def look(self) -> Look:
        """What is drawn besides the text and its marks."""
        return Look(self.scrollable_content_region.width, self.has_focus, pan=self._pan)

    def painter(self) -> Painter:
        """What draws the rows."""
        if self._painter is None:
            colours = palette(self.app.current_theme.dark, colourless=self.app.no_color)
            self._painter = Painter(self.lines, self._marks, colours, self._asides)
        return self._painter


def _numbers(links: Sequence[Link]) -> tuple[tuple[int, str], ...]:
    """The numbers of links, each behind the words that carry it."""
    return tuple(
        (link.end, str(link.number).translate(_SUPERSCRIPT)) for link in links if link.number
    )


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
