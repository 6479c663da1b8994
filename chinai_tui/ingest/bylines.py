"""The lines below a title that say who wrote a text, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_date

_BY = re.compile(
    r"(?:(?:a|the) (?:blog|weblog|newsletter|letter) (?:by|from)|(?:written |posted )?by)"
    r" (?P<name>[^\W\d_][\w.'’ -]{1,60})",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<who>.{2,90}?)\s*(?:,|[•·∙|]|\s[–—-])\s*(?P<date>[^•·∙|]{6,40})")
"""Both in one line: `By A Writer, March 6, 2026`."""
_LINES = 3


def of_line(line: str) -> tuple[str, str]:
    """The author and the date that a line tells and says nothing besides; empty if it does not."""
    if date := read_date(line):
        return "", date
    if match := _BY.fullmatch(line):
        return match["name"].strip(), ""
    if (match := _DATED.fullmatch(line)) and (date := read_date(match["date"])):
        author = _BY.fullmatch(match["who"])
        return (author["name"].strip(), date) if author else ("", "")
    return "", ""


def taken(metadata: Metadata, pieces: Sequence[Piece]) -> Metadata:
    """The metadata with what the first blocks below the title tell of author and date.

    What was known before stays; the blocks themselves become furniture.
    """
    for piece in pieces[:_LINES]:
        author, date = of_line(piece.text)
        if piece.kind is not BlockKind.PARAGRAPH or not (author or date):
            break
        piece.role = BlockRole.BOILERPLATE
        if author and not metadata.authors:
            metadata = replace(metadata, authors=(author,))
        if date and not metadata.date:
            metadata = replace(metadata, date=date, date_source=DateSource.TEXT)
    return metadata
