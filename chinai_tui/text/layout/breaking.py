"""Where lines break: greedy filling over cells, with the line-start and line-end rules of Chinese.

A line breaks at spaces, before and after wide characters, and after a hyphen or dash between
letters. No line starts with closing or ends with opening punctuation (the rules of GB/T 15834
and JIS X 4051 in short); a word that is longer than the line is cut between cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from functools import lru_cache

from chinai_tui.text.layout.cells import FILL, GLUE, CellLength, cell_string, offset_at
from chinai_tui.text.layout.model import Insertion, Range

CLOSING = ",.;:!?%)]}|’”»›…‥、。，．：；！？）］｝〉》」』】〕〗〙〛〞〟・ー々〻ゝゞ〜～％‰℃"
"""What no line starts with."""

OPENING = "([{‘“«‹¿¡（［｛〈《「『【〔〖〘〚〝"
"""What no line ends with."""

_CLOSE = re.escape(CLOSING) + GLUE
_OPEN = re.escape(OPENING)
_NOT_AFTER = f"(?<![ {_OPEN}])(?<![{_OPEN}]{FILL})"
_LETTER = r"[^\W\d_]"


@lru_cache(maxsize=256)
def _whole(width: int) -> re.Pattern[str]:
    """Matches a line of whole words, in its first group, and the spaces at which it ends."""
    return re.compile(
        rf"(.{{1,{width}}})(?:"
        rf"(?: [ {FILL}]*)?\Z"
        rf"|{_NOT_AFTER}(?: [ {FILL}]*(?![ {FILL}{_CLOSE}])"
        rf"|(?![ {FILL}{_CLOSE}—–·])(?<! {FILL})(?:(?<={FILL})|(?=.{FILL})))"
        rf"|(?<={_LETTER}[-–—])(?={_LETTER}))",
        re.DOTALL,
    )


@lru_cache(maxsize=256)
def _part(width: int) -> re.Pattern[str]:
    """Matches as much of a word as a line holds, in one of its groups.

    Behind a mark that structures addresses if one is near, or else anywhere.
    """
    return re.compile(
        rf"(.{{{width // 2},{width - 1}}}[/?&=_#])(?![ {FILL}{_CLOSE}])"
        rf"|(.{{1,{width}}}){_NOT_AFTER}(?![ {FILL}{_CLOSE}])"
        rf"|(.{{1,{width}}})(?![{FILL}{GLUE}])"
        rf"|(.{{1,{width}}})",
        re.DOTALL,
    )


def wrap(text: str, start: int, width: int, cell_len: CellLength) -> list[Range]:
    """The lines of a text as ranges, shifted by `start`; at least one.

    Every character is in one line, in order, apart from the spaces and newlines at which lines
    break. `width` is in cells, at least 2.
    """
    if "\n" not in text:
        return _wrap_line(text, start, width, cell_len)
    lines: list[Range] = []
    for line in text.split("\n"):
        lines += _wrap_line(line, start, width, cell_len)
        start += len(line) + 1
    return lines


def wrap_inserted(
    text: str, start: int, width: int, cell_len: CellLength, insertions: Sequence[Insertion]
) -> list[tuple[Range, tuple[Insertion, ...]]] | None:
    """The lines of a text as `wrap` gives them, each with the insertions that stand in it.

    The offsets of the insertions count as `start` does; those that come back are behind the
    word and the user-perceived character which the insertion is glued to, and those of one
    offset are one. None where a line is too short for an insertion and would cut it.
    """
    glued = deque((len(text[: at - start].rstrip()), inserted) for at, inserted in insertions)
    lines: list[tuple[Range, tuple[Insertion, ...]]] = []
    first = 0
    for line in text.split("\n"):
        inside = []
        while glued and glued[0][0] <= first + len(line):
            at, inserted = glued.popleft()
            if at > first:
                inside.append((at - first, inserted))
        wrapped = _wrap_spliced(line, start + first, width, cell_len, inside)
        if wrapped is None:
            return None
        lines += wrapped
        first += len(line) + 1
    return lines


def _wrap_spliced(
    text: str, start: int, width: int, cell_len: CellLength, insertions: list[Insertion]
) -> list[tuple[Range, tuple[Insertion, ...]]] | None:
    """The lines of a text without newlines; the insertions are behind a character of it each."""
    plain, offsets = cell_string(text, cell_len)
    cells, done, before = "", 0, 0
    left: deque[tuple[int, int, Insertion]] = deque()
    for at, inserted in insertions:
        if offsets is None:
            cell = done + len(cell_string(text[before:at], cell_len)[0])
        else:
            cell = bisect_left(offsets, at)
            at = offsets[cell]
        cells += plain[done:cell] + GLUE * cell_len(inserted)
        left.append((len(cells), cell, (start + at, inserted)))
        done, before = cell, at
    cells += plain[done:]
    spans = [(0, len(cells), len(cells))] if len(cells) <= width else _spans(cells, width)
    lines = []
    glue = 0
    for first, last, _following in spans:
        if cells.startswith(GLUE, first):
            return None
        begin = start + offset_at(text, plain, offsets, first - glue) if first else start
        own: dict[int, str] = {}
        while left and left[0][0] <= last:
            behind, cell, (at, inserted) = left.popleft()
            own[at] = own.get(at, "") + inserted
            glue = behind - cell
        end = start + offset_at(text, plain, offsets, last - glue)
        lines.append(((begin, end), tuple(own.items())))
    return lines


def _wrap_line(text: str, start: int, width: int, cell_len: CellLength) -> list[Range]:
    cells, offsets = cell_string(text, cell_len)
    if len(cells) <= width:
        return [(start, start + len(text))]
    spans = _spans(cells, width)
    if offsets is not None:
        return [
            (start + (offsets[first] if first else 0), start + offsets[last])
            for first, last, _following in spans
        ]
    if len(cells) == len(text):
        return [(start + first, start + last) for first, last, _following in spans]
    lines = []
    for first, last, following in spans:
        end = start + last - first - cells.count(FILL, first, last)
        lines.append((start, end))
        start = end + following - last - cells.count(FILL, last, following)
    return lines


def _spans(cells: str, width: int) -> list[tuple[int, int, int]]:
    """The lines of a cell string: first cell, end, and where the following line starts."""
    spans = []
    whole = _whole(width).match
    at = 0
    while at < len(cells) and (match := whole(cells, at) or _part(width).match(cells, at)):
        first, last = match.span(match.lastindex or 0)
        at = match.end()
        spans.append((first, last, at))
    return spans
