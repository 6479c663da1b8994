"""Ink, paper, cinnabar: the two themes, and the styles that line-API widgets draw with.

Every colour of a text has a contrast of at least 4.5:1 on each ground it may stand on.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.theme import Theme

from chinai_tui.domain.entity import EntityKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

DARK: Mapping[str, str] = {
    "ground": "#15171c",
    "pane": "#1b1e25",
    "current-row": "#282c36",
    "ink": "#d9d4c7",
    "strong": "#f2ede0",
    "dim": "#b3ad9f",
    "faint": "#9b9586",
    "accent": "#f27a62",
    "rule": "#34373f",
    "company": "#e3b85f",
    "person": "#7fc4a6",
    "state": "#e08a6f",
    "university": "#7fabdb",
    "place": "#b79ddb",
    "link": "#8fb4d9",
    "hit": "#493400",
    "hit-in-highlight": "#562800",
    "highlight-yellow": "#353a00",
    "highlight-green": "#173d2c",
    "highlight-blue": "#12365c",
    "highlight-red": "#5a1d24",
    "highlight-purple": "#45255e",
    "highlights-meet": "#003d42",
}
LIGHT: Mapping[str, str] = {
    "ground": "#f8f4ea",
    "pane": "#f0ebdd",
    "current-row": "#e6dfcd",
    "ink": "#2c2923",
    "strong": "#14120e",
    "dim": "#554f43",
    "faint": "#665f50",
    "accent": "#a82c18",
    "rule": "#d8d0bd",
    "company": "#7a5200",
    "person": "#1a6348",
    "state": "#983c1a",
    "university": "#1f5c99",
    "place": "#6b3fa0",
    "link": "#1f5c99",
    "hit": "#f4d98a",
    "hit-in-highlight": "#f3d0a0",
    "highlight-yellow": "#f4f67e",
    "highlight-green": "#c6ebd3",
    "highlight-blue": "#cbe2f7",
    "highlight-red": "#fad3cc",
    "highlight-purple": "#e7d5f5",
    "highlights-meet": "#a5dcde",
}

KIND_ROLES: Mapping[EntityKind, str] = {
    EntityKind.COMPANY: "company",
    EntityKind.AGENCY: "state",
    EntityKind.UNIVERSITY: "university",
    EntityKind.PERSON: "person",
    EntityKind.GROUP: "ink",
    EntityKind.PLACE: "place",
    EntityKind.PRODUCT: "ink",
}
"""The colour that means a kind, the same in text, sidebar and pages."""

NAMES: Mapping[str, str] = {"dark": "ink-dark", "light": "ink-light"}
"""Setting to theme."""


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours["accent"],
        accent=colours["accent"],
        warning=colours["state"],
        error=colours["accent"],
        success=colours["person"],
        foreground=colours["ink"],
        background=colours["ground"],
        surface=colours["pane"],
        panel=colours["current-row"],
        dark=dark,
        variables={
            **colours,
            "input-cursor-background": colours["ink"],
            "input-cursor-foreground": colours["ground"],
            "input-selection-background": colours["hit"],
            "screen-selection-background": colours["current-row"],
        },
    )


def themes() -> tuple[Theme, Theme]:
    """The dark and the light theme; their variables are the roles of the palette."""
    return (_theme("ink-dark", DARK, dark=True), _theme("ink-light", LIGHT, dark=False))


def colours_of(app: App[object]) -> Mapping[str, str]:
    """The palette in force; under a theme that is not one of ours, by its darkness."""
    return DARK if app.current_theme.dark else LIGHT


@cache
def _style(dark: bool, role: str, on: str, bold: bool, italic: bool, underline: bool) -> Style:
    colours = DARK if dark else LIGHT
    return Style(
        color=colours[role],
        bgcolor=colours[on],
        bold=bold,
        italic=italic,
        underline=underline,
    )


class Pens:
    """The styles of a palette on one ground, for drawing strips."""

    __slots__ = ("dark", "on")

    def __init__(self, app: App[object], on: str = "pane") -> None:
        """Take the palette in force in the application; `on` is the role of the ground."""
        self.dark = app.current_theme.dark
        self.on = on

    def __call__(
        self,
        role: str = "ink",
        *,
        on: str = "",
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
    ) -> Style:
        """The style of a role; `on` names another ground than the usual one."""
        return _style(self.dark, role, on or self.on, bold, italic, underline)
