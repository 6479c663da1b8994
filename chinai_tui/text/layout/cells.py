"""Text as a terminal draws it: cells, wide characters, and characters that join the one before.

A *cell string* has one character for each cell: a character of one cell stands for itself, a
wide one is followed by `FILL`, what joins its neighbour has none. Line breaks can be sought in
it with regular expressions, since its length is its width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

CellLength = Callable[[str], int]
"""The number of cells a text takes on the screen, such as `rich.cells.cell_len`."""

FILL = "\0"
"""The second cell of a wide character."""

GLUE = "\1"
"""A cell of an insertion, which never parts from the character before it."""

_JOINER = "\u200d"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_SINGLE = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027]*")
"""Latin text with its typographic quotes and dashes, most of what is laid out."""


class _Cells(dict[int, str]):
    """Code point → its cells, for `str.translate`; fills itself.

    None for what may join its neighbours, so that the sum tells where to look closer.
    """

    def __init__(self, cell_len: CellLength) -> None:
        super().__init__()
        self._cell_len = cell_len

    def __missing__(self, code: int) -> str:
        char = chr(code)
        alone = not (_is_mark(char) or _SKIN.match(char) or _FLAG.match(char))
        self[code] = _cells(char, self._cell_len) if alone else ""
        return self[code]


@lru_cache(maxsize=4)
def _table(cell_len: CellLength) -> _Cells:
    return _Cells(cell_len)


@lru_cache(maxsize=4)
def _has_single(cell_len: CellLength) -> bool:
    """Whether the terminal draws the characters of `_SINGLE` in one cell each."""
    return all(cell_len(char) == 1 for char in "·é—“…")


def drawn(text: str) -> str:
    """The text as it is drawn: a tab as one space."""
    return text.replace("\t", " ") if "\t" in text else text


def _cells(cluster: str, cell_len: CellLength) -> str:
    """The cells of one user-perceived character; a Chinese space breaks lines like any other."""
    width = cell_len(drawn(cluster))
    head = {"\u3000": " ", "\t": " ", FILL: "\ufffd", GLUE: "\ufffd"}.get(cluster[0], cluster[0])
    return head + FILL * (width - 1) if width > 0 else ""


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def clusters(text: str, cell_len: CellLength) -> list[int]:
    """Where the user-perceived characters of a text start, and its length at the end.

    An approximation of the extended grapheme clusters of Unicode Standard Annex 29: marks,
    variation selectors, joiner sequences, emoji modifiers and flags stay with their base.
    """
    alone = _table(cell_len)
    joined = {0}
    flag = -2
    for at, char in enumerate(text):
        if alone[ord(char)]:
            continue
        if not _FLAG.match(char):
            joined.add(at)
        elif flag == at - 1:
            joined.add(at)
            flag = -2
        else:
            flag = at
        if char == _JOINER:
            joined.add(at + 1)
    return [0, *(at for at in range(1, len(text)) if at not in joined), len(text)] if text else [0]


def cell_string(text: str, cell_len: CellLength) -> tuple[str, list[int] | None]:
    """The cells of a text of one line, and for each cell the offset of its character.

    The offsets, one more than there are cells, are left out where counting the cells that are
    not `FILL` gives them.
    """
    if _SINGLE.fullmatch(text) and _has_single(cell_len):
        return text, None
    table = _table(cell_len)
    cells = text.translate(table)
    if len(cells) - cells.count(FILL) == len(text):
        return cells, None
    parts: list[str] = []
    offsets: list[int] = []
    starts = clusters(text, cell_len)
    for start, end in pairwise(starts):
        part = (end == start + 1 and table[ord(text[start])]) or _cells(text[start:end], cell_len)
        parts.append(part)
        offsets += [start] * len(part)
    return "".join(parts), [*offsets, len(text)]


def offset_at(text: str, cells: str, offsets: list[int] | None, cell: int) -> int:
    """The offset of the character at a cell of the text's cell string, or of the text's end."""
    if offsets is not None:
        return offsets[cell]
    return cell if len(cells) == len(text) else cell - cells.count(FILL, 0, cell + 1)


def clipped(text: str, width: int, cell_len: CellLength) -> str:
    """The text in at most that many cells, cut with an ellipsis where it has more."""
    if cell_len(text) <= width:
        return text
    text = text[:width]
    while text and cell_len(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…" if width > 0 else ""


def boundary(text: str, offset: int, cell_len: CellLength) -> int:
    """The start of the user-perceived character of a line that holds the offset."""
    if cell_string(text, cell_len)[1] is None:
        return offset
    return max(start for start in clusters(text, cell_len) if start <= offset)
