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
from chinai_tui.ingest.links import unseal, unsealed
from chinai_tui.ingest.originals import relinked, scrubbed
from chinai_tui.ingest.reading import (
    SIZE_LIMIT,
    UNTOLD,
    Draft,
    NothingToRead,
    Reading,
    Several,
    Skipped,
    Source,
    Subscriptions,
    filled,
    first_words,
    too_large,
)
from chinai_tui.ingest.saved_page import without_pictures
from chinai_tui.ingest.structure import recognise
from chinai_tui.text.sanitise import clean_line

TOO_LARGE = "is too large for the memory at hand; save it as plain text or split it"
_TITLE_LIMIT = 500
_TITLED = re.compile(r"<title\b|og:title|post-title", re.IGNORECASE)
"""How a page says its title."""
_AUTHORS = 20
_LONGEST = 1_000_000
"""Characters of a text up to which it is read once more, to see that less of it may be kept."""
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
    if len(source.data) > SIZE_LIMIT and detect_bytes(source.data, source.name) is None:
        return _page(source, source.data, place)
    form, content = _opened(source, place)
    taken = _read(form, content, source.told)
    if isinstance(taken, Source):
        told = filled(source.told, taken.told)
        page = replace(source, told=told, format=taken.format)
        return _page(page, taken.data, place)
    if isinstance(taken, Subscriptions):
        skipped = (replace(each, place=f"{place}, {each.place}") for each in taken.skipped)
        return replace(taken, skipped=tuple(skipped))
    if isinstance(taken, Several):
        return Several(tuple(_of_one(each, source) for each in taken.sources))
    reading = _reading(form, taken, source, place)
    return replace(reading, kept=taken.kept or _kept(form, reading, source))


def _page(source: Source, data: bytes, place: str) -> Reading | Several | Subscriptions | Skipped:
    """What a page is of which `data` is left without its pictures; no more than that is kept."""
    if len(data) > SIZE_LIMIT:
        data = without_pictures(data)
    if len(data) > SIZE_LIMIT:
        raise InputError(place, too_large(len(data)))
    taken = _take(replace(source, data=data), place)
    return replace(taken, kept=taken.kept or data) if isinstance(taken, Reading) else taken


def _read(
    form: Format, content: bytes | str, told: Metadata
) -> Draft | Several | Subscriptions | Source:
    if form.name == "html" and isinstance(content, str):
        content = _with_title(content, told.title)
    return form.read(content)


def _reading(form: Format, draft: Draft, source: Source, place: str) -> Reading:
    """What a draft comes to, with what is told of the text."""
    if not any(piece.text for piece in draft.pieces):
        if form.name in _OF_ENTRIES:
            raise NothingToRead(_entry(source, draft.metadata.title), ENTRY_WITHOUT_TEXT)
        raise InputError(place, f"holds no text that can be read as {form.name}")
    for piece in draft.pieces:
        unseal(piece)
    metadata, pieces = recognise(_cleaned(draft.metadata, source.told), draft.pieces)
    document = _document(metadata, pieces)
    hashed = text_hash(document)
    return Reading(metadata, document, draft.format or form.name, draft.truncated, hashed)


def _kept(form: Format, reading: Reading, source: Source) -> bytes:
    """The bytes of a text without what tells of a subscriber; empty where those that came may stay.

    So may those that would read otherwise without it, be taken for another format, or take long
    to be read twice; of a page that would, the links alone are changed if that may be.
    """
    if len(reading.document.text) > _LONGEST:
        return b""
    try:
        for clean in (scrubbed, relinked):
            data = clean(source.data, form.name)
            if data == source.data:
                return b""
            if _reads_as(reading, form, replace(source, data=data), source):
                return data
        return b""
    # The text has been read; that something is wrong with this copy of it is no fault of it.
    except Exception:
        return b""


def _reads_as(reading: Reading, form: Format, bare: Source, source: Source) -> bool:
    """Whether a text of which something is left out is still read as the one that came."""
    again = _read(*_opened(bare, bare.place), bare.told)
    if not isinstance(again, Draft) or _reading(form, again, bare, bare.place) != reading:
        return False
    return detect_bytes(bare.data, bare.name) == detect_bytes(source.data, source.name)


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
    title = make_piece(BlockKind.HEADING, [_line(found.title)])
    subtitle = make_piece(BlockKind.PARAGRAPH, [_line(found.subtitle)])
    authors = (clean_line(author, 100) for author in found.authors[:_AUTHORS])
    return replace(
        found,
        title=title.text if title else "",
        subtitle=subtitle.text if subtitle else "",
        authors=tuple(dict.fromkeys(author for author in authors if author)),
    )


def _line(words: str) -> str:
    return unsealed(clean_line(words, _TITLE_LIMIT))


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
