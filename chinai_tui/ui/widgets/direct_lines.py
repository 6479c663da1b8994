"""Drawing by line without the box around: for widgets that fill their lines themselves."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from chinai_tui.ui.theme import Pens


class DirectLines(Widget):
    """Hands the strips of `render_line` to the screen as they are.

    Textual's own way lays border, padding, tint, opacity and ANSI colours over each line, which
    takes more time than making it. Widgets of this kind have none of them: their strips are as
    wide as the widget and carry every colour. Lines are kept until they are refreshed.
    """

    ground = "pane"
    """The role of the ground it is drawn on."""

    _kept: dict[int, Strip]
    _kept_for: Size | None = None
    _pens: Pens | None = None

    @property
    def pens(self) -> Pens:
        """The styles in force on the widget's ground."""
        if self._pens is None:
            self._pens = Pens(self.app, self.ground)
        return self._pens

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        if self._kept_for != self.size:
            self._kept = {}
            self._kept_for = self.size
        strips = [self._line(y) for y in crop.line_range]
        if crop.column_span != (0, self.outer_size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _line(self, y: int) -> Strip:
        strip = self._kept.get(y)
        if strip is None:
            strip = self.render_line(y)
            if self.app.no_color:
                for line_filter in self.get_line_filters():
                    strip = strip.apply_filter(line_filter, self.background_colors[1])
            self._kept[y] = strip
        return strip

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw the widget anew, or only some regions of it; see Textual."""
        if repaint and self._kept_for is not None:
            if regions:
                for region in regions:
                    for y in region.line_range:
                        self._kept.pop(y, None)
            else:
                self._kept_for = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        self._kept_for = None
        self._pens = None
        super().notify_style_update()
