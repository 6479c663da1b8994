"""Words like a misspelt one."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT = 5
"""Letters of a word up to which one slip is what can be guessed; of a longer one, two."""


def slips(word: str) -> int:
    """How many slips may be in a word: letters left out, added, changed or transposed."""
    return 0 if len(word) < 3 else 1 if len(word) <= SHORT else 2


def nearest(word: str, known: Mapping[str, int], limit: int = 3) -> tuple[str, ...]:
    """The known words that are spelt most like a word: fewest slips, like length, then weight.

    `known` gives the weight of each, as in how many issues it stands. The distance is optimal
    string alignment (Damerau's edits, none of them within another).
    """
    most = slips(word)
    if not most:
        return ()
    found = process.extract(
        word,
        [each for each in known if abs(len(each) - len(word)) <= most and each != word],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=None,
    )
    found.sort(key=lambda row: (row[1], abs(len(row[0]) - len(word)), -known[row[0]], row[0]))
    return tuple(each for each, _, _ in found[:limit])
