"""One axis of time that several bar charts stand on. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.widgets.timeline_plot import EIGHTHS, Span, span_of

YEAR_AIR = 2
"""Cells between two years beneath the bars, at least."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A stretch of time over columns of equal width, at most one a month."""

    span: Span
    columns: int

    @classmethod
    def over(cls, span: Span, width: int) -> TimeAxis:
        """The axis in at most `width` cells."""
        return cls(span, max(1, min(width, span.months)))

    def sums(self, months: Mapping[int, int]) -> list[int]:
        """The counts of each column, of counts by month; months outside are left out."""
        sums = [0] * self.columns
        for month, count in months.items():
            if self.span.first <= month <= self.span.last:
                sums[self.span.column(month, self.columns)] += count
        return sums

    def years(self) -> str:
        """Every so many years, each under its January, with air between them.

        In four digits where every year has room for them, else in two.
        """
        cells = 12 * self.columns / self.span.months
        digits = 4 if cells >= 4 + YEAR_AIR else 2
        step = max(1, -int(-(digits + YEAR_AIR) // cells))
        line = [" "] * self.columns
        for year in range(-(-self.span.first // 12), self.span.last // 12 + 1, step):
            at = self.span.column(year * 12, self.columns)
            if at + digits <= self.columns:
                line[at : at + digits] = f"{year % 10**digits:0{digits}}"
        return "".join(line).rstrip() or self._only_year()

    def _only_year(self) -> str:
        """The year of the beginning, where no January is in the span or has room."""
        return f"{self.span.first // 12}"[: self.columns]


def by_month(points: Sequence[TimelinePoint]) -> dict[int, int]:
    """How often something is named in each month, counted from the year 0; undated left out."""
    counts: dict[str, int] = {}
    for point in points:
        counts[point.date[:7]] = counts.get(point.date[:7], 0) + point.count
    months: dict[int, int] = {}
    for date, count in counts.items():
        span = span_of((date,))
        if span is not None:
            months[span.first] = months.get(span.first, 0) + count
    return months


def bars(sums: Sequence[int], top: int, height: int) -> list[str]:
    """Bars in `height` lines, the highest line first, for sums of which `top` would fill them.

    What is zero is blank; what is not is never blank.
    """
    full = height * 8
    levels = [max(1, min(full, round(value * full / top))) if value else 0 for value in sums]
    return [
        "".join(EIGHTHS[min(8, max(0, level - line * 8))] for level in levels).rstrip()
        for line in reversed(range(height))
    ]
