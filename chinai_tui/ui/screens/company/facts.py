"""What the library says about an entity, as rows: names, groups, claims, mentions, notes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.entity import Claim, ClaimStatus, Entity
from chinai_tui.domain.rows import EntitySummary, IssueRow, TimelinePoint
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import safe_url
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.fact_rows import (
    ClaimRow,
    CountRow,
    EntityRow,
    FoldRow,
    NamesRow,
    PlotRow,
)
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import HeadingRow, ListRow, NoteRow, TextRow
from chinai_tui.ui.widgets.timeline_plot import PLOT_FROM, dated

MEMBER = "member of"
SOURCE_WIDTH = 12
"""Cells of the longest name of an issue beside a claim."""
COMPANIONS = 8
CLAIMS = 10
"""Claims shown at first."""
CLAIMS_FOLD = "further claims"
"""The id of the row that unfolds the others."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is needed to tell of an entity."""

    summary: EntitySummary
    notes: Sequence[Annotation]
    labels: Mapping[str, str]
    """How issues are called in a few cells, by their ids."""
    others: Mapping[str, Entity]
    """The entities that claims and places name, by their ids."""
    issues: Mapping[str, IssueRow]
    """The issues that name it."""


def rows(facts: Facts, *, unfolded: bool = False) -> list[ListRow]:
    """All there is to tell, the cursor passing over what cannot be opened.

    Of many claims the first are shown, unless they are `unfolded`.
    """
    return [
        *_names(facts),
        *_groups(facts),
        *_claims(facts, unfolded),
        *_mentions(facts),
        *_together(facts),
        *_notes(facts),
    ]


def _heading(title: str, *right: Part) -> HeadingRow:
    return HeadingRow((Part(title, "strong", bold=True),), right)


# Who it is


def _names(facts: Facts) -> Iterator[ListRow]:
    entity = facts.summary.entity
    han = [Part(f" {name}", "ink") for name in (entity.han,) if name]
    hant = [Part(f"  {entity.hant}", "dim")] if entity.hant not in ("", entity.han) else []
    yield HeadingRow((Part(entity.name, KIND_ROLES[entity.kind], bold=True), *han, *hant))
    names = (entity.pinyin, *(alias.text for alias in entity.aliases))
    shown = {fold(entity.name), fold(entity.han), fold(entity.hant)}
    further = dict.fromkeys(name for name in names if name and fold(name) not in shown)
    if further:
        yield NamesRow((*further,))
    place = facts.others.get(entity.city)
    kind = (entity.kind.value, place.name if place else entity.city, _host(entity.homepage))
    yield TextRow(" · ".join(filter(None, kind)), "dim")
    if entity.note:
        yield TextRow(entity.note, "ink")


def _host(url: str) -> str:
    return safe_url(url).partition("//")[2].partition("/")[0]


def _groups(facts: Facts) -> Iterator[ListRow]:
    entity = facts.summary.entity
    if entity.parent in facts.others:
        yield _heading("Part of")
        yield EntityRow(f"parent {entity.parent}", facts.others[entity.parent])
    for title, members in (("Groups", facts.summary.groups), ("Members", facts.summary.members)):
        if members:
            yield _heading(title, Part("per", "faint"))
        for each in members:
            yield EntityRow(f"{title} {each.id}", each, _per(facts, each))


def _per(facts: Facts, other: Entity) -> tuple[Part, ...]:
    """The issues that say that one is a member of the other."""
    pair = {facts.summary.entity.id, other.id}
    claims = [c for c in facts.summary.claims if c.relation == MEMBER]
    said = [c for c in claims if {c.subject, c.object} == pair]
    issues = dict.fromkeys(facts.labels.get(c.issue, c.said_by) for c in said)
    unsure = [Part("? ", "accent")] if all(c.status is ClaimStatus.RUMOUR for c in said) else []
    return (*unsure, Part(" ".join(issues), "ink"))


# What is said of it


def _claims(facts: Facts, unfolded: bool) -> Iterator[ListRow]:
    claims = [claim for claim in facts.summary.claims if claim.relation != MEMBER]
    if not claims:
        return
    yield _heading("Claims", Part("as the texts have it", "faint"))
    sources = [facts.labels.get(claim.issue, "") for claim in claims]
    column = min(SOURCE_WIDTH, max(map(len, sources)))
    shown = len(claims) if unfolded or len(claims) <= CLAIMS + 1 else CLAIMS
    for number, (claim, source) in enumerate(zip(claims[:shown], sources, strict=False)):
        yield ClaimRow(
            id=f"claim {number}",
            text=_sentence(claim, facts),
            status=claim.status,
            when=_span(claim),
            source=source,
            claim=claim,
            column=column,
        )
    if shown < len(claims):
        yield FoldRow(CLAIMS_FOLD, f"{len(claims) - shown} more claims")


def _sentence(claim: Claim, facts: Facts) -> str:
    """The claim in words; one about another entity begins with its name, if it lacks it."""
    subject = facts.others.get(claim.subject)
    target = facts.others.get(claim.object)
    said = claim.text or " ".join(
        filter(None, (claim.relation, target.name if target else "", claim.value))
    )
    if subject is None or subject.id == facts.summary.entity.id:
        return said
    return said if fold(subject.name) in fold(said) else f"{subject.name}: {said}"


def _span(claim: Claim) -> str:
    since, until = spelled(claim.as_of), spelled(claim.until)
    return f"{since} to {until}" if until else since


# Where it is named


def _mentions(facts: Facts) -> Iterator[ListRow]:
    points = facts.summary.timeline
    role = KIND_ROLES[facts.summary.entity.kind]
    if not points:
        yield _heading("Mentions", Part("none yet", "faint"))
        return
    times = "once" if facts.summary.mentions == 1 else f"{facts.summary.mentions} times"
    issues = "1 issue" if len(points) == 1 else f"{len(points)} issues"
    yield _heading("Mentions", Part(f"{times} in {issues}", "dim"))
    known = dated(points)
    if len(known) < PLOT_FROM:
        most = max(point.count for point in points)
        for point in points:
            yield _count(point, most, role, facts)
        return
    yield PlotRow(known, role)
    peak = max(known, key=lambda point: point.count)
    told = f"peak {facts.labels.get(peak.issue, peak.issue)}, {spelled(peak.date)}"
    undated = len(points) - len(known)
    yield TextRow(f"{told} · {undated} undated left out" if undated else told, "dim")


def _count(point: TimelinePoint, most: int, role: str, facts: Facts) -> CountRow:
    row = facts.issues.get(point.issue)
    near = row.near if row else ""
    date = spelled(point.date) if point.date else about(near) if near else "≈"
    title = row.title if row else point.issue
    label = f"#{point.number}" if point.number is not None else title
    return CountRow(point.issue, label, date, point.count, most, role)


def _together(facts: Facts) -> Iterator[ListRow]:
    """The lift is told where there are issues enough for it to mean something."""
    together = facts.summary.together[:COMPANIONS]
    if not together:
        return
    many = len(facts.summary.timeline) >= PLOT_FROM
    yield _heading("With", Part("issues   lift" if many else "issues", "faint"))
    for other in together:
        lift = [Part(f"{other.lift:7.1f}", "dim")] if many else []
        right = (Part(f"{other.issues}", "ink"), *lift)
        yield EntityRow(f"with {other.entity.id}", other.entity, right)


# What one has written of it


def _notes(facts: Facts) -> Iterator[ListRow]:
    name = facts.summary.entity.name
    if not facts.notes:
        yield _heading(f"Notes on {name}")
        yield TextRow("none; a writes one", "faint")
        return
    yield _heading(f"Notes on {name}", Part(str(len(facts.notes)), "dim"))
    for each in facts.notes:
        yield NoteRow(
            id=each.id,
            place=None,
            head=(Part("▸ note", "company"),),
            date=spelled(each.created[:10]),
            text=each.text,
            tags=each.tags,
            gap=0,
        )
