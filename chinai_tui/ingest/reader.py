"""Bytes from outside to a reading: decode, detect, read, recognise, assemble."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from chinai_tui.domain.document import BlockKind, BlockRole, Document
from chinai_tui.domain.issue import Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest.builder import Piece, assemble, make_piece
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.detect import (
    Format,
    detect,
    detect_bytes,
    named,
    not_a_text,
    not_by_name,
)
from chinai_tui.ingest.identity import text_hash
from chinai_tui.ingest.reading import (
    UNTOLD,
    NothingToRead,
    Reading,
    Several,
    Skipped,
    Source,
    Subscriptions,
    filled,
    first_words,
)
from chinai_tui.ingest.structure import recognise
from chinai_tui.text.sanitise import clean_line

TOO_LARGE = "is too large for the memory at hand; save it as plain text or split it"
_TITLE_LIMIT = 500
_TITLED = re.compile(r"<title\b|og:title|post-title", re.IGNORECASE)
"""How a page says its title."""
_AUTHORS = 20
_OF_ENTRIES = frozenset({"json-feed", "notes", "post"})
"""Formats in which a feed or a list has an entry each."""
ENTRY_WITHOUT_TEXT = "entry without text"
"""Why an entry is skipped."""


def read(data: bytes, name: str, told: Metadata = UNTOLD) -> Reading:
    """The reading of bytes that are one text; the format is told by the content.

    `name` is the name of the file, for its suffix and for messages; `told` is what is known of the
    text without reading it. Raises `InputError`, and nothing else, where the bytes are not one
    text or nothing can be read out of them.
    """
    taken = take(Source(name, name, data, told))
    if isinstance(taken, Reading):
        return taken
    if isinstance(taken, Skipped):
        raise InputError(taken.place, taken.reason)
    several = "several texts" if isinstance(taken, Several) else "a list of publications"
    raise InputError(clean_line(name), f"holds {several}, not one text")


def take(source: Source) -> Reading | Several | Subscriptions | Skipped:
    """What a source is: a text, several of them, or publications to follow.

    What was not named but come upon, and has no text, is skipped. Raises `InputError`, and
    nothing else, where it is none of these.
    """
    place = clean_line(source.place, 1000)
    try:
        return _take(source, place)
    except NothingToRead as error:
        if source.within:
            return Skipped(error.place or _entry(source), error.reason)
        raise InputError(place, error.reason) from error
    except InputError as error:
        raise error if error.place == place else InputError(place, error.reason) from error
    except RecursionError as error:
        raise InputError(place, "is nested too deeply to be read") from error
    except MemoryError as error:
        raise InputError(place, TOO_LARGE) from error
    # A parser that meets what its author did not think of may raise anything.
    except Exception as error:
        reason = clean_line(f"cannot be read ({type(error).__name__}: {error})", 200)
        raise InputError(place, reason) from error


def _take(source: Source, place: str) -> Reading | Several | Subscriptions | Skipped:
    form, content = _opened(source, place)
    if form.name == "html" and isinstance(content, str):
        content = _with_title(content, source.told.title)
    taken = form.read(content)
    if isinstance(taken, Subscriptions):
        return taken
    if isinstance(taken, Several):
        return Several(tuple(_of_one(each, source) for each in taken.sources))
    if not any(piece.text for piece in taken.pieces):
        if form.name in _OF_ENTRIES:
            raise NothingToRead(_entry(source, taken.metadata.title), ENTRY_WITHOUT_TEXT)
        raise InputError(place, f"holds no text that can be read as {form.name}")
    metadata, pieces = recognise(_cleaned(taken.metadata, source.told), taken.pieces)
    document = _document(metadata, pieces)
    return Reading(
        metadata,
        document,
        taken.format or form.name,
        taken.truncated,
        text_hash(document),
        form.kept(source.data),
    )


def _with_title(page: str, told: str) -> str:
    """A page that says its title, if that is told and it does not.

    The body of a post alone would else be named for the first heading in it.
    """
    if not told or _TITLED.search(page):
        return page
    return f'<meta property="og:title" content="{escape(told)}">{page}'


def format_of(source: Source) -> Format:
    """The format in which a source would be read; raises `InputError` where there is none."""
    return _opened(source, source.place)[0]


def _opened(source: Source, place: str) -> tuple[Format, bytes | str]:
    """The format of a source, and its content as that format takes it."""
    form = named(source.format) if source.format else detect_bytes(source.data, source.name)
    if source.format and form is None:
        raise InputError(place, f"cannot be read as {clean_line(source.format, 40)}")
    if form is not None and form.takes_bytes:
        return form, source.data
    text = decode(source.data, place)
    if form is not None:
        return form, text
    if source.within and (reason := not_by_name(text, source.name)):
        raise NothingToRead(place, reason)
    if reason := not_a_text(text):
        raise InputError(place, reason)
    return detect(text, source.name), text


def _entry(source: Source, title: str = "") -> str:
    """Where an entry is: the feed or list that has it, and its title or else its address."""
    known = (source.within, title or source.place)
    return clean_line(", ".join(each for each in known if each), 1000)


def _of_one(source: Source, whole: Source) -> Source:
    """One of several texts; what is told of all of them is whose they are."""
    known = source.told
    publication = known.publication or whole.told.publication
    return replace(source, told=replace(known, publication=publication), within=whole.place)


def _cleaned(found: Metadata, told: Metadata) -> Metadata:
    """The metadata with its gaps filled and each name in one clean line."""
    found = filled(found, told)
    title = make_piece(BlockKind.HEADING, [clean_line(found.title, _TITLE_LIMIT)])
    subtitle = make_piece(BlockKind.PARAGRAPH, [clean_line(found.subtitle, _TITLE_LIMIT)])
    authors = (clean_line(author, 100) for author in found.authors[:_AUTHORS])
    return replace(
        found,
        title=title.text if title else "",
        subtitle=subtitle.text if subtitle else "",
        authors=tuple(dict.fromkeys(author for author in authors if author)),
    )


def _document(metadata: Metadata, pieces: list[Piece]) -> Document:
    """Title, subtitle and the blocks; without a title, the first words of what counts."""
    title = metadata.title
    if not title:
        texts = [piece for piece in pieces if piece.text]
        body = [piece for piece in texts if piece.role is not BlockRole.BOILERPLATE]
        title = first_words((body or texts)[0].text)
    head = [Piece(BlockKind.HEADING, title, BlockRole.TITLE)]
    if metadata.subtitle:
        head.append(Piece(BlockKind.PARAGRAPH, metadata.subtitle, BlockRole.SUBTITLE))
    return assemble(head + _without_idle_rules(pieces))


def _without_idle_rules(pieces: list[Piece]) -> list[Piece]:
    """The pieces without rules that part nothing: at the edges, one after another."""
    result: list[Piece] = []
    for piece in pieces:
        if piece.kind is not BlockKind.RULE or (result and result[-1].kind is not BlockKind.RULE):
            result.append(piece)
    if result and result[-1].kind is BlockKind.RULE:
        result.pop()
    return result
