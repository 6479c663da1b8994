"""Decides what becomes of texts that have come in; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from chinai_tui import ingest
from chinai_tui.domain.document import Document, DocumentRole, han_share
from chinai_tui.domain.issue import UNFILED, DocumentRef, Issue, Metadata, Publication
from chinai_tui.errors import InputError
from chinai_tui.ingest.workers import Outcome
from chinai_tui.workspace import identity, issue_record
from chinai_tui.workspace.annotations_in import AnnotationFile
from chinai_tui.workspace.core import timestamp
from chinai_tui.workspace.originals import Unchanged
from chinai_tui.workspace.records import AnnotationReport, Beside, ImportOptions, ImportReport

if TYPE_CHECKING:
    from chinai_tui.store.documents import DocumentStore
    from chinai_tui.workspace.publications import Publications

_HAN_OF_ORIGINALS, _HAN_OF_TRANSLATIONS = 0.5, 0.1
"""Of the letters of a text, more than so many are Chinese in none that is a translation into
English, and fewer in none that is translated; between them are those in both languages."""

Found: TypeAlias = ingest.Source | InputError | ingest.Skipped
Taken: TypeAlias = tuple[Found, Outcome | Unchanged | AnnotationFile]


@dataclass(slots=True)
class Tally:
    """What has happened so far."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    skipped: list[ingest.Skipped] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    annotated: list[AnnotationFile] = field(default_factory=list)
    """Files of annotations, which come in when all texts have."""
    notes: AnnotationReport = field(default_factory=AnnotationReport)

    def report(self) -> ImportReport:
        """The same, as it is told."""
        return ImportReport(
            tuple(self.added),
            tuple(dict.fromkeys(self.updated)),
            tuple(self.unchanged),
            tuple(self.failures),
            self.notes,
            tuple(self.skipped),
            tuple(self.joined),
            tuple(dict.fromkeys(self.publications)),
            tuple(self.beside),
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text that has been read, and the bytes it was read from."""

    source: ingest.Source
    reading: ingest.Reading
    keys: tuple[str, ...]
    """Those by which its issue is known."""

    @property
    def kept(self) -> bytes:
        """The bytes of it that are kept."""
        return self.reading.kept or self.source.data


@dataclass(slots=True)
class Writes:
    """What a batch is going to write."""

    issues: dict[str, Issue] = field(default_factory=dict)
    documents: list[tuple[str, DocumentRole, Document]] = field(default_factory=list)
    originals: list[tuple[bytes, str]] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    """The SHA-256 of originals in whose places others are kept."""
    arrived: set[str] = field(default_factory=set)
    """Issues that were there before and have another text by now."""

    def has(self, issue: str, role: DocumentRole, document: Document) -> bool:
        """Whether a document is among them."""
        return any(
            each[:2] == (issue, role) and each[2].revision == document.revision
            for each in self.documents
        )


class Arrivals:
    """The texts of an import, on their way to the issues that they are of."""

    def __init__(
        self,
        documents: DocumentStore,
        publications: Publications,
        options: ImportOptions,
    ) -> None:
        """Take where texts are kept, by what they are filed, and what the user says of them."""
        self.tally = Tally()
        self._publications = publications
        self._documents = documents
        self._options = options

    def texts(self, batch: Sequence[Taken]) -> Iterator[Text]:
        """The texts of a batch; what else there is in it is put down."""
        for source, outcome in batch:
            match outcome:
                case InputError():
                    self.tally.failures.append(outcome)
                case ingest.Skipped():
                    self.tally.skipped.append(outcome)
                case ingest.Subscriptions():
                    self.tally.publications += outcome.publications
                    self.tally.skipped += outcome.skipped
                case Unchanged():
                    self.tally.unchanged.append(outcome.issue)
                    if outcome.better is not None:
                        self._is_beside(outcome.issue, source.place, outcome.better)
                case AnnotationFile():
                    self.tally.annotated.append(outcome)
                case ingest.Reading() if reason := self._other_role(outcome.document):
                    self.tally.failures.append(InputError(source.place, reason))
                case ingest.Reading() if isinstance(source, ingest.Source):
                    reading = replace(outcome, metadata=self._said(outcome.metadata))
                    yield Text(source, reading, tuple(self._keys(reading)))

    def _is_beside(self, issue: str, place: str, better: str) -> None:
        self.tally.beside.append(Beside(issue, place, better))

    def _other_role(self, document: Document) -> str:
        """Why a text is hardly what it is said to be to its issue; empty where it may be."""
        option = ""
        match self._options.role:
            case DocumentRole.TRANSLATION if han_share(document.text) > _HAN_OF_ORIGINALS:
                option = "is mostly Chinese; --original-of says that it is what is translated"
            case DocumentRole.ORIGINAL if han_share(document.text) < _HAN_OF_TRANSLATIONS:
                option = "is hardly Chinese; --translation-of says that it is the translation"
        return (
            f"{option}, --force takes it all the same"
            if option and not self._options.insist
            else ""
        )

    def _said(self, metadata: Metadata) -> Metadata:
        """What a text and the user say of it, under its publication."""
        said = identity.with_options(metadata, self._options)
        if self._options.title:
            # A number in the user's title goes before that of the text.
            filed = self._publications.filed(replace(said, number=None))
            if filed.number is not None:
                return filed
        return self._publications.filed(said)

    def _keys(self, reading: ingest.Reading) -> Iterator[str]:
        """The keys by which the issue of a text is known."""
        metadata, document = reading.metadata, reading.document
        also = self._publications.other_addresses(metadata.publication, metadata.url)
        metadata = replace(metadata, keys=(*metadata.keys, *(f"url:{each}" for each in also)))
        hashed = identity.told_hash(metadata.title, document, reading.hash)
        own_hash = f"hash:{hashed}"
        for key in ingest.keys(metadata, document, hashed):
            # That of a digest says nothing about the issue.
            says_nothing = key == own_hash and metadata.role is not DocumentRole.TEXT
            if not (says_nothing or self._is_elsewhere(key, metadata.publication)):
                yield key

    def _is_elsewhere(self, key: str, publication: str) -> bool:
        """Whether a key is the address of another publication's text, such as one remarked on."""
        kind, _, address = key.partition(":")
        if kind != "url" or not publication:
            return False
        return self._publications.of_url(address) not in ("", publication)

    def settle(
        self, texts: Sequence[Text], known: identity.Known, writes: Writes
    ) -> tuple[Sequence[Text], Sequence[str]]:
        """Decide whose issues texts are and what is to be written, up to one that joins records.

        Returns:
            The texts that are left, and the ids of the records that the first of them joins.
        """
        for number, text in enumerate(texts):
            ids = _owners(text, known)
            if len(ids) > 1:
                return texts[number:], ids
            found = next(iter(ids), "")
            if own := self._own_role(text, known.issues.get(found)):
                reason = f"is the {own.value} of the issue itself"
                self.tally.failures.append(InputError(text.source.place, reason))
                continue
            issue, before = self._placed(text, found, known)
            self._put_down(text, issue, before, writes)
            known.put(issue)
        return (), ()

    def _own_role(self, text: Text, issue: Issue | None) -> DocumentRole | None:
        """What a text is of the issue itself that the user says it only goes with; else None."""
        if issue is None or self._options.role in (None, *issue_record.DESCRIBING):
            return None
        for role in issue_record.DESCRIBING:
            own = issue.documents.get(role)
            if own and own.revision == text.reading.document.revision:
                return role
        return None

    def _put_down(self, text: Text, issue: Issue, before: Issue | None, writes: Writes) -> None:
        """Put down what is to be written of a text, and what has come of it."""
        role, document = text.reading.metadata.role, text.reading.document
        reference = issue.documents[role]
        present = before.documents.get(role) if before else None
        is_kept = reference == present and (
            # A text that was damaged is mended by the same one.
            reference.revision != document.revision
            or writes.has(issue.id, role, document)
            or self._documents.is_whole(issue.id, role, reference.revision)
        )
        if before is None:
            self.tally.added.append(issue.id)
        elif is_kept and _shown(issue) == _shown(before):
            self.tally.unchanged.append(issue.id)
            if reference.revision != document.revision:
                self._is_beside(issue.id, text.source.place, reference.name)
        else:
            self.tally.updated.append(issue.id)
        if not is_kept:
            writes.documents.append((issue.id, role, document))
        # They may have been lost; where they are there, they are not written again.
        writes.originals.append((text.kept, _extension(text.reading.format)))
        if before is not None:
            writes.replaced |= issue_record.originals(before) - issue_record.originals(issue)
        if not is_kept or issue != before:
            writes.issues[issue.id] = issue
        is_news = present is None or (
            present.original != reference.original and present.revision != reference.revision
        )
        if before is not None and role is DocumentRole.TEXT and is_news:
            writes.arrived.add(issue.id)

    def _placed(self, text: Text, found: str, known: identity.Known) -> tuple[Issue, Issue | None]:
        """The record of the text's issue with the text in it, and as it was before."""
        metadata, document = text.reading.metadata, text.reading.document
        existing = known.issues.get(found)
        original = sha256(text.kept).hexdigest()
        came = sha256(text.source.data).hexdigest()
        reference = DocumentRef(
            revision=document.revision,
            original=original,
            # By this it is known when it comes again.
            came=came if came != original else "",
            format=text.reading.format,
            name=text.source.name,
            accessed=timestamp()[:10],
            truncated=text.reading.truncated,
        )
        base = existing or Issue(
            id=identity.new_id(metadata, document, known),
            publication=metadata.publication or UNFILED,
            title="",
            added=timestamp(),
        )
        # What another text says of itself does not lead to the issue that it goes with.
        keys = text.keys if metadata.role in issue_record.DESCRIBING or not existing else ()
        named = document.text_of(0)
        merged = issue_record.merge(
            base,
            metadata,
            reference,
            keys,
            named,
            # Of the texts that the user has told to be the issue's, the last one counts.
            chosen=bool(self._options.issue),
            spoken_of=self._options.is_single,
        )
        return merged, existing


def _owners(text: Text, known: identity.Known) -> Sequence[str]:
    """The ids of the records that a text shows to be of one issue, if there are any."""
    metadata = text.reading.metadata
    found = known.named(metadata.id)
    if found:
        return [found]
    ids = known.one(metadata, text.keys)
    if not ids and metadata.role is DocumentRole.TEXT:
        # Annotations may have come before their text and known nothing of it but its name.
        found = known.awaiting(metadata)
        return [found] if found else []
    return ids


def _extension(format_: str) -> str:
    """The format as the extension of a file, for people who look into the folder."""
    return "".join(filter(str.isalnum, format_))[:8]


def _shown(issue: Issue) -> Issue:
    """An issue without what nobody sees of it."""
    return replace(issue, keys=(), sources=())
