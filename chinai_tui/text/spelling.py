"""Words like a misspelt one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT = 5
"""Letters of a word up to which one slip is what can be guessed; of a longer one, two."""


def slips(word: str) -> int:
    """How many slips may be in a word: letters left out, added, changed or transposed."""
    return 0 if len(word) < 3 else 1 if len(word) <= SHORT else 2


def nearest(
    word: str, known: Collection[str], weight: Callable[[str], int], limit: int = 3
) -> tuple[str, ...]:
    """The known words that are spelt most like a word: fewest slips, like length, then weight.

    `weight` is asked of those only that may be among them, as in how many issues one stands. The
    distance is optimal string alignment (Damerau's edits, none of them within another).
    """
    most = slips(word)
    if not most:
        return ()
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    ranked = sorted(
        (slipped, abs(len(each) - len(word)), each) for each, slipped, _ in found if slipped
    )
    result: list[str] = []
    for _, alike in groupby(ranked, key=lambda row: row[:2]):
        result += sorted((each for *_, each in alike), key=lambda each: (-weight(each), each))
        if len(result) >= limit:
            break
    return tuple(result[:limit])
