from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.text.query import parse
from chinai_tui.ui.screens.main.hits import Hits, needles, next_range

RANGES = ((2, 4), (10, 12), (30, 33))


def test_the_first_hit_is_the_one_from_where_one_is() -> None:
    assert Hits("x", RANGES).from_offset(5).current == (10, 12)
    assert Hits("x", RANGES).from_offset(10).current == (10, 12)


def test_beyond_the_last_hit_one_begins_again() -> None:
    assert Hits("x", RANGES).from_offset(40).current == (2, 4)


def test_stepping_goes_around() -> None:
    hits = Hits("x", RANGES, 2)
    assert hits.step(1).at == 0
    assert hits.step(1).step(-1).at == 2


def test_without_hits_there_is_none_current() -> None:
    hits = Hits("x")
    assert hits.from_offset(3).current is None
    assert hits.step(1).current is None


def test_what_is_told() -> None:
    assert Hits("facial recognition", RANGES, 1).told() == "2 of 3 “facial recognition”"
    assert Hits("quantum").told() == "no “quantum” in this issue"
    assert Hits().told() == ""


def test_walking_starts_at_the_edge_of_the_paragraph() -> None:
    assert next_range(RANGES, (9, 9), 1) == 1
    assert next_range(RANGES, (9, 9), -1) == 0


def test_walking_passes_the_one_where_one_is_and_goes_around() -> None:
    assert next_range(RANGES, (10, 12), 1) == 2
    assert next_range(RANGES, (10, 12), -1) == 0
    assert next_range(RANGES, (30, 33), 1) == 0
    assert next_range(RANGES, (2, 4), -1) == 2


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=10, unique=True),
    st.integers(0, 500),
)
def test_walking_on_visits_every_range_once(starts: list[int], begin: int) -> None:
    ranges = [(start, start + 1) for start in sorted(starts)]
    here, seen = (begin, begin), []
    for _ in ranges:
        at = next_range(ranges, here, 1)
        here = ranges[at]
        seen.append(at)
    assert sorted(seen) == list(range(len(ranges)))


def test_words_and_phrases_of_a_query_are_lit_but_not_what_must_be_absent() -> None:
    root = parse('chips "face scan" company:leon -bank OR phone').root
    assert set(needles(root)) == {"chips", "face scan", "phone"}
