"""The sense a newsletter's blocks make: its outlet and number, labels, takeaways, furniture."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from chinai_tui.domain.document import BlockKind, BlockRole, DocumentRole, SpanKind
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.links import host_of
from chinai_tui.ingest.notes import mark_notes
from chinai_tui.ingest.outlets import (
    OUTLETS,
    Outlet,
    is_furniture,
    may_stand_on,
    outlet_of,
    outlet_of_title,
)
from chinai_tui.ingest.previews import mark_previews
from chinai_tui.ingest.repeats import mark_repeats
from chinai_tui.ingest.show_notes import mark_named_links

_TITLED = (
    r"(?:(?:read )?(?:the )?full translations?|(?:this week['’]s )?feature translations?"
    r"|(?:this week['’]s )?chinai links|four to forward|reflections?|jeff jots|around the horn)"
)
"""Labels behind which a title may stand in the same line."""
_LEADING = (
    r"(?:key takeaways?|(?:the )?(?:context|essentials)|show notes|sponsors?|featuring"
    r"|learning resources)"
)
"""Labels behind which only the text that they are for may stand."""
_LABEL = re.compile(
    rf"(?P<label>(?P<words>(?:(?P<titled>{_TITLED})|{_LEADING})(?:\s*\([^()]{{0,60}}\))?)"
    r"(?:\s*[:：]|$))",
    re.IGNORECASE,
)
_BOLD_LINE = re.compile(r"(?P<label>[^\W_].{0,58}[:：])")
"""A line that works as a heading if all of it is bold."""
_TAKEAWAYS = re.compile(r"(?:key )?takeaways?\b[^.]{0,40}$", re.IGNORECASE)
_SPONSORS = re.compile(r"sponsors?\s*[:：]?$", re.IGNORECASE)
_READING = re.compile(
    r"(?P<words>(?:must|should|could)-[a-z]+(?:/[a-z-]+)?)\s*[:：]", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.。][”\"’')）]?$")
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING})
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
    mark_notes(pieces)
    pieces = _mark_labels(pieces)
    mark_previews(metadata.title, pieces)
    pieces = mark_repeats(pieces)
    if metadata.role is DocumentRole.TEXT:
        _mark_furniture(pieces, outlet)
    mark_named_links(pieces)
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
    host = host_of(metadata.url)
    numbered = outlet_of_title(metadata.title)
    # What others write about an issue is often named after it.
    if numbered and may_stand_on(numbered[0], host):
        found, match = numbered
        metadata = replace(
            metadata,
            title=match["title"].strip(),
            number=metadata.number if metadata.number is not None else int(match["number"]),
        )
    elif metadata.publication:
        found = next((one for one in OUTLETS if one.id == metadata.publication), None)
    else:
        found = outlet_of(host, "\n".join(piece.text for piece in pieces))
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
        if piece.role is not BlockRole.BODY or piece.kind not in _LINES:
            continue
        if match := _READING.match(piece.text):
            piece.role = BlockRole.READING
            piece.embolden(match.end("words"))
        elif piece.kind is BlockKind.PARAGRAPH and (match := _label(piece)):
            piece.role = BlockRole.LABEL
            below = _split_label(piece, match)
            if below is not None:
                below.role = BlockRole.TAKEAWAY if _TAKEAWAYS.match(piece.text) else BlockRole.BODY
                result.append(below)
    return result


def _label(piece: Piece) -> re.Match[str] | None:
    """The label that a paragraph begins with: up to a colon, or as far as it is bold."""
    if match := _LABEL.match(piece.text):
        return match
    bold = piece.bold_start()
    if bold == len(piece.text):
        return _BOLD_LINE.fullmatch(piece.text)
    match = _LABEL.fullmatch(piece.text, 0, bold) if bold else None
    if match is None or match["titled"] or piece.text[bold:].lstrip()[:1].islower():
        return None
    return match


def _split_label(piece: Piece, match: re.Match[str]) -> Piece | None:
    """What stands behind a label, as a block of its own; None if it is in the label's line.

    The label's line works as a heading: only the label is bold in it, and only before a title.
    """
    rest = piece.text[match.end("label") :].lstrip()
    is_title = bool(
        rest and match["titled"] and len(piece.text) <= _LABEL_LIMIT and not _SENTENCE.search(rest)
    )
    below = piece.split(match.end("label")) if rest and not is_title else None
    piece.ranges = [each for each in piece.ranges if each[0] is not SpanKind.STRONG]
    if is_title:
        piece.embolden(match.end("words"))
    return below


def _mark_furniture(pieces: list[Piece], outlet: Outlet | None) -> None:
    for piece in pieces:
        if piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and is_furniture(piece.text):
            _furnish(piece)
    if outlet is None:
        return
    goes_on = False
    for piece in pieces[:_OPENING_BLOCKS]:
        goes_on = goes_on and piece.kind is BlockKind.PARAGRAPH and piece.text[:1].islower()
        if goes_on or outlet.opening.match(piece.text):
            _furnish(piece)
            goes_on = piece.text.endswith(("…", "..."))
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
    number = 0
    while number < len(pieces):
        heading = pieces[number]
        number += 1
        if not heading.is_heading:
            continue
        start = number
        while number < len(pieces) and not pieces[number].is_heading:
            number += 1
        if _TAKEAWAYS.match(heading.text):
            _mark_takeaways(pieces[start:number])
        elif _SPONSORS.match(heading.text):
            for piece in pieces[start:number]:
                piece.role = BlockRole.BOILERPLATE


def _mark_takeaways(section: list[Piece]) -> None:
    """The items of the section are takeaways; where it has none, its paragraphs are."""
    section = list(takewhile(_goes_on, section))
    items = [piece for piece in section if piece.kind is BlockKind.ITEM]
    for piece in items or section:
        if piece.kind in _LINES and piece.role is BlockRole.BODY:
            piece.role = BlockRole.TAKEAWAY


def _goes_on(piece: Piece) -> bool:
    """Whether takeaways may go on with a block, even where the next heading is lost."""
    ends = (BlockRole.READING, BlockRole.BOILERPLATE)
    return piece.kind is not BlockKind.RULE and piece.role not in ends
