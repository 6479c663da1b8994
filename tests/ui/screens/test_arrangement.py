from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.ui.screens.main.arrangement import Pane, arrange

SIZES = st.integers(1, 300)


@settings(max_examples=150, deadline=None)
@given(SIZES, SIZES, st.sampled_from(Pane), st.booleans(), st.booleans())
def test_the_pane_in_use_is_shown_unless_the_text_stands_alone(
    width: int, height: int, pane: Pane, names: bool, zen: bool
) -> None:
    shown = arrange(width, height, pane, names=names, zen=zen)
    hidden_by_zen = zen and pane is not Pane.READER
    hidden_by_wish = pane is Pane.SIDEBAR and not names
    assert shown.shows(pane) or hidden_by_zen or hidden_by_wish


@settings(max_examples=150, deadline=None)
@given(SIZES, SIZES, st.sampled_from(Pane), st.booleans(), st.booleans())
def test_the_panes_fit_beside_each_other(
    width: int, height: int, pane: Pane, names: bool, zen: bool
) -> None:
    shown = arrange(width, height, pane, names=names, zen=zen)
    beside = 0 if shown.over else shown.sidebar
    assert shown.list + beside <= width
    assert not shown.reader or shown.list + beside <= width - min(width, 50)


@pytest.mark.parametrize(
    ("width", "panes"),
    [
        (160, {Pane.LIST, Pane.READER, Pane.SIDEBAR}),
        (120, {Pane.LIST, Pane.READER, Pane.SIDEBAR}),
        (119, {Pane.LIST, Pane.READER}),
        (90, {Pane.LIST, Pane.READER}),
        (89, {Pane.READER}),
        (40, {Pane.READER}),
    ],
)
def test_as_many_panes_as_fit(width: int, panes: set[Pane]) -> None:
    shown = arrange(width, 40, Pane.READER, names=True, zen=False)
    assert {pane for pane in Pane if shown.shows(pane)} == panes


def test_between_the_names_come_over_the_text() -> None:
    shown = arrange(100, 40, Pane.SIDEBAR, names=True, zen=False)
    assert shown.over
    assert shown.reader
    assert not arrange(160, 40, Pane.SIDEBAR, names=True, zen=False).over


def test_a_low_screen_saves_lines() -> None:
    lines = [arrange(80, height, Pane.LIST, names=True, zen=False) for height in (40, 24, 12)]
    assert [each.compact for each in lines] == [False, True, True]
    assert [each.header for each in lines] == [4, 3, 1]


def test_text_alone() -> None:
    shown = arrange(160, 40, Pane.READER, names=True, zen=True)
    assert [shown.list, shown.sidebar] == [0, 0]
