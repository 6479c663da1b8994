"""What the library says about an entity, as rows: names, groups, claims, mentions, notes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.entity import ENTITY_LIST, LISTED, MEMBER, Claim, Entity
from chinai_tui.domain.rows import EntitySummary, IssueRow, TimelinePoint
from chinai_tui.text.claims import sentence, speaker
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import safe_url
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.screens.company.facts_group import belongings, heading
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.entity_summary import UNDATED
from chinai_tui.ui.widgets.fact_rows import (
    DOUBTFUL,
    AsideRow,
    ClaimRow,
    CountRow,
    EntityRow,
    FoldRow,
    Name,
    NamesRow,
    PlotRow,
)
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import HeadingRow, ListRow, NoteRow, TextRow
from chinai_tui.ui.widgets.strips import cut
from chinai_tui.ui.widgets.timeline_plot import PLOT_FROM, Span, dated

SOURCE_WIDTH = 12
"""Cells of the longest name of an issue beside a claim."""
TITLE = 30
"""Cells of the title of an issue without a number."""
COMPANIONS = 8
FRESH = 8
"""Issues with new mentions that are told, the latest ones."""
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
    """All issues, by their ids."""
    span: Span | None = None
    """The time of the whole library, over which timelines are drawn."""
    followed: bool = False
    """Whether one follows it."""
    members: Mapping[str, Sequence[TimelinePoint]] = field(default_factory=dict)
    """Of a group: where each of its members is named, by its id."""


def rows(facts: Facts, *, unfolded: bool = False) -> list[ListRow]:
    """All there is to tell, the cursor passing over what cannot be opened.

    Of many claims the first are shown, unless they are `unfolded`.
    """
    return [
        *_names(facts),
        *belongings(facts),
        *_claims(facts, unfolded),
        *_events(facts),
        *_checked(facts),
        *_mentions(facts),
        *_through(facts),
        *_together(facts),
        *_notes(facts),
    ]


# Who it is


def _names(facts: Facts) -> Iterator[ListRow]:
    entity = facts.summary.entity
    han = [Part(f" {entity.han}", "ink")] if entity.han else []
    followed = (Part("followed", "accent"),) if facts.followed else ()
    yield HeadingRow((Part(entity.name, KIND_ROLES[entity.kind], bold=True), *han), followed)
    names = _further_names(entity)
    if names:
        yield NamesRow(names)
    place = facts.others.get(entity.city)
    kind = (entity.kind.value, place.name if place else entity.city, _host(entity.homepage))
    yield TextRow(" · ".join(filter(None, kind)), "dim")
    listings = [_listing(claim, facts) for claim in facts.summary.claims if _is_listing(claim)]
    if listings:
        yield TextRow(f"listed on {'; '.join(dict.fromkeys(listings))}", "dim")
    if entity.note:
        yield TextRow(entity.note, "ink")
    for writing in facts.summary.writings:
        yield TextRow(f"writes {writing}", "dim", limit=1)


def _further_names(entity: Entity) -> tuple[Name, ...]:
    """The names beside the main ones, each with its script where that is not plain to see."""
    named = []
    if entity.hant not in ("", entity.han):
        named.append(Name(entity.hant, "traditional"))
    if entity.pinyin:
        named.append(Name(entity.pinyin, "pinyin"))
    further: dict[str, str] = {}
    for alias in entity.aliases:
        further.setdefault(fold(alias.text), alias.text)
    for shown in (entity.name, entity.han, entity.pinyin):
        further.pop(fold(shown), None)
    also = [Name(text, "" if number else "also") for number, text in enumerate(further.values())]
    return (*named, *also)


def _host(url: str) -> str:
    return safe_url(url).partition("//")[2].partition("/")[0]


def _is_listing(claim: Claim) -> bool:
    return claim.relation == LISTED


def _listing(claim: Claim, facts: Facts) -> str:
    """The exchange, the number it is listed under, and since when."""
    exchange = facts.others.get(claim.object)
    where = " ".join(filter(None, (exchange.name if exchange else "", claim.value)))
    since = f"since {spelled(claim.as_of)}" if claim.as_of else ""
    until = f"until {spelled(claim.until)}" if claim.until else ""
    doubt = "?" if claim.status in DOUBTFUL else ""
    return " ".join(filter(None, (doubt, where or claim.text, since, until)))


# What is said of it


def _claims(facts: Facts, unfolded: bool) -> Iterator[ListRow]:
    claims = [c for c in facts.summary.claims if c.relation not in (MEMBER, ENTITY_LIST)]
    if not claims:
        told = facts.summary.members or any(map(_is_event, facts.summary.claims))
        if facts.summary.checked and not told:
            yield heading("Claims", Part("none", "faint"))
        return
    yield heading("Claims", Part("as the texts have it", "faint"))
    sources = [facts.labels.get(claim.issue, "") for claim in claims]
    column = min(SOURCE_WIDTH, max(map(cell_len, sources)))
    shown = len(claims) if unfolded or len(claims) <= CLAIMS + 1 else CLAIMS
    for number, (claim, source) in enumerate(zip(claims[:shown], sources, strict=False)):
        yield ClaimRow(
            id=f"claim {number}",
            text=sentence(claim, facts.others, facts.summary.entity.id),
            status=claim.status,
            when=_span(claim),
            source=source,
            speaker=_speaker(claim, facts),
            claim=claim,
            column=column,
            citation="" if claim.issue else _citation(claim.said_by, claim.url),
        )
    if shown < len(claims):
        yield FoldRow(CLAIMS_FOLD, f"{len(claims) - shown} more claims")


def _speaker(claim: Claim, facts: Facts) -> str:
    row = facts.issues.get(claim.issue)
    return speaker(claim, row.outlet if row else "") if claim.issue else ""


def _events(facts: Facts) -> Iterator[ListRow]:
    """What a government's list says, each event with the page it was published on."""
    events = list(filter(_is_event, facts.summary.claims))
    if events:
        yield heading("Entity List", Part("each legal entity by itself", "faint"))
    for number, claim in enumerate(sorted(events, key=lambda claim: claim.as_of)):
        yield ClaimRow(
            id=f"event {number}",
            text=sentence(claim, facts.others, facts.summary.entity.id),
            status=claim.status,
            when=_span(claim),
            source=facts.labels.get(claim.issue, ""),
            claim=claim,
            citation=_citation(claim.value, claim.said_by, claim.url),
        )


def _is_event(claim: Claim) -> bool:
    return claim.relation == ENTITY_LIST


def _citation(*parts: str) -> str:
    """Title, publisher and page of what was published elsewhere; of an address the host."""
    return ", ".join(filter(None, (*parts[:-1], _host(parts[-1]))))


def _checked(facts: Facts) -> Iterator[ListRow]:
    """To which day the claims hold; that there is none of a kind proves nothing."""
    if facts.summary.checked:
        day = spelled(facts.summary.checked)
        line = f"checked to {day}; absence is no evidence"
        has_claims = any(claim.relation != MEMBER for claim in facts.summary.claims)
        yield AsideRow(line) if has_claims else TextRow(line, "faint")


def _span(claim: Claim) -> str:
    since, until = spelled(claim.as_of), spelled(claim.until)
    return f"{since} to {until}" if until else since


# Where it is named


def _mentions(facts: Facts) -> Iterator[ListRow]:
    points = facts.summary.timeline
    role = KIND_ROLES[facts.summary.entity.kind]
    if not points:
        yield heading("Mentions", Part("none yet", "faint"))
        return
    times = "once" if facts.summary.mentions == 1 else f"{facts.summary.mentions} times"
    issues = "1 issue" if len(points) == 1 else f"{len(points)} issues"
    yield heading("Mentions", Part(f"{times} in {issues}", "dim"))
    fresh = [point for point in points if point.issue in facts.summary.fresh]
    if fresh:
        new = sum(point.count for point in fresh)
        where = ", ".join(_called(facts, point.issue) for point in fresh[-FRESH:])
        more = "… " if len(fresh) > FRESH else ""
        yield TextRow(f"{new} new in {more}{where}", "accent")
    known = dated(points)
    if len(known) < PLOT_FROM:
        most = max(point.count for point in points)
        for point in points:
            yield _count(point, most, role, facts)
        return
    yield PlotRow(known, role, facts.span)
    undated = len(points) - len(known)
    if undated:
        yield TextRow(f"≈ {undated} undated left out", "dim")


def _count(point: TimelinePoint, most: int, role: str, facts: Facts) -> CountRow:
    row, near = facts.issues.get(point.issue), point.near
    date = spelled(point.date) if point.date else about(near) if near else UNDATED
    title = cut(row.title, TITLE) if row else point.issue
    label = f"#{point.number}" if point.number is not None else title
    return CountRow(point.issue, label, date, point.count, most, role)


def _called(facts: Facts, issue: str) -> str:
    """An issue by its number, or else by its title, in a few cells."""
    row = facts.issues.get(issue)
    if row is None:
        return issue
    return f"#{row.number}" if row.number is not None else cut(row.title, SOURCE_WIDTH)


def _through(facts: Facts) -> Iterator[ListRow]:
    """Groups by whose names it is meant, which are not counted among its own mentions."""
    if facts.summary.through:
        yield heading("Named through a group", Part("times  issues", "faint"))
    for each in facts.summary.through:
        right = (Part(f"{each.mentions:>5}", "ink"), Part(f"{each.issues:>8}", "dim"))
        yield EntityRow(f"through {each.group.id}", each.group, right)


def _together(facts: Facts) -> Iterator[ListRow]:
    """The lift is told where there are issues enough for it to mean something."""
    together = facts.summary.together[:COMPANIONS]
    if not together:
        return
    many = len(dated(facts.summary.timeline)) >= PLOT_FROM
    yield heading("With", Part("issues   lift" if many else "issues", "faint"))
    for other in together:
        lift = [Part(f"{other.lift:7.1f}", "dim")] if many else []
        right = (Part(f"{other.issues:>5}", "ink"), *lift)
        shared = tuple(_called_in_time(facts, other.shared))
        yield EntityRow(f"with {other.entity.id}", other.entity, right, shared)


def _called_in_time(facts: Facts, issues: Sequence[str]) -> Iterator[str]:
    """Issues by their names; before the first of which the time is not known stands `≈`."""
    undated = False
    for issue in issues:
        row = facts.issues.get(issue)
        begins = not undated and row is not None and not row.has_place
        undated = undated or begins
        yield f"≈ {_called(facts, issue)}" if begins else _called(facts, issue)


# What one has written of it


def _notes(facts: Facts) -> Iterator[ListRow]:
    name = facts.summary.entity.name
    if not facts.notes:
        yield heading(f"Notes on {name}")
        yield TextRow("none; among the facts (Tab) a writes one", "faint")
        return
    yield heading(f"Notes on {name}", Part(str(len(facts.notes)), "dim"))
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
