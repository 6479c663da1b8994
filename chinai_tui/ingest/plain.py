"""Reads plain text: titles, headings, lists, labels and quotations come back by rule.

A text copied from a page keeps one line a paragraph. What stands alone between blank lines, is
short and does not end as a sentence does is a heading, provided that something stands under it:
the first of two such lines is rather a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chinai_tui.domain.document import BlockKind, BlockRole, count_words
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.ingest import bylines
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_date
from chinai_tui.ingest.lines import Line, LineKind, split_lines
from chinai_tui.ingest.links import bare_links
from chinai_tui.ingest.outlets import is_furniture, outlet_of_title
from chinai_tui.ingest.passages import mark_quotations
from chinai_tui.ingest.reading import Draft
from chinai_tui.ingest.structure import is_label, is_reading

_SENTENCE = re.compile(r"[.!…。！;:；：,，][”\"’')）]?$")
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?)|wr(?:ites?|ote)|reads?|adds?|asks?|notes?|me|you|dear)\W*$", re.IGNORECASE
)
_PICTURE = re.compile(r"(?:photo|image|img|figure|fig|chart)(?:_|[.:] | ?\d+[.:] )", re.IGNORECASE)
_CREDIT = re.compile(r".{0,120}\([^()]{2,60}\)")
_ANNOUNCES = re.compile(r"[:：—–]$")
_BESIDES = "Plus, "
"""How a subtitle begins that names what else is in an issue."""
_HEAD_LINES = 6
_HEADING = 120
_SUBTITLE = 160
_TITLE = 220
"""Characters of the longest heading, subtitle and title."""


@dataclass(slots=True)
class _Head:
    """What stands in front of the body."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    date: str = ""
    furniture: list[str] = field(default_factory=list)

    def takes(self, line: Line) -> bool:
        """Whether it is a line about the text: its date, its author, a button of the site."""
        author, date = bylines.of_line(line.text)
        self.author, self.date = self.author or author, self.date or date
        if not (author or date or is_furniture(line.text)):
            return False
        self.furniture.append(line.text)
        return True


def read(text: str) -> Draft:
    """The draft of a plain text."""
    head, lines = _split_head(split_lines(text))
    _mark_lists(lines)
    pieces = [Piece(BlockKind.PARAGRAPH, line, BlockRole.BOILERPLATE) for line in head.furniture]
    pieces += mark_quotations(_blocks(lines))
    metadata = Metadata(
        title=head.title,
        subtitle=head.subtitle,
        authors=(head.author,) if head.author else (),
        date=head.date,
        date_source=DateSource.TEXT if head.date else DateSource.NONE,
    )
    return Draft(metadata, pieces)


def _split_head(lines: list[Line]) -> tuple[_Head, list[Line]]:
    """Title, subtitle and the lines about the text, and the lines that are its body."""
    head = _Head()
    at = 0
    while at < min(len(lines), _HEAD_LINES) and head.takes(lines[at]):
        at += 1
    if at + 1 < len(lines) and _is_title(lines[at]):
        head.title = lines[at].text
        last = at + _HEAD_LINES
        at += 1
        while at < min(len(lines) - 1, last):
            if not head.subtitle and _is_subtitle(lines[at]):
                head.subtitle = lines[at].text
            elif not head.takes(lines[at]):
                break
            at += 1
    return head, lines[at:]


def _is_title(line: Line) -> bool:
    if outlet_of_title(line.text):
        return True
    return (
        line.kind is LineKind.TEXT
        and line.is_alone
        and len(line.text) <= _TITLE
        and (line.text.endswith("!") or not _SENTENCE.search(line.text))
        and not _has_other_sense(line)
    )


def _is_subtitle(line: Line) -> bool:
    return (
        line.kind is LineKind.TEXT
        and line.after > 0
        and len(line.text) <= _SUBTITLE
        and (count_words(line.text) >= 4 or line.text.startswith(_BESIDES))
        and not _SENTENCE.search(line.text)
        and not _has_other_sense(line)
        and not read_date(line.text)
    )


def _has_other_sense(line: Line) -> bool:
    """Whether a line that stands alone is a label, a recommendation or a button."""
    return (
        _is_bare_label(line)
        or is_label(line.text)
        or is_reading(line.text)
        or is_furniture(line.text)
    )


def _is_bare_label(line: Line) -> bool:
    """`Show Notes:` on a line of its own, but not `He writes:`."""
    text = line.text
    return (
        line.kind is LineKind.TEXT
        and line.is_alone
        and text.endswith((":", "："))
        and len(text) <= 60
        and text[0].isupper()
        and (is_label(text) or (len(text.split()) <= 3 and not _SAYS.search(text)))
    )


def _mark_lists(lines: list[Line]) -> None:
    """Items that lost their bullets: the short lines under a label such as `Show Notes:`.

    Of a nested list there remain lone lines, with their own items as a group below each.
    """
    at = 0
    while at < len(lines):
        at += 1
        if not _is_bare_label(lines[at - 1]):
            continue
        end = at
        while end < len(lines) and _is_link_line(lines[end]):
            end += 1
        closed = end == len(lines) or _has_other_sense(lines[end])
        if not closed and end > at and lines[end - 1].is_alone:
            end -= 1  # the heading of what follows
        if closed or end - at >= 3:
            _number_levels(lines[at:end])
            at = end


def _number_levels(items: list[Line]) -> None:
    nested = any(line.is_alone for line in items)
    first_group = True
    for number, line in enumerate(items):
        if number and line.before:
            first_group = False
        deeper = nested and not first_group and not line.is_alone
        line.kind, line.marker, line.indent = LineKind.ITEM, "•", 2 * deeper


def _is_link_line(line: Line) -> bool:
    return (
        line.kind is LineKind.TEXT
        and len(line.text) <= _HEADING
        and not _SENTENCE.search(line.text)
        and not _has_other_sense(line)
    )


def _blocks(lines: list[Line]) -> list[Piece]:
    pieces: list[Piece] = []
    indents: list[int] = []
    announced = False
    for number, line in enumerate(lines):
        if line.kind is LineKind.ITEM:
            level = _depth(indents, line.indent)
            if line.marker != "•":
                announced = _ANNOUNCES.search(line.text) is not None
            elif announced:  # the bullets are what the number before them ends in
                level += 1
            piece = Piece(BlockKind.ITEM, line.text, level=level, marker=line.marker)
        elif line.kind is LineKind.TEXT and indents and line.indent > indents[-1]:
            piece = Piece(BlockKind.ITEM, line.text, level=len(indents) - 1)
        else:
            indents.clear()
            announced = False
            piece = _text_piece(lines, number, pieces[-1] if pieces else None)
        piece.ranges = bare_links(piece.text)
        pieces.append(piece)
    return pieces


def _depth(indents: list[int], indent: int) -> int:
    """The nesting of an item, by the indentations of those it stands under."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents) - 1


def _text_piece(lines: list[Line], number: int, previous: Piece | None) -> Piece:
    line = lines[number]
    if line.kind is LineKind.RULE:
        return Piece(BlockKind.RULE)
    if _is_bare_label(line):
        return Piece(BlockKind.PARAGRAPH, line.text, BlockRole.LABEL)
    if _PICTURE.match(line.text) and len(line.text) <= _HEADING:
        return Piece(BlockKind.IMAGE, line.text, BlockRole.CAPTION)
    if previous and previous.kind is BlockKind.IMAGE and _CREDIT.fullmatch(line.text):
        return Piece(BlockKind.PARAGRAPH, line.text, BlockRole.CAPTION)
    if _looks_like_heading(line) and number + 1 < len(lines) and _opens(line, lines[number + 1]):
        return Piece(BlockKind.HEADING, line.text, level=2)
    return Piece(BlockKind.PARAGRAPH, line.text)


def _looks_like_heading(line: Line) -> bool:
    text = line.text
    return (
        line.kind is LineKind.TEXT
        and line.is_alone
        and len(text) <= _HEADING
        and (text[0].isalnum() and not text[0].islower())
        and "://" not in text
        and not _SENTENCE.search(text)
        and not _has_other_sense(line)
    )


def _opens(line: Line, following: Line) -> bool:
    """Whether what follows a line can stand under it as under a heading."""
    if following.kind is LineKind.ITEM:
        return "," not in line.text  # otherwise it rather leads into the list
    return (
        following.kind is LineKind.TEXT
        and not is_furniture(following.text)
        and not _looks_like_heading(following)
    )
