"""The places one has been, for going back and forward as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui.messages import LeftPage

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
    pages: tuple[LeftPage, ...] = field(default=(), compare=False)
    """The pages that lay over it, the lowest first, when one left it for the next place."""


class History:
    """Two stacks of spots; the place one is at is in neither.

    The pages between two places are kept with whichever of the two is not on screen.
    """

    def __init__(self) -> None:
        """Begin without a past."""
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, here: Spot) -> None:
        """Remember a place one leaves for a new one; the way forward ends there."""
        if self._behind and self._behind[-1] == here and not self._behind[-1].pages:
            self._behind.pop()
        self._behind.append(here)
        del self._behind[:-LIMIT]
        self._ahead.clear()

    def back(self, here: Spot) -> Spot | None:
        """The place before, if there is one; `here` becomes the way forward.

        Where one left it by way of pages, these are to be opened over it.
        """
        return self._step(here, self._behind, self._ahead)

    def forward(self, here: Spot) -> Spot | None:
        """The place one came back from, if there is one."""
        return self._step(here, self._ahead, self._behind)

    def back_to_page(self, here: Spot) -> Spot | None:
        """The last place that one left by way of pages; those after it become the way forward."""
        if not any(spot.pages for spot in self._behind):
            return None
        spot = self.back(here)
        while spot is not None and not spot.pages:
            spot = self.back(spot)
        return spot

    @staticmethod
    def _step(here: Spot, source: list[Spot], target: list[Spot]) -> Spot | None:
        while source:
            spot = source.pop()
            if spot != here or spot.pages:
                target.append(replace(here, pages=spot.pages))
                return spot
        return None
