"""Finds where a quotation stands in a text that has been edited since.

Edits are counted as by Levenshtein. Callers fold both texts first if case, accents and
typographic quotes are not to count.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

_EDGE = 192
"""Characters at either end of a quotation that are looked for: a search for more would cost the
square of that."""
_REACH = 48
"""How far off an end may be where the aligner puts it, in characters."""
_LEAST = 58.0
"""The least similarity, in per cent, at which a stretch is looked at closer."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A stretch of a text that resembles a quotation."""

    start: int
    end: int
    edits: int


def similarity(one: str, other: str) -> float:
    """How alike two strings are: 1.0 when equal, 0.0 when nothing is in its place."""
    return Levenshtein.normalized_similarity(one, other)


def align(quote: str, text: str, edits: int, limit: int = 6) -> list[Alignment]:
    """The stretches of `text` that differ from `quote` by at most so many edits, best first.

    Stretches that overlap a better one are left out; at most `limit` are returned. A long
    quotation is looked for by its beginning and by its end, since one may have been reworded.
    """
    if not quote or not text:
        return []
    found = set(_by_beginning(quote, text, edits, limit))
    if len(quote) > _EDGE:
        backwards = _by_beginning(quote[::-1], text[::-1], edits, limit)
        found.update((len(text) - end, len(text) - start) for start, end in backwards)
    ranked = sorted(
        (Levenshtein.distance(quote, text[start:end], score_cutoff=edits), start, end)
        for start, end in found
    )
    best: list[Alignment] = []
    for cost, start, end in ranked:
        if cost <= edits and all(end <= other.start or start >= other.end for other in best):
            best.append(Alignment(start, end, cost))
    return best[:limit]


def _by_beginning(quote: str, text: str, edits: int, limit: int) -> Iterator[tuple[int, int]]:
    """Stretches that begin as the quotation does, and end where its end is found after that."""
    head, tail = quote[:_EDGE], quote[-_EDGE:]
    for near, stop in _similar(head, text, limit):
        starts = _around(near, 0, stop - 1)
        start = starts[_closest(head, [text[at:stop] for at in starts])]
        low = max(start, start + len(quote) - edits - len(tail))
        high = min(len(text), start + len(quote) + edits)
        hit = _best(tail, text, low, high)
        near = min(len(text), start + len(quote))
        begin, near = hit[1:] if hit else (max(start, near - len(tail)), near)
        ends = _around(near, begin + 1, len(text))
        yield start, ends[_closest(tail, [text[begin:at] for at in ends])]


def _similar(piece: str, text: str, limit: int) -> Iterator[tuple[int, int]]:
    """The stretches most like the piece, about as long, the most alike first.

    The aligner tells only the best one, so what is left and right of it is searched in turn.
    """
    hits: list[tuple[float, int, int, int, int]] = []

    def search(low: int, high: int) -> None:
        if hit := _best(piece, text, low, high):
            heapq.heappush(hits, (-hit[0], hit[1], hit[2], low, high))

    search(0, len(text))
    for _ in range(limit):
        if not hits:
            return
        _, start, end, low, high = heapq.heappop(hits)
        yield start, end
        search(low, start)
        search(end, high)


def _best(piece: str, text: str, low: int, high: int) -> tuple[float, int, int] | None:
    """Score and place of what is most like the piece between two offsets."""
    if high - low < len(piece):
        # The aligner would look for the shorter text in the longer one.
        score = fuzz.ratio(piece, text[low:high], score_cutoff=_LEAST)
        return (score, low, high) if score else None
    hit = fuzz.partial_ratio_alignment(piece, text[low:high], score_cutoff=_LEAST)
    return (hit.score, low + hit.dest_start, low + hit.dest_end) if hit and hit.score else None


def _around(place: int, low: int, high: int) -> list[int]:
    """The offsets near a place, the nearest first, so that of equals the nearest wins."""
    near = range(max(low, place - _REACH), min(high, place + _REACH) + 1)
    return sorted(near, key=lambda at: abs(at - place)) or [min(max(place, low), high)]


def _closest(piece: str, stretches: list[str]) -> int:
    """Which of the stretches is most like the piece, the first of equals."""
    return process.extractOne(piece, stretches, scorer=Levenshtein.distance)[2]
