"""Finds words in one text, as a reader types them."""

from __future__ import annotations

import re
from functools import lru_cache

from chinai_tui.text.fold import fold

_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINER = re.compile(f"[{_JOINERS}]")
_BETWEEN = f"[{_JOINERS}]*"
_UNSEEN = re.compile(f"[\\s{_JOINERS}]+")

_folded = lru_cache(maxsize=4)(fold)
"""The text at hand is searched again with each letter that is typed."""


def prepare(text: str) -> None:
    """Do once what each search in a text needs; may be called from another thread."""
    _folded(text)


def find(text: str, needle: str) -> list[tuple[int, int]]:
    """Where the needle stands in the text: half-open ranges in order, none within another.

    Accents, width and script (simplified or traditional) make no difference, and case makes one
    only if the needle has a capital. A run of space stands for any run of space, line ends
    included; joiners and variation selectors are passed over. A needle of nothing but space is
    found nowhere.
    """
    wanted = _JOINER.sub("", needle)
    if not wanted.strip():
        return []
    between = _BETWEEN if not text.isascii() and _JOINER.search(text) else ""
    parts = (
        r"\s+" if part.isspace() else between.join(map(re.escape, part))
        for part in re.findall(r"\s+|\S+", fold(wanted))
    )
    hits = [match.span() for match in re.finditer(between.join(parts), _folded(text))]
    if wanted == wanted.lower():
        return hits
    capitals = _capitals(wanted)
    return [(start, end) for start, end in hits if _capitals(text[start:end]) == capitals]


def _capitals(words: str) -> list[bool]:
    return [char.isupper() for char in _UNSEEN.sub("", words)]
