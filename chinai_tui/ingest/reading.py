"""What a reader makes of the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from chinai_tui.domain.document import BlockKind, Document, DocumentRole
from chinai_tui.domain.issue import Metadata, Publication
from chinai_tui.errors import InputError
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.outlets import outlet_of_title
from chinai_tui.text.fold import fold

_FIRST_WORDS = 64
"""Characters of the title that is made of a text's first words."""
_TITLE_BLOCKS = 3
"""Blocks at the start among which a heading may repeat the title."""
_PAGES = (".html", ".htm", ".xhtml")
_PARTS = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".css", ".js", ".woff",
    ".woff2", ".ttf",
)  # fmt: skip
UNTOLD = Metadata()
"""What is known of a text of which nothing is."""
SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes of the largest text that is read."""
PAGE_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest page with its pictures in it; what is left without them is a text."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that may be a text, from a file, a mailbox, an archive, a feed or the network."""

    place: str
    """Where they are, for messages: a path, an address, `mails.mbox, message 12`."""
    name: str
    """The name of the file without its folders; its suffix is a hint of the format."""
    data: bytes
    told: Metadata = UNTOLD
    """What is known of the text from where it stands; it fills in what the text leaves out."""
    format: str = ""
    """The format, where it is known; otherwise the content tells."""
    within: str = ""
    """The place of what it was come upon in, a folder or a feed; empty where it was named."""
    among_mail: bool = False
    """Whether it was found among mail, most of which may be no newsletters."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What is left alone on purpose, such as a draft or a mail that is no newsletter."""

    place: str
    reason: str
    """Why, in a few words that are the same for all of its kind, so that they can be counted."""


class NothingToRead(InputError):
    """That there is no text, which is a fault only where one was asked for by name."""


@dataclass(frozen=True, slots=True)
class Several:
    """Bytes that hold several texts, such as a feed; each is read as a source of its own."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """Bytes that list publications to follow."""

    publications: tuple[Publication, ...]
    skipped: tuple[Skipped, ...] = ()
    """Those that cannot be followed; their places are their titles."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read: what it says about itself, and its document.

    `metadata.title` is empty where the text has no title; the document's title block then holds
    the first words.
    """

    metadata: Metadata
    document: Document
    format: str
    """The name of the format it was read as: `plain`, `markdown`, `html`, `mail`, `feed`, …"""
    truncated: bool = False
    """Whether the text is known to be but its beginning."""
    hash: str = ""
    """Of its letters and digits; see `identity.text_hash`."""
    kept: bytes = b""
    """The bytes to keep in place of those that were read, as of a mail that names its recipient.

    Empty where those are to be kept themselves.
    """


@dataclass(slots=True)
class Draft:
    """What one format's reader found: the blocks without title and subtitle."""

    metadata: Metadata = field(default_factory=Metadata)
    pieces: list[Piece] = field(default_factory=list)
    truncated: bool = False
    """Whether the source says that there is more, as before a paywall."""
    format: str = ""
    """What it was read as, where that is another thing than the form of its bytes."""
    kept: bytes = b""
    """What is to be kept of the bytes, where the reader has that at hand."""


def too_large(size: int, limit: int = SIZE_LIMIT) -> str:
    """Why a text of so many bytes is not read."""
    return (
        f"is too large ({size / 1024 / 1024:.0f} MB, at most {limit // 1024 // 1024} MB); "
        "split it into one file an issue"
    )


def pages_of(folder: str) -> tuple[str, ...]:
    """What the page may be called whose pictures and scripts a browser saves in a folder."""
    page = folder.removesuffix("_files")
    return () if page in (folder, "") else (f"{page}.html", f"{page}.htm")


def has_page(names: Iterable[str]) -> bool:
    """Whether one of these files is a page, by its name."""
    return any(name.lower().endswith(_PAGES) for name in names)


def is_part(name: str) -> bool:
    """Whether a file is what a page shows or is set by, and no text itself."""
    return name.lower().endswith(_PARTS)


def filled(found: Metadata, told: Metadata) -> Metadata:
    """What a text says of itself, with what it leaves out as it is told from outside."""
    if told == UNTOLD:
        return found
    values = {
        each.name: getattr(found, each.name) or getattr(told, each.name)
        for each in fields(Metadata)
    }
    if not found.date:
        values["date_source"] = told.date_source
    if found.number is not None:
        values["number"] = found.number
    if found.role is DocumentRole.TEXT:
        values["role"] = told.role
    values["keys"] = tuple(dict.fromkeys((*found.keys, *told.keys)))
    return Metadata(**values)


def without_title(draft: Draft) -> Draft:
    """The draft without a heading at its start that gives the title, which it may set.

    Where the metadata names no title, a great heading that opens the text is it. A subtitle that
    the metadata names is dropped with the title above it.
    """
    for number, piece in enumerate(draft.pieces[:_TITLE_BLOCKS]):
        numbered = number == 0 and outlet_of_title(piece.text) is not None
        if piece.kind is not BlockKind.HEADING and not numbered:
            continue
        leads = numbered or (number == 0 and piece.level <= 2)
        if not draft.metadata.title and leads and len(draft.pieces) > 1:
            draft.metadata = replace(draft.metadata, title=piece.text)
        if _same(piece.text, draft.metadata.title):
            del draft.pieces[number]
            below = draft.pieces[number : number + 1]
            if below and _same(below[0].text, draft.metadata.subtitle):
                del draft.pieces[number]
        break
    return draft


def _same(heading: str, title: str) -> bool:
    """Whether a heading is the title, with or without the outlet's name and the number."""
    heading, title = fold(heading).strip(), fold(title).strip()
    return bool(title) and (heading == title or heading.endswith(": " + title))


def title_from(document: Document) -> str:
    """The name of a document by its own words: its title block."""
    return document.text_of(0) if document.blocks else ""


def first_words(text: str, limit: int = _FIRST_WORDS) -> str:
    """The first words of a text, with an ellipsis where it goes on."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit + 1]
    words = cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut[:limit]
    return (words.rstrip(" ,;:-–—，；：、") or words) + "…"
