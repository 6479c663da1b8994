"""The notes that podcasts give with an episode: what is read aloud in it, and lists of links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.domain.issue import DateSource
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_date
from chinai_tui.ingest.links import canonical, clean_url
from chinai_tui.ingest.reading import Draft

FORMAT = "notes"
"""What notes on an issue are read as, since they are none of its texts."""

_NARRATED = re.compile(r"\s*[“\"](?P<title>.+)[”\"] by (?P<author>[^“”\"]{2,100}?)\s*", re.DOTALL)
_PUBLISHED = re.compile(r"first published\s*[:：]\s*(?P<date>.{6,40})", re.IGNORECASE)
_SOURCE = re.compile(r"source\s*[:：]", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:(?:show|episode) ?notes|(?:featured |episode |useful )?links)"
    r"(?: (?:and|&|\+) (?:(?:show|episode) ?notes|links|resources))?\s*[:：]?",
    re.IGNORECASE,
)
_SENTENCE = 200
_LISTS = 2
"""How many lists tell that there are lists."""
_NAME = 60
"""Characters of the longest line that names what the links under it are about."""
_ENDS = re.compile(r"[.,;:!?…。，；：！？][”\"’')）]?$")
_CARDS = frozenset({BlockKind.EMBED, BlockKind.IMAGE})


def of_issue(draft: Draft) -> Draft:
    """The notes on a recording of an issue as what they say of the issue; any others as they are.

    A recording is titled `“ChinAI #9: Title” by Its Author`, and its notes tell when the issue was
    `First published: …` and where, behind `Source:`. Its title, author, date and address become
    those of the issue.
    """
    match = _NARRATED.fullmatch(draft.metadata.title)
    url = _source_in(draft.pieces) if match else ""
    if not match or not url:
        return draft
    date = _published_in(draft.pieces) or draft.metadata.date
    metadata = replace(
        draft.metadata,
        title=match["title"],
        subtitle="",
        authors=(match["author"],),
        date=date,
        date_source=DateSource.FEED if date else DateSource.NONE,
        url=url,
        post_id="",
        keys=(),
    )
    return Draft(metadata, draft.pieces, truncated=True, format=FORMAT)


def mark_named_links(pieces: Sequence[Piece]) -> None:
    """Give the lines that name a company its links as a section, in lists of links.

    Where under `Show Notes` or `Links` each short line has lines below it, up to the end of the
    section, it becomes a label and they the items under it. Elsewhere the section must end in
    several such lists, with nothing but links in them. A section in which something else
    follows such a line stays as it is, since that would then stand under the wrong name; but a
    sentence that ends the whole text is the site's.
    """
    edges = [number for number, piece in enumerate(pieces) if piece.is_heading]
    for start, end in pairwise([-1, *edges, len(pieces)]):
        section = [p for p in pieces[start + 1 : end] if p.role is not BlockRole.BOILERPLATE]
        last = section[-1] if section else None
        closes = last is not None and end == len(pieces) and _is_sentence(last)
        list_ = section[:-1] if closes else section
        told = start >= 0 and _SECTION.fullmatch(pieces[start].text)
        groups = _groups(list_) if told else _unannounced(list_)
        for name, below in groups:
            _mark_group(name, below)
        if groups and closes and last is not None:
            last.role = BlockRole.BOILERPLATE


def _source_in(pieces: Sequence[Piece]) -> str:
    """The address behind `Source:`, in that block or the next."""
    for number, piece in enumerate(pieces):
        if _SOURCE.match(piece.text):
            for each in pieces[number : number + 2]:
                for kind, _, _, target in each.ranges:
                    if kind is SpanKind.LINK and (url := canonical(clean_url(target))):
                        return url
    return ""


def _published_in(pieces: Sequence[Piece]) -> str:
    """The date behind `First published:`, in that block or the next."""
    texts = [piece.text for piece in pieces]
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        for told in (text, f"{text} {following}"):
            if (match := _PUBLISHED.fullmatch(told)) and (date := read_date(match["date"])):
                return date
    return ""


def _groups(section: Sequence[Piece]) -> list[tuple[Piece, list[Piece]]]:
    """The lines of a section that name something, each with what stands below it.

    None if after the first of them anything else follows.
    """
    while section and section[-1].kind is BlockKind.RULE:
        section = section[:-1]
    groups: list[tuple[Piece, list[Piece]]] = []
    for number, piece in enumerate(section):
        if groups and _stands_below(groups[-1][0], piece):
            groups[-1][1].append(piece)
        elif number + 1 < len(section) and _names(piece, section[number + 1]):
            groups.append((piece, []))
        elif groups:
            return []
    return groups


def _unannounced(section: Sequence[Piece]) -> list[tuple[Piece, list[Piece]]]:
    """The same of a section that is not said to be a list: only where several lists end it.

    Each name is without a link, and what stands below it is nothing but links.
    """
    start = len(section)
    for number in range(len(section) - 1, -1, -1):
        piece, below = section[number], section[number + 1 : number + 2]
        is_name = bool(below) and not _has_link(piece) and _names(piece, below[0])
        if not is_name and not _is_linked(piece):
            break
        start = number
    groups = _groups(section[start:])
    return groups if len(groups) >= _LISTS else []


def _is_sentence(piece: Piece) -> bool:
    """Whether a paragraph is but a line or two of prose."""
    short = piece.kind is BlockKind.PARAGRAPH and len(piece.text) <= _SENTENCE
    return short and not _is_link(piece) and _ENDS.search(piece.text) is not None


def _has_link(piece: Piece) -> bool:
    return any(kind is SpanKind.LINK for kind, *_ in piece.ranges)


def _names(piece: Piece, following: Piece) -> bool:
    """Whether a line may be the name of what the line after it is about."""
    if len(piece.text) > _NAME or _ENDS.search(piece.text):
        return False
    if piece.kind is BlockKind.PARAGRAPH and _is_link(piece):
        return False
    return piece.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and _stands_below(piece, following)


def _stands_below(name: Piece, piece: Piece) -> bool:
    if name.kind is BlockKind.ITEM:
        return piece.kind is BlockKind.ITEM and piece.level > name.level
    return piece.kind is BlockKind.ITEM or piece.kind in _CARDS or _is_link(piece)


def _is_link(piece: Piece) -> bool:
    """Whether all of a paragraph is a link."""
    return piece.kind is BlockKind.PARAGRAPH and _is_linked(piece)


def _is_linked(piece: Piece) -> bool:
    """Whether all of a block is a link."""
    return any(
        kind is SpanKind.LINK and start == 0 and end == len(piece.text)
        for kind, start, end, _ in piece.ranges
    )


def _mark_group(name: Piece, below: Sequence[Piece]) -> None:
    outdent = name.level + 1 if name.kind is BlockKind.ITEM else 0
    for piece in below:
        if piece.kind is BlockKind.ITEM:
            piece.level -= outdent
        elif piece.kind is BlockKind.PARAGRAPH:
            piece.kind, piece.marker = BlockKind.ITEM, "•"
    name.kind, name.role, name.level, name.marker = BlockKind.PARAGRAPH, BlockRole.LABEL, 0, ""
    name.ranges = [each for each in name.ranges if each[0] is not SpanKind.STRONG]
