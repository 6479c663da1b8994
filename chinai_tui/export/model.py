"""What the exporters take: an annotation with all that is said about it in a file."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.annotation import AnchorState, Annotation, Placement, Voice, VoiceKind
from chinai_tui.domain.document import Document
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import Issue, Publication


@dataclass(frozen=True, slots=True)
class ExportNote:
    """An annotation on a passage, on a whole issue or on an entity."""

    annotation: Annotation
    placement: Placement | None = None
    """Where its passage is in the present text; none where it has no passage."""
    section: str = ""
    """The heading the passage stands under."""
    paragraph: int = 0
    """The number of its paragraph, from 1; 0 where it has no place."""
    issue: Issue | None = None
    publication: Publication | None = None
    """Given with the issue."""
    entity: Entity | None = None
    """The entity that the note itself is about."""
    voice: Voice | None = None
    """Whose words the passage is; without it, that of the annotation."""
    citation: str = ""
    """A citation to print instead of the one made from issue and voice, as plain text."""
    mentions: tuple[str, ...] = ()
    """The names of the entities in the passage."""

    @property
    def speaker(self) -> Voice | None:
        """Whose words the passage is; unconfirmed where nobody has said, none without a passage."""
        if self.annotation.anchor is None:
            return None
        return self.voice or self.annotation.voice or Voice(VoiceKind.UNCONFIRMED)

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


def place_of(document: Document, offset: int) -> tuple[str, int]:
    """The heading over a place in a document and the number of its paragraph, as the reader has it.

    Title and subtitle are not counted and have 0.
    """
    if not document.blocks:
        return "", 0
    at = document.block_at(offset)
    section = document.section_of(at)
    return ("" if section is None else document.text_of(section)), document.paragraph_of(at)
