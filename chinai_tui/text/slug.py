"""Names for files and ids, in ASCII."""

from __future__ import annotations

import re
from collections.abc import Container

from chinai_tui.text.fold import fold

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 60) -> str:
    """Lower-case ASCII letters, digits and single dashes, cut between words; may be empty."""
    whole = _OTHER.sub("-", fold(text).replace("'", "")).strip("-")
    if len(whole) <= limit:
        return whole
    cut = whole[: limit + 1].rpartition("-")[0]
    return cut or whole[:limit]


def free(stem: str, taken: Container[str]) -> str:
    """A name that is not taken: the stem, or the stem with a number.

    Where `stem-2` to `stem-n` are taken and no more, it is `stem-(n+1)`, found in O(log n).
    """
    if stem not in taken:
        return stem
    low, high = 1, 2
    while f"{stem}-{high}" in taken:
        low, high = high, high * 2
    # The one with the lower number is taken, the one with the higher is not.
    while high - low > 1:
        middle = (low + high) // 2
        if f"{stem}-{middle}" in taken:
            low = middle
        else:
            high = middle
    return f"{stem}-{high}"
