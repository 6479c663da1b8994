"""The places one has been, for going back and forward as in a browser."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.document import DocumentRole

LIMIT = 200
"""Places kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Exactly where the reader stood: a document, its top line and its current paragraph."""

    issue: str
    role: DocumentRole
    top: int
    """Offset of the first character on screen."""
    current: int
    """Offset of the current paragraph."""
    above: int = 0
    """Blank rows on screen above the line of the first character."""
    unfolded: frozenset[int] = frozenset()
    """The folds that are open, by their first block."""


class History:
    """Two stacks of spots; the place one is at is in neither."""

    def __init__(self) -> None:
        """Begin without a past."""
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, here: Spot) -> None:
        """Remember a place one leaves for a new one; the way forward ends there."""
        if not self._behind or self._behind[-1] != here:
            self._behind.append(here)
            del self._behind[:-LIMIT]
        self._ahead.clear()

    def back(self, here: Spot) -> Spot | None:
        """The place before, if there is one; `here` becomes the way forward."""
        return self._step(here, self._behind, self._ahead)

    def forward(self, here: Spot) -> Spot | None:
        """The place one came back from, if there is one."""
        return self._step(here, self._ahead, self._behind)

    @staticmethod
    def _step(here: Spot, source: list[Spot], target: list[Spot]) -> Spot | None:
        while source:
            spot = source.pop()
            if spot != here:
                target.append(here)
                return spot
        return None
