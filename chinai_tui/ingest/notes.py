"""Finds the footnotes of texts that only print them: `[1]`, and `[1] The note.` at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.ingest.builder import Piece

_NOTE = re.compile(r"\[([0-9]{1,3})\]:?\s+(?=\S)")
_REFERENCE = re.compile(r"\[([0-9]{1,3})\]")
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


def mark_notes(pieces: Sequence[Piece]) -> None:
    """Make footnotes of the printed ones that have both ends, and references of what leads there.

    The notes are one run of paragraphs with rising numbers, with more text before than after it;
    paragraphs numbered in this manner throughout are none.
    """
    run = _run(pieces)
    if not run:
        return
    references = {
        match[1]
        for piece in pieces[: run.start]
        if piece.kind is not BlockKind.CODE
        for match in _REFERENCE.finditer(piece.text)
    }
    noted: set[str] = set()
    for piece in pieces[run.start : run.stop]:
        match = _NOTE.match(piece.text)
        if match and match[1] in references:
            noted.add(match[1])
            piece.cut_start(match.end())
            piece.kind, piece.level, piece.marker = BlockKind.FOOTNOTE, 0, match[1]
    for piece in pieces[: run.stop] if noted else ():
        if piece.kind is not BlockKind.CODE:
            piece.ranges += [
                (SpanKind.FOOTNOTE, *match.span(), match[1])
                for match in _REFERENCE.finditer(piece.text)
                if match[1] in noted
            ]


def _run(pieces: Sequence[Piece]) -> range:
    """The numbers of the blocks that look like footnotes; empty if they cannot be some."""
    if any(piece.kind is BlockKind.FOOTNOTE for piece in pieces):
        return range(0)
    found: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        is_prose = piece.kind in _PROSE and piece.role is BlockRole.BODY
        if is_prose and (match := _NOTE.match(piece.text)):
            found[number] = int(match[1])
    if not found:
        return range(0)
    run = range(min(found), max(found) + 1)
    before, after = (
        sum(len(piece.text) for piece in part) for part in (pieces[: run.start], pieces[run.stop :])
    )
    rises = all(one < another for one, another in pairwise(found.values()))
    return run if len(run) == len(found) and rises and after < before else range(0)
