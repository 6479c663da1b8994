"""Bookmarks, highlights and notes, and the anchors that tie them to a passage.

Selectors follow the W3C Web Annotation Data Model: a text quote with its surroundings, and a
text position.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chinai_tui.domain.document import DocumentRole


class AnnotationKind(StrEnum):
    """What an annotation is."""

    BOOKMARK = "bookmark"
    HIGHLIGHT = "highlight"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of a document, so described that it can be found again after an edit."""

    role: DocumentRole
    revision: str
    start: int
    end: int
    block: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    """Up to 32 characters before and after the passage."""


class Color(StrEnum):
    """The colours of a highlight, as files and queries name them."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    RED = "red"
    PURPLE = "purple"


class VoiceKind(StrEnum):
    """Whose words a passage is."""

    COMMENTARY = "commentary"
    TRANSLATION = "translation"
    GUEST = "guest"
    QUOTED = "quoted source"
    REPOST = "repost"
    DIGEST = "digest"
    UNCONFIRMED = "speaker unconfirmed"


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a passage is, with speaker and outlet where known."""

    kind: VoiceKind
    speaker: str = ""
    outlet: str = ""
    confirmed: bool = False
    """Whether somebody has said so; otherwise it is what the rules propose."""


PRIVATE = "private"
"""The tag of what is never handed on."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark made by a reader; its target is a passage, an issue or an entity."""

    id: str
    kind: AnnotationKind
    issue: str = ""
    entity: str = ""
    anchor: Anchor | None = None
    text: str = ""
    """The words of the note."""
    name: str = ""
    """The letter of a named bookmark."""
    color: str = ""
    """That of a highlight, see `Color`; empty where none was chosen."""
    tags: tuple[str, ...] = ()
    voice: Voice | None = None
    creator: str = ""
    created: str = ""
    updated: str = ""
    """ISO 8601 in UTC."""


class AnchorState(StrEnum):
    """What became of an anchor in a later revision of its document."""

    EXACT = "exact"
    MOVED = "moved"
    UNSURE = "unsure"
    """Moved, but to be checked."""
    ORPHAN = "orphan"
    """Not found: kept, shown and exported, without a place."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an anchor is in a document at hand."""

    state: AnchorState
    start: int
    end: int
    score: float
    """1.0 for the very words in their surroundings, 0.0 for nothing like them."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A tag whose annotations have an order made by hand; the others of the tag come after."""

    tag: str
    order: tuple[str, ...] = ()
    """Ids of annotations; those that are gone are passed over."""


@dataclass(frozen=True, slots=True)
class ReadingState:
    """How far an issue has been read."""

    issue: str
    read: bool = False
    anchor: Anchor | None = None
    """The first line on screen when the reader was last here."""
    seen: str = ""
    """When it was last open, ISO 8601 in UTC."""
