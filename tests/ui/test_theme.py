from __future__ import annotations

from collections.abc import Mapping

import pytest
from textual.color import Color

from chinai_tui.domain.entity import EntityKind
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
    for ground in ("hit", "highlight"):
        for role in ("ink", "strong"):
            assert contrast(colours[ground], colours[role]) >= 4.5, (role, ground)


def test_both_themes_have_the_same_roles() -> None:
    dark, light = themes()
    assert dark.variables.keys() == light.variables.keys()
    assert dark.dark
    assert not light.dark
    assert set(NAMES.values()) == {dark.name, light.name}


def test_every_kind_has_a_colour() -> None:
    assert set(KIND_ROLES) == set(EntityKind)
    assert set(KIND_ROLES.values()) <= set(DARK)
