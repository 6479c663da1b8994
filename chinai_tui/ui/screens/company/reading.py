"""Gathers from the library what the page of an entity tells."""

from __future__ import annotations

from collections.abc import Iterable

from chinai_tui.domain.document import Document
from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.domain.rows import IssueRow
from chinai_tui.errors import ChinaiError, NotFoundError
from chinai_tui.text.find import find
from chinai_tui.text.fold import fold
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.company.facts import Facts
from chinai_tui.ui.screens.company.passages import Named, Passages
from chinai_tui.ui.widgets.timeline_plot import span_of
from chinai_tui.workspace import Workspace

FIRST = 60
"""Mentions whose passages are more than a screen holds."""


def read_facts(workspace: Workspace, entity_id: str) -> Facts:
    """What is known of an entity, without its passages.

    Raises:
        NotFoundError: The catalogue has no such entity.
    """
    summary = workspace.entities.with_writings(workspace.entities.summary(entity_id))
    claims = summary.claims
    issues = {row.id: row for row in workspace.library.rows().rows}
    dates = [row.date for row in issues.values() if row.date]
    named = {summary.entity.city, summary.entity.parent}
    named |= {each for claim in claims for each in (claim.subject, claim.object)}
    return Facts(
        followed=entity_id in workspace.news.followed(),
        summary=summary,
        notes=workspace.notes.of_entity(entity_id),
        labels={
            each: _label(issues.get(each), each)
            for each in {claim.issue for claim in claims}
            if each
        },
        others=_entities(workspace, named),
        issues=issues,
        span=span_of((dates[0], dates[-1])) if dates else None,
        members={each.id: workspace.entities.timeline(each.id) for each in summary.members},
    )


def read_first_passages(workspace: Workspace, facts: Facts) -> Passages:
    """The passages for the first screen; all of them, where they are few and no group has any."""
    entity, few = facts.summary.entity, facts.summary.mentions < FIRST
    own = workspace.entities.passage_places(entity.id, FIRST)
    named = Named(entity, own, (), facts.issues, facts.summary.fresh)
    return Passages(named, workspace.entities.passage, few and not facts.summary.through)


def read_passages(workspace: Workspace, facts: Facts) -> Passages:
    """Where an entity is named, or meant by the name of a group; no text is opened for it."""
    entities, entity = workspace.entities, facts.summary.entity
    named = Named(
        entity=entity,
        own=entities.passage_places(entity.id),
        through=[
            (each.group, entities.passage_places(each.group.id)) for each in facts.summary.through
        ],
        issues=facts.issues,
        fresh=facts.summary.fresh,
    )
    return Passages(named, entities.passage)


def claim_place(workspace: Workspace, claim: Claim) -> Place | None:
    """Where an issue makes a claim: the paragraph that has its words, these as hits.

    Else, as in a text that tells the same otherwise, the heading it names or the beginning. None
    where the library does not have the issue.
    """
    try:
        issue = workspace.library.issue(claim.issue)
        document = workspace.library.document(claim.issue, issue.main_role)
    except ChinaiError:
        return None
    heading = _heading(document, claim.passage)
    hit = _hit(document, fold(claim.words), heading)
    block = document.block_at(hit[0]) if hit else heading
    if block is None:
        return Place(issue.id, issue.main_role, 0, 0)
    place = document.blocks[block]
    return Place(issue.id, issue.main_role, place.start, place.end, (hit,) if hit else ())


def _hit(document: Document, words: str, heading: int | None) -> tuple[int, int] | None:
    """Where the words stand first: in the section of a heading if they do, or anywhere."""

    def astray(hit: tuple[int, int]) -> bool:
        return document.section_of(document.block_at(hit[0])) != heading

    return min(find(document.text, words), key=astray, default=None)


def _heading(document: Document, passage: str) -> int | None:
    """The heading that begins as a claim says, or that holds its words."""
    wanted = fold(passage).strip()
    if not wanted:
        return None
    headings = [(number, fold(document.text_of(number))) for number in document.headings()]
    begins = (number for number, text in headings if text.startswith(wanted))
    holds = (number for number, text in headings if wanted in text)
    return next(begins, next(holds, None))


def _label(issue: IssueRow | None, issue_id: str) -> str:
    """How an issue is called in a few cells: by its number, or its publication."""
    if issue is None:
        return issue_id
    return f"#{issue.number}" if issue.number is not None else issue.outlet


def _entities(workspace: Workspace, ids: Iterable[str]) -> dict[str, Entity]:
    """The entities with these ids; what is no id, as a city in plain words, is left out."""
    found = {}
    for each in filter(None, ids):
        try:
            found[each] = workspace.entities.get(each)
        except NotFoundError:
            continue
    return found
