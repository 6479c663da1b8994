"""What the sidebar says about an entity in short: names, groups, timeline, company, claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chinai_tui.domain.entity import MEMBER, Claim, ClaimStatus, Entity
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.rows import EntitySummary, IssueRow, TimelinePoint
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.side_list import BLANK, Line, text_lines
from chinai_tui.ui.widgets.strips import Piece, wrapped
from chinai_tui.ui.widgets.timeline_plot import PLOT_FROM, dated, runs, span_of, sparkline

CLAIMS = 3
CLAIM_LINES = 4
COUNTS = 4
COMPANIONS = 3
UNDATED = "≈ undated"
"""What stands where the time of an issue is not known, which other places shorten to `≈`."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time that a library's issues span, over which every timeline is drawn."""

    first: str = ""
    """The date of the first dated issue; empty while none is."""
    last: str = ""

    @classmethod
    def of(cls, rows: Sequence[IssueRow]) -> Calendar:
        """The calendar of all issues of a library, newest first."""
        newest_first = (row.date for row in rows if row.date[:4].isdecimal())
        oldest_first = (row.date for row in reversed(rows) if row.date[:4].isdecimal())
        return cls(next(oldest_first, ""), next(newest_first, ""))


def summary_lines(
    summary: EntitySummary, calendar: Calendar, width: int, room: int, pens: Pens
) -> list[Line]:
    """At most `room` lines of a summary for a pane of that many cells, the most telling first.

    A claim is told with its source or not at all.
    """
    lines = _names(summary.entity, width, pens)
    lines += text_lines(", ".join(each.name for each in summary.groups), width, pens("dim"), 2)
    if summary.members:
        count = _counted(len(summary.members), "member")
        names = ", ".join(member.name for member in summary.members)
        lines += text_lines(f"{count}: {names}", width, pens(), 4)
    if summary.timeline or summary.through:
        lines += [BLANK, *_timeline(summary, calendar, width, pens)]
    if len(summary.timeline) > 1 and summary.together:
        lines += [BLANK, *_together(summary, pens)]
    numbers = {point.issue: point.number for point in summary.timeline}
    gap = [BLANK]
    for claim in _telling(summary.claims):
        told = [*gap, *_claim(claim, numbers, width, pens)]
        if len(lines) + len(told) <= room:
            lines += told
            gap = []
    return lines[:room]


def suggestion_lines(suggestion: Suggestion, width: int, pens: Pens) -> list[Line]:
    """What an issue tells of a name that the catalogue lacks."""
    first: list[Piece] = [(suggestion.name, pens("strong", bold=True))]
    if suggestion.han:
        first.append((f" {suggestion.han}", pens("dim")))
    told = f"named {_times(suggestion.count)} in this issue"
    return [(first, []), *text_lines(told, width, pens("dim"))]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _names(entity: Entity, width: int, pens: Pens) -> list[Line]:
    first: list[Piece] = [(entity.name, pens(KIND_ROLES[entity.kind], bold=True))]
    if entity.han:
        first.append((f" {entity.han}", pens("dim")))
    kind = " · ".join(filter(None, (entity.kind.value, _city(entity.city))))
    return [
        (first, []),
        *text_lines(entity.pinyin, width, pens("faint"), 1),
        ([(kind, pens("dim"))], []),
    ]


def _city(city: str) -> str:
    """A place's id as its name: `hong-kong` is `Hong Kong`."""
    return city.replace("-", " ").title() if city.islower() else city


# When it is named


def _timeline(summary: EntitySummary, calendar: Calendar, width: int, pens: Pens) -> list[Line]:
    """How often it is named: as a plot with its ends, or issue by issue where these are few."""
    points, with_date = summary.timeline, dated(summary.timeline)
    is_plotted = len(with_date) >= PLOT_FROM
    lines: list[Line] = []
    if is_plotted:
        pen = pens(KIND_ROLES[summary.entity.kind])
        bars, years = _plot(with_date, calendar, width)
        lines = [([(run, pen) for run in runs(bars)], []), ([(years, pens("faint"))], [])]
    if points:
        told = f"named {_times(summary.mentions)} in {_counted(len(points), 'issue')}"
        lines += text_lines(told, width, pens(), 1)
    if not is_plotted:
        more = "… " if len(points) > COUNTS else ""
        lines += text_lines(more + _counts(points[-COUNTS:]), width, pens("dim"), 3)
    if len(points) > COUNTS:
        lines += text_lines(_ends(points, not is_plotted), width, pens("dim"), 2)
    if is_plotted and (undated := len(points) - len(with_date)):
        lines += text_lines(f"≈ {_counted(undated, 'undated issue')}", width, pens("dim"), 1)
    if summary.fresh:
        told = f"{len(summary.fresh)} new since you last looked"
        lines += text_lines(told, width, pens("accent"), 1)
    groups = ", ".join(f"as {each.group.name} ×{each.mentions}" for each in summary.through)
    told = f"and {groups}" if points and groups else groups
    return lines + text_lines(told, width, pens("dim"), 2)


def _counts(points: Sequence[TimelinePoint]) -> str:
    """How often each issue names it; the first without a place in time has `≈ undated`."""
    first = next((point for point in points if not point.has_place), None)
    told = ((UNDATED if point is first else "≈", point) for point in points)
    return " · ".join(f"{_place(point, sign)} ×{point.count}" for sign, point in told)


def latest(points: Sequence[TimelinePoint]) -> TimelinePoint | None:
    """The last issue that has a place in time, or the last of all where none has; None of none."""
    placed = [point for point in points if point.has_place]
    return next(reversed(placed or points), None)


def last_told(points: Sequence[TimelinePoint]) -> str:
    """Which issue the latest is, and how many others may be later; empty for no issues.

    Issues without a place in time are neither before nor after any other.
    """
    point = latest(points)
    if point is None:
        return ""
    undated = sum(not each.has_place for each in points)
    number = f"in #{point.number}" if point.number is not None else ""
    if not point.has_place:
        others = f"and {undated - 1} more" if undated > 1 else ""
        return " ".join(filter(None, (UNDATED, number, others)))
    date = spelled(point.date) if point.date else about(point.near)
    last = " · ".join(filter(None, (number, date)))
    return f"last dated {last}; {undated} undated" if undated else f"last {last}"


def _ends(points: Sequence[TimelinePoint], is_counted: bool) -> str:
    """The first and the last issue that have a place in time.

    How many have none follows if `is_counted`.
    """
    placed = [point for point in points if point.has_place]
    undated = len(points) - len(placed)
    if not placed:
        return f"≈ {_counted(undated, 'undated issue')}"
    first, last = _place(placed[0]), _place(placed[-1])
    if not undated:
        return f"first in {first}, last in {last}"
    told = f"dated in {first}" if len(placed) == 1 else f"first dated in {first}, last in {last}"
    return f"{told}; {undated} more undated" if is_counted else told


def _place(point: TimelinePoint, sign: str = "≈") -> str:
    """An issue by its number or its month; an undated one with `≈` and what its time is near.

    One without a place in time stands behind a sign.
    """
    number = f"#{point.number}" if point.number is not None else ""
    if point.date:
        return number or spelled(point.date[:7])
    return " ".join(filter(None, (number, about(point.near)) if point.near else (sign, number)))


def _plot(points: Sequence[TimelinePoint], calendar: Calendar, width: int) -> tuple[str, str]:
    """Bars over the time of the library, and its first and last year beneath.

    Every entity has the same time, so that two of them can be compared by eye.
    """
    span = span_of((calendar.first, calendar.last, *(point.date for point in points)))
    if span is None:
        return "", ""
    bars = sparkline(points, width, span)
    start, stop = str(span.first // 12), str(span.last // 12)
    gap = len(bars) - len(start) - len(stop)
    return bars, f"{start}{' ' * gap}{stop}" if gap > 0 else start


# Who is named with it, and what is said of it


def _together(summary: EntitySummary, pens: Pens) -> list[Line]:
    """Who is named with it, the strongest first, and in how many issues."""
    lines: list[Line] = []
    for number, other in enumerate(summary.together[:COMPANIONS]):
        lead = "with " if not number else "     "
        name = (other.entity.name, pens(KIND_ROLES[other.entity.kind]))
        lines.append(([(lead, pens("faint")), name], [(f"in {other.issues}", pens("faint"))]))
    return lines


def _telling(claims: Sequence[Claim]) -> list[Claim]:
    """Figures and events before mere memberships, which the groups tell already."""
    return sorted(claims, key=lambda claim: claim.relation == MEMBER)[:CLAIMS]


def _claim(claim: Claim, numbers: dict[str, int | None], width: int, pens: Pens) -> list[Line]:
    """The claim, then how sure it is and who says it; a doubtful one begins with `?`."""
    doubtful = claim.status in (ClaimStatus.RUMOUR, ClaimStatus.INFERENCE)
    number = numbers.get(claim.issue)
    source = f"#{number}" if number is not None else claim.said_by
    text = claim.text or " ".join(filter(None, (claim.relation, claim.value)))
    pen = pens("state") if doubtful else pens("faint")
    sign = "? " if doubtful else "· "
    lines: list[Line] = [
        ([(sign if not n else "  ", pen), (part, pens("ink"))], [])
        for n, part in enumerate(wrapped(text, width - 2, CLAIM_LINES))
    ]
    told = ", ".join(filter(None, (claim.status.value, source)))
    return [*lines, ([(f"  {told}", pen)], [])]
