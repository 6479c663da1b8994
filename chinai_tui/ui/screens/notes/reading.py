"""What the browser of notes lists: which of them, in which order, and how they are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.query import And, Field, Query
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.screens.notes.rows import NoteReader
from chinai_tui.ui.widgets.passage_rows import DeferredNotes
from chinai_tui.workspace import Workspace

AT_ONCE = 12
"""Rows that are read before the list is shown: a screen of them."""
BY_PLACE = "sort:place "


class Listed(StrEnum):
    """What is listed, as the title names it."""

    NOTES = "Notes"
    BOOKMARKS = "Bookmarks"
    BIN = "Bin"


@dataclass(frozen=True, slots=True)
class View:
    """What one looks at."""

    listed: Listed = Listed.NOTES
    text: str = ""
    """The filter in force."""
    by_place: bool = False
    """Whether the list stands by issue and place where the filter does not say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to see of a view."""

    view: View
    rows: DeferredNotes
    query: Query = field(default_factory=lambda: Query("", And(())))
    undated: int = 0
    memo: str = ""
    """The tag, where the list stands in the order of a memo."""

    @property
    def order(self) -> str:
        """The order of the list in words, for the title."""
        if self.view.listed is Listed.BIN:
            return "latest first"
        if self.memo:
            return "in the memo's order"
        if self.query.sort in ("place", "number"):
            return f"by {self.query.sort}"
        return "newest"


def read(workspace: Workspace, view: View) -> Reading:
    """Find what a view lists, with its first rows ready to be drawn."""
    reading = _deleted(workspace, view) if view.listed is Listed.BIN else _found(workspace, view)
    for row in reading.rows[:AT_ONCE]:
        row.read()
    return reading


def _found(workspace: Workspace, view: View) -> Reading:
    notes, memos = workspace.notes, workspace.memos
    # What the filter itself says comes later, and so it is what holds.
    found = notes.find(f"{BY_PLACE}{view.text}" if view.by_place else view.text)
    annotations: Sequence[Annotation] = found.annotations
    memo = ""
    if view.listed is Listed.BOOKMARKS:
        annotations = [each for each in annotations if each.kind is AnnotationKind.BOOKMARK]
    elif not view.by_place and (memo := memo_of(found.query)):
        annotations = memos.ordered(memo)

    def find(annotation_id: str) -> Annotation | None:
        return next(iter(notes.some([annotation_id])), None)

    rows = NoteReader(workspace, find, lambda _: "").rows([each.id for each in annotations])
    return Reading(view, rows, found.query, found.undated, memo)


def memo_of(query: Query) -> str:
    """The tag that a query asks for and nothing else, in no other order; empty otherwise."""
    match query.root:
        case Field("tag", tag) | And((Field("tag", tag),)) if not query.sort:
            return tag
    return ""


def _deleted(workspace: Workspace, view: View) -> Reading:
    """What is in the bin and fits the filter."""
    found = workspace.notes.find_deleted(view.text)
    deleted = {each.annotation.id: each for each in found.deleted}

    def find(annotation_id: str) -> Annotation:
        return deleted[annotation_id].annotation

    def when(annotation_id: str) -> str:
        return f"goes {spelled(deleted[annotation_id].until)}"

    return Reading(view, NoteReader(workspace, find, when).rows([*deleted]), found.query)


def total(workspace: Workspace, reading: Reading) -> int:
    """How many there are without the filter."""
    notes, view = workspace.notes, reading.view
    if not view.text:
        return len(reading.rows)
    if view.listed is Listed.BIN:
        return len(notes.deleted())
    return len(notes.bookmarks() if view.listed is Listed.BOOKMARKS else notes.all())
