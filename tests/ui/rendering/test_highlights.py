"""Colours of highlights are told apart by their signs alone."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color
from chinai_tui.ui.rendering.highlights import DEFAULT, SIGNS, color_of, ink_of, sign_of
from chinai_tui.ui.theme import DARK


def test_each_colour_has_a_sign_of_one_cell_that_no_other_has() -> None:
    assert set(SIGNS) == set(Color)
    assert len(set(SIGNS.values())) == len(Color)
    assert all(cell_len(sign) == 1 for sign in SIGNS.values())


@pytest.mark.parametrize("name", ["", "mauve"])
def test_a_colour_that_is_not_known_is_drawn_as_the_default(name: str) -> None:
    assert color_of(name) is DEFAULT


def test_every_annotation_has_a_sign_in_a_colour_of_the_palette() -> None:
    made = [
        *(Annotation("h", AnnotationKind.HIGHLIGHT, color=color) for color in Color),
        Annotation("n", AnnotationKind.NOTE),
        Annotation("b", AnnotationKind.BOOKMARK),
    ]
    assert len({sign_of(each) for each in made}) == len(made)
    assert all(ink_of(each) in DARK for each in made)
