"""The document view of the main screen: drawn directly, with a thin bar at its edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from chinai_tui.text.layout import Layout
from chinai_tui.ui.rendering.scroll_bar import Cell, bar, marked_cells
from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.document_view import DocumentView


class ReaderText(DocumentView, DirectLines):
    """A document whose scroll bar is part of its lines.

    Textual's bar is a widget of its own that is drawn one frame after the text.
    """

    DEFAULT_CSS = """
    ReaderText {
        padding-right: 1;
        scrollbar-size-vertical: 0;
    }
    """

    ground = "ground"

    _bar: Sequence[Cell] = ()
    _marked: Mapping[int, str] | None = None
    """The cells of the bar with a mark in them; None until they are looked for."""
    _marked_for: tuple[int, Layout] | None = None
    """The height and the layout they were found for."""
    _on_bar = False
    """Whether the mouse button went down on the bar and is still down."""

    def take_size(self, size: Size) -> None:
        """Take the size of the text; no bar beside it has to be placed anew for that."""
        self.set_reactive(ReaderText.virtual_size, size)

    def _repaint(self) -> None:
        self._marked = None
        super()._repaint()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the text, with the bar as it is for all of them."""
        height = self.scrollable_content_region.height
        if self._marked is None or self._marked_for != (height, self.lines):
            self._marked_for = height, self.lines
            marked = ((self.lines.row_of(at), kind) for at, kind in self._marks.on_bar())
            self._marked = marked_cells(height, self.lines.height, marked)
        self._bar = bar(height, self.lines.height, self._row, self._marked)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The line of the text, and what stands of the bar in it."""
        text = super().render_line(y)
        cell = self._bar[y] if y < len(self._bar) else Cell()
        end = Segment(cell.glyph, self.painter().palette(*cell.styles))
        return Strip([*text, end], text.cell_length + 1)

    # The mouse on the bar

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go where the bar was pressed; while the button is down the text follows."""
        self._on_bar = event.button == 1 and event.x >= self.size.width - 1
        if self._on_bar:
            event.prevent_default()
            self.capture_mouse()
            self._scroll_to_bar(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the pointer along the bar."""
        if self._on_bar:
            event.prevent_default()
            self._scroll_to_bar(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the bar go."""
        if self._on_bar:
            self._on_bar = False
            event.prevent_default()
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Let the bar go when something else has taken the mouse."""
        self._on_bar = False

    def on_click(self, event: events.Click) -> None:
        """A click on the bar is not one on the text beside it."""
        if event.x >= self.size.width - 1:
            event.prevent_default()

    def _scroll_to_bar(self, y: int) -> None:
        """Bring the part of the text on screen that a cell of the bar stands for."""
        height, rows = self.scrollable_content_region.height, self.lines.height
        self._scroll_to_row(y * rows // max(1, height) - height // 2)
