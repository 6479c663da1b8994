"""Finds what a text says twice: a doubled paragraph, a pull-quote beside its sentence."""

from __future__ import annotations

import re

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece
from chinai_tui.text.fold import fold

_LEADING = re.compile(r"(?P<quotation>“[^“”]{20,600}”)(?P<space>\s+|$)")
_ELISION = re.compile(r"…|\.\.\.")
_LONG = 60
"""Characters from which a paragraph given twice is no coincidence."""
_NEAR = 4
_AROUND = 40
"""Blocks between a quotation that was pulled out and its sentence: unmarked, and marked as such."""
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.PULLQUOTE})


def mark_repeats(pieces: list[Piece]) -> list[Piece]:
    """The blocks with the role REPEAT where they say again what is said; nothing is dropped.

    A leading quotation whose words come again in the same or the next blocks becomes a
    pull-quote of its own.
    """
    result: list[Piece] = []
    seen: set[str] = set()
    for number, piece in enumerate(pieces):
        result.append(piece)
        if piece.kind not in _PROSE or piece.role is not BlockRole.BODY:
            continue
        following = pieces[number + 1 : number + 1 + _NEAR]
        if piece.kind is BlockKind.PULLQUOTE:
            before = pieces[max(0, number - _AROUND) : number]
            if _recurs(piece.text, before + pieces[number + 1 : number + _AROUND]):
                piece.role = BlockRole.REPEAT
        elif match := _LEADING.match(piece.text):
            rest = Piece(piece.kind, piece.text[match.end() :])
            if _recurs(match["quotation"], [rest, *following]):
                if rest.text:
                    result.append(piece.split(match.end()))
                piece.kind, piece.role = BlockKind.PULLQUOTE, BlockRole.REPEAT
        elif len(piece.text) >= _LONG:
            if piece.text in seen:
                piece.role = BlockRole.REPEAT
            seen.add(piece.text)
    return result


def _recurs(quotation: str, pieces: list[Piece]) -> bool:
    """Whether the words of a quotation, with its elisions, stand in one of the blocks."""
    parts = [part.strip(" .,;:!?'\"") for part in _ELISION.split(fold(quotation))]
    parts = [part for part in parts if part]
    if sum(map(len, parts)) < 20:
        return False
    return any(_holds(fold(piece.text), parts) for piece in pieces)


def _holds(text: str, parts: list[str]) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
