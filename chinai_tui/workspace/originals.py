"""What the library knows of bytes that it was given before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from chinai_tui import ingest
from chinai_tui.domain.document import BlockRole, DocumentRole
from chinai_tui.domain.issue import UNFILED, DocumentRef, Issue, Metadata, SourceRef
from chinai_tui.errors import DamagedError, InputError, StoreError
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.issue_record import DESCRIBING, as_told, without_others

_Text: TypeAlias = tuple[str, DocumentRole, str]
"""An issue, one of its documents, and the revision of that."""

_NAMING = (BlockRole.TITLE, BlockRole.SUBTITLE)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Bytes whose text is in the library as it was read from them, or another one."""

    issue: str
    better: str | None = None
    """The name of the file that the other one came from, empty if it may be one of several; none
    where it is the same."""


class Originals:
    """The bytes that came in before, by their SHA-256, as of one moment."""

    def __init__(self, core: Core) -> None:
        """Look through the records; the texts are looked at when they are asked for."""
        self._core = core
        self._texts: dict[str, tuple[_Text, str | None]] = {}
        # The original of a text comes back with the same bytes, if it was lost.
        stored = core.store.originals.checksums()
        for issue in core.store.issues.all().values():
            if not issue.documents:
                continue
            # A source does not say of which document it is.
            is_plain = all(role in DESCRIBING for role in issue.documents)
            better = issue.documents[issue.main_role].name if is_plain else ""
            for source in issue.sources:
                self._note(source, _text(issue, issue.main_role), better)
            for role, reference in issue.documents.items():
                if reference.original in stored:
                    self._note(reference, _text(issue, role))

    def _note(
        self, reference: DocumentRef | SourceRef, text: _Text, better: str | None = None
    ) -> None:
        for each in filter(None, (reference.original, reference.came)):
            self._texts[each] = text, better

    def unchanged(self, source: ingest.Source) -> Unchanged | None:
        """Whose text these bytes are, if they are known and it is whole; else None.

        The file of the text is read for its checksum, but not decoded.
        """
        found = self._texts.get(sha256(source.data).hexdigest())
        if found is None:
            return None
        text, better = found
        return Unchanged(text[0], better) if self._core.documents.is_whole(*text) else None


def again(core: Core) -> Iterator[ingest.Source | InputError]:
    """The bytes of all documents, to be read with today's readers; those missing are named."""
    for issue in sorted(core.store.issues.all().values(), key=lambda each: each.id):
        for role, reference in issue.documents.items():
            place = f"{issue.id}, {role.value}"
            try:
                data = core.store.originals.get(reference.original) if reference.original else b""
            except DamagedError:
                data = b""
            if data:
                yield ingest.Source(place, reference.name, data, _told(core, issue, role))
            else:
                yield InputError(place, "has lost its original; import the file again")


def _told(core: Core, issue: Issue, role: DocumentRole) -> Metadata:
    """What the record of an issue says of a text of it.

    Of the names only those under which the text stands: others are from other texts, as is what
    is told to be. The user's corrections are no text's.
    """
    issue = without_others(as_told(issue))
    names = _names(core, issue, role)
    return Metadata(
        title=issue.title if issue.title in names else "",
        subtitle=issue.subtitle if issue.subtitle in names else "",
        publication="" if issue.publication == UNFILED else issue.publication,
        number=issue.number,
        authors=issue.authors,
        date=issue.date,
        date_source=issue.date_source,
        url=issue.url,
        role=role,
        id=issue.id,
        audio=issue.audio,
    )


def _names(core: Core, issue: Issue, role: DocumentRole) -> set[str]:
    """The title and subtitle that a text bears; those of its issue, where it cannot be read."""
    try:
        document = core.documents.get(issue.id, role, issue.documents[role].revision)
    except StoreError:
        return {issue.title, issue.subtitle}
    head = enumerate(document.blocks[:2])
    return {document.text_of(number) for number, block in head if block.role in _NAMING}


def _text(issue: Issue, role: DocumentRole) -> _Text:
    return issue.id, role, issue.documents[role].revision
