"""Mentions over time as bars."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.widgets.timeline_plot import HEIGHT, Span, dated, plot, span_of, sparkline

dates = st.builds(
    "{:04}-{:02}-{:02}".format, st.integers(1999, 2031), st.integers(1, 12), st.integers(1, 28)
)
points = st.lists(
    st.builds(TimelinePoint, st.just("x"), st.integers(1, 99), dates, st.integers(1, 40)),
    min_size=1,
    max_size=40,
)
spans = st.none() | st.tuples(dates, dates).map(span_of)


def point(date: str, count: int, number: int | None = None) -> TimelinePoint:
    return TimelinePoint("x", number, date, count)


@given(points, st.integers(10, 100), spans)
@settings(max_examples=150, deadline=None)
def test_it_keeps_its_width_and_shows_the_highest_bar(found, width, span) -> None:
    peak, *bars, years = plot(found, width, span)
    assert len(bars) == HEIGHT
    assert all(len(line.label) + 1 + len(line.bars) <= width for line in (peak, *bars, years))
    assert "█" in bars[0].bars


@given(points)
@settings(max_examples=100, deadline=None)
def test_a_month_with_a_mention_is_never_blank_and_one_without_always(found) -> None:
    *bars, _ = plot(found, 1000)
    months = sorted({int(p.date[:4]) * 12 + int(p.date[5:7]) for p in found})
    named = [n - months[0] for n in months]
    assert [n for n, cell in enumerate(bars[-1].bars) if cell != " "] == named


def test_bars_stand_over_their_years() -> None:
    _, *bars, years = plot([point("2018-01", 3), point("2019-01", 9), point("2020-06", 6)], 60)
    assert [line.label for line in bars] == ["9", "6", "3"]
    assert bars[0].bars == " " * 12 + "█"
    assert bars[2].bars == "█" + " " * 11 + "█" + " " * 16 + "█"
    assert years.bars == "18          19          20"


@pytest.mark.parametrize(
    ("number", "label", "at"), [(55, "#55", 11), (None, "Jan 2019", 12 - len("Jan 2019") // 2 + 1)]
)
def test_the_peak_is_named_over_its_bar(number, label, at) -> None:
    found = [point("2018-01", 3), point("2019-01", 9, number), point("2021-06", 6)]
    peak = plot(found, 60)[0].bars
    assert peak == " " * at + label


def test_a_peak_of_several_issues_is_a_month() -> None:
    found = [point("2018-01", 3), point("2019-01-07", 4, 50), point("2019-01-14", 5, 51)]
    assert plot(found, 60)[0].bars.strip() == "Jan 2019"


@given(points, st.integers(10, 100))
@settings(max_examples=100, deadline=None)
def test_what_names_the_peak_stands_over_it(found, width) -> None:
    peak, top, *_ = plot(found, width)
    highest = top.bars.index("█")
    if peak.bars:
        start = len(peak.bars) - len(peak.bars.lstrip())
        assert start <= highest < len(peak.bars)


def test_years_stand_apart() -> None:
    years = plot([point("1990-01", 1), point("2030-12", 1)], 44)[-1].bars.split()
    assert years == ["90", "94", "98", "02", "06", "10", "14", "18", "22", "26", "30"]
    years = plot([point("2017-11", 1), point("2020-12", 1)], 60)[-1].bars
    assert years == "  18          19          20"


def test_a_span_is_drawn_whole() -> None:
    span = span_of(("2016-01", "", "2020-12-31", "≈"))
    assert span == Span(2016 * 12, 2020 * 12 + 11)
    *_, lowest, years = plot([point("2018-01", 3)], 80, span)
    assert lowest.bars == " " * 24 + "█"
    assert years.bars.split() == ["16", "17", "18", "19", "20"]
    assert span_of(("", "≈")) is None


@given(points, st.integers(1, 40), spans)
@settings(max_examples=100, deadline=None)
def test_a_sparkline_has_one_width_for_one_span(found, width, span) -> None:
    around = span_of([*(p.date for p in found), "1999-01", "2031-12"])
    assert len(sparkline(found, width, around)) == len(sparkline([], width, around)) == width
    assert "█" in sparkline(found, width, around)
    assert not sparkline([], width, around).strip()


def test_what_has_no_date_is_left_out() -> None:
    assert dated([point("", 4), point("2019", 1), point("≈", 1)]) == [point("2019", 1)]
