"""The box of several lines in which a note is written."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea


class NoteBox(TextArea):
    """Textual's text area, which may be taken away while a frame is being drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines; blank ones once it is taken away, as there are no styles to draw them in."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)
