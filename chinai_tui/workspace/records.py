"""What the facets take and answer, beside the records of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chinai_tui.domain.annotation import Annotation, Placement, Voice
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import Entity, Mention
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.domain.link import Link
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import EntitySummary, IssueRow
from chinai_tui.errors import InputError


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


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about a text that does not say it."""

    title: str = ""
    url: str = ""
    date: str = ""
    publication: str = ""

    @property
    def is_single(self) -> bool:
        """Whether the options can only be meant for one text."""
        return bool(self.title or self.url)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What there is in the library, and what is wrong with it, a line each."""

    issues: int
    texts: int
    notes: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come."""

    done: int
    total: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, as issue ids, and what could not be read."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failures: tuple[InputError, ...] = ()

    @property
    def texts(self) -> int:
        """How many texts were read."""
        return len(self.added) + len(self.updated) + len(self.unchanged)


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """Whose notes to write: of an issue, of an entity, or, with neither, all."""

    issue: str = ""
    entity: str = ""
    single_file: bool = False
    """Whether all notes go into one file."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The files that were written, and how many notes are in them."""

    files: tuple[Path, ...]
    notes: int
