"""What the exporters take: notes with all that is said about them, and the pages they stand on.

A page says nothing of any format: `walk` goes over it, a profile sets its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chinai_tui.domain.annotation import AnchorState, Annotation, Placement, Voice, VoiceKind
from chinai_tui.domain.document import Document
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import Issue, Original, Publication


@dataclass(frozen=True, slots=True)
class Source:
    """An issue as pages cite it."""

    issue: Issue
    publication: Publication
    key: str = ""
    """The key it goes by in bibliographies."""
    original: Original | None = None
    """What it is known to translate."""


@dataclass(frozen=True, slots=True)
class ExportNote:
    """An annotation on a passage, on a whole issue or on an entity."""

    annotation: Annotation
    block: str = ""
    """The id of its block, which no other note of the library has."""
    placement: Placement | None = None
    """Where its passage is in the present text; none where it has no passage."""
    section: str = ""
    """The heading the passage stands under."""
    paragraph: int = 0
    """The number of its paragraph, from 1; 0 where it has no place."""
    accessed: str = ""
    """The day on which the text of the passage came in."""
    by: str = ""
    """Who made it, where that is somebody else."""
    beside: tuple[str, str] = ("", "")
    """What is before and after its passage, where the words of that stand elsewhere too."""
    source: Source | None = None
    """The issue it is on."""
    entity: Entity | None = None
    """The entity that the note itself is about."""
    mentions: tuple[Entity, ...] = ()
    """The entities in the passage, and those that the note links to."""
    links: Mapping[str, Entity | Source] = field(default_factory=dict)
    """What the links in the note lead to, by their targets; those that lead nowhere are not in."""

    @property
    def speaker(self) -> Voice | None:
        """Whose words the passage is; unconfirmed where nobody has said, none without a passage."""
        if self.annotation.anchor is None:
            return None
        return self.annotation.voice or Voice(VoiceKind.UNCONFIRMED)

    @property
    def is_orphan(self) -> bool:
        """Whether it has a passage that the present text does not have."""
        return self.placement is not None and self.placement.state is AnchorState.ORPHAN

    @property
    def order(self) -> tuple[bool, bool, str, int, int, str]:
        """Sorts the notes of an issue: on the whole of it, by place, and those without one."""
        anchor, placement = self.annotation.anchor, self.placement
        if anchor is None:
            return (False, False, "", 0, 0, self.annotation.created + self.annotation.id)
        start, end = anchor.start, anchor.end
        if placement is not None and not self.is_orphan:
            start, end = placement.start, placement.end
        return (True, self.is_orphan, anchor.role, start, end, self.annotation.id)


Value = str | int | date | Sequence[str] | Sequence[Entity] | None
"""A field at the head of a page; one that is empty is left out."""


@dataclass(frozen=True, slots=True)
class Section:
    """Notes below a heading, in their order."""

    notes: Sequence[ExportNote]
    title: str = ""
    """None for what stands right below the title of the page."""
    source: Source | None = None
    """The issue that all of them are on, told below the heading."""


WITH_COPIES = ("entity-notes", "tag-notes")
"""The types of pages of which several may have the same note."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file of notes."""

    type: str
    """What it is about, as its head names it: `reading-note`, `entity-note`, …"""
    id: str
    """That which it is about; with the type it tells the page from any other."""
    name: str
    """The name of its file, without the ending."""
    title: str
    sections: Sequence[Section]
    fields: Mapping[str, Value] = field(default_factory=dict)
    """What its head says besides title, type and id."""
    heading: str = ""
    """What stands at its top, where that is more than the title."""
    source: Source | None = None
    """The issue that it is about."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from any other page."""
        return self.type, self.id

    @property
    def notes(self) -> list[ExportNote]:
        """All its notes in their order."""
        return [note for section in self.sections for note in section.notes]


def key_of(target: Entity | Source) -> tuple[str, str]:
    """The key of the page that a link to an entity or issue leads to."""
    if isinstance(target, Entity):
        return "entity-note", target.id
    return "reading-note", target.issue.id


def place_of(document: Document, offset: int) -> tuple[str, int]:
    """The heading over a place in a document and the number of its paragraph, as the reader has it.

    Title and subtitle are not counted and have 0.
    """
    if not document.blocks:
        return "", 0
    at = document.block_at(offset)
    section = document.section_of(at)
    return ("" if section is None else document.text_of(section)), document.paragraph_of(at)
