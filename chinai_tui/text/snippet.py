"""The part of a passage that shows why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words of a passage, with the hits as offsets into them."""

    text: str
    hits: tuple[tuple[int, int], ...]


def snippet(text: str, hits: Sequence[tuple[int, int]], limit: int = 240) -> Snippet:
    """The stretch of at most about `limit` characters with the most hits, cut between words.

    `hits` are offsets into `text`. Where something is left out stands `…`.
    """
    if len(text) <= limit:
        return Snippet(text, tuple(hits))
    start, end = _window(text, hits, limit)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    shown = tuple((a + shift, b + shift) for a, b in hits if start <= a and b <= end)
    return Snippet(f"{before}{text[start:end]}{after}", shown)


def _window(text: str, hits: Sequence[tuple[int, int]], limit: int) -> tuple[int, int]:
    """The bounds of the stretch, moved to the nearest spaces where there are any."""
    lead = limit // 4
    starts = [max(0, min(first - lead, len(text) - limit)) for first, _ in hits] or [0]
    start = max(starts, key=lambda s: (sum(s <= a and b <= s + limit for a, b in hits), -s))
    end = min(len(text), start + limit)
    first_hit = min((a for a, _ in hits if a >= start), default=end)
    last_hit = max((b for _, b in hits if b <= end), default=start)
    if start:
        space = text.find(" ", start, first_hit)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", last_hit, end)
        end = space if space > start else end
    return start, end
