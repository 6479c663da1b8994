"""Finds the previews of articles in an issue that goes “Around the Horn”.

Each is a numbered title with `Summary: …` and `Source: …` below it, whatever the title was in the
source: a heading, a bold line, an item of a list. A numbered list elsewhere stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece

_SERIES = re.compile(r"\baround the horn\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}[).]")
_NUMBERED = re.compile(_NUMBER.pattern + r" (?=\S)")
_PART = re.compile(r"(?:(?P<summary>summary)|sources?)(?=\s*[:：])", re.IGNORECASE)
_ALONE = re.compile(r"\s*[:：]")
_TITLE = 300
"""Characters of the longest title of an article."""
_LEVEL = 3
_PICTURES = 3
"""Pictures that may stand between a title and its summary."""
_LINES = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM})


def mark_previews(title: str, pieces: Sequence[Piece]) -> None:
    """Give the titles, summaries and sources of previews their kinds and roles.

    Only what follows a heading of the series counts, or all of an issue whose `title` names it.
    """
    everywhere = inside = _SERIES.search(title) is not None
    opened = False
    alone: BlockRole | None = None
    for number, piece in enumerate(pieces):
        part = _PART.match(piece.text) if opened and piece.kind in _LINES else None
        if part:
            alone = _mark_part(piece, part)
        elif inside and _is_title(pieces, number):
            _mark_title(piece)
            opened, alone = True, None
        elif piece.is_heading:
            opened, alone = False, None
            inside = everywhere or _SERIES.search(piece.text) is not None
        elif alone:
            piece.role = alone if piece.kind is BlockKind.PARAGRAPH else piece.role
            alone = None


def _is_title(pieces: Sequence[Piece], number: int) -> bool:
    """Whether a block is a numbered line with a summary or a source right below it."""
    piece = pieces[number]
    if piece.kind not in _LINES or len(piece.text) > _TITLE:
        return False
    if not (_NUMBERED.match(piece.text) or _NUMBER.fullmatch(piece.marker)):
        return False
    below = pieces[number + 1 : number + 2 + _PICTURES]
    following = next((each for each in below if each.kind is not BlockKind.IMAGE), None)
    return (
        following is not None
        and following.kind in _LINES
        and _PART.match(following.text) is not None
    )


def _mark_title(piece: Piece) -> None:
    if match := _NUMBERED.match(piece.text):
        piece.marker = piece.cut_start(match.end())
    piece.kind, piece.role, piece.level = BlockKind.HEADING, BlockRole.BODY, _LEVEL


def _mark_part(piece: Piece, part: re.Match[str]) -> BlockRole | None:
    """Mark a summary or source; its role, if what it says stands in a block of its own below."""
    piece.role = BlockRole.SUMMARY if part["summary"] else BlockRole.SOURCE
    piece.embolden(part.end())
    if piece.kind is BlockKind.HEADING or not piece.marker:
        piece.kind, piece.level = BlockKind.PARAGRAPH, 0
    return piece.role if _ALONE.fullmatch(piece.text, part.end()) else None
