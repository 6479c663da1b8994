"""Which panes are shown, and how wide: pure, from the size of the screen and what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

THREE_PANES = 120
"""Columns from which issues, text and names stand side by side."""
TWO_PANES = 90
"""Columns from which issues and text do; the names come over the text."""
TALL = 30
"""Lines from which there is room for air."""
LOW = 16
"""Lines below which the header is one line."""


class Pane(StrEnum):
    """One of the three panes."""

    LIST = "list"
    READER = "reader"
    SIDEBAR = "sidebar"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Widths in cells, 0 for a pane that is not shown; the reader takes what is left."""

    list: int
    reader: bool
    sidebar: int
    over: bool
    """Whether the names stand over the text instead of beside it."""
    compact: bool
    header: int
    """Lines above the text."""

    def shows(self, pane: Pane) -> bool:
        """Whether a pane is on screen."""
        return bool({Pane.LIST: self.list, Pane.READER: self.reader}.get(pane, self.sidebar))


def arrange(width: int, height: int, pane: Pane, *, names: bool, zen: bool) -> Arrangement:
    """The arrangement for a screen of that size.

    `pane` is the one in use, `names` whether the names are wanted, `zen` whether the text alone
    is; below `TWO_PANES` columns only the pane in use is shown.
    """
    compact = height < TALL
    header = 4 if not compact else 3 if height >= LOW else 1
    if width < TWO_PANES:
        return Arrangement(
            list=width if pane is Pane.LIST else 0,
            reader=pane is Pane.READER,
            sidebar=width if pane is Pane.SIDEBAR else 0,
            over=False,
            compact=compact,
            header=header,
        )
    issues = 0 if zen else max(30, min(40, width * 23 // 100))
    beside = max(30, min(38, width * 21 // 100))
    if width < THREE_PANES:
        over = pane is Pane.SIDEBAR
        return Arrangement(issues, True, 36 if over else 0, over, compact, header)
    return Arrangement(issues, True, beside if names and not zen else 0, False, compact, header)
