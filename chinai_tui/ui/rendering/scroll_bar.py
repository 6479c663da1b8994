"""A scroll bar that keeps out of the way: a thin thumb on the ground of the text."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

THUMB = "▐"


class ThinScrollBar(ScrollBarRender):
    """Draws a vertical bar; what clicks on its parts do is Textual's."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.default(),  # noqa: B008
        bar_color: Color = Color.default(),  # noqa: B008
    ) -> Segments:
        """The cells of the bar from the top; none of them is a thumb where everything fits."""
        if not vertical or not window_size or virtual_size <= window_size:
            blank = Segment(" " * thickness, Style(bgcolor=back_color))
            return Segments([blank] * size, new_lines=vertical)
        thumb = max(1, round(size * window_size / virtual_size))
        first = round((size - thumb) * position / (virtual_size - window_size))
        above = Style(bgcolor=back_color, meta={"@mouse.down": "scroll_up"})
        grab = Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"})
        below = Style(bgcolor=back_color, meta={"@mouse.down": "scroll_down"})
        return Segments(
            [Segment(" " * thickness, above)] * first
            + [Segment(THUMB * thickness, grab)] * thumb
            + [Segment(" " * thickness, below)] * (size - first - thumb),
            new_lines=True,
        )
