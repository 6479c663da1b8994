"""What the library says of several entities together, as rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from rich.cells import cell_len

from chinai_tui.domain.comparison import Comparison, SharedIssue
from chinai_tui.domain.entity import Claim
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow, TimelinePoint
from chinai_tui.errors import ChinaiError
from chinai_tui.text.claims import sentence, speaker
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.compare.bands import Band, CountsHead, CountsRow, PairRow, Years
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.entity_summary import UNDATED
from chinai_tui.ui.widgets.fact_rows import ClaimRow, FoldRow
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import DeferredRow, HeadingRow, ListRow, PassageRow, TextRow
from chinai_tui.ui.widgets.strips import cut
from chinai_tui.ui.widgets.time_axis import by_month
from chinai_tui.ui.widgets.timeline_plot import PLOT_FROM, Span, dated
from chinai_tui.workspace.entities import PassagePlace

TITLE = 60
"""Cells of the title of an issue."""
LINES = 2
"""Lines of a passage."""
CLAIMS = 6
"""Relations shown at first."""
CLAIMS_FOLD = "further relations"
"""The id of the row that unfolds the others."""


@dataclass(frozen=True, slots=True)
class View:
    """How a comparison is shown."""

    height: int = 3
    """Lines of bars."""
    to_common: bool = False
    """Whether all bars are drawn to the highest of all."""
    unfolded: bool = False
    """Whether all relations are shown."""


@dataclass(frozen=True)
class Compared:
    """What is needed to tell of several entities."""

    comparison: Comparison
    issues: Mapping[str, IssueRow]
    """All issues, by their ids."""
    span: Span | None
    """The time of the whole library."""
    meetings: Mapping[str, PassagePlace] | None
    """By issue the passage that names most of them; none until that is known."""
    read: Callable[[PassagePlace], Passage]
    """Reads a passage; may raise `ChinaiError`."""

    @cached_property
    def months(self) -> tuple[Mapping[int, int], ...]:
        """For each entity how often it is named in each month."""
        return tuple(map(by_month, self.comparison.timelines))

    @cached_property
    def is_plotted(self) -> bool:
        """Whether there are issues enough for bars."""
        named = {p.issue for points in self.comparison.timelines for p in dated(points)}
        return self.span is not None and len(named) >= PLOT_FROM

    def label(self, issue_id: str) -> str:
        """How an issue is called in a few cells: by its number, or its publication."""
        row = self.issues.get(issue_id)
        if row is None:
            return issue_id
        return f"#{row.number}" if row.number is not None else row.outlet


def rows(compared: Compared, view: View) -> list[ListRow]:
    """All there is to tell; the cursor passes over what cannot be opened."""
    return [
        *_over_time(compared, view),
        *_pairs(compared),
        *_relations(compared, view),
        *_shared(compared),
    ]


def _heading(title: str, *right: Part) -> HeadingRow:
    return HeadingRow((Part(title, "strong", bold=True),), right)


# How often each is named


def _over_time(compared: Compared, view: View) -> Iterator[ListRow]:
    comparison, plotted = compared.comparison, compared.is_plotted
    own = "own peaks · s one peak for all"
    scale = "one peak for all · s own peaks" if view.to_common else own
    yield _heading("Mentions", Part(scale if plotted else "by issue", "faint"))
    all_months = compared.months
    span = compared.span if plotted else None
    for entity, points, months in zip(
        comparison.entities, comparison.timelines, all_months, strict=True
    ):
        yield Band(
            entity=entity,
            told=_told(points),
            peak=_peak(points, compared) if plotted else "",
            months=months,
            others=all_months,
            span=span,
            height=view.height if months else 0,
            to_common=view.to_common,
            gap=int(span is None and entity is comparison.entities[-1]),
        )
    if span is not None:
        yield Years(span, all_months)
    else:
        yield from _counts(compared)


def _told(points: Sequence[TimelinePoint]) -> str:
    if not points:
        return "never named"
    count = sum(point.count for point in points)
    times = "once" if count == 1 else f"{count:,} times"
    return f"{times} in {'1 issue' if len(points) == 1 else f'{len(points):,} issues'}"


def _peak(points: Sequence[TimelinePoint], compared: Compared) -> str:
    known = dated(points)
    if not known:
        return ""
    peak = max(known, key=lambda point: point.count)
    undated = len(points) - len(known)
    left_out = f" · {undated} undated left out" if undated else ""
    return f"peak {compared.label(peak.issue)}, {spelled(peak.date)}{left_out}"


def _counts(compared: Compared) -> Iterator[ListRow]:
    """Where there are too few dated issues for bars: each issue with its counts."""
    timelines = compared.comparison.timelines
    counted = [{point.issue: point.count for point in points} for points in timelines]
    every = {issue for counts in counted for issue in counts}
    # The issues are the newest first; those without a place in time stay behind the others.
    oldest_first = (row for row in reversed([*compared.issues.values()]) if row.id in every)
    named = [row.id for row in sorted(oldest_first, key=lambda row: not row.has_place)]
    if named:
        yield CountsHead(compared.comparison.entities)
    for issue in named:
        row = compared.issues.get(issue)
        counts = tuple(each.get(issue, 0) for each in counted)
        title = row.title if row else ""
        yield CountsRow(issue, compared.label(issue), _date(row), title, counts)


def _date(row: IssueRow | None) -> str:
    if row is None or not (row.date or row.near):
        return UNDATED
    return spelled(row.date) if row.date else about(row.near)


# Two by two


def _pairs(compared: Compared) -> Iterator[ListRow]:
    pairs = compared.comparison.pairs
    if len(pairs) < 2:
        return
    yield _heading("Two by two", Part("issues that name both", "faint"))
    for first, second, issues in pairs:
        yield PairRow(first, second, issues)


# What is said of one in relation to another


def _relations(compared: Compared, view: View) -> Iterator[ListRow]:
    claims = compared.comparison.claims
    if not claims:
        yield _heading("Relations")
        yield TextRow("the catalogue knows of none among them", "faint")
        return
    yield _heading("Relations", Part("as the texts have it", "faint"))
    entities = {entity.id: entity for entity in compared.comparison.entities}
    sources = [compared.label(claim.issue) if claim.issue else "" for claim in claims]
    column = max(map(cell_len, sources))
    shown = len(claims) if view.unfolded or len(claims) <= CLAIMS + 1 else CLAIMS
    for number, (claim, source) in enumerate(zip(claims[:shown], sources, strict=False)):
        yield ClaimRow(
            id=f"claim {number}",
            text=sentence(claim, entities),
            status=claim.status,
            when=" to ".join(filter(None, (spelled(claim.as_of), spelled(claim.until)))),
            source=source,
            speaker=_speaker(claim, compared),
            claim=claim,
            column=column,
        )
    if shown < len(claims):
        yield FoldRow(CLAIMS_FOLD, f"{len(claims) - shown} more relations")


def _speaker(claim: Claim, compared: Compared) -> str:
    row = compared.issues.get(claim.issue)
    return speaker(claim, row.outlet if row else "") if claim.issue else ""


# Where all are named


def _shared(compared: Compared) -> Iterator[ListRow]:
    comparison = compared.comparison
    shared = comparison.shared
    all_of = "both" if len(comparison.entities) == 2 else f"all {len(comparison.entities)}"
    known = compared.meetings
    count = "none" if not shared else "reading …" if known is None else f"{len(shared):,}"
    yield _heading(f"Issues that name {all_of}", Part(count, "dim"))
    never = [
        entity.name
        for entity, points in zip(comparison.entities, comparison.timelines, strict=True)
        if not points
    ]
    if never:
        yield TextRow(f"the library never names {', '.join(never)}", "faint")
    elif not shared:
        yield TextRow(f"no issue names {all_of} of them", "faint")
    for issue in shared:
        if known and (place := known.get(issue.issue)):
            read = partial(_shared_row, compared, issue, place)
            yield DeferredRow(f"shared {issue.issue}", read)


def _shared_row(compared: Compared, shared: SharedIssue, at: PassagePlace) -> PassageRow:
    """The issue, how often it names each, and the passage in which most of them meet."""
    row = compared.issues.get(shared.issue)
    title = row.title if row else shared.issue
    number = f"#{shared.number} " if shared.number is not None else ""
    head = (
        Part(number, "strong", bold=True),
        Part(cut(title, TITLE), "strong", bold=True),
        Part(f"  {_date(row)}", "dim"),
    )
    entities = compared.comparison.entities
    named = zip(entities, shared.counts, strict=True)
    try:
        passage = compared.read(at)
    except ChinaiError as error:
        start, end = at.hits[0]
        passage = Passage(at.issue, at.role, at.block, start, end, (), text=clean_line(str(error)))
    return PassageRow(
        place=Place(at.issue, at.role, passage.start, passage.end, passage.hits),
        passage=passage,
        head=head,
        section="" if passage.section == passage.text else passage.section.rstrip(":："),
        more="  ".join(f"{entity.name} ×{count}" for entity, count in named),
        names={
            fold(name): KIND_ROLES[entity.kind]
            for entity in entities
            for name in (entity.name, entity.han, *(alias.text for alias in entity.aliases))
        },
        limit=LINES,
    )
