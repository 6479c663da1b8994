"""Which panes are shown, and how wide: pure, from the size of the screen and what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.geometry import Region

THREE_PANES = 120
"""Columns from which issues, text and names stand side by side."""
TWO_PANES = 90
"""Columns from which issues and text do; the names come over the text."""
TALL = 30
"""Lines from which there is room for air."""
LEAST_NOTE = 5
"""Lines of a note that is written below the text, at least."""
LEAST_TEXT = 57
"""Cells of each of two texts at least: 50 of words, and what stands beside these."""
LOW = 16
"""Lines below which the header is one line."""


class Pane(StrEnum):
    """One of the three panes."""

    LIST = "list"
    READER = "reader"
    SIDEBAR = "sidebar"


class Part(StrEnum):
    """What stands somewhere on the screen."""

    LIST = "list"
    HEADER = "header"
    TEXT = "text"
    NAMES = "names"
    SECOND_HEADER = "second header"
    SECOND_TEXT = "second text"
    NOTE = "note"
    BOX = "box"
    STATUS = "status"
    KEYS = "keys"


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
    note: bool = False
    """Whether a note is being written: in the place of the names, or below the text."""
    second: int = 0
    """Cells of a second text beside the first, in the place of the names."""

    def regions(self, width: int, height: int, *, box: bool) -> dict[Part, Region]:
        """Where each part stands on a screen of that size; `box` if something is typed in it."""
        footer = max(0, height - 1)
        status = max(0, height - 2)
        rows = max(0, status - box)
        left = self.list
        middle = max(0, width - left - self.second - (0 if self.over else self.sidebar))
        header = min(self.header, rows)
        beside = Region(width - self.sidebar, 0, self.sidebar, rows)
        below = max(LEAST_NOTE, rows // 3) if self.note and not self.sidebar else 0
        # Where there is but one pane, the note stands below it, whichever that is.
        across = left if self.reader else 0
        text = max(0, rows - header - below)
        return {
            Part.LIST: Region(0, 0, left, rows if across else rows - below),
            Part.HEADER: Region(left, 0, middle, header),
            Part.TEXT: Region(left, header, middle, text),
            Part.SECOND_HEADER: Region(left + middle, 0, self.second, header),
            Part.SECOND_TEXT: Region(left + middle, header, self.second, text),
            Part.NAMES: beside,
            Part.NOTE: Region(across, rows - below, width - across, below) if below else beside,
            Part.BOX: Region(0, rows, width, 1),
            Part.STATUS: Region(0, status, width, 1),
            Part.KEYS: Region(0, footer, width, 1),
        }

    def shows(self, pane: Pane) -> bool:
        """Whether a pane is on screen."""
        return bool({Pane.LIST: self.list, Pane.READER: self.reader}.get(pane, self.sidebar))


def arrange(
    width: int,
    height: int,
    pane: Pane,
    *,
    names: bool,
    zen: bool,
    note: bool = False,
    second: bool = False,
) -> Arrangement:
    """The arrangement for a screen of that size.

    `pane` is the one in use, `names` whether the names are wanted, `zen` whether the text alone
    is, `note` whether a note is being written, `second` whether a second text is open, for which
    there is room from `THREE_PANES` columns on; below `TWO_PANES` only the pane in use is shown.
    """
    if note and width < THREE_PANES and pane is Pane.SIDEBAR:
        pane = Pane.READER
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
            note=note,
        )
    issues = 0 if zen else max(30, min(40, width * 23 // 100))
    beside = max(30, min(38, width * 21 // 100))
    if width < THREE_PANES:
        over = pane is Pane.SIDEBAR
        return Arrangement(issues, True, 36 if over else 0, over, compact, header, note)
    if second:
        has_room = (width - issues) // 2 >= LEAST_TEXT
        issues = issues if has_room or pane is Pane.LIST else 0
        half = (width - issues) // 2 if has_room or pane is not Pane.LIST else 0
        return Arrangement(issues, True, 0, False, compact, header, note, half)
    is_beside = note or (names and not zen)
    return Arrangement(issues, True, beside if is_beside else 0, False, compact, header, note)
