"""How the parts of a text are drawn: names of styles, in the palette in force.

Styles are put on top of each other in the order in which they are declared, and each sets only
what is its own: a mention its colour and underline, a hit its ground, so that both are seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.style import Style

from chinai_tui.domain.document import Block, BlockKind, BlockRole
from chinai_tui.ui.rendering import marks
from chinai_tui.ui.theme import DARK, KIND_ROLES, LIGHT

SELECTION = "selection"
CURSOR = "cursor"
TICK = "tick"
TICK_FAINT = "tick-faint"
SIGN_BOOKMARK = "sign-bookmark"
SIGN_NOTE = "sign-note"
BEFORE = "before"
"""Bullets, numbers, bars: what stands before a text."""
FOLD = "fold"
RULE = "rule"

SUBHEADING_LEVEL = 3


def _palette(colours: Mapping[str, str]) -> dict[str, Style]:
    def pen(role: str = "", on: str = "", **attributes: bool) -> Style:
        return Style(color=colours.get(role), bgcolor=colours.get(on), **attributes)  # type: ignore[arg-type]

    return {
        "text": pen("ink"),
        "title": pen("strong", bold=True),
        "subtitle": pen("dim"),
        "heading": pen("strong", bold=True),
        "subheading": pen("strong", bold=True, italic=True),
        "pullquote": pen("strong", italic=True),
        "aside": pen("dim"),
        "boilerplate": pen("faint"),
        "code": pen("ink", "pane"),
        BEFORE: pen("dim"),
        FOLD: pen("faint"),
        RULE: pen("rule"),
        TICK: pen("accent"),
        TICK_FAINT: pen("faint"),
        SIGN_BOOKMARK: pen("accent"),
        SIGN_NOTE: pen("company"),
        "strong": pen("strong", bold=True),
        "emphasis": pen(italic=True),
        "link": pen("link", underline=True),
        "footnote": pen("link"),
        **{str(kind): pen(role, underline=True) for kind, role in KIND_ROLES.items()},
        marks.MENTION_CURRENT: pen(bold=True),
        marks.HIGHLIGHT: pen("", "highlight"),
        marks.HIT: pen("", "hit", bold=True),
        marks.HIT_CURRENT: pen("ground", "accent", bold=True),
        SELECTION: pen("ground", "dim"),
        CURSOR: pen("ground", "accent"),
    }


class Palette:
    """The styles of a theme, dark or light."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self.ground = Style(color=colours["ink"], bgcolor=colours["ground"])
        self._styles = _palette(colours)
        self._rank = {name: rank for rank, name in enumerate(self._styles)}
        self._combined: dict[frozenset[str], Style] = {}

    def __call__(self, *names: str) -> Style:
        """The styles of those names on top of each other, on the ground of the text."""
        key = frozenset(names)
        if (style := self._combined.get(key)) is None:
            style = self.ground
            for name in sorted(key & self._rank.keys(), key=self._rank.__getitem__):
                style += self._styles[name]
            self._combined[key] = style
        return style


@cache
def palette(dark: bool) -> Palette:
    """The styles of the dark or of the light theme."""
    return Palette(DARK if dark else LIGHT)


_OF_ROLE: Mapping[BlockRole, str] = {
    BlockRole.TITLE: "title",
    BlockRole.SUBTITLE: "subtitle",
    BlockRole.LABEL: "heading",
    BlockRole.BOILERPLATE: "boilerplate",
    BlockRole.CAPTION: "aside",
}
_OF_KIND: Mapping[BlockKind, str] = {
    BlockKind.HEADING: "heading",
    BlockKind.PULLQUOTE: "pullquote",
    BlockKind.CODE: "code",
    BlockKind.IMAGE: "aside",
    BlockKind.EMBED: "aside",
    BlockKind.FOOTNOTE: "aside",
}


def style_of(block: Block) -> str:
    """The name of the style in which a block's text is set."""
    if block.role in _OF_ROLE:
        return _OF_ROLE[block.role]
    if block.kind is BlockKind.HEADING and block.level >= SUBHEADING_LEVEL:
        return "subheading"
    return _OF_KIND.get(block.kind, "text")
