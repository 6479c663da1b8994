"""Drawing without colour, as https://no-color.org asks where `NO_COLOR` is set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from chinai_tui.ui.rendering.highlights import MEETING, ROLES
from chinai_tui.ui.theme import DARK, LIGHT

_REVERSED = Style(reverse=True)
_OF_ROLE: Mapping[str, Style] = {
    "hit": _REVERSED,
    "hit-in-highlight": _REVERSED,
    **dict.fromkeys((*ROLES.values(), MEETING), Style(reverse=True, dim=True, italic=True)),
    "accent": Style(reverse=True, bold=True),
    "dim": _REVERSED,
    "ink": _REVERSED,
    "link": _REVERSED,
}
"""Grounds that tell something: hits, highlights, what is current, a selection, a cursor."""

_OF_GROUND: Mapping[str, Style] = {
    colours[role].lower(): style for colours in (DARK, LIGHT) for role, style in _OF_ROLE.items()
}


@lru_cache(1024)
def without_colour(style: Style | None) -> Style:
    """The style in the terminal's own colours; a ground that tells something is reversed."""
    if style is None:
        return Style.null()
    plain = Style(
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=style.reverse,
        meta=style.meta or None,
    )
    ground = style.bgcolor.triplet if style.bgcolor else None
    return plain + _OF_GROUND.get(ground.hex.lower(), Style.null()) if ground else plain


class NoColour(LineFilter):
    """Takes every colour out of what is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments without colours; the arguments are Textual's."""
        return [Segment(text, without_colour(style), control) for text, style, control in segments]
