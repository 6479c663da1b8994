"""Annotations as rows, each with its place in the text as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import ChinaiError
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.rendering.highlights import ink_of, sign_of
from chinai_tui.ui.screens.main.wording import issue_name
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import DeferredNotes, NoteRow
from chinai_tui.workspace import Workspace

WARNINGS = {
    AnchorState.UNSURE: "the text has changed; check the place",
    AnchorState.ORPHAN: "its words are no longer in the text",
}
NO_ISSUE = "the issue is not in the library"
AT_HAND = 400
"""Rows kept as they are drawn: several screens of them."""

Find = Callable[[str], Annotation | None]
"""The annotation with an id, if it is still there."""


class NoteReader:
    """Makes the rows of a long list, light until they are drawn, however many there are."""

    def __init__(self, workspace: Workspace, find: Find, when: Callable[[str], str]) -> None:
        """Take where annotations are found, and what is told of one where dates stand."""
        self._workspace = workspace
        self._find = find
        self._when = when
        self._row = lru_cache(maxsize=AT_HAND)(self._make)

    def rows(self, annotation_ids: Sequence[str]) -> DeferredNotes:
        """The rows of annotations, in their order."""
        return DeferredNotes(annotation_ids, self._row)

    def _make(self, annotation_id: str) -> NoteRow:
        note = self._find(annotation_id)
        if note is None:
            return NoteRow(annotation_id, None, (Part("gone", "faint"),))
        return row_of(self._workspace, note, self._when(annotation_id))


def rows(workspace: Workspace, annotations: Iterable[Annotation]) -> list[NoteRow]:
    """The rows of annotations, in their order; a document is read only where it has changed."""
    return [row_of(workspace, each) for each in annotations]


def row_of(workspace: Workspace, note: Annotation, when: str = "") -> NoteRow:
    """An annotation as a row; `when` stands where its date would, if there is something to say."""
    when = when or spelled(note.created[:10])
    if note.entity:
        return _row(note, _entity_name(workspace, note.entity), None, "", when)
    try:
        issue = workspace.library.issue(note.issue)
    except ChinaiError:
        name = (Part(note.issue, "strong", bold=True),)
        return _row(note, name, None, NO_ISSUE, when)
    try:
        place, warning = place_of(workspace, note, issue)
    except ChinaiError:
        place, warning = None, WARNINGS[AnchorState.ORPHAN]
    return _row(note, issue_parts(workspace, issue), place, warning, when)


def place_of(workspace: Workspace, note: Annotation, issue: Issue) -> tuple[Place | None, str]:
    """Where an annotation is in the text as it is, and what is wrong with that."""
    placement = workspace.notes.placement(note)
    if placement is None or note.anchor is None:
        return Place(issue.id, issue.main_role, 0, 0), ""
    warning = WARNINGS.get(placement.state, "")
    if placement.state is AnchorState.ORPHAN:
        return None, warning
    return Place(issue.id, note.anchor.role, placement.start, placement.end), warning


def issue_parts(workspace: Workspace, issue: Issue) -> tuple[Part, Part]:
    """How an issue is called, and its title, or of one without number its publication."""
    publication = workspace.library.publication(issue.publication)
    named = issue.number is not None
    return (
        Part(issue_name(issue, publication) if named else issue.title, "strong", bold=True),
        Part(f"  {issue.title if named else publication.title}", "dim"),
    )


def _entity_name(workspace: Workspace, entity_id: str) -> tuple[Part, ...]:
    try:
        entity = workspace.entities.get(entity_id)
    except ChinaiError:
        return (Part(entity_id, "strong", bold=True),)
    return (Part(entity.name, KIND_ROLES[entity.kind], bold=True),)


def _row(
    note: Annotation, name: tuple[Part, ...], place: Place | None, warning: str, when: str
) -> NoteRow:
    letter = f"{note.name} " if note.name else ""
    # A highlight is told by the sign of its colour; on others the colour is told in words.
    color = f"{note.color} · " if note.color and note.kind is not AnnotationKind.HIGHLIGHT else ""
    return NoteRow(
        id=note.id,
        place=place,
        head=(Part(f"{sign_of(note)} ", ink_of(note)), Part(letter, "accent", bold=True), *name),
        date=f"{color}{when}",
        quote=note.anchor.exact if note.anchor else "",
        text=note.text,
        tags=note.tags,
        warning=warning,
    )
