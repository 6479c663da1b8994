"""A pane of lines that one only reads, drawn for its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Row
from chinai_tui.ui.widgets.strips import line

Draw = Callable[[int, Pens], Sequence[Row]]
"""Makes the lines for a width in cells; they are cut to it."""


class LinesPane(Widget):
    """Lines on one ground, the last ones cut off where they do not fit."""

    ALLOW_SELECT = False

    def __init__(
        self,
        draw: Draw | None = None,
        *,
        ground: str = "pane",
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Show what `draw` makes, on the ground of that role."""
        super().__init__(id=id)
        self._draw = draw
        self._ground = ground
        self._lines: tuple[int, Sequence[Row]] | None = None

    def show(self, draw: Draw | None) -> None:
        """Show something else."""
        self._draw = draw
        self._lines = None
        self.refresh(layout=self.styles.is_auto_height)

    def notify_style_update(self) -> None:
        """Forget the lines when the theme changes."""
        self._lines = None
        super().notify_style_update()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The number of lines."""
        return len(self._drawn(width))

    def _drawn(self, width: int) -> Sequence[Row]:
        if self._lines is None or self._lines[0] != width:
            lines = self._draw(width - 2, Pens(self.app, self._ground)) if self._draw else ()
            self._lines = (width, lines)
        return self._lines[1]

    def render_line(self, y: int) -> Strip:
        """The strip of a line of the widget, from 0."""
        width = self.size.width
        pens = Pens(self.app, self._ground)
        lines = self._drawn(width)
        if y >= len(lines):
            return Strip.blank(width, pens())
        return line(width, [(" ", pens()), *lines[y].left], lines[y].right, fill=pens())
