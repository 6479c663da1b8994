from __future__ import annotations

from collections.abc import Mapping

import pytest
from rich.style import Style
from textual.color import Color

from chinai_tui.domain.entity import EntityKind
from chinai_tui.ui.no_color import without_colour
from chinai_tui.ui.rendering.highlights import MEETING, ROLES
from chinai_tui.ui.theme import DARK, KIND_ROLES, LIGHT, NAMES, themes

GROUNDS = ("ground", "pane", "current-row")


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.1."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in Color.parse(colour).rgb]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXTS = ("ink", "strong", "dim", "faint", "accent", "company", "person", "state")


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_every_text_can_be_read_on_every_ground(colours: Mapping[str, str]) -> None:
    for role in (*TEXTS, "university", "place", "link"):
        for ground in GROUNDS:
            assert contrast(colours[ground], colours[role]) >= 4.5, (role, ground)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_hits_and_highlights_can_be_read(colours: Mapping[str, str]) -> None:
    for ground in ("hit", "hit-in-highlight", MEETING, *ROLES.values()):
        for role in ("ink", "strong", "dim", "link", *set(KIND_ROLES.values())):
            assert contrast(colours[ground], colours[role]) >= 4.5, (role, ground)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_what_is_under_the_selection_shows_in_its_ground(colours: Mapping[str, str]) -> None:
    for ground in ("dim", "person", "company", "accent", "link"):
        assert contrast(colours[ground], colours["ground"]) >= 4.5, ground


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_without_colour_grounds_that_tell_something_are_reversed(
    colours: Mapping[str, str],
) -> None:
    told = {
        role: without_colour(Style(color=colours["ink"], bgcolor=colours[role]))
        for role in ("ground", "pane", "current-row", "hit", "highlight-green", "accent", "dim")
    }
    assert all(style.color is None and style.bgcolor is None for style in told.values())
    assert not any(told[role].reverse for role in ("ground", "pane", "current-row"))
    assert all(told[role].reverse for role in ("hit", "highlight-green", "accent", "dim"))
    assert len({told[role] for role in ("hit", "highlight-green", "accent")}) == 3


def test_without_colour_attributes_stay() -> None:
    style = Style(color="red", bold=True, dim=True, italic=True, underline=True, reverse=True)
    assert without_colour(style) == style.without_color
    assert without_colour(None) == Style.null()


def test_both_themes_have_the_same_roles() -> None:
    dark, light = themes()
    assert dark.variables.keys() == light.variables.keys()
    assert dark.dark
    assert not light.dark
    assert set(NAMES.values()) == {dark.name, light.name}


def test_every_kind_has_a_colour() -> None:
    assert set(KIND_ROLES) == set(EntityKind)
    assert set(KIND_ROLES.values()) <= set(DARK)
