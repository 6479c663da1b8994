"""Makes one of two records that turned out to be of one issue; nothing on either is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation, ReadingState
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import UNFILED, Issue
from chinai_tui.errors import StoreError
from chinai_tui.workspace import citekeys, drafting, identity, issue_record
from chinai_tui.workspace.core import Core, former_ids
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.merging import further
from chinai_tui.workspace.records import Changed

if TYPE_CHECKING:
    from chinai_tui.store.repository import Transaction


class Joining:
    """Joins records of one library."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def join(self, ids: Sequence[str]) -> None:
        """Make the first of these records the one of all; the ids of the others lead to it.

        The record that goes is taken away last, so that after a crash both are there or one with
        everything; the text that showed them to be one does so again when it is imported again.

        What another program has joined meanwhile is left as it is.

        Raises:
            StoreError: Something could not be saved.
        """
        store = self._core.store
        store.issues_file.refresh()
        known = store.issues.all()
        stays, *others = [each for each in ids if each in known] or [""]
        if not others:
            return
        lost = self._move_texts(stays, others)
        goes = dict.fromkeys(others, stays)
        with store.annotations_file.transaction() as tx:
            self._move_notes(tx, goes)
        with store.reading_file.transaction() as tx:
            self._move_reading(tx, goes)
            self._move_session(tx, goes)
        with store.issues_file.transaction() as tx:
            known = tx.all(store.issues)
            gone = [each for each in others if each in known]
            if stays in known and gone:
                after = known[stays]
                for each in gone:
                    after = with_other(after, _readable(known[each], after, lost))
                    tx.delete(store.issues, each)
                tx.put(store.issues, after)
        # Another program may have written about what went until it was gone.
        self._move_strays()
        if stays in store.issues.all():
            self._mirror(store.issues.all()[stays], others)

    def bring_home(self) -> None:
        """Move what is on ids of former records to the issues that these lead to.

        Raises:
            StoreError: They could not be saved.
        """
        store = self._core.store
        goes = former_ids(store.issues.all())
        there = [*store.annotations.all().values()]
        there += [each.annotation for each in store.deleted.all().values()]
        strays = ({each.issue for each in there} | store.reading.all().keys()) & goes.keys()
        session = store.session.all().values()
        if not strays and all(drafting.moved(each, goes) == each for each in session):
            return
        self._move_strays()
        homes = {goes[each] for each in strays}
        at_home = (each for each in store.annotations.all().values() if each.issue in homes)
        self._indexing.put_annotations(at_home)
        self._core.index.set_reading(store.reading.all().values(), replace_all=True)
        self._indexing.mirror_session()
        self._indexing.remember()

    def _move_strays(self) -> None:
        """Move what was written under ids of records that are gone."""
        store = self._core.store
        goes = former_ids(store.issues.all())
        with store.annotations_file.transaction() as tx:
            self._move_notes(tx, goes)
        with store.reading_file.transaction() as tx:
            late = {each: home for each, home in goes.items() if tx.get(store.reading, each)}
            self._move_reading(tx, late)
            self._move_session(tx, goes)

    def _move_texts(self, stays: str, others: Sequence[str]) -> set[tuple[str, DocumentRole]]:
        """Put the texts of the others to those of the first; which of theirs cannot be read."""
        lost: set[tuple[str, DocumentRole]] = set()
        texts: list[tuple[str, DocumentRole, Document]] = []
        for each in others:
            issue = self._core.store.issues.get(each)
            for role, reference in issue.documents.items() if issue else ():
                for revision in (reference.revision, *(one.revision for one in reference.earlier)):
                    try:
                        document = self._core.documents.get(each, role, revision)
                    except StoreError as error:
                        # A text that another one has replaced may be gone.
                        if revision == reference.revision:
                            self._core.problems.append(str(error))
                            lost.add((each, role))
                        continue
                    texts.append((stays, role, document))
        self._core.documents.put_many(texts)
        return lost

    def _move_notes(self, tx: Transaction, goes: Mapping[str, str]) -> None:
        store = self._core.store
        for annotation in tx.all(store.annotations).values():
            if annotation.issue in goes:
                tx.put(store.annotations, _moved(annotation, goes))
        for deleted in tx.all(store.deleted).values():
            if deleted.annotation.issue in goes:
                annotation = _moved(deleted.annotation, goes)
                tx.put(store.deleted, replace(deleted, annotation=annotation))
        for step in tx.all(store.undo).values():
            before, after = (
                tuple(_moved(each, goes) for each in some) for some in (step.before, step.after)
            )
            if (before, after) != (step.before, step.after):
                tx.put(store.undo, replace(step, before=before, after=after))

    def _move_reading(self, tx: Transaction, goes: Mapping[str, str]) -> None:
        store = self._core.store
        for stays in {*goes.values()}:
            there = [stays, *(each for each in goes if goes[each] == stays)]
            states = [state for each in there if (state := tx.get(store.reading, each))]
            for state in states:
                tx.delete(store.reading, state.issue)
            if states:
                tx.put(store.reading, reduce(further, self._of_one(there, states)))

    def _of_one(self, ids: Sequence[str], states: Iterable[ReadingState]) -> Iterator[ReadingState]:
        """The states of the first of these records, as they are on the others."""
        known = self._core.store.issues.all()
        # Of a record that is gone already it is not known whether it had the text.
        told = {
            each for each in ids if each not in known or DocumentRole.TEXT in known[each].documents
        }
        for state in states:
            # Who has read no more than a digest has not read the text.
            is_read = state.read and (state.issue in told or not told)
            yield replace(state, issue=ids[0], read=is_read)

    def _move_session(self, tx: Transaction, goes: Mapping[str, str]) -> None:
        store = self._core.store
        for value in tx.all(store.session).values():
            moved = drafting.moved(value, goes)
            if moved == value:
                continue
            tx.delete(store.session, value.id)
            # What was typed about the issue under either id is kept.
            own = tx.get(store.session, moved.id)
            tx.put(store.session, drafting.joined(own, moved) if own else moved)
        kept = tx.get(store.session, citekeys.SESSION)
        keys = citekeys.decoded(kept)
        # A key that was handed out stays taken, even where the issue has another.
        after = {
            goes[each] if each in goes and goes[each] not in keys else each: key
            for each, key in keys.items()
        }
        if after != keys:
            tx.put(store.session, citekeys.encoded(after))

    def _mirror(self, after: Issue, others: Sequence[str]) -> None:
        """Bring the index up to date, and tell who listens."""
        store, index = self._core.store, self._core.index
        on_it = [each for each in store.annotations.all().values() if each.issue == after.id]
        index.remove_issues(others)
        self._indexing.put([after])
        self._indexing.put_annotations(on_it)
        state = store.reading.get(after.id)
        if state is not None:
            index.set_reading([state], replace_all=False)
        self._indexing.mirror_session()
        self._indexing.remember()
        changed = frozenset({after.id, *others})
        self._core.emit(Changed(issues=changed, annotations=True, library=True))


def with_other(own: Issue, other: Issue) -> Issue:
    """The record that stands for both; the other's id, and those that led to it, lead to it now."""
    former = dict.fromkeys((*own.former, other.id, *other.former))
    return replace(issue_record.joined(own, other), former=tuple(former))


def contrary(own: Issue, other: Issue) -> str:
    """What tells that two records are of two issues, in words; empty where nothing sure does.

    Titles, addresses and texts differ between two copies of one post, too.
    """
    if own.publication != other.publication and UNFILED not in (own.publication, other.publication):
        return f"{own.id} is of {own.publication}, {other.id} of {other.publication}"
    if own.number != other.number and None not in (own.number, other.number):
        return f"{own.id} is number {own.number}, {other.id} is {other.number}"
    posts = [identity.claims_of(each, each.keys).posts for each in (own, other)]
    if all(posts) and not posts[0] & posts[1]:
        return f"{own.id} and {other.id} are different posts by their ids"
    return ""


def _readable(other: Issue, own: Issue, lost: Container[tuple[str, DocumentRole]]) -> Issue:
    """A record whose texts that cannot be read do not take the place of its own in another.

    What they were read from stays among the sources, so that it can be read again.
    """
    for role, reference in other.documents.items():
        if role in own.documents and (other.id, role) in lost:
            rest = {each: kept for each, kept in other.documents.items() if each is not role}
            sources = issue_record.with_source(other, reference)
            other = replace(other, documents=rest, sources=sources)
    return other


def _moved(annotation: Annotation, goes: Mapping[str, str]) -> Annotation:
    return replace(annotation, issue=goes.get(annotation.issue, annotation.issue))
