"""Where an edited text may have the passage of an anchor, and how well each place fits.

The weights are those of the Hypothesis client (`match-quote.ts`): 50 for the quotation, 20 each for
what was before and after it, 2 for the position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from chinai_tui.domain.annotation import Anchor
from chinai_tui.text.align import align, similarity
from chinai_tui.text.fold import fold

_NEAR = 64
"""How far from a place its old surroundings are looked for, in characters."""
_LONG = 32
_BY_WORDS = 0.7
"""What the words of a long passage are worth in other surroundings."""


def candidates(anchor: Anchor, text: str) -> list[tuple[float, int, int]]:
    """Score, start and end of every place the passage may have in a text, best first.

    Edits are allowed for, at most half as many as the passage has characters, even where it
    occurs verbatim, since that may be its twin, and the passage itself reworded. Case, accents,
    width and the form of quotation marks do not count, nor whether a block ends or a space stands.
    """
    anchor, text = _plain_anchor(anchor), _plain_text(text)
    quote = anchor.exact
    if not quote.strip():
        return []
    places = [(start, start + len(quote)) for start in _occurrences(quote, text)]
    for found in align(quote, text, len(quote) // 2):
        if all(found.end <= start or found.start >= end for start, end in places):
            ends = _snapped(anchor, text, found.start, found.end)
            places.append(max(ends, key=lambda at: _score(anchor, text, *at)))
    scored = [(_score(anchor, text, *at), *at) for at in places]
    return sorted(scored, key=lambda place: (-place[0], place[1]))


def _score(anchor: Anchor, text: str, start: int, end: int) -> float:
    """How well a place fits an anchor, from 0.0 to 1.0.

    A passage long enough to be told by its words alone has a place that is to be checked at least,
    wherever its paragraph has gone.
    """
    prefix, suffix = anchor.prefix, anchor.suffix
    quote = similarity(anchor.exact, text[start:end])
    before = similarity(prefix, text[max(0, start - len(prefix)) : start]) if prefix else 1.0
    after = similarity(suffix, text[end : end + len(suffix)]) if suffix else 1.0
    position = 1 - abs(start - anchor.start) / max(len(text), anchor.start)
    score = (50 * quote + 20 * before + 20 * after + 2 * position) / 92
    return max(score, _BY_WORDS * quote) if len(anchor.exact) >= _LONG else score


def _snapped(anchor: Anchor, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The place as it is, and with its ends where the old surroundings are.

    Words at an end of the passage may have been changed for longer or shorter ones, which the
    edits alone cannot tell from words beside it.
    """
    before = text.rfind(anchor.prefix, max(0, start - _NEAR), start + _NEAR)
    after = text.find(anchor.suffix, max(0, end - _NEAR), end + _NEAR)
    starts = {start, before + len(anchor.prefix)} if anchor.prefix and before >= 0 else {start}
    ends = {end, after} if anchor.suffix and after >= 0 else {end}
    return [(first, last) for first in sorted(starts) for last in sorted(ends) if first < last]


def _occurrences(quote: str, text: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _plain(text: str) -> str:
    """The text as it is compared, as long as it was."""
    return fold(text).replace("\n", " ")


_plain_text = lru_cache(maxsize=4)(_plain)
"""The same for whole documents, of which many anchors are placed in one."""


def _plain_anchor(anchor: Anchor) -> Anchor:
    exact, prefix, suffix = map(_plain, (anchor.exact, anchor.prefix, anchor.suffix))
    return replace(anchor, exact=exact, prefix=prefix, suffix=suffix)
