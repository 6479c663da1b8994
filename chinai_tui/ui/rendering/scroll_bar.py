"""Scroll bars that keep out of the way: a thin thumb on the ground of the text, and marks.

The reader's own bar is cells that it draws with its lines; other widgets have Textual's bar with
a thin thumb.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

from chinai_tui.ui.rendering import marks
from chinai_tui.ui.rendering.styles import BAR, BAR_UNDER, on_bar

THUMB = "▐"
GLYPHS: Mapping[str, str] = {
    marks.HIT_CURRENT: "◆",
    marks.HIT: "▪",
    marks.NOTE: "▸",
    marks.BOOKMARK: "★",
    marks.HIGHLIGHT: "▹",
    marks.MENTION_CURRENT: "•",
}
"""A sign for each kind of mark, so that they are told apart without colour."""

_PRECEDENCE: Mapping[str, int] = {kind: rank for rank, kind in enumerate(marks.ON_BAR)}


class Cell(NamedTuple):
    """One cell of the bar: what stands in it, and the names of its styles."""

    glyph: str = " "
    styles: tuple[str, ...] = ()


_BLANK = Cell()
_THUMB = Cell(THUMB, (BAR,))
_BESIDE_THUMB = {kind: Cell(glyph, (on_bar(kind),)) for kind, glyph in GLYPHS.items()}
_IN_THUMB = {kind: Cell(glyph, (BAR_UNDER, on_bar(kind))) for kind, glyph in GLYPHS.items()}


def marked_cells(height: int, rows: int, marked: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The kind of mark in each cell of a bar of `height` cells that has one.

    `rows` is the number of rows of the text, `marked` are rows and kinds of `marks.ON_BAR`; of
    several marks in a cell the most important is told. Where everything is on screen there is
    no bar and so no mark.
    """
    found: dict[int, str] = {}
    if rows <= height:
        return found
    for row, kind in marked:
        cell = row * height // rows
        other = found.get(cell)
        if other is None or _PRECEDENCE[kind] < _PRECEDENCE[other]:
            found[cell] = kind
    return found


def bar(height: int, rows: int, top: int, marked: Mapping[int, str]) -> list[Cell]:
    """The cells of the bar from the top, for a text whose row `top` is the first on screen.

    `marked` is what `marked_cells` gives for the same height and rows. The thumb covers the
    cells of the rows on screen, so that a mark on screen is in it.
    """
    if rows <= height:
        return [_BLANK] * height
    top = min(max(top, 0), rows - height)
    first, last = top * height // rows, (top + height - 1) * height // rows
    cells = [_BLANK] * first + [_THUMB] * (last - first + 1) + [_BLANK] * (height - last - 1)
    for cell, kind in marked.items():
        cells[cell] = (_IN_THUMB if first <= cell <= last else _BESIDE_THUMB)[kind]
    return cells


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
