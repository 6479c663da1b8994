"""What the facets take and answer, beside the records of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chinai_tui.domain.annotation import Annotation, Placement, Voice
    from chinai_tui.domain.document import Document, DocumentRole
    from chinai_tui.domain.entity import Entity, Mention
    from chinai_tui.domain.issue import DocumentRef, Issue, PastRevision, Publication
    from chinai_tui.domain.link import Link
    from chinai_tui.domain.query import Passage, Query
    from chinai_tui.domain.rows import EntitySummary, IssueRow
    from chinai_tui.errors import InputError
    from chinai_tui.ingest import Skipped
    from chinai_tui.store.records import Deleted
    from chinai_tui.text.difference import BlockChange


@dataclass(frozen=True, slots=True)
class Changed:
    """What a commit changed, this program's own or another's."""

    issues: frozenset[str] = frozenset()
    """Issues whose record, text, reading state or marks are not what they were."""
    annotations: bool = False
    library: bool = False
    """Whether the list of issues or the catalogue is not what it was."""


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation and where it is in the document at hand."""

    annotation: Annotation
    placement: Placement


@dataclass(frozen=True, slots=True)
class OpenedIssue:
    """All that the reader shows of an issue."""

    issue: Issue
    publication: Publication
    role: DocumentRole
    roles: tuple[DocumentRole, ...]
    """The documents there are, the main one first."""
    document: Document
    mentions: tuple[Mention, ...]
    annotations: tuple[PlacedAnnotation, ...]
    links: tuple[Link, ...]
    offset: int
    """Where one was in the text when one left it."""
    read: bool
    sections: Mapping[int, Voice]
    """Whose words stand below each heading, by the heading's block."""
    changed: str = ""
    """The day the text became another one than was read, YYYY-MM-DD; empty if it is the same."""

    @property
    def rest(self) -> str | None:
        """Where the whole of a text is that is but its beginning, if known; None of other texts."""
        return self.issue.url if self.issue.documents[self.role].truncated else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed between two revisions of a document."""

    issue: Issue
    role: DocumentRole
    past: PastRevision
    present: DocumentRef
    old: Document
    new: Document
    changes: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class FoundDeleted:
    """What of the bin fits a query."""

    query: Query
    deleted: tuple[Deleted, ...]


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """The annotations that fit a query."""

    query: Query
    annotations: tuple[Annotation, ...]
    undated: int = 0
    """Annotations left out because a date was asked for and their issues have none."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the library says about an entity."""

    summary: EntitySummary
    passages: tuple[Passage, ...]
    """Every passage that names it, by date of the issue."""
    notes: tuple[Annotation, ...]
    """Notes on the entity itself."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An issue in short."""

    row: IssueRow
    points: tuple[Passage, ...]
    """Its takeaways, or else how it begins."""
    translation: str
    """The address of the full translation; empty if it links none."""
    first_named: tuple[Entity, ...]
    """Whom no earlier issue of the library names, those named most first."""
    followed: tuple[tuple[str, Passage], ...]
    """Passages that name entities one follows, each with the id of the first of them."""
    is_readable: bool = True
    """Whether its text could be read; what was wrong with it stands among the problems."""


@dataclass(frozen=True, slots=True)
class NewsCount:
    """How many issues there are to catch up with."""

    unread: int
    """Those that came in since the moment one asks for."""
    older: int
    """Unread ones that were there before."""
    read: int


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about a text that does not say it."""

    title: str = ""
    url: str = ""
    date: str = ""
    publication: str = ""
    issue: str = ""
    """The id of the issue that the text goes with."""
    role: DocumentRole | None = None
    """What the text is to that issue."""
    insist: bool = False
    """Whether that is believed whatever language the text is in."""

    @property
    def is_single(self) -> bool:
        """Whether the options can only be meant for one text."""
        return bool(self.title or self.url or self.issue)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What there is in the library, and what is wrong with it, a line each."""

    issues: int
    texts: int
    notes: int
    wrong: tuple[str, ...]
    awaited: int = 0
    """Issues that came in with notes on them and wait for their text."""
    unbacked: int = 0
    """Texts, whole themselves, that have lost the file they were read from."""
    gone: tuple[str, ...] = ()
    """Texts that others have replaced and that are no longer there, a line each; no fault."""
    left_over: int = 0
    """Temporary files of imports that were killed, which cannot be taken away."""
    removed: tuple[str, ...] = ()
    """Such files that were there and are gone by now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come."""

    done: int
    total: int
    name: str = ""
    issues: int = 0
    """How many issues that made new or changed, in an import."""


@dataclass(frozen=True, slots=True)
class AnnotationReport:
    """What became of annotations that came in, by id."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    """Those that came in and whose words stand nowhere in the text."""
    flagged: tuple[str, ...] = ()
    """Those that came in and whose place is to be checked: their words may stand elsewhere too."""
    waiting: tuple[str, ...] = ()
    """Those that came in and whose text is not in the library."""
    stubs: tuple[str, ...] = ()
    """Issues that came in with them, without a text."""

    @property
    def annotations(self) -> int:
        """How many annotations were read."""
        return len(self.added) + len(self.changed) + len(self.unchanged)


@dataclass(frozen=True, slots=True)
class Beside:
    """A text that came in and is not the one that is read, since another one is better or later."""

    issue: str
    place: str
    better: str
    """The name of the file that the other one came from, if it has one."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, as issue ids, and what could not be read."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[InputError, ...] = ()
    notes: AnnotationReport = AnnotationReport()
    skipped: tuple[Skipped, ...] = ()
    """What was left alone on purpose."""
    joined: tuple[str, ...] = ()
    """Ids of records that turned out to be of other issues, to which they lead from now on."""
    publications: tuple[Publication, ...] = ()
    """Those that came in a list of subscriptions; to be followed."""
    beside: tuple[Beside, ...] = ()
    """Texts that are kept as sources of issues; these are among the unchanged."""

    @property
    def texts(self) -> int:
        """How many texts were read."""
        return len(self.added) + len(self.updated) + len(self.unchanged)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of two records that were joined, or would become of them."""

    kept: Issue
    """The record of both."""
    gone: Issue
    """The one that is part of it from now on, as it was."""
    notes: int
    """Annotations that were on it."""
    orphaned: tuple[str, ...] = ()
    """Ids of those on either whose words do not stand in the text that is the better one."""
    safety: Path | None = None
    """The backup of what was before; none where nothing was written."""


class ExportBy(StrEnum):
    """What has a file of its own in an export."""

    ISSUE = "issue"
    """Each issue, and each entity noted by itself."""
    ENTITY = "entity"
    """Each entity, with the passages that name it."""
    TAG = "tag"
    ONE = "one"
    """Everything that fits goes into one."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What is in a backup."""

    file: Path
    issues: int
    texts: int
    notes: int
    problems: tuple[str, ...] = ()
    """Texts that are lost, a line each."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a backup brought, as ids."""

    issues_added: tuple[str, ...] = ()
    issues_updated: tuple[str, ...] = ()
    notes_added: tuple[str, ...] = ()
    notes_updated: tuple[str, ...] = ()
    notes_deleted: tuple[str, ...] = ()
    """Notes that were deleted here since they were last changed, and stay in the bin."""
    copies: tuple[str, ...] = ()
    """Notes that differed and were kept beside those that have their place."""
    beside: tuple[Path, ...] = ()
    """Files of settings that were laid beside the user's own."""
    safety: Path | None = None
    """The backup of what was here before, where it was replaced."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """Whose notes to write, and how: of an issue, of an entity, or, with neither, all.

    The file of an issue, entity or tag always holds all of its notes, so that nothing that was
    written before is lost from it; one for everything holds those that are asked for.
    """

    issue: str = ""
    entity: str = ""
    chosen: frozenset[str] | None = None
    """The ids of the annotations that are meant; none for all."""
    name: str = ""
    """How they were chosen, which names the file for everything."""
    by: ExportBy = ExportBy.ISSUE
    tag: str = ""
    """The tag by which they were chosen, where that is all: its order made by hand is kept."""
    profile: str = "markdown"
    """One of the names of `PROFILES`."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of an export."""

    files: tuple[Path, ...]
    """The files of its pages."""
    notes: int
    """How many notes are on them."""
    written: tuple[Path, ...] = ()
    """The files that are not what they were, side files among them."""
    told: tuple[str, ...] = ()
    """What the user is to know, a line each."""
