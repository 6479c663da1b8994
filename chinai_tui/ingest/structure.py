"""The sense a newsletter's blocks make: its outlet and number, labels, takeaways, furniture."""

from __future__ import annotations

import re
from dataclasses import replace

from chinai_tui.domain.document import BlockKind, BlockRole, DocumentRole
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.links import host_of
from chinai_tui.ingest.outlets import OUTLETS, Outlet, is_furniture, outlet_of, outlet_of_title
from chinai_tui.ingest.repeats import mark_repeats

_NAMES = (
    r"(?:key takeaways?|(?:the )?(?:context|essentials)|(?:read )?(?:the )?full translations?"
    r"|(?:this week['’]s )?feature translations?|(?:this week['’]s )?chinai links|reflections?"
    r"|show notes|sponsors?|featuring|learning resources|jeff jots|around the horn)"
)
_LABEL = re.compile(
    rf"(?P<label>{_NAMES}(?:\s*\([^()]{{0,60}}\))?(?:\s*[:：]|$))\s*(?P<rest>.*)", re.IGNORECASE
)
_TAKEAWAYS = re.compile(r"(?:key )?takeaways?\b[^.]{0,40}$", re.IGNORECASE)
_SPONSORS = re.compile(r"sponsors?\s*[:：]?$", re.IGNORECASE)
_READING = re.compile(r"(?:must|should|could)-[a-z]+(?:/[a-z-]+)?\s*[:：]", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…。！？][”\"’')）]?$")
_LABEL_LIMIT = 160
"""Characters up to which a label and what follows it are one line, such as a linked title."""
_OPENING_BLOCKS = 12
"""How far from the start a greeting may stand in a text without headings."""


def recognise(metadata: Metadata, pieces: list[Piece]) -> tuple[Metadata, list[Piece]]:
    """What the text is an issue of, and its blocks with their roles.

    The title loses the outlet's name and the number. The pieces are changed in place; a label
    with a paragraph behind it becomes two blocks.
    """
    metadata, outlet = _identify(metadata, pieces)
    pieces = mark_repeats(_mark_labels(pieces))
    if metadata.role is DocumentRole.TEXT:
        _mark_furniture(pieces, outlet)
    _mark_sections(pieces)
    return metadata, pieces


def is_label(text: str) -> bool:
    """Whether it begins with a label and colon that newsletters use: `Context: …`."""
    match = _LABEL.match(text)
    return match is not None and match["label"].endswith((":", "："))


def is_reading(text: str) -> bool:
    """Whether it is a recommended link: `Must-read: …`."""
    return _READING.match(text) is not None


def _identify(metadata: Metadata, pieces: list[Piece]) -> tuple[Metadata, Outlet | None]:
    found: Outlet | None
    if numbered := outlet_of_title(metadata.title):
        found, match = numbered
        metadata = replace(
            metadata,
            title=match["title"].strip(),
            number=metadata.number if metadata.number is not None else int(match["number"]),
        )
    elif metadata.publication:
        found = next((one for one in OUTLETS if one.id == metadata.publication), None)
    else:
        found = outlet_of(host_of(metadata.url), "\n".join(piece.text for piece in pieces))
    if found is not None:
        metadata = replace(
            metadata,
            publication=metadata.publication or found.id,
            authors=metadata.authors or found.authors,
        )
    return metadata, found


def _mark_labels(pieces: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    for piece in pieces:
        result.append(piece)
        if piece.role is not BlockRole.BODY:
            continue
        if is_reading(piece.text):
            piece.role = BlockRole.READING
        elif piece.kind is BlockKind.PARAGRAPH and (match := _LABEL.match(piece.text)):
            piece.role = BlockRole.LABEL
            if len(piece.text) > _LABEL_LIMIT or _SENTENCE.search(match["rest"]):
                rest = piece.split(match.end("label"))
                rest.role = BlockRole.TAKEAWAY if _TAKEAWAYS.match(piece.text) else BlockRole.BODY
                result.append(rest)
    return result


def _mark_furniture(pieces: list[Piece], outlet: Outlet | None) -> None:
    for piece in pieces:
        if piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and is_furniture(piece.text):
            _furnish(piece)
    if outlet is None:
        return
    for piece in pieces[:_OPENING_BLOCKS]:
        if outlet.opening.match(piece.text):
            _furnish(piece)
        elif piece.is_heading:
            break
    for piece in pieces[_closing(pieces, outlet) :]:
        if piece.kind is not BlockKind.FOOTNOTE:
            _furnish(piece)


def _closing(pieces: list[Piece], outlet: Outlet) -> int:
    """The number of the block where the closing furniture begins, in the last third."""
    total = sum(len(piece.text) for piece in pieces)
    before = 0
    for number, piece in enumerate(pieces):
        late = 3 * before >= 2 * total or 3 * number >= 2 * len(pieces)
        if late and outlet.closing.match(piece.text):
            return number
        before += len(piece.text)
    return len(pieces)


def _furnish(piece: Piece) -> None:
    """Furniture is no part of the outline, whatever it looks like."""
    piece.role = BlockRole.BOILERPLATE
    if piece.kind is BlockKind.HEADING:
        piece.kind, piece.level = BlockKind.PARAGRAPH, 0


def _mark_sections(pieces: list[Piece]) -> None:
    """What stands under `Key Takeaways` and under `Sponsors`, up to the next heading."""
    takeaways = sponsors = False
    for piece in pieces:
        if piece.is_heading:
            takeaways = _TAKEAWAYS.match(piece.text) is not None
            sponsors = _SPONSORS.match(piece.text) is not None
        elif sponsors:
            piece.role = BlockRole.BOILERPLATE
        elif takeaways and piece.kind is BlockKind.ITEM and piece.role is BlockRole.BODY:
            piece.role = BlockRole.TAKEAWAY
