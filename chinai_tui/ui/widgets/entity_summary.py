"""What the sidebar says about an entity in short: names, groups, timeline, company, claims."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity
from chinai_tui.domain.rows import EntitySummary, TimelinePoint
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.strips import Piece, wrapped

Line = tuple[list[Piece], list[Piece]]
"""What stands left, and what stands at the right edge."""

BARS = "▁▂▃▄▅▆▇█"
BLANK: Line = ([], [])
PLOT_FROM = 12
"""Dated issues below which a plot would mislead and the counts are given instead."""
CLAIMS = 3
CLAIM_LINES = 4
COUNTS = 4
COMPANIONS = 3


def summary_lines(summary: EntitySummary, width: int, room: int, pens: Pens) -> list[Line]:
    """At most `room` lines of a summary for a pane of that many cells, the most telling first.

    A claim is told with its source or not at all.
    """
    lines = _names(summary.entity, width, pens)
    lines += _text(", ".join(group.name for group in summary.groups), width, 2, pens("dim"))
    lines += _text(", ".join(member.name for member in summary.members), width, 3, pens())
    if summary.timeline:
        lines += [BLANK, *_timeline(summary, width, pens)]
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


def _text(text: str, width: int, limit: int, pen: Style) -> list[Line]:
    return [([(part, pen)], []) for part in wrapped(text, width, limit)]


def _names(entity: Entity, width: int, pens: Pens) -> list[Line]:
    first: list[Piece] = [(entity.name, pens(KIND_ROLES[entity.kind], bold=True))]
    if entity.han:
        first.append((f" {entity.han}", pens("dim")))
    kind = " · ".join(filter(None, (entity.kind.value, _city(entity.city))))
    return [
        (first, []),
        *_text(entity.pinyin, width, 1, pens("faint")),
        ([(kind, pens("dim"))], []),
    ]


def _city(city: str) -> str:
    """A place's id as its name: `hong-kong` is `Hong Kong`."""
    return city.replace("-", " ").title() if city.islower() else city


def _timeline(summary: EntitySummary, width: int, pens: Pens) -> list[Line]:
    points = summary.timeline
    issues = "issue" if len(points) == 1 else "issues"
    named = "once" if summary.mentions == 1 else f"{summary.mentions} times"
    told = f"named {named} in {len(points)} {issues}"
    dated = [point for point in points if point.date[:4].isdecimal()]
    if len(dated) < PLOT_FROM:
        counts = " · ".join(f"{_label(point)} ×{point.count}" for point in points[-COUNTS:])
        more = "… " if len(points) > COUNTS else ""
        return [*_text(told, width, 1, pens()), *_text(more + counts, width, 2, pens("dim"))]
    plot, years = sparkline(dated, width)
    ends = f"first {_label(points[0])} · last {_label(points[-1])}"
    return [
        ([(plot, pens(KIND_ROLES[summary.entity.kind]))], []),
        ([(years, pens("faint"))], []),
        *_text(told, width, 1, pens()),
        *_text(ends, width, 1, pens("dim")),
    ]


def _label(point: TimelinePoint) -> str:
    return f"#{point.number}" if point.number is not None else point.date[:4] or "undated"


def sparkline(points: Sequence[TimelinePoint], width: int) -> tuple[str, str]:
    """Mentions by stretches of time as bars, and the first and the last year beneath.

    Each stretch is as many months as the width asks for; an empty one is a blank, so that it
    cannot be taken for one mention.
    """
    months = [int(p.date[:4]) * 12 + int(p.date[5:7] or 1) - 1 for p in points]
    first, last = min(months), max(months)
    columns = max(2, min(width, last - first + 1))
    sums = [0] * columns
    for month, point in zip(months, points, strict=True):
        sums[min(columns - 1, (month - first) * columns // (last - first + 1))] += point.count
    highest = max(sums) or 1
    plot = "".join(
        BARS[(value * len(BARS) - 1) // highest if value < highest else -1] if value else " "
        for value in sums
    )
    start, end = str(first // 12), str(last // 12)
    gap = columns - len(start) - len(end)
    return plot, f"{start}{' ' * gap}{end}" if gap > 0 else start


def _together(summary: EntitySummary, pens: Pens) -> list[Line]:
    lines: list[Line] = []
    for number, other in enumerate(summary.together[:COMPANIONS]):
        lead = "with " if not number else "     "
        name = (other.entity.name, pens(KIND_ROLES[other.entity.kind]))
        lines.append(([(lead, pens("faint")), name], [(f"×{other.issues}", pens("faint"))]))
    return lines


def _telling(claims: Sequence[Claim]) -> list[Claim]:
    """Figures and events before mere memberships, which the groups tell already."""
    return sorted(claims, key=lambda claim: claim.relation == "member of")[:CLAIMS]


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
