"""Bytes from outside to a reading: decode, detect, read, recognise, assemble."""

from __future__ import annotations

from dataclasses import replace

from chinai_tui.domain.document import BlockKind, BlockRole, Document
from chinai_tui.domain.issue import Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest.builder import Piece, assemble, make_piece
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.detect import detect, not_a_text
from chinai_tui.ingest.reading import Draft, Reading, first_words
from chinai_tui.ingest.structure import recognise
from chinai_tui.text.sanitise import clean_line

_TITLE_LIMIT = 500
_AUTHORS = 20


def read(data: bytes, name: str) -> Reading:
    """The reading of a file's bytes; the format is told by the content.

    `name` is the name of the file, for its suffix and for messages. Raises `InputError`, and
    nothing else, where the bytes are no text or nothing can be read out of them.
    """
    name = clean_line(name)
    try:
        return _read(data, name)
    except InputError:
        raise
    except RecursionError as error:
        raise InputError(name, "is nested too deeply to be read") from error
    except MemoryError as error:
        raise InputError(name, "is too large for the memory at hand") from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        reason = clean_line(f"cannot be read ({type(error).__name__}: {error})", 200)
        raise InputError(name, reason) from error


def _read(data: bytes, name: str) -> Reading:
    text = decode(data, name)
    if reason := not_a_text(text):
        raise InputError(name, reason)
    form = detect(text, name)
    draft = form.read(text)
    if not any(piece.text for piece in draft.pieces):
        raise InputError(name, f"holds no text that can be read as {form.name}")
    metadata, pieces = recognise(_cleaned(draft), draft.pieces)
    return Reading(metadata, _document(metadata, pieces), form.name)


def _cleaned(draft: Draft) -> Metadata:
    """The metadata with each name in one clean line."""
    found = draft.metadata
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
