"""What an entity is part of, and whom a group consists of, as rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from chinai_tui.domain.entity import MEMBER, ClaimStatus, Entity
from chinai_tui.ui.widgets.fact_rows import EntityRow
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import HeadingRow, ListRow, TextRow
from chinai_tui.ui.widgets.timeline_plot import PLOT_FROM, Span, dated

if TYPE_CHECKING:
    from chinai_tui.ui.screens.company.facts import Facts

PER = "per"
"""The heading over the sources of a membership."""


def heading(title: str, *right: Part) -> HeadingRow:
    """The heading of a part of the page."""
    return HeadingRow((Part(title, "strong", bold=True),), right)


def belongings(facts: Facts) -> Iterator[ListRow]:
    """The parent, the groups and the members."""
    entity = facts.summary.entity
    if entity.parent in facts.others:
        yield heading("Part of")
        yield EntityRow(f"parent {entity.parent}", facts.others[entity.parent])
    if facts.summary.groups:
        yield heading("Groups", Part(PER, "faint"))
    for each in facts.summary.groups:
        yield EntityRow(f"Groups {each.id}", each, _per(facts, each))
    yield from _members(facts)


def _members(facts: Facts) -> Iterator[ListRow]:
    """The members over one time axis, where one of them has issues enough for a drawing."""
    members = facts.summary.members
    if not members:
        return
    span = _span(facts)
    sources = {each.id: _per(facts, each) for each in members}
    cells = {each: sum(cell_len(part.text) for part in per) for each, per in sources.items()}
    column = max(len(PER), *cells.values())
    years = f"{span.first // 12}–{span.last // 12}   " if span is not None else ""
    yield heading("Members", Part(f"{years}named  {PER:>{column}}", "faint"))
    for each in members:
        points = facts.members.get(each.id, ())
        count = f"{sum(point.count for point in points):>6}"
        air = " " * (2 + column - cells[each.id])
        yield EntityRow(
            id=f"Members {each.id}",
            entity=each,
            right=(Part(count + air, "ink"), *sources[each.id]),
            points=tuple(dated(points)),
            span=span,
        )
    if span is None:
        yield TextRow(f"drawn over time from {PLOT_FROM} dated issues on", "faint")


def _span(facts: Facts) -> Span | None:
    most = max((len(dated(points)) for points in facts.members.values()), default=0)
    return facts.span if most >= PLOT_FROM else None


def _per(facts: Facts, other: Entity) -> tuple[Part, ...]:
    """The issues that say that one is a member of the other."""
    pair = {facts.summary.entity.id, other.id}
    claims = [c for c in facts.summary.claims if c.relation == MEMBER]
    said = [c for c in claims if {c.subject, c.object} == pair]
    issues = dict.fromkeys(facts.labels.get(c.issue, c.said_by) for c in said)
    unsure = [Part("? ", "accent")] if all(c.status is ClaimStatus.RUMOUR for c in said) else []
    return (*unsure, Part(" ".join(issues), "ink"))
