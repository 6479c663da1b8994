"""How the parts of a text are drawn: names of styles, in the palette in force.

Styles are put on top of each other in the order in which they are declared, and each sets only
what is its own: a mention its colour and underline, a hit its ground, so that both are seen.
Where two grounds meet, the two have a ground together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations

from rich.style import Style

from chinai_tui.domain.document import Block, BlockKind, BlockRole
from chinai_tui.text.layout import LineKind
from chinai_tui.ui.rendering import marks
from chinai_tui.ui.rendering.highlights import INKS, MEETING, ROLES
from chinai_tui.ui.theme import DARK, KIND_ROLES, LIGHT

SELECTION = "selection"
CURSOR = "cursor"
POINTED = "pointed"
"""The link that is pointed at."""
HINT = "hint"
"""Letters over a link."""
INSERTION = "insertion"
"""The number behind a link."""
TICK = "tick"
TICK_FAINT = "tick-faint"
SIGN_BOOKMARK = "sign-bookmark"
SIGN_NOTE = "sign-note"
SIGN_OF: Mapping[str, str] = {role: f"sign-{role}" for role in ROLES.values()}
"""The style of a highlight's sign, by that of the highlight."""
BEFORE = "before"
"""Bullets, numbers, bars: what stands before a text."""
LABEL = "label"
"""The name of a column before a cell of a table that is set as records."""
ASIDE = "beside"
"""A few words at the right of a heading."""
FOLD = "fold"
LEAD = "lead"
"""The line above a text that stands for another one."""
RULE = "rule"
BAR = "bar"
"""The thumb of the scroll bar."""
BAR_UNDER = "bar-under"
"""The thumb under a mark."""

SUBHEADING_LEVEL = 3

_MEETING: Mapping[frozenset[str], str] = {
    **{frozenset(two): MEETING for two in combinations(ROLES.values(), 2)},
    **{frozenset({role, marks.HIT}): "hit-in-highlight" for role in ROLES.values()},
    **{frozenset({role, SELECTION}): "selected-highlight" for role in ROLES.values()},
    frozenset({marks.HIT, SELECTION}): "selected-hit",
}
"""The styles of two grounds where they meet; each is declared behind both."""


def on_bar(kind: str) -> str:
    """The name of the style in which a mark of that kind is drawn on the scroll bar."""
    return f"bar-{kind}"


class _Pen:
    """Makes styles of the roles of a palette."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours

    def __call__(self, role: str = "", on: str = "", **attributes: bool) -> Style:
        colours = self._colours
        return Style(color=colours.get(role), bgcolor=colours.get(on), **attributes)  # type: ignore[arg-type]


def _coloured(colours: Mapping[str, str]) -> dict[str, Style]:
    pen = _Pen(colours)
    return {**_of_blocks(pen), **_of_bar(pen), **_of_words(pen)}


def _of_blocks(pen: _Pen) -> dict[str, Style]:
    return {
        "text": pen("ink"),
        "title": pen("strong", bold=True),
        "subtitle": pen("dim"),
        "heading": pen("strong", bold=True),
        "subheading": pen("strong", bold=True, italic=True),
        "section-label": pen("dim", bold=True),
        "table-head": pen("strong", bold=True),
        "pullquote": pen("strong", italic=True),
        "aside": pen("dim"),
        "boilerplate": pen("dim"),
        "code": pen("ink", "pane"),
        BEFORE: pen("dim"),
        LABEL: pen("dim"),
        ASIDE: pen("faint"),
        FOLD: pen("faint"),
        LEAD: pen("faint"),
        RULE: pen("rule"),
        TICK: pen("accent"),
        TICK_FAINT: pen("faint"),
        SIGN_BOOKMARK: pen("accent"),
        SIGN_NOTE: pen("company"),
        **{SIGN_OF[role]: pen(INKS[color]) for color, role in ROLES.items()},
    }


def _of_bar(pen: _Pen) -> dict[str, Style]:
    return {
        BAR: pen("rule"),
        BAR_UNDER: pen("", "rule"),
        on_bar(marks.MENTION_CURRENT): pen("strong"),
        on_bar(marks.HIGHLIGHT): pen("person"),
        on_bar(marks.NOTE): pen("company"),
        on_bar(marks.BOOKMARK): pen("accent"),
        on_bar(marks.HIT): pen("company", bold=True),
        on_bar(marks.HIT_CURRENT): pen("accent", bold=True),
    }


def _of_words(pen: _Pen) -> dict[str, Style]:
    return {
        "strong": pen("strong", bold=True),
        marks.LEAD_IN: pen("strong", bold=True),
        "emphasis": pen(italic=True),
        "link": pen("link", underline=True),
        marks.REFERENCE: pen("link", underline=True),
        "footnote": pen("link"),
        **{str(kind): pen(role, underline=True) for kind, role in KIND_ROLES.items()},
        marks.ADDED: pen("person", bold=True),
        marks.REMOVED: pen("state"),
        marks.LIT: pen("", "current-row"),
        marks.MENTION_CURRENT: pen("", "current-row", bold=True),
        **{role: pen("", role) for role in ROLES.values()},
        MEETING: pen("", MEETING),
        marks.CHOSEN: pen(bold=True),
        marks.HIT: pen("", "hit"),
        "hit-in-highlight": pen("", "hit-in-highlight"),
        **dict.fromkeys((marks.WALKED, marks.HIT_CURRENT), pen("ground", "accent", bold=True)),
        SELECTION: pen("ground", "dim"),
        "selected-highlight": pen("ground", "person"),
        "selected-hit": pen("ground", "company"),
        CURSOR: pen("ground", "accent", underline=True),
        POINTED: pen("ground", "link"),
        HINT: pen("ground", "accent", bold=True),
        INSERTION: pen("link", bold=False, italic=False),
    }


def _colourless() -> dict[str, Style]:
    """The same told by attributes, with dim for what may be lost where a terminal has none.

    Names are underlined, links slanted besides, the current name bold and slanted. A hit is
    reversed, the current hit bold besides, a highlight slanted, the selection both. What stands
    on others takes from them what would make it look like one of another kind.
    """
    bold, italic, dim = Style(bold=True), Style(italic=True), Style(dim=True)
    link = Style(underline=True, italic=True)
    reverse = Style(reverse=True, dim=False, bold=False, italic=False)
    return {
        **dict.fromkeys(("title", "heading", "section-label", "table-head"), bold),
        **dict.fromkeys(("strong", marks.LEAD_IN), bold),
        **dict.fromkeys(("pullquote", "emphasis"), italic),
        **dict.fromkeys(("subtitle", "aside", "boilerplate", "code", "footnote"), dim),
        **dict.fromkeys((BEFORE, LABEL, ASIDE, FOLD, LEAD, RULE, TICK_FAINT, BAR), dim),
        **dict.fromkeys(("link", marks.REFERENCE), link),
        **dict.fromkeys(map(str, KIND_ROLES), Style(underline=True, dim=False, italic=False)),
        "subheading": bold + italic,
        BAR_UNDER: Style(reverse=True),
        marks.MENTION_CURRENT: Style(bold=True, italic=True),
        **dict.fromkeys(ROLES.values(), Style(reverse=True, dim=True, italic=True)),
        **dict.fromkeys((marks.LIT, marks.CHOSEN, MEETING, marks.ADDED), bold),
        marks.REMOVED: dim,
        marks.HIT: reverse,
        marks.HIT_CURRENT: reverse + bold,
        SELECTION: reverse + bold + italic,
        CURSOR: reverse + Style(bold=True, underline=True),
        POINTED: reverse + link,
        HINT: reverse + Style(bold=True, underline=False),
        INSERTION: Style(dim=True, bold=False, italic=False),
    }


class Palette:
    """The styles of a theme, dark or light, or those without colours."""

    def __init__(self, colours: Mapping[str, str] | None) -> None:
        """Take the colours by role; `None` is a palette without any."""
        order = _coloured(colours or DARK)
        self._styles = order if colours else _colourless()
        self.ground = Style(color=colours["ink"], bgcolor=colours["ground"]) if colours else Style()
        self._rank = {name: rank for rank, name in enumerate(order)}
        self._combined: dict[frozenset[str], Style] = {}

    def __call__(self, *names: str) -> Style:
        """The styles of those names on top of each other, on the ground of the text."""
        key = frozenset(names)
        if (style := self._combined.get(key)) is None:
            meeting = {name for both, name in _MEETING.items() if both <= key}
            style = self.ground
            for name in sorted((key | meeting) & self._styles.keys(), key=self._rank.__getitem__):
                style += self._styles[name]
            self._combined[key] = style
        return style


@cache
def palette(dark: bool, *, colourless: bool = False) -> Palette:
    """The styles of the dark or of the light theme, or those for a terminal without colours."""
    if colourless:
        return Palette(None)
    return Palette(DARK if dark else LIGHT)


_OF_ROLE: Mapping[BlockRole, str] = {
    BlockRole.TITLE: "title",
    BlockRole.SUBTITLE: "subtitle",
    BlockRole.LABEL: "section-label",
    BlockRole.SOURCE: "aside",
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
_OF_LINE: Mapping[LineKind, str] = {
    LineKind.FOLD: FOLD,
    LineKind.LEAD: LEAD,
    LineKind.RULE: RULE,
}


def style_of(block: Block) -> str:
    """The name of the style in which a block's text is set."""
    if block.role in _OF_ROLE:
        return _OF_ROLE[block.role]
    if block.kind is BlockKind.HEADING and block.level >= SUBHEADING_LEVEL:
        return "subheading"
    if block.kind is BlockKind.ROW and block.level:
        return "table-head"
    return _OF_KIND.get(block.kind, "text")


def before(block: Block, kind: LineKind) -> str:
    """The name of the style of what stands before and behind the text of a line of a block."""
    if kind is LineKind.BLANK and block.kind is BlockKind.ROW:
        return RULE
    return _OF_LINE.get(kind) or (LABEL if block.kind is BlockKind.ROW else BEFORE)
