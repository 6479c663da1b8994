"""Mentions over time as a bar chart of a few lines. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chinai_tui.domain.rows import TimelinePoint

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


def dated(points: Sequence[TimelinePoint]) -> list[TimelinePoint]:
    """The points that have a date, or a year at least."""
    return [point for point in points if point.date[:4].isdecimal()]


def plot(points: Sequence[TimelinePoint], width: int) -> list[PlotLine]:
    """Bars over months, as many to a column as the width asks for, and the years beneath.

    Every point has to be dated. What is zero is blank; the labels are counts of mentions.
    """
    months = [int(p.date[:4]) * 12 + _month(p.date) for p in points]
    first, last = min(months), max(months)
    highest_label = len(str(sum(point.count for point in points)))
    columns = max(2, min(width - highest_label - 1, last - first + 1))
    sums = [0] * columns
    for month, point in zip(months, points, strict=True):
        sums[(month - first) * columns // (last - first + 1)] += point.count
    top = max(sums)
    margin = len(str(top))
    lines = []
    for level in range(HEIGHT, 0, -1):
        bars = "".join(_cell(value, top, level) for value in sums)
        label = str(round(top * level / HEIGHT))
        lines.append(PlotLine(label.rjust(margin), bars.rstrip()))
    return [*lines, PlotLine(" " * margin, _years(first, last, columns))]


def _month(date: str) -> int:
    part = date[5:7]
    return int(part) - 1 if part.isdecimal() else 0


def _cell(value: int, top: int, level: int) -> str:
    """The part of a bar that lies in a line, counted from the bottom; something is never blank."""
    eighths = max(1, round(value * HEIGHT * 8 / top)) if value else 0
    return EIGHTHS[min(8, max(0, eighths - (level - 1) * 8))]


def _years(first: int, last: int, columns: int) -> str:
    """Every so many years in two digits, each under its January, with air between them."""
    months = last - first + 1
    step = max(1, -(-YEAR_CELLS * months // (12 * columns)))
    line = [" "] * columns
    for year in range(first // 12, last // 12 + 1, step):
        at = max(0, (year * 12 - first) * columns // months)
        if at + 2 <= columns:
            line[at : at + 2] = f"{year % 100:02}"
    return "".join(line).rstrip()
