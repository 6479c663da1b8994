"""Brings texts in: read, decide whose issue each is, store, index.

Texts come in batches. Of a batch, the documents are on disk before the record that points to
them, and the record before the index, so that a fault leaves nothing half there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TypeAlias

from chinai_tui import ingest
from chinai_tui.domain.annotation import ReadingState
from chinai_tui.errors import InputError
from chinai_tui.ingest.workers import Workers
from chinai_tui.workspace import identity, issue_record
from chinai_tui.workspace.alongside import Alongside
from chinai_tui.workspace.annotations_in import (
    AnnotationFile,
    AnnotationImporter,
    annotation_file,
)
from chinai_tui.workspace.arrivals import Arrivals, Found, Taken, Text, Writes
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import INDEXED_AT_ONCE, Indexing
from chinai_tui.workspace.joining import Joining, with_other
from chinai_tui.workspace.mails import Mails
from chinai_tui.workspace.originals import Originals, Unchanged
from chinai_tui.workspace.records import Changed, ImportOptions, ImportReport, Progress

Spared: TypeAlias = Unchanged | ingest.Skipped | AnnotationFile

BATCH = 256
"""Texts a commit: each commit writes all records, so that few commits make many texts cheap."""
BATCH_BYTES = 16 * 1024 * 1024
"""Bytes of what has been read since a commit, from which on there is one."""
_SEVERAL = (
    "holds several texts, and --title, --url and --…-of are for one; nothing was brought in:"
    " save the one that is meant as a file of its own"
)
TOLD_SECONDS = 0.1
"""How long after progress was told, between two commits, it is told again."""


class Importer:
    """Imports texts, and annotations on them, into a library."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing
        self._annotations = AnnotationImporter(core, indexing)
        self._joining = Joining(core, indexing)

    def run(
        self,
        found: Iterable[Found],
        options: ImportOptions,
        progress: Callable[[Progress], None] | None = None,
        *,
        read_all: bool = False,
        workers: int | None = None,
    ) -> ImportReport:
        """Import what was found; what cannot be read is named in the report.

        Bytes that the library knows already, and whose text is whole, are not read again.

        Args:
            found: What is to come in.
            options: What the user says of it; then known bytes are read, too.
            progress: Told of what has been read, ten times a second at most, and after each commit.
            read_all: Whether known bytes are read in any case.
            workers: How many processes read at most; see `Workers`.

        Raises:
            StoreError: Something could not be saved; what was reported as done is saved.
        """
        arrivals = self._arrivals(options)
        self._core.write(self._core.store.clear_left_over)
        since = self._core.index.generation()
        spare = self._spare(read_all or options != ImportOptions())
        with Alongside(self._core) as alongside, Workers(workers) as reading:
            taken = _meant(reading.take_all(found, spare), options)
            for texts in _batches(taken, arrivals, progress):
                self._core.write(partial(self._commit, texts, arrivals, alongside))
        if alongside.was_needed:
            self._core.write(partial(self._indexed, since))
        tally = arrivals.tally
        if tally.annotated:
            tally.notes, failures = self._annotations.run(tally.annotated)
            tally.failures += failures
        return tally.report()

    def rehearse(
        self,
        found: Iterable[Found],
        options: ImportOptions,
        progress: Callable[[Progress], None] | None = None,
        *,
        read_all: bool = False,
    ) -> ImportReport:
        """Tell what `run` would do with texts, and write nothing; annotations are left out."""
        arrivals = self._arrivals(options)
        known = identity.Known(self._core.store.issues.all())
        spare = self._spare(read_all or options != ImportOptions())
        with Workers() as reading:
            taken = _meant(reading.take_all(found, spare), options)
            for texts in _batches(taken, arrivals, progress):
                rest = texts
                while rest:
                    rest, ids = arrivals.settle(rest, known, Writes())
                    if ids:
                        _join_in_mind(ids, known)
                        arrivals.tally.joined += ids[1:]
        return arrivals.tally.report()

    def _arrivals(self, options: ImportOptions) -> Arrivals:
        return Arrivals(self._core.documents, self._core.publications, options)

    def _spare(self, read_all: bool) -> Callable[[ingest.Source], Spared | None]:
        """What tells of a source without reading it as a text."""
        originals = None if read_all else Originals(self._core)
        mails = Mails(self._core)

        def _known(source: ingest.Source) -> Spared | None:
            unchanged = originals.unchanged(source) if originals else None
            return unchanged or mails.refused(source) or annotation_file(source)

        return _known

    def _indexed(self, since: int) -> None:
        """Tell the listeners what has been indexed in other processes."""
        self._indexing.remember()
        self._core.emit(Changed(issues=self._core.index.touched(since), library=True))

    def _commit(self, texts: Sequence[Text], arrivals: Arrivals, alongside: Alongside) -> None:
        """Store a batch and index what it changed, or have it indexed where that is much."""
        store = self._core.store
        while texts:
            writes = Writes()
            with store.issues_file.transaction() as tx:
                known = identity.Known(store.issues.all())
                texts, ids = arrivals.settle(texts, known, writes)
                store.originals.put_many(writes.originals)
                self._core.documents.put_many(writes.documents)
                for issue in writes.issues.values():
                    tx.put(store.issues, issue)
            self._discard(writes.replaced)
            self._make_unread(writes.arrived)
            if len(writes.issues) > INDEXED_AT_ONCE:
                self._indexing.put_on_list(writes.issues.values())
                alongside.more()
            elif writes.issues:
                self._indexing.put(writes.issues.values())
            if writes.issues:
                self._core.emit(Changed(issues=frozenset(writes.issues), library=True))
            if writes.arrived:
                self._annotations.place_waiting(writes.arrived)
            if ids:
                self._joining.join(ids)
                arrivals.tally.joined += ids[1:]

    def _discard(self, originals: set[str]) -> None:
        """Take originals away that no text was read from any more."""
        store = self._core.store
        if not originals:
            return
        with store.issues_file.transaction():
            named = set().union(*map(issue_record.originals, store.issues.all().values()))
            store.originals.discard(originals - named)

    def _make_unread(self, issue_ids: set[str]) -> None:
        """Mark issues unread whose text has come in beside a digest that was read."""
        store = self._core.store
        read = {state.issue for state in store.reading.all().values() if state.read}
        if not issue_ids & read:
            return
        states = [
            replace(store.reading.get(issue_id) or ReadingState(issue_id), read=False)
            for issue_id in sorted(issue_ids & read)
        ]
        with store.reading_file.transaction() as tx:
            for state in states:
                tx.put(store.reading, state)
        self._core.index.set_reading(states, replace_all=False)


def _meant(taken: Iterable[Taken], options: ImportOptions) -> Iterator[Taken]:
    """What was taken in; where the user speaks of one text and there are several, none of them."""
    if not options.is_single:
        yield from taken
        return
    held: list[Taken] = []
    for source, outcome in taken:
        held.append((source, outcome))
        texts = [each for each, what in held if isinstance(what, ingest.Reading)]
        if len(texts) > 1:
            first = texts[0]
            place = (first.within if isinstance(first, ingest.Source) else "") or first.place
            yield source, InputError(place, _SEVERAL)
            return
    yield from held


def _batches(
    taken: Iterable[Taken], arrivals: Arrivals, progress: Callable[[Progress], None] | None
) -> Iterator[Sequence[Text]]:
    """The texts among what was taken in, by the batch; progress is told as `Importer.run` says."""
    telling = _Telling(arrivals, progress) if progress is not None else None
    for batch in _chunks(telling.each(taken) if telling else taken):
        if texts := list(arrivals.texts(batch)):
            yield texts
        if telling:
            telling.tell()


class _Telling:
    """Tells how far an import has come."""

    def __init__(self, arrivals: Arrivals, progress: Callable[[Progress], None]) -> None:
        self._tally = arrivals.tally
        self._progress = progress
        self._done = 0
        self._name = ""
        self._due = 0.0

    def each(self, taken: Iterable[Taken]) -> Iterator[Taken]:
        """The same, counted; told from time to time, beginning with the first."""
        for source, outcome in taken:
            self._done += 1
            self._name = source.name if isinstance(source, ingest.Source) else source.place
            if monotonic() >= self._due:
                self.tell()
            yield source, outcome

    def tell(self) -> None:
        """Tell what has been read, and how many issues that made so far."""
        issues = len(self._tally.added) + len(self._tally.updated)
        self._progress(Progress(self._done, 0, self._name, issues))
        self._due = monotonic() + TOLD_SECONDS


def _chunks(taken: Iterable[Taken]) -> Iterator[list[Taken]]:
    """As many as one commit takes."""
    chunk: list[Taken] = []
    size = 0
    for source, outcome in taken:
        chunk.append((source, outcome))
        if isinstance(source, ingest.Source):
            size += len(source.data)
        if len(chunk) >= BATCH or size >= BATCH_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _join_in_mind(ids: Sequence[str], known: identity.Known) -> None:
    """Join records as `Joining` would, but nowhere else than in what is known."""
    stays, *others = ids
    after = known.issues[stays]
    for each in others:
        after = with_other(after, known.issues[each])
        known.drop(each)
    known.put(after)
