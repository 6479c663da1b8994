from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.screen import Screen

from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui.messages import LeftPage
from chinai_tui.ui.screens.main.history import LIMIT, History, Spot


def spot(number: int) -> Spot:
    return Spot(f"a-{number}", DocumentRole.TEXT, number * 10, number * 10 + 5)


def test_back_leads_to_the_place_one_left_and_forward_from_it() -> None:
    history = History()
    history.leave(spot(1))
    assert history.back(spot(2)) == spot(1)
    assert history.forward(spot(1)) == spot(2)
    assert history.forward(spot(2)) is None


def test_without_a_past_there_is_no_back() -> None:
    assert History().back(spot(1)) is None


def test_a_new_way_ends_the_way_forward() -> None:
    history = History()
    history.leave(spot(1))
    history.back(spot(2))
    history.leave(spot(1))
    assert history.forward(spot(3)) is None


def test_the_place_one_is_at_is_no_step() -> None:
    history = History()
    history.leave(spot(1))
    history.leave(spot(2))
    assert history.back(spot(2)) == spot(1)


def test_pages_stay_between_the_two_places_they_lay_between() -> None:
    history, pages = History(), (LeftPage("Megvii", Screen),)
    history.leave(replace(spot(1), pages=pages))
    before = history.back(spot(2))
    assert before == spot(1)
    assert before.pages == pages
    assert history.forward(spot(1)) == spot(2)
    again = history.back(spot(2))
    assert again is not None
    assert again.pages == pages


def test_a_page_is_a_step_back_even_where_the_place_is_the_same() -> None:
    history, pages = History(), (LeftPage("Megvii", Screen),)
    history.leave(replace(spot(1), pages=pages))
    assert history.back(spot(1)) == spot(1)
    assert history.back(spot(1)) is None


def test_one_goes_back_past_places_without_pages_to_the_last_with_some() -> None:
    history, pages = History(), (LeftPage("a search", Screen),)
    history.leave(spot(0))
    history.leave(replace(spot(1), pages=pages))
    history.leave(spot(2))
    history.leave(spot(3))
    before = history.back_to_page(spot(4))
    assert before == spot(1)
    assert before.pages == pages
    assert [history.forward(spot(1)), history.forward(spot(2))] == [spot(2), spot(3)]
    assert history.forward(spot(3)) == spot(4)


def test_without_pages_one_stays() -> None:
    history = History()
    history.leave(spot(1))
    assert history.back_to_page(spot(2)) is None
    assert history.back(spot(2)) == spot(1)


def test_the_oldest_places_go() -> None:
    history = History()
    for number in range(LIMIT + 50):
        history.leave(spot(number))
    here, steps = spot(9_999), 0
    while (before := history.back(here)) is not None:
        here, steps = before, steps + 1
    assert steps == LIMIT
    assert here == spot(50)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_all_the_way_back_and_forward_again_is_where_one_was(numbers: list[int]) -> None:
    history = History()
    for number in numbers:
        history.leave(spot(number))
    end = spot(99)
    here, way = end, [end]
    while (before := history.back(here)) is not None:
        here = before
        way.append(here)
    while (after := history.forward(here)) is not None:
        way.pop()
        here = after
        assert here == way[-1]
    assert here == end
