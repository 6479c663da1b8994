"""The document view of the main screen: drawn directly, with a thin bar at its edge."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.document_view import DocumentView

THUMB = "▐"


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

    _thumb = range(0)

    def take_size(self, size: Size) -> None:
        """Take the size of the text; no bar beside it has to be placed anew for that."""
        self.set_reactive(ReaderText.virtual_size, size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the text, with the bar as it is for all of them."""
        self._thumb = self._thumb_lines()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The line of the text, and what stands of the bar in it."""
        text = super().render_line(y)
        bar = Segment(THUMB if y in self._thumb else " ", self.pens("rule"))
        return Strip([*text, bar], text.cell_length + 1)

    def _thumb_lines(self) -> range:
        """The lines of the bar that tell which part of the text is on screen; none if all is."""
        height, rows = self.scrollable_content_region.height, self.lines.rows
        if rows <= height:
            return range(0)
        length = max(1, height * height // rows)
        top = round((height - length) * self.scroll_y / (rows - height))
        return range(top, top + length)
