"""Plain texts of mails whose paragraphs were broken into lines of the same width, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NARROWEST, _WIDEST = 65, 80
"""Characters of the longest line of a text that a mail program has wrapped."""
_RAGGED = 25
"""Characters by which a line that is full may fall short of the longest, at most."""
_ITEM = re.compile(r"\s*(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)]) +(?=\S)")
_WIDE = (
    "\u3001-\u301f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U000323af"
)
"""Han, kana and their punctuation, between which no space stands."""
_SAME = re.compile(rf"[{_WIDE}][{_WIDE}“”‘’…—]|[“”‘’…—][{_WIDE}]")
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
_CLOSING = "”’」』）】》"
_ENDS = ("。", "！", "？", "：", "……")
"""How a paragraph of Chinese ends, before what closes a quotation."""
_MARK = re.compile(r"\s*(?:>|\[?https?://|\[\d{1,3}\])")
"""What a line of its own begins with: a quotation, an address, a note."""


def rejoined(lines: Sequence[str]) -> list[str]:
    """The lines of a text, those that go on in the next joined with it.

    A line was broken where the first word of the next did not fit into the width of the text, and
    where the next is indented to the words of the list item above it. A line of Chinese may break
    behind each character; one that ends as a sentence does is taken for a whole paragraph.
    """
    plain = [len(line.rstrip()) for line in lines if not _MARK.match(line)]
    width = max(plain, default=0)
    is_wrapped = _NARROWEST <= width <= _WIDEST
    found: list[list[str]] = []
    above, hanging = "", 0
    for line in lines:
        item = _ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        starts = item is not None or not line.strip() or _MARK.match(line) is not None
        if (
            above
            and not starts
            and (indent >= hanging > 0 or (is_wrapped and _was_full(above, line.strip(), width)))
        ):
            found[-1][-1] = found[-1][-1].rstrip()
            found[-1] += [gap(above, line.strip()), line.strip()]
        else:
            found.append([line])
            hanging = item.end() if item else 0
        above = "" if _MARK.match(line) else line.strip()
    return ["".join(parts) for parts in found]


def gap(line: str, below: str) -> str:
    """What stands between two lines that are joined: nothing within Chinese, else a space."""
    return "" if not below or _SAME.fullmatch(line[-1] + below[0]) else " "


def _was_full(line: str, below: str, width: int) -> bool:
    """Whether the first word of the line below did not fit behind a line any more."""
    word = _WORD.match(below)
    if len(line) < width - _RAGGED or word is None or line.rstrip(_CLOSING).endswith(_ENDS):
        return False
    return len(line) + len(gap(line, below)) + len(word[0]) > width
