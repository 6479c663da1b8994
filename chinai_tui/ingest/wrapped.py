"""Plain texts of mails whose paragraphs were broken into lines of the same width, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NARROWEST, _WIDEST = 65, 80
"""Characters of the longest line of a text that a mail program has wrapped."""
_RAGGED = 25
"""Characters by which a line that is full may fall short of the longest, at most."""
_ITEM = re.compile(r"\s*(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)]) +(?=\S)")
_MARK = re.compile(r"\s*(?:>|\[?https?://|\[\d{1,3}\])")
"""What a line of its own begins with: a quotation, an address, a note."""


def rejoined(lines: Sequence[str]) -> list[str]:
    """The lines of a text, those that go on in the next joined with it.

    A line was broken where the first word of the next did not fit into the width of the text, and
    where the next is indented to the words of the list item above it.
    """
    plain = [len(line.rstrip()) for line in lines if not _MARK.match(line)]
    width = max(plain, default=0)
    is_wrapped = _NARROWEST <= width <= _WIDEST
    found: list[str] = []
    above, hanging = "", 0
    for line in lines:
        item = _ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        starts = item is not None or not line.strip() or _MARK.match(line) is not None
        if (
            above
            and not starts
            and (indent >= hanging > 0 or (is_wrapped and _was_full(above, line.split()[0], width)))
        ):
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
            hanging = item.end() if item else 0
        above = "" if _MARK.match(line) else line.strip()
    return found


def _was_full(line: str, word: str, width: int) -> bool:
    """Whether a word did not fit behind a line any more."""
    return len(line) >= width - _RAGGED and len(line) + 1 + len(word) > width
