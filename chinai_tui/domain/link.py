"""Where the words of a document lead: out of it, to another issue, or to another place in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chinai_tui.domain.document import Document


class LinkKind(StrEnum):
    """What a link leads to."""

    WEB = "web"
    """An address outside."""
    ISSUE = "issue"
    """Another issue of the library."""
    MISSING = "missing"
    """An issue that is named but is not in the library."""
    FOOTNOTE = "footnote"
    """From a reference to its footnote."""
    RETURN = "return"
    """From a footnote to the first reference to it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A run of characters that leads somewhere; a `RETURN` is the first word of its footnote."""

    start: int
    end: int
    """Half-open, in code points of the document's text."""
    kind: LinkKind
    target: str
    """The URL of a `WEB` link, the id of an `ISSUE`; empty otherwise."""
    shown: str
    """What is told before it is followed: an address, the name of an issue, `footnote 3`."""
    number: int = 0
    """From 1 in the order of the text, the same for the same target; 0 within the document."""
    place: int = 0
    """The offset that a `FOOTNOTE` or a `RETURN` leads to; in an `ISSUE`, 0 where one left it."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands below a text without being a part of it: words of ours, with links in them."""

    document: Document
    links: tuple[Link, ...]
    """With offsets in that document."""


NO_TAIL = Tail(Document("", ()), ())
