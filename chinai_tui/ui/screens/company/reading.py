"""Gathers from the library what the page of an entity tells."""

from __future__ import annotations

from collections.abc import Iterable

from chinai_tui.domain.document import Document
from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.errors import ChinaiError, NotFoundError
from chinai_tui.text.fold import fold
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.company.facts import Facts
from chinai_tui.workspace import Workspace


def read_facts(workspace: Workspace, entity_id: str) -> Facts:
    """What is known of an entity, without its passages.

    Raises:
        NotFoundError: The catalogue has no such entity.
    """
    summary = workspace.entities.summary(entity_id)
    claims = summary.claims
    issues = workspace.library.rows(f'entity:"{entity_id}"').rows
    named = {summary.entity.city, summary.entity.parent}
    named |= {each for claim in claims for each in (claim.subject, claim.object)}
    return Facts(
        summary=summary,
        notes=workspace.notes.of_entity(entity_id),
        labels={
            each: _label(workspace, each) for each in {claim.issue for claim in claims} if each
        },
        others=_entities(workspace, named),
        issues={row.id: row for row in issues},
    )


def claim_place(workspace: Workspace, claim: Claim) -> Place | None:
    """Where an issue makes a claim: under the heading it names, or else at its beginning.

    None where the library does not have the issue.
    """
    try:
        issue = workspace.library.issue(claim.issue)
        document = workspace.library.document(claim.issue, issue.main_role)
    except ChinaiError:
        return None
    block = _heading(document, claim.passage)
    if block is None:
        return Place(issue.id, issue.main_role, 0, 0)
    place = document.blocks[block]
    return Place(issue.id, issue.main_role, place.start, place.end)


def _heading(document: Document, passage: str) -> int | None:
    """The heading that begins as a claim says, or that holds its words."""
    wanted = fold(passage).strip()
    if not wanted:
        return None
    headings = [(number, fold(document.text_of(number))) for number in document.headings()]
    begins = (number for number, text in headings if text.startswith(wanted))
    holds = (number for number, text in headings if wanted in text)
    return next(begins, next(holds, None))


def _label(workspace: Workspace, issue_id: str) -> str:
    """How an issue is called in a few cells: by its number, or its publication."""
    try:
        issue = workspace.library.issue(issue_id)
    except NotFoundError:
        return issue_id
    if issue.number is not None:
        return f"#{issue.number}"
    return workspace.library.publication(issue.publication).title


def _entities(workspace: Workspace, ids: Iterable[str]) -> dict[str, Entity]:
    """The entities with these ids; what is no id, as a city in plain words, is left out."""
    found = {}
    for each in filter(None, ids):
        try:
            found[each] = workspace.entities.get(each)
        except NotFoundError:
            continue
    return found
