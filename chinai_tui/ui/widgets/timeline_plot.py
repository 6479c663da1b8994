"""Mentions over time as a bar chart of a few lines, or as one line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.dates import spelled

_RUNS = re.compile(" +|[^ ]+")
EIGHTHS = " ▁▂▃▄▅▆▇█"
YEAR_CELLS = 4
"""Cells from one year to the next beneath the bars, at least."""
HEIGHT = 3
"""Lines of bars."""
PLOT_FROM = 12
"""Dated issues below which a plot would mislead."""


class PlotLine(NamedTuple):
    """A line of the chart: what it is worth at its top, and the bars."""

    label: str
    bars: str


class Span(NamedTuple):
    """The first and the last month of a stretch of time, counted from the year 0."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months there are in it."""
        return self.last - self.first + 1

    def column(self, month: int, columns: int) -> int:
        """In which of so many columns of equal width a month lies."""
        return (month - self.first) * columns // self.months


def dated(points: Sequence[TimelinePoint]) -> list[TimelinePoint]:
    """The points that have a date, or a year at least."""
    return [point for point in points if point.date[:4].isdecimal()]


def span_of(dates: Iterable[str]) -> Span | None:
    """The time between the earliest and the latest of some dates; None if there are none."""
    months = [_month(date) for date in dates if date[:4].isdecimal()]
    return Span(min(months), max(months)) if months else None


def plot(points: Sequence[TimelinePoint], width: int, span: Span | None = None) -> list[PlotLine]:
    """Bars over months, as many to a column as the width asks for, and the years beneath.

    The first line tells at its place what the highest bar is: the issue, where it is made of one,
    or else the month of the issue that adds most to it. What is zero is blank; the labels are
    counts of mentions.

    Args:
        points: every one of them dated.
        width: in cells.
        span: the time that is drawn, at least that of the points, which it is if it is not given.
    """
    span = _around(points, span)
    margin = len(str(sum(point.count for point in points)))
    columns = max(2, min(width - margin - 1, span.months))
    sums = _sums(points, span, columns)
    top = max(sums)
    margin = len(str(top))
    at = sums.index(top)
    highest = [p for p in points if span.column(_month(p.date), columns) == at]
    lines = [PlotLine(" " * margin, _over(_peak(highest), at, max(columns, width - margin - 1)))]
    for level in range(HEIGHT, 0, -1):
        bars = "".join(_cell(value, top, level) for value in sums)
        label = str(round(top * level / HEIGHT))
        lines.append(PlotLine(label.rjust(margin), bars.rstrip()))
    return [*lines, PlotLine(" " * margin, _years(span, columns))]


def sparkline(points: Sequence[TimelinePoint], width: int, span: Span) -> str:
    """Bars of one line over a stretch of time; every point has to be dated.

    It has as many columns as the width allows, at most one a month. What is zero is blank.
    """
    span = _around(points, span)
    sums = _sums(points, span, max(1, min(width, span.months)))
    top = max(sums) or 1
    return "".join(EIGHTHS[max(1, round(8 * value / top)) if value else 0] for value in sums)


def runs(bars: str) -> list[str]:
    """Bars and blanks apart: a line of a pane takes several blanks within a text for one."""
    return _RUNS.findall(bars)


def _around(points: Sequence[TimelinePoint], span: Span | None) -> Span:
    """A span that holds all points."""
    months = [_month(point.date) for point in points]
    months += span if span is not None else ()
    return Span(min(months), max(months))


def _sums(points: Sequence[TimelinePoint], span: Span, columns: int) -> list[int]:
    sums = [0] * columns
    for point in points:
        sums[span.column(_month(point.date), columns)] += point.count
    return sums


def _month(date: str) -> int:
    part = date[5:7]
    month = min(max(int(part), 1), 12) - 1 if part.isdecimal() else 0
    return int(date[:4]) * 12 + month


def _peak(points: Sequence[TimelinePoint]) -> str:
    """What a bar is called: the number of its only issue, or the month of its greatest."""
    greatest = max(points, key=lambda point: point.count)
    if len(points) == 1 and greatest.number is not None:
        return f"#{greatest.number}"
    return spelled(greatest.date[:7])


def _over(text: str, at: int, columns: int) -> str:
    """A text in the middle over a column, as far as the line reaches."""
    start = min(at - (cell_len(text) - 1) // 2, columns - cell_len(text))
    return " " * max(0, start) + text if cell_len(text) <= columns else ""


def _cell(value: int, top: int, level: int) -> str:
    """The part of a bar that lies in a line, counted from the bottom; something is never blank."""
    eighths = max(1, round(value * HEIGHT * 8 / top)) if value else 0
    return EIGHTHS[min(8, max(0, eighths - (level - 1) * 8))]


def _years(span: Span, columns: int) -> str:
    """Every so many years in two digits, each under its January, with air between them."""
    step = max(1, -(-YEAR_CELLS * span.months // (12 * columns)))
    years = range(span.first // 12, span.last // 12 + 1, step)
    starts = [max(0, span.column(year * 12, columns)) for year in years]
    # The first year may have begun before the drawing, so that the second stands close by it.
    crowded = len(starts) > 1 and starts[1] < YEAR_CELLS - 1
    line = [" "] * columns
    for year, at in [*zip(years, starts, strict=True)][crowded:]:
        if at + 2 <= columns:
            line[at : at + 2] = f"{year % 100:02}"
    return "".join(line).rstrip()
