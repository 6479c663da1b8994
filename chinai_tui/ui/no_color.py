"""Drawing without colour, as https://no-color.org asks where `NO_COLOR` is set."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from chinai_tui.ui.theme import DARK, LIGHT

_MEANT = frozenset(
    colours[role].lower()
    for colours in (DARK, LIGHT)
    for role in ("hit", "highlight", "accent", "dim", "ink")
)
"""Grounds that tell something: hits, highlights, a selection, a cursor."""


@lru_cache(1024)
def without_colour(style: Style | None) -> Style:
    """The style in the terminal's own colours, reversed where its ground tells something."""
    if style is None:
        return Style.null()
    ground = style.bgcolor.triplet if style.bgcolor else None
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=style.reverse or (ground is not None and ground.hex.lower() in _MEANT),
        meta=style.meta or None,
    )


class NoColour(LineFilter):
    """Takes every colour out of what is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments without colours; the arguments are Textual's."""
        return [Segment(text, without_colour(style), control) for text, style, control in segments]
