"""Annotations as rows, each with its place in the text as it is."""

from __future__ import annotations

from collections.abc import Iterable

from chinai_tui.domain.annotation import AnchorState, Annotation, Placement
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import ChinaiError
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.main.wording import issue_name
from chinai_tui.ui.screens.passage_screen import SIGNS
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import NoteRow
from chinai_tui.workspace import Workspace

WARNINGS = {
    AnchorState.UNSURE: "the text has changed; check the place",
    AnchorState.ORPHAN: "its words are no longer in the text",
}


def rows(workspace: Workspace, annotations: Iterable[Annotation]) -> list[NoteRow]:
    """The rows of annotations, in their order; a document is read only where it has changed."""
    return [
        _on_entity(workspace, each) if each.entity else _on_issue(workspace, each)
        for each in annotations
    ]


def _on_entity(workspace: Workspace, note: Annotation) -> NoteRow:
    try:
        entity = workspace.entities.get(note.entity)
        name = Part(entity.name, KIND_ROLES[entity.kind], bold=True)
    except ChinaiError:
        name = Part(note.entity, "strong", bold=True)
    return _row(note, (name,), None, "")


def _on_issue(workspace: Workspace, note: Annotation) -> NoteRow:
    try:
        issue = workspace.library.issue(note.issue)
    except ChinaiError:
        name = Part(note.issue, "strong", bold=True)
        return _row(note, (name,), None, "the issue is not in the library")
    publication = workspace.library.publication(issue.publication)
    named = issue.number is not None
    head = (
        Part(issue_name(issue, publication) if named else issue.title, "strong", bold=True),
        Part(f"  {issue.title if named else publication.title}", "dim"),
    )
    if note.anchor is None:
        return _row(note, head, Place(issue.id, issue.main_role, 0, 0), "")
    placement = _placement(workspace, note, issue)
    if placement is None or placement.state is AnchorState.ORPHAN:
        return _row(note, head, None, WARNINGS[AnchorState.ORPHAN])
    place = Place(issue.id, note.anchor.role, placement.start, placement.end)
    return _row(note, head, place, WARNINGS.get(placement.state, ""))


def _placement(workspace: Workspace, note: Annotation, issue: Issue) -> Placement | None:
    """Where a note is; that needs no reading while its document is the one it was made on."""
    anchor = note.anchor
    if anchor is None or anchor.role not in issue.documents:
        return None
    if issue.documents[anchor.role].revision == anchor.revision:
        return Placement(AnchorState.EXACT, anchor.start, anchor.end, 1.0)
    try:
        document = workspace.library.document(issue.id, anchor.role)
    except ChinaiError:
        return None
    placed = workspace.library.placed(issue.id, anchor.role, document)
    return next((each.placement for each in placed if each.annotation.id == note.id), None)


def _row(note: Annotation, name: tuple[Part, ...], place: Place | None, warning: str) -> NoteRow:
    sign = SIGNS[note.kind]
    letter = f"{note.name} " if note.name else ""
    return NoteRow(
        id=note.id,
        place=place,
        head=(Part(f"{sign} ", "company"), Part(letter, "accent", bold=True), *name),
        date=spelled(note.created[:10]),
        quote=note.anchor.exact if note.anchor else "",
        text=note.text,
        tags=note.tags,
        warning=warning,
    )
