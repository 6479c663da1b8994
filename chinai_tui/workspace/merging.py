"""Takes the records of another library into this one; what is here is never lost by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Memo, ReadingState
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import DamagedError, StoreError
from chinai_tui.ingest.annotations import derived_id
from chinai_tui.workspace import citekeys, drafting, identity, issue_record

if TYPE_CHECKING:
    from chinai_tui.store.records import SessionValue
    from chinai_tui.store.repository import Transaction
    from chinai_tui.store.store import Store

_BATCH = 256
"""Issues a commit."""


@dataclass(slots=True)
class Merged:
    """What came of it, as ids."""

    issues_added: list[str] = field(default_factory=list)
    issues_updated: list[str] = field(default_factory=list)
    notes_added: list[str] = field(default_factory=list)
    notes_updated: list[str] = field(default_factory=list)
    notes_deleted: list[str] = field(default_factory=list)
    """Notes that were deleted here since; they stay in the bin."""
    copies: list[str] = field(default_factory=list)
    """Notes that were kept beside others that have their place."""
    problems: list[str] = field(default_factory=list)


class Merging:
    """The records of one store on their way into another."""

    def __init__(self, here: Store, there: Store) -> None:
        self._here = here
        self._there = there
        self._ids: dict[str, str] = {}
        """The ids of the other library's issues, and what they are called in this one."""
        self._awaited: set[str] = set()
        """Issues of this library that had no text: read only for want of anything to read."""
        self.merged = Merged()

    def run(self) -> Merged:
        """Take everything in, each file of records in one go, the issues before what is on them.

        A second time changes nothing, so that one that was cut off can be begun again.

        Raises:
            StoreError: Something could not be saved.
        """
        issues = iter(sorted(self._there.issues.all().values(), key=lambda issue: issue.id))
        while some := list(islice(issues, _BATCH)):
            self._take_issues(some)
        with self._here.annotations_file.transaction() as tx:
            self._take_notes(tx)
        with self._here.reading_file.transaction() as tx:
            self._take_reading(tx)
        return self.merged

    # Issues

    def _take_issues(self, issues: Sequence[Issue]) -> None:
        here = self._here
        with here.issues_file.transaction() as tx:
            known = identity.Known(tx.all(here.issues))
            texts: list[tuple[str, DocumentRole, Document]] = []
            for issue, documents in map(self._read, issues):
                before = known.issues.get(known.same(issue))
                if before:
                    after = issue_record.joined(before, issue)
                else:
                    after = known.add(issue, issue.added)
                known.put(after)
                self._ids[issue.id] = after.id
                if before and not before.documents:
                    self._awaited.add(before.id)
                held = [(after.id, role, document) for role, document in documents.items()]
                held += [(after.id, role, text) for role, text in self._earlier(issue)]
                if after == before:
                    # What is damaged or gone here is mended.
                    texts += (each for each in held if not self._is_here(*each))
                    continue
                texts += held
                told = self.merged.issues_updated if before else self.merged.issues_added
                told.append(after.id)
                tx.put(here.issues, after)
            here.documents.put_many(texts)
            for publication in self._there.publications.all().values():
                if tx.get(here.publications, publication.id) is None:
                    tx.put(here.publications, publication)
            for followed in self._there.followed.all().values():
                if tx.get(here.followed, followed.publication) is None:
                    tx.put(here.followed, followed)

    def _is_here(self, issue_id: str, role: DocumentRole, document: Document) -> bool:
        return self._here.documents.is_whole(issue_id, role, document.revision)

    def _read(self, issue: Issue) -> tuple[Issue, dict[DocumentRole, Document]]:
        """The issue with those of its documents that can be read, and these."""
        found = {}
        for role, reference in issue.documents.items():
            try:
                found[role] = self._there.documents.get(issue.id, role, reference.revision)
            except StoreError:
                self.merged.problems.append(f"{issue.id}: the backup has lost its {role}")
        kept = {role: issue.documents[role] for role in found}
        return replace(issue, documents=kept), found

    def _earlier(self, issue: Issue) -> Iterator[tuple[DocumentRole, Document]]:
        """The texts that an issue's documents have replaced, as far as they can be read."""
        for role, reference in issue.documents.items():
            for past in reference.earlier:
                with suppress(StoreError):
                    yield role, self._there.documents.get(issue.id, role, past.revision)

    # Notes

    def _take_notes(self, tx: Transaction) -> None:
        here, there = self._here, self._there
        for annotation in there.annotations.all().values():
            self._take_note(tx, self._moved(annotation))
        for deleted in there.deleted.all().values():
            id_ = deleted.annotation.id
            if tx.get(here.annotations, id_) is None and tx.get(here.deleted, id_) is None:
                tx.put(here.deleted, replace(deleted, annotation=self._moved(deleted.annotation)))
        for memo in there.memos.all().values():
            own = tx.get(here.memos, memo.tag)
            order = dict.fromkeys((*(own.order if own else ()), *memo.order))
            tx.put(here.memos, Memo(memo.tag, tuple(order)))
        if not here.undo.all():
            # Steps of two libraries have no common order.
            for step in there.undo.all().values():
                before, after = (
                    tuple(map(self._moved, some)) for some in (step.before, step.after)
                )
                tx.put(here.undo, replace(step, before=before, after=after))

    def _take_note(self, tx: Transaction, theirs: Annotation) -> None:
        annotations = self._here.annotations
        own = tx.get(annotations, theirs.id)
        if own == theirs:
            return
        if own is None:
            gone = tx.get(self._here.deleted, theirs.id)
            if gone is not None and gone.deleted >= theirs.updated:
                self.merged.notes_deleted.append(theirs.id)
                return
            self.merged.notes_added.append(theirs.id)
            tx.delete(self._here.deleted, theirs.id)
            tx.put(annotations, theirs)
            return
        later, earlier = (theirs, own) if theirs.updated > own.updated else (own, theirs)
        if later is theirs:
            self.merged.notes_updated.append(theirs.id)
            tx.put(annotations, theirs)
        copy = _copy(earlier)
        is_known = tx.get(annotations, copy.id) or tx.get(self._here.deleted, copy.id)
        if not is_known and _words(later) != _words(earlier):
            self.merged.copies.append(copy.id)
            tx.put(annotations, copy)

    def _moved(self, annotation: Annotation) -> Annotation:
        """The annotation on this library's issue."""
        return replace(annotation, issue=self._ids.get(annotation.issue, annotation.issue))

    # Reading

    def _take_reading(self, tx: Transaction) -> None:
        here, there = self._here, self._there
        for id_ in self._awaited:
            issue, own = here.issues.get(id_), tx.get(here.reading, id_)
            if issue and issue.documents and own:
                tx.put(here.reading, replace(own, read=False))
        for state in there.reading.all().values():
            theirs = replace(state, issue=self._ids.get(state.issue, state.issue))
            issue, told = here.issues.get(theirs.issue), there.issues.get(state.issue)
            if issue and issue.documents and told and not told.documents:
                theirs = replace(theirs, read=False)
            own = tx.get(here.reading, theirs.issue)
            tx.put(here.reading, further(own, theirs) if own else theirs)
        for each in there.session.all().values():
            value = drafting.moved(each, self._ids)
            own_value = tx.get(here.session, value.id)
            if value.id == citekeys.SESSION:
                self._take_keys(tx, own_value, value)
            elif value.value and not (own_value and own_value.value):
                tx.put(here.session, value)

    def _take_keys(self, tx: Transaction, own: SessionValue | None, theirs: SessionValue) -> None:
        ours = _keys_of(own)
        moved = {self._ids.get(issue, issue): key for issue, key in _keys_of(theirs).items()}
        joined = citekeys.joined(ours, moved)
        if joined != ours:
            tx.put(self._here.session, citekeys.encoded(joined))


def _keys_of(value: SessionValue | None) -> dict[str, str]:
    """The citation keys of a library; none where they cannot be read, so that others do."""
    try:
        return citekeys.decoded(value)
    except DamagedError:
        return {}


def further(one: ReadingState, other: ReadingState) -> ReadingState:
    """Read if either is; at the place where one was last."""
    latest_first = sorted((one, other), key=lambda state: state.seen, reverse=True)
    anchors = [state.anchor for state in latest_first if state.anchor is not None]
    return replace(
        latest_first[0],
        read=one.read or other.read,
        anchor=anchors[0] if anchors else None,
    )


def _words(annotation: Annotation) -> Annotation:
    """An annotation without what may differ though it says the same."""
    quote = annotation.anchor.exact if annotation.anchor else ""
    return replace(annotation, anchor=None, name=f"{annotation.name}\n{quote}", updated="")


def _copy(annotation: Annotation) -> Annotation:
    """An annotation that stays beside the one that has its place, and says so."""
    says = f"(This was note {annotation.id} before a backup was restored, which has a later one.)"
    return replace(
        annotation,
        id=derived_id(annotation.id, msgspec.json.encode(annotation).decode()),
        kind=AnnotationKind.NOTE,
        name="",
        text=f"{annotation.text}\n\n{says}".lstrip("\n"),
    )
