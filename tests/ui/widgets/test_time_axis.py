"""One axis of time under several charts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.widgets.time_axis import TimeAxis, bars, by_month
from chinai_tui.ui.widgets.timeline_plot import Span


def point(date: str, count: int) -> TimelinePoint:
    return TimelinePoint(f"i-{date}", None, date, count)


def test_counts_go_by_month_and_the_undated_are_left_out() -> None:
    points = [point("2019-03-04", 2), point("2019-03-30", 3), point("2019", 1), point("", 9)]
    assert by_month(points) == {2019 * 12 + 2: 5, 2019 * 12: 1}


def test_columns_are_at_most_one_a_month_and_hold_all_counts() -> None:
    span = Span(2019 * 12, 2020 * 12 + 11)
    assert TimeAxis.over(span, 100).columns == 24
    axis = TimeAxis.over(span, 12)
    assert axis.sums({span.first: 1, span.first + 1: 2, span.last: 4}) == [3, *[0] * 10, 4]
    assert axis.sums({span.first - 1: 7, span.last + 1: 7}) == [0] * 12


@pytest.mark.parametrize(
    ("months", "width", "years"),
    [
        ((2017 * 12 + 1, 2020 * 12 + 4), 100, "           2018        2019        2020"),
        ((2017 * 12, 2019 * 12 + 11), 12, "17  18  19"),
        ((2019 * 12 + 3, 2019 * 12 + 8), 100, "2019"),
        ((1999 * 12, 2010 * 12 + 11), 12, "99  03  07"),
    ],
)
def test_each_year_stands_under_its_january(months, width, years) -> None:
    assert TimeAxis.over(Span(*months), width).years() == years


def test_bars_fill_their_height_at_the_top_and_are_never_blank_for_something() -> None:
    assert bars([0, 1, 50, 100], 100, 2) == ["   █", " ▁██"]
    assert bars([0, 0], 1, 2) == ["", ""]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=30), st.integers(1, 4), st.integers(1, 5))
def test_bars_keep_their_order(sums: list[int], height: int, factor: int) -> None:
    top = max(1, max(sums) * factor)
    drawn = [line.ljust(len(sums)) for line in bars(sums, top, height)]
    levels = [tuple(" ▁▂▃▄▅▆▇█".index(line[n]) for line in drawn) for n in range(len(sums))]
    assert len(drawn) == height
    for count, level in zip(sums, levels, strict=True):
        assert (level > (0,) * height) is (count > 0)
    ordered = sorted(zip(sums, levels, strict=True))
    assert [level for _, level in ordered] == sorted(levels)


@settings(max_examples=100, deadline=None)
@given(st.integers(1900 * 12, 2100 * 12), st.integers(0, 700), st.integers(1, 120))
def test_years_never_reach_beyond_the_axis(first: int, months: int, width: int) -> None:
    axis = TimeAxis.over(Span(first, first + months), width)
    assert axis.columns <= width
    assert len(axis.years()) <= axis.columns
