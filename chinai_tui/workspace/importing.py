"""Brings texts in: read, decide whose issue each is, store, index.

Texts come in batches. Of a batch, the documents are on disk before the record that points to
them, and the record before the index, so that a fault leaves nothing half there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import islice

from chinai_tui import ingest
from chinai_tui.domain.annotation import ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import UNFILED, DocumentRef, Issue
from chinai_tui.errors import DamagedError, InputError, StoreError
from chinai_tui.workspace import identity
from chinai_tui.workspace.alongside import Alongside
from chinai_tui.workspace.annotations_in import (
    AnnotationFile,
    AnnotationImporter,
    annotation_file,
)
from chinai_tui.workspace.core import Core, timestamp
from chinai_tui.workspace.indexing import INDEXED_AT_ONCE, Indexing
from chinai_tui.workspace.records import (
    AnnotationReport,
    Changed,
    ImportOptions,
    ImportReport,
    Progress,
)

BATCH = 256
"""Texts a commit: each commit writes all records, so that few commits make many texts cheap."""


@dataclass(slots=True)
class _Tally:
    """What has happened so far."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    annotated: list[AnnotationFile] = field(default_factory=list)
    """Files of annotations, which come in when all texts have."""
    notes: AnnotationReport = field(default_factory=AnnotationReport)

    def report(self) -> ImportReport:
        """The same, as it is told."""
        return ImportReport(
            tuple(self.added),
            tuple(self.updated),
            tuple(self.unchanged),
            tuple(self.failures),
            self.notes,
        )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that has been read, and the bytes it was read from."""

    source: ingest.Source
    reading: ingest.Reading
    keys: tuple[str, ...]


class Importer:
    """Imports texts, and annotations on them, into a library."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing
        self._annotations = AnnotationImporter(core, indexing)

    def run(
        self,
        found: Iterable[ingest.Source | InputError],
        options: ImportOptions,
        progress: Callable[[Progress], None] | None = None,
    ) -> ImportReport:
        """Import what was found; what cannot be read is named in the report.

        Raises:
            StoreError: Something could not be saved; what was reported as done is saved.
        """
        tally = _Tally()
        done = 0
        since = self._core.index.generation()
        with Alongside(self._core) as alongside:
            for batch in _batches(found):
                texts = list(self._read(batch, options, tally))
                self._core.write(partial(self._commit, texts, tally, alongside))
                done += len(batch)
                if progress is not None:
                    progress(Progress(done, 0, texts[-1].source.name if texts else ""))
        if alongside.was_needed:
            self._core.write(partial(self._indexed, since))
        if tally.annotated:
            tally.notes, failures = self._annotations.run(tally.annotated)
            tally.failures += failures
        return tally.report()

    def _indexed(self, since: int) -> None:
        """Tell the listeners what has been indexed in other processes."""
        self._indexing.remember()
        self._core.emit(Changed(issues=self._core.index.touched(since), library=True))

    def _read(
        self, batch: Sequence[ingest.Source | InputError], options: ImportOptions, tally: _Tally
    ) -> Iterator[_Text]:
        for source in batch:
            if isinstance(source, InputError):
                tally.failures.append(source)
                continue
            if annotated := annotation_file(source):
                tally.annotated.append(annotated)
                continue
            try:
                reading = ingest.read(source.data, source.name)
            except InputError as error:
                tally.failures.append(InputError(source.place, error.reason))
                continue
            reading = replace(reading, metadata=identity.with_options(reading.metadata, options))
            keys = ingest.keys(reading.metadata, reading.document)
            yield _Text(source, reading, keys)

    def _commit(self, texts: Sequence[_Text], tally: _Tally, alongside: Alongside) -> None:
        """Store a batch and index what it changed, or have it indexed where that is much."""
        if not texts:
            return
        store = self._core.store
        changed: dict[str, Issue] = {}
        arrived: set[str] = set()
        with store.issues_file.transaction() as tx:
            known = identity.Known(store.issues.all())
            documents, originals = [], []
            for text in texts:
                issue, fresh = self._placed(text, known)
                before = known.issues.get(issue.id)
                role = text.reading.metadata.role
                is_same = before is not None and issue.documents[role] == before.documents.get(role)
                is_kept = is_same and self._is_kept(issue, role)
                if issue == before and is_kept:
                    tally.unchanged.append(issue.id)
                    continue
                (tally.added if fresh else tally.updated).append(issue.id)
                if not is_kept:
                    documents.append((issue.id, role, text.reading.document))
                    originals.append((text.source.data, text.reading.format))
                    if role is DocumentRole.TEXT and not fresh and not is_same:
                        arrived.add(issue.id)
                changed[issue.id] = issue
                known.put(issue)
            store.originals.put_many(originals)
            self._core.documents.put_many(documents)
            for issue in changed.values():
                tx.put(store.issues, issue)
        self._make_unread(arrived)
        if len(changed) > INDEXED_AT_ONCE:
            self._indexing.put_on_list(changed.values())
            alongside.more()
        elif changed:
            self._indexing.put(changed.values())
        if changed:
            self._core.emit(Changed(issues=frozenset(changed), library=True))
        if arrived:
            self._annotations.place_waiting(arrived)

    def _is_kept(self, issue: Issue, role: DocumentRole) -> bool:
        """Whether the store has a document as it was written."""
        try:
            self._core.documents.get(issue.id, role, issue.documents[role].revision)
        except DamagedError:
            return False
        except StoreError:
            # It may be whole, and is not to be written over.
            return True
        return True

    def _placed(self, text: _Text, known: identity.Known) -> tuple[Issue, bool]:
        """The record of the text's issue with the text in it, and whether it is a new one."""
        metadata, document = text.reading.metadata, text.reading.document
        keys = text.keys
        if metadata.role is not DocumentRole.TEXT:
            # The hash tells a text from others; that of a digest says nothing about the issue.
            keys = metadata.keys + tuple(key for key in keys if not key.startswith("hash:"))
        found = metadata.id if metadata.id in known.issues else known.keyed(keys)
        if not found and metadata.role is DocumentRole.TEXT:
            # Annotations may have come before their text and known nothing of it but its name.
            found = known.awaiting(metadata)
        existing = known.issues.get(found)
        reference = DocumentRef(
            revision=document.revision,
            original=sha256(text.source.data).hexdigest(),
            format=text.reading.format,
            name=text.source.name,
            accessed=timestamp()[:10],
        )
        base = existing or Issue(
            id=identity.new_id(metadata, document, known.issues),
            publication=metadata.publication or UNFILED,
            title="",
            added=timestamp(),
        )
        merged = identity.merge(base, metadata, reference, keys, document.text_of(0))
        return merged, existing is None

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


def _batches(
    found: Iterable[ingest.Source | InputError],
) -> Iterator[list[ingest.Source | InputError]]:
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch
