"""What comes in to be indexed, and copies of the records that are needed before the store is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from chinai_tui.domain.annotation import AnchorState, Annotation, ReadingState
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import Mention
from chinai_tui.domain.issue import Issue

Documents = Callable[[str, DocumentRole], Document]
"""Gives the document of an issue."""


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue with everything that is indexed of it."""

    issue: Issue
    outlet: str
    """The title of its publication."""
    documents: Mapping[DocumentRole, Document] = field(default_factory=dict)
    mentions: Mapping[DocumentRole, Sequence[Mention]] = field(default_factory=dict)
    catalogue: str = ""
    """The key of the catalogue that the mentions were made with."""
    cites: frozenset[str] = frozenset()
    """The keys of what it refers to (`url:…`, `number:chinai/94`), its own not among them."""


@dataclass(frozen=True, slots=True)
class AnnotationEntry:
    """An annotation with everything that is indexed of it."""

    annotation: Annotation
    """Its anchor says where the passage is in the document that is indexed."""
    state: AnchorState = AnchorState.EXACT
    """What became of its anchor there; means nothing without one."""
    links: tuple[str, ...] = ()
    """The entities that its text links."""
    fingerprint: str = ""
    """What tells whether any of this may have changed."""


def fingerprint(issue: Issue) -> str:
    """What tells whether a record has changed: the SHA-256 of its written form."""
    return hashlib.sha256(msgspec.json.encode(issue)).hexdigest()


def fingerprints(connection: sqlite3.Connection) -> dict[str, str]:
    """The fingerprint of every indexed record, by issue id."""
    rows = connection.execute("SELECT id, data FROM issue JOIN record USING (n)")
    return {issue: hashlib.sha256(record).hexdigest() for issue, record in rows}


def issue(connection: sqlite3.Connection, issue_id: str) -> Issue | None:
    """The record of an issue."""
    row = connection.execute(
        "SELECT data FROM issue JOIN record USING (n) WHERE id = ?", (issue_id,)
    ).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Issue)


def reading(connection: sqlite3.Connection, issue_id: str) -> ReadingState | None:
    """How far an issue has been read."""
    row = connection.execute("SELECT record FROM reading WHERE issue = ?", (issue_id,)).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=ReadingState)


def touched(connection: sqlite3.Connection, since: int) -> frozenset[str]:
    """The issues whose row changed after a generation."""
    rows = connection.execute("SELECT id FROM issue WHERE touched > ?", (since,))
    return frozenset(row[0] for row in rows)
