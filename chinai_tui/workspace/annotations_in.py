"""Brings annotations in: read, decide which issue each is on, find its passage, keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chinai_tui import ingest
from chinai_tui.annotate.anchors import make, place
from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import (
    Anchor,
    AnchorState,
    Annotation,
    Placement,
    ReadingState,
    Voice,
    VoiceKind,
)
from chinai_tui.domain.document import Document
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import InputError
from chinai_tui.export import w3c
from chinai_tui.ingest import annotations as outside
from chinai_tui.ingest.annotations import Form, Told
from chinai_tui.ingest.decode import decode
from chinai_tui.text.find import find
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import Core, timestamp
from chinai_tui.workspace.identity import Known
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import AnnotationReport, Changed
from chinai_tui.workspace.undoing import Change, Undoing

if TYPE_CHECKING:
    from chinai_tui.store.repository import Transaction

_UNKNOWN = Voice(VoiceKind.UNCONFIRMED)


@dataclass(slots=True)
class _Tally:
    """What has happened so far, as ids."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """A text that holds annotations."""

    place: str
    text: str
    form: Form


def annotation_file(source: ingest.Source) -> AnnotationFile | None:
    """A file as one of annotations, told by its content; None where it is something else."""
    try:
        text = decode(source.data, source.name)
    except InputError:
        return None
    form = outside.form_of(text, source.name)
    return AnnotationFile(source.place, text, form) if form else None


class AnnotationImporter:
    """Imports annotations into a library, all of them as one step that can be undone."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def run(self, files: Iterable[AnnotationFile]) -> tuple[AnnotationReport, list[InputError]]:
        """Import what these files hold; what could not be, with the reasons.

        An annotation whose text is not in the library brings an issue without a text with it. One
        that is there stays as it is if it was changed later than the one that comes in.

        Raises:
            StoreError: Something could not be saved.
        """
        tally, failures = _Tally(), []
        told = []
        for each in _told(files):
            if isinstance(each, InputError):
                failures.append(each)
            else:
                told.append(each)
        if told:
            wanted = self._wanted(self._on_issues(told, tally), tally)
            self._commit("import", wanted)
        report = AnnotationReport(
            added=tuple(dict.fromkeys(tally.added)),
            changed=tuple(dict.fromkeys(tally.changed)),
            unchanged=tuple(dict.fromkeys(tally.unchanged)),
            orphaned=tuple(tally.orphaned),
            flagged=tuple(tally.flagged),
            waiting=tuple(tally.waiting),
            stubs=tuple(tally.stubs),
        )
        return report, failures

    def _on_issues(self, told: Iterable[Told], tally: _Tally) -> list[Annotation]:
        """The annotations with the ids of this library's issues, which are there from then on."""

        def _matched() -> list[Annotation]:
            store = self._core.store
            with store.issues_file.transaction() as tx:
                known = Known(store.issues.all())
                found = [self._matched(each, known) for each in told]
                for issue in known.issues.values():
                    if issue.id not in store.issues.all():
                        tx.put(store.issues, issue)
            # One that came earlier, and to which nothing pointed since, is not on the list either.
            meant = dict.fromkeys(each.issue for each in found if each.issue)
            stubs = [known.issues[each] for each in meant if self._core.index.issue(each) is None]
            if stubs:
                tally.stubs += [each.id for each in stubs]
                self._indexing.put(stubs)
                self._have_nothing_to_read(tally.stubs)
                self._core.emit(Changed(issues=frozenset(tally.stubs), library=True))
            return found

        return self._core.write(_matched)

    def _have_nothing_to_read(self, issue_ids: Iterable[str]) -> None:
        """Mark issues read, lest one be led to them; the text makes them unread when it comes."""
        store = self._core.store
        states = [ReadingState(each, read=True) for each in issue_ids]
        with store.reading_file.transaction() as tx:
            for state in states:
                tx.put(store.reading, state)
        self._core.index.set_reading(states, replace_all=False)
        self._indexing.remember()

    def _matched(self, told: Told, known: Known) -> Annotation:
        annotation = told.annotation
        if annotation.entity:
            return annotation
        issue = told.issue or Issue(annotation.issue, "", "")
        return replace(annotation, issue=known.meant(issue) or known.add(issue, timestamp()).id)

    def _wanted(
        self, incoming: Iterable[Annotation], tally: _Tally
    ) -> dict[str, tuple[Annotation | None, Annotation]]:
        """What is to be written by id, with what stands there now, None for nothing."""
        present = self._core.store.annotations.all()
        wanted: dict[str, tuple[Annotation | None, Annotation]] = {}
        for each in incoming:
            found = self._standing(each, present, wanted)
            if found is not None and found.creator != each.creator:
                # The same id twice: another's never takes the place of one's own.
                each = replace(each, id=outside.derived_id(each.id, each.creator))
                found = self._standing(each, present, wanted)
            if found is not None and not _says_more(each, found):
                tally.unchanged.append(each.id)
                continue
            (tally.added if found is None else tally.changed).append(each.id)
            kept = self._placed(each, found, tally)
            wanted[each.id] = present.get(each.id), kept
        return wanted

    def _standing(
        self,
        annotation: Annotation,
        present: Mapping[str, Annotation],
        wanted: Mapping[str, tuple[Annotation | None, Annotation]],
    ) -> Annotation | None:
        meanwhile = wanted.get(annotation.id)
        return meanwhile[1] if meanwhile else present.get(annotation.id)

    def place_waiting(self, issue_ids: Collection[str]) -> None:
        """Find the passages of annotations that came in before the texts of these issues did.

        Raises:
            StoreError: A text cannot be read, or something could not be saved.
        """
        waiting = [
            each
            for each in self._core.store.annotations.all().values()
            if each.issue in issue_ids and each.anchor and not each.anchor.revision
        ]
        placed = {each.id: (each, self._placed(each, None, _Tally())) for each in waiting}
        self._commit("placing", placed)

    def _placed(self, new: Annotation, old: Annotation | None, tally: _Tally) -> Annotation:
        """The annotation with its passage, where that is found for sure; else as it came."""
        new = replace(new, voice=new.voice or (old.voice if old else None))
        anchor = new.anchor
        if anchor is None:
            return new
        if not anchor.revision and new.voice is None:
            new = replace(new, voice=_UNKNOWN)
        issue = self._core.issue(new.issue) if new.issue else None
        if issue is None or anchor.role not in issue.documents:
            tally.waiting.append(new.id)
            return new
        document = self._core.document(issue.id, anchor.role)
        found = _found(anchor, document)
        if found.state in (AnchorState.ORPHAN, AnchorState.UNSURE):
            is_orphan = found.state is AnchorState.ORPHAN
            (tally.orphaned if is_orphan else tally.flagged).append(new.id)
            return new
        if anchor.revision:
            return new
        voice, at = new.voice, (found.start, found.end)
        if voice == _UNKNOWN:
            voice = voice_of(document, anchor.role, *at, issue.authors)
        return replace(new, anchor=make(document, anchor.role, *at), voice=voice)

    def _commit(
        self, title: str, wanted: Mapping[str, tuple[Annotation | None, Annotation]]
    ) -> None:
        annotations = self._core.store.annotations

        def _change(tx: Transaction) -> Change:
            # What another program has changed in this moment is left; a second import tells.
            return Change(
                {
                    each: new
                    for each, (seen, new) in wanted.items()
                    if tx.get(annotations, each) == seen
                }
            )

        count = "1 note" if len(wanted) == 1 else f"{len(wanted)} notes"
        if wanted:
            Undoing(self._core, self._indexing).commit(f"{title} of {count}", _change)


def _found(anchor: Anchor, document: Document) -> Placement:
    """Where a passage is in a document."""
    if not anchor.revision:
        # Quoted from this very text as likely as not: then it is where the words stand but once.
        places = find(document.text, fold(anchor.exact))
        if len(places) == 1:
            return Placement(AnchorState.MOVED, *places[0], 1.0)
    return place(anchor, document)


def _says_more(new: Annotation, old: Annotation) -> bool:
    """Whether one annotation is to take the place of the other, of which both bear the id."""
    with suppress(ValueError):
        # What was written here was never cleaned: a tab in it is no change.
        old, _ = outside.cleaned(old, None)
    if new.updated < old.updated:
        return False
    alike = replace(new, issue=old.issue, voice=new.voice or old.voice, created=old.created)
    if new.updated == old.updated or not new.anchor or not new.anchor.revision:
        # Where the passage is was found here, and may have been put right here.
        alike = replace(alike, anchor=old.anchor)
    return replace(alike, updated=old.updated) != old


def _told(files: Iterable[AnnotationFile]) -> Iterator[Told | InputError]:
    """The annotations of files, clean; what cannot be kept, with its place and the reason."""
    for file in files:
        reader = outside.READERS.get(file.form, _own)
        for told in reader(file.text):
            place = f"{file.place}, {told.place}" if told.place else file.place
            if isinstance(told, InputError):
                yield InputError(place, told.reason)
                continue
            try:
                yield Told(place, *outside.cleaned(told.annotation, told.issue))
            except ValueError as error:
                yield InputError(place, f"is left out: {error}")


def _own(text: str) -> Iterator[Told | InputError]:
    """The annotations of our own form, one a line."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip("\ufeff \t\r\0"):
            try:
                yield Told(f"line {number}", *w3c.read(line.strip("\ufeff \t\r")))
            except ValueError:
                yield InputError(f"line {number}", "is no annotation as chinai writes them")
