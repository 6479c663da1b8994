"""Where an edited text may have the passage of an anchor, and how well each place fits.

The weights are those of the Hypothesis client (`match-quote.ts`): 50 for the quotation, 20 each for
what was before and after it, 2 for the position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from chinai_tui.domain.annotation import Anchor
from chinai_tui.text.align import align, similarity
from chinai_tui.text.fold import fold

LONG = 32
"""Characters from which a passage is told by its words alone, and its ends are looked at apart."""
_NEAR = 64
"""How far from a place its old surroundings are looked for, in characters."""
_BY_WORDS = 0.7
"""What the words of a long passage are worth in other surroundings."""
_TELLING = 16
"""Characters right beside a passage that tell where it was."""
_ECHOES = 24
"""Places with the old surroundings that are looked at: of more, none is sure anyway."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a passage may have."""

    score: float
    """How well it fits, from 0.0 to 1.0."""
    start: int
    end: int
    words: float
    """How well its words fit, of which those at its ends are the half."""
    beside: float
    """How well what is before it or after it fits, whichever fits better."""


def candidates(anchor: Anchor, text: str) -> list[Candidate]:
    """Every place the passage may have in a text, best first.

    These are where its words stand, and where its surroundings do. Edits are allowed for, at most
    half as many as the passage has characters, even where it occurs verbatim, since that may be
    its twin, and the passage itself reworded. Case, accents, width and the form of quotation marks
    do not count, nor whether a block ends or a space stands.
    """
    anchor, text = _plain_anchor(anchor), _plain_text(text)
    quote = anchor.exact
    if not quote.strip():
        return []
    likely = set(_beside(anchor, text))
    for found in align(quote, text, len(quote) // 2):
        likely.update(_snapped(anchor, text, found.start, found.end))
    verbatim = {(start, start + len(quote)) for start in _occurrences(quote, text)}
    places = [_candidate(anchor, text, *at) for at in verbatim]
    offered = (_candidate(anchor, text, *at) for at in likely - verbatim if at[0] < at[1])
    for place in sorted(offered, key=_best_first):
        at = next((n for n, other in enumerate(places) if _overlap(place, other)), None)
        if at is None:
            places.append(place)
        elif place.beside > places[at].beside:
            # The same place, where words were put in between it and what was beside it.
            places[at] = replace(places[at], beside=place.beside)
    return sorted(places, key=_best_first)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _best_first(place: Candidate) -> tuple[float, int]:
    return -place.score, place.start


def _candidate(anchor: Anchor, text: str, start: int, end: int) -> Candidate:
    """A place with its score.

    A passage long enough to be told by its words alone has a place that is to be checked at least,
    wherever its paragraph has gone.
    """
    prefix, suffix = anchor.prefix, anchor.suffix
    before = _side(prefix, text[max(0, start - max(1, len(prefix))) : start])
    after = _side(suffix, text[end : end + max(1, len(suffix))])
    words = similarity(anchor.exact, text[start:end])
    position = 1 - abs(start - anchor.start) / max(len(text), anchor.start)
    quote = min(words, (1 + _ends(anchor.exact, text[start:end])) / 2)
    score = (50 * quote + 20 * before + 20 * after + 2 * position) / 92
    if len(anchor.exact) >= LONG:
        score = max(score, _BY_WORDS * words)
    sides = ((prefix, before), (suffix, after))
    telling = (fit for side, fit in sides if len(side) >= _TELLING)
    return Candidate(score, start, end, quote, max(telling, default=0.0))


def _side(kept: str, there: str) -> float:
    """How well one side fits; where nothing was, something half does."""
    return similarity(kept, there) if kept else 0.5 if there else 1.0


def _ends(quote: str, words: str) -> float:
    """How well the worse end of a long passage fits: words put in beside it are not its own."""
    if len(quote) <= LONG:
        return 1.0
    first = similarity(quote[:LONG], words[:LONG])
    return min(first, similarity(quote[-LONG:], words[-LONG:]))


def _beside(anchor: Anchor, text: str) -> Iterator[tuple[int, int]]:
    """Where the passage would be by its old surroundings, whatever stands there."""
    before, after = anchor.prefix[-_TELLING:], anchor.suffix[:_TELLING]
    starts = [at + len(before) for at in _echoes(before, text)] if before else [0]
    ends = _echoes(after, text) if after else [len(text)]
    length = len(anchor.exact)
    for start in starts:
        yield start, min(len(text), start + length)
        for end in ends:
            if end < start + length * 3 // 2 + _NEAR:
                yield start, end
    for end in ends:
        yield max(0, end - length), end


def _echoes(beside: str, text: str) -> list[int]:
    return list(islice(_occurrences(beside, text), _ECHOES)) if len(beside) == _TELLING else []


def _snapped(anchor: Anchor, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The place as it is, and with its ends where the old surroundings are.

    Words at an end of the passage may have been changed for longer or shorter ones, which the
    edits alone cannot tell from words beside it.
    """
    before = text.rfind(anchor.prefix, max(0, start - _NEAR), start + _NEAR)
    after = text.find(anchor.suffix, max(0, end - _NEAR), end + _NEAR)
    starts = {start, before + len(anchor.prefix)} if anchor.prefix and before >= 0 else {start}
    ends = {end, after} if anchor.suffix and after >= 0 else {end}
    return [(first, last) for first in starts for last in ends]


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
