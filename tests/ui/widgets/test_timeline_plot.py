"""Mentions over time as bars."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.widgets.timeline_plot import HEIGHT, dated, plot

dates = st.builds(
    "{:04}-{:02}-{:02}".format, st.integers(1999, 2031), st.integers(1, 12), st.integers(1, 28)
)
points = st.lists(
    st.builds(TimelinePoint, st.just("x"), st.none(), dates, st.integers(1, 40)),
    min_size=1,
    max_size=40,
)


def point(date: str, count: int) -> TimelinePoint:
    return TimelinePoint("x", None, date, count)


@given(points, st.integers(10, 100))
@settings(max_examples=150, deadline=None)
def test_it_keeps_its_width_and_shows_the_highest_bar(found, width) -> None:
    *bars, years = plot(found, width)
    assert len(bars) == HEIGHT
    assert all(len(line.label) + 1 + len(line.bars) <= width for line in (*bars, years))
    assert "█" in bars[0].bars


@given(points)
@settings(max_examples=100, deadline=None)
def test_a_month_with_a_mention_is_never_blank_and_one_without_always(found) -> None:
    *bars, _ = plot(found, 1000)
    months = sorted({int(p.date[:4]) * 12 + int(p.date[5:7]) for p in found})
    named = [n - months[0] for n in months]
    assert [n for n, cell in enumerate(bars[-1].bars) if cell != " "] == named


def test_bars_stand_over_their_years() -> None:
    *bars, years = plot([point("2018-01", 3), point("2019-01", 9), point("2020-06", 6)], 60)
    assert [line.label for line in bars] == ["9", "6", "3"]
    assert bars[0].bars == " " * 12 + "█"
    assert bars[2].bars == "█" + " " * 11 + "█" + " " * 16 + "█"
    assert years.bars == "18          19          20"


def test_years_stand_apart() -> None:
    years = plot([point("1990-01", 1), point("2030-12", 1)], 44)[-1].bars.split()
    assert years == ["90", "94", "98", "02", "06", "10", "14", "18", "22", "26", "30"]


def test_what_has_no_date_is_left_out() -> None:
    assert dated([point("", 4), point("2019", 1), point("≈", 1)]) == [point("2019", 1)]
