"""Styles on top of each other: in both themes and without colour, no mark is lost on another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest
from rich.style import Style

from chinai_tui.domain.annotation import Color
from chinai_tui.domain.document import Block, BlockKind, BlockRole
from chinai_tui.domain.entity import EntityKind
from chinai_tui.text.layout import LineKind
from chinai_tui.ui.no_color import without_colour
from chinai_tui.ui.rendering import marks, styles
from chinai_tui.ui.rendering.highlights import MEETING, ROLES
from chinai_tui.ui.rendering.styles import Palette, palette
from tests.ui.test_theme import contrast

PALETTES = {
    "dark": palette(True),
    "light": palette(False),
    "colourless": palette(True, colourless=True),
}
COLOURED = ("dark", "light")
GREEN = ROLES[Color.GREEN]

LAYERS: Mapping[str, tuple[str, ...]] = {
    "emphasis": ("emphasis",),
    "strong": ("strong",),
    "link": ("link",),
    "mention": ("company",),
    "current mention": ("company", marks.MENTION_CURRENT),
    "highlight": (GREEN,),
    "hit": (marks.HIT,),
    "current hit": (marks.HIT_CURRENT,),
    "selection": (styles.SELECTION,),
    "cursor": (styles.CURSOR,),
    "pointed": ("link", styles.POINTED),
}
"""What can lie on the same words, from the lowest up."""

_COLOURED = {
    "mention": {"link"},  # the number behind a link tells of it
    "current mention": {"strong", "link"},
    "current hit": {"strong", "current mention", "highlight", "hit"},
    "cursor": {"link", "mention", "highlight", "hit", "selection"},
    "pointed": {"mention", "highlight", "hit", "selection", "cursor"},
}
COVERED: Mapping[str, Mapping[str, set[str]]] = {
    "dark": _COLOURED,
    "light": _COLOURED,
    "colourless": {
        "link": {"emphasis"},
        "mention": {"emphasis", "link"},
        "current mention": {"emphasis", "strong", "link"},
        "hit": {"emphasis", "strong", "current mention", "highlight"},
        "highlight": {"emphasis"},
        "current hit": {"emphasis", "strong", "current mention", "highlight", "hit"},
        "selection": set(LAYERS) - {"link", "mention", "selection", "cursor", "pointed"},
        "cursor": set(LAYERS) - {"cursor", "pointed"},
        "pointed": set(LAYERS) - {"link", "pointed"},
    },
}
"""By palette and upper layer, the lower ones that are not seen where it covers them whole."""


def look(style: Style) -> tuple[object, ...]:
    """What one sees of a style; not whether it is dim, which not every terminal draws."""
    colour = style.color.triplet if style.color else None
    ground = style.bgcolor.triplet if style.bgcolor else None
    attributes = (style.bold, style.italic, style.underline, style.reverse)
    return (colour, ground, *map(bool, attributes))


def drawn(colours: Palette, *layers: str) -> tuple[object, ...]:
    names = [name for layer in layers for name in LAYERS[layer]]
    return look(colours("text", *names))


@pytest.mark.parametrize("name", PALETTES)
def test_no_two_kinds_look_alike(name: str) -> None:
    colours = PALETTES[name]
    seen = {layer: drawn(colours, layer) for layer in LAYERS}
    for one, other in combinations(seen, 2):
        assert seen[one] != seen[other], (one, other)
    assert look(colours("text")) not in seen.values()


@pytest.mark.parametrize("name", PALETTES)
def test_the_upper_of_two_is_always_seen(name: str) -> None:
    colours = PALETTES[name]
    for lower, upper in combinations(LAYERS, 2):
        assert drawn(colours, lower, upper) != drawn(colours, lower), (lower, upper)


def covered(colours: Palette) -> dict[str, set[str]]:
    """By upper layer, the lower ones of which nothing is seen through it."""
    found: dict[str, set[str]] = {}
    for lower, upper in combinations(LAYERS, 2):
        if set(LAYERS[lower]) <= set(LAYERS[upper]):
            continue
        alone = (upper,) if lower != "current mention" else ("mention", upper)
        if drawn(colours, lower, upper) == drawn(colours, *alone):
            found.setdefault(upper, set()).add(lower)
    return found


@pytest.mark.parametrize("name", PALETTES)
def test_the_lower_of_two_is_seen_through_the_upper_but_where_it_may_not(name: str) -> None:
    assert covered(PALETTES[name]) == COVERED[name]


@pytest.mark.parametrize("name", COLOURED)
@pytest.mark.parametrize("upper", ["current mention", "highlight", "hit"])
def test_a_ground_leaves_the_colour_of_a_kind(name: str, upper: str) -> None:
    colours = PALETTES[name]
    for kind in map(str, EntityKind):
        both = (
            colours("text", kind, *LAYERS[upper])
            if upper != "current mention"
            else colours("text", kind, marks.MENTION_CURRENT)
        )
        assert both.color == colours("text", kind).color
        assert both.underline


@pytest.mark.parametrize("name", COLOURED)
def test_every_pair_can_be_read(name: str) -> None:
    colours = PALETTES[name]
    kinds = {str(kind): (str(kind),) for kind in EntityKind}
    for base in ("text", "aside", "heading", "pullquote", "boilerplate"):
        for lower, upper in combinations({**LAYERS, **kinds}.items(), 2):
            style = colours(base, *lower[1], *upper[1])
            assert style.color
            assert style.bgcolor
            assert contrast(style.color.name, style.bgcolor.name) >= 4.5, (base, lower, upper)


def test_a_hit_in_bold_text_is_not_the_current_one() -> None:
    colours = PALETTES["colourless"]
    for base in ("heading", "subheading", "text"):
        under = (base, "company", marks.MENTION_CURRENT)
        hit, current = (colours(*under, kind) for kind in (marks.HIT, marks.HIT_CURRENT))
        assert look(hit) != look(current)
        assert look(colours(base, marks.HIT)) != look(colours("text", marks.HIT_CURRENT))


def test_two_grounds_that_meet_are_both_told() -> None:
    for name in COLOURED:
        colours = PALETTES[name]
        grounds = {
            colours("text", *names).bgcolor
            for names in (
                (marks.HIT,),
                (GREEN,),
                (marks.HIT, GREEN),
                (styles.SELECTION,),
                (styles.SELECTION, marks.HIT),
                (styles.SELECTION, GREEN),
            )
        }
        assert len(grounds) == 6


def test_a_palette_without_colours_has_none() -> None:
    colours = PALETTES["colourless"]
    for name in palette(True)._styles:
        style = colours("text", name)
        assert style.color is None
        assert style.bgcolor is None
        assert look(without_colour(style)) == look(style)


def test_without_colours_a_highlight_is_grey_where_the_terminal_can() -> None:
    colours = PALETTES["colourless"]
    assert colours("text", GREEN).dim
    assert not colours("aside", GREEN, marks.HIT).dim
    assert not colours("aside", "company").dim


def test_every_style_without_colours_is_one_of_a_theme() -> None:
    assert set(PALETTES["colourless"]._styles) <= set(PALETTES["dark"]._styles)


def test_the_number_of_a_link_is_quieter_than_the_words_around() -> None:
    for name in COLOURED:
        number = PALETTES[name]("heading", styles.INSERTION)
        assert not number.bold
        assert not number.underline
        assert number.color == PALETTES[name]("link").color


@pytest.mark.parametrize("name", PALETTES)
def test_letters_over_a_link_stand_out_from_everything(name: str) -> None:
    colours = PALETTES[name]
    hint = look(colours(styles.HINT))
    # They stand over links, of which a current hit is one at most.
    assert hint not in {drawn(colours, layer) for layer in LAYERS if layer != "current hit"}
    assert colours(styles.HINT).bold


def block(kind: str, role: str = "", level: int = 0) -> Block:
    return Block(BlockKind(kind), BlockRole(role), level, "", 0, 1)


@pytest.mark.parametrize(
    ("of", "name"),
    [
        (block("heading", "title"), "title"),
        (block("heading", "subtitle"), "subtitle"),
        (block("heading", level=2), "heading"),
        (block("heading", level=3), "subheading"),
        (block("paragraph", "label"), "section-label"),
        (block("paragraph", "source"), "aside"),
        (block("paragraph", "summary"), "text"),
        (block("paragraph", "boilerplate"), "boilerplate"),
        (block("row", level=1), "table-head"),
        (block("row"), "text"),
        (block("item", "reading"), "text"),
        (block("footnote"), "aside"),
        (block("pullquote"), "pullquote"),
    ],
)
def test_blocks_are_set_by_role_then_kind_then_level(of: Block, name: str) -> None:
    assert styles.style_of(of) == name


@pytest.mark.parametrize(
    ("of", "line", "name"),
    [
        (block("item"), LineKind.TEXT, styles.BEFORE),
        (block("row"), LineKind.TEXT, styles.LABEL),
        (block("row"), LineKind.FOLD, styles.FOLD),
        (block("item"), LineKind.LEAD, styles.LEAD),
        (block("rule"), LineKind.RULE, styles.RULE),
    ],
)
def test_what_stands_before_a_line_has_the_style_of_the_line(
    of: Block, line: LineKind, name: str
) -> None:
    assert styles.before(of, line) == name
    assert name in palette(True)._styles


@pytest.mark.parametrize("name", COLOURED)
def test_every_colour_of_highlight_has_a_ground_of_its_own_also_under_another(name: str) -> None:
    colours = PALETTES[name]
    grounds = {colours("text", role).bgcolor for role in ROLES.values()}
    meeting = {colours("text", *two).bgcolor for two in combinations(ROLES.values(), 2)}
    hits = {colours("text", role, marks.HIT).bgcolor for role in ROLES.values()}
    others = {colours("text", each).bgcolor for each in (marks.HIT, styles.SELECTION)}
    assert len(grounds) == len(Color)
    assert meeting == {colours("text", MEETING).bgcolor}
    assert len(hits) == 1
    assert len(grounds | meeting | hits | others) == len(Color) + 4


@pytest.mark.parametrize("name", COLOURED)
def test_what_is_chosen_or_written_on_keeps_the_colour_of_its_highlight(name: str) -> None:
    colours = PALETTES[name]
    for role in ROLES.values():
        assert colours("text", role, marks.LIT).bgcolor == colours("text", role).bgcolor
        assert colours("text", role, marks.CHOSEN).bold
    assert colours("text", marks.LIT).bgcolor != colours("text").bgcolor
