"""The hits of a search within a text, and which of them is current. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from chinai_tui.domain.query import And, Node, Or, Phrase, Word

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits in the order of the text; `at` is -1 while none is current."""

    needle: str = ""
    ranges: tuple[Range, ...] = ()
    at: int = -1

    @property
    def current(self) -> Range | None:
        """The hit one is at."""
        return self.ranges[self.at] if 0 <= self.at < len(self.ranges) else None

    def from_offset(self, offset: int) -> Hits:
        """The first hit at or after an offset, or the first of all, made current."""
        if not self.ranges:
            return self
        return Hits(self.needle, self.ranges, first_from(self.ranges, offset))

    def step(self, step: int) -> Hits:
        """The next or previous hit made current, around at the ends."""
        if not self.ranges:
            return self
        return Hits(self.needle, self.ranges, (self.at + step) % len(self.ranges))

    def at_number(self, number: int) -> Hits:
        """The hit of that number, from 0, made current."""
        return Hits(self.needle, self.ranges, number)

    def told(self) -> str:
        """`3 of 17 “facial recognition”`, or that there is none; empty without a needle."""
        if not self.needle:
            return ""
        if not self.ranges:
            return f"no “{self.needle}” in this issue"
        return f"{self.at + 1} of {len(self.ranges)} “{self.needle}”"


def needles(root: Node) -> tuple[str, ...]:
    """The words and phrases that a query looks for, apart from those that must not be there."""
    match root:
        case Word(text) | Phrase(text):
            return (text,)
        case And(parts) | Or(parts):
            return tuple(needle for part in parts for needle in needles(part))
        case _:
            return ()


def first_from(ranges: Sequence[Range], offset: int) -> int:
    """The number of the first range that starts at or after an offset, 0 if none does."""
    found = bisect_left(ranges, (offset, -1))
    return found if found < len(ranges) else 0


def next_range(ranges: Sequence[Range], here: Range, step: int) -> int:
    """The number of the range after (`step` 1) or before (-1) the stretch `here`, around.

    A range that lies inside `here` counts as passed.
    """
    if step > 0:
        after = [n for n, (start, _) in enumerate(ranges) if start >= here[1]]
        return after[0] if after else 0
    before = [n for n, (start, _) in enumerate(ranges) if start < here[0]]
    return before[-1] if before else len(ranges) - 1
