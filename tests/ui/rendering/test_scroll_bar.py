"""The reader's scroll bar: its thumb, and the marks of the text on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from chinai_tui.ui.rendering import marks, styles
from chinai_tui.ui.rendering.scroll_bar import GLYPHS, THUMB, bar, marked_cells
from chinai_tui.ui.rendering.styles import palette

kinds = st.sampled_from(marks.ON_BAR)


@st.composite
def bars(draw: st.DrawFn) -> tuple[int, int, int, list[tuple[int, str]]]:
    height = draw(st.integers(1, 60))
    rows = draw(st.integers(height + 1, 3000))
    top = draw(st.integers(0, rows - height))
    marked = draw(st.lists(st.tuples(st.integers(0, rows - 1), kinds), max_size=40))
    return height, rows, top, marked


@hypothesis(max_examples=150, deadline=None)
@given(bars())
def test_a_mark_is_in_the_thumb_if_it_is_on_screen(
    drawn: tuple[int, int, int, list[tuple[int, str]]],
) -> None:
    height, rows, top, marked = drawn
    for mark in marked:
        cells = bar(height, rows, top, marked_cells(height, rows, [mark]))
        (cell,) = [cell for cell in cells if cell.glyph == GLYPHS[mark[1]]]
        if top <= mark[0] < top + height:
            assert styles.BAR_UNDER in cell.styles


@hypothesis(max_examples=150, deadline=None)
@given(bars())
def test_every_mark_is_told_or_a_more_important_one_is(
    drawn: tuple[int, int, int, list[tuple[int, str]]],
) -> None:
    height, rows, top, marked = drawn
    placed = marked_cells(height, rows, marked)
    for row, kind in marked:
        told = placed[row * height // rows]
        assert marks.ON_BAR.index(told) <= marks.ON_BAR.index(kind)
    cells = bar(height, rows, top, placed)
    assert len(cells) == height
    assert {n for n, cell in enumerate(cells) if cell.glyph in GLYPHS.values()} == set(placed)


def test_the_thumb_reaches_from_end_to_end() -> None:
    assert [cell.glyph for cell in bar(4, 16, 0, {})] == [THUMB, " ", " ", " "]
    assert [cell.glyph for cell in bar(4, 16, 12, {})] == [" ", " ", " ", THUMB]
    assert [cell.glyph for cell in bar(4, 8, 99, {})] == [" ", " ", THUMB, THUMB]


@pytest.mark.parametrize("rows", [0, 3, 10])
def test_there_is_no_bar_where_everything_is_on_screen(rows: int) -> None:
    placed = marked_cells(10, rows, [(0, marks.HIT)])
    assert {cell.glyph for cell in bar(10, rows, 0, placed)} == {" "}


def test_every_kind_has_a_sign_of_its_own() -> None:
    assert set(GLYPHS) == set(marks.ON_BAR)
    assert len({*GLYPHS.values(), THUMB, " "}) == len(GLYPHS) + 2


@pytest.mark.parametrize("colourless", [False, True])
def test_a_mark_in_the_thumb_does_not_look_like_one_beside_it(colourless: bool) -> None:
    colours = palette(True, colourless=colourless)
    for kind in marks.ON_BAR:
        placed = marked_cells(10, 100, [(5, kind)])
        inside, beside = bar(10, 100, 0, placed)[0], bar(10, 100, 50, placed)[0]
        assert inside.glyph == beside.glyph
        assert colours(*inside.styles) != colours(*beside.styles)
        if not colourless:
            assert colours(*inside.styles).color == colours(*beside.styles).color
            assert colours(*beside.styles) != colours("text")
