"""The line at the bottom that tells where one is, whose words these are, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.strip import Strip
from textual.timer import Timer

from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.strips import Piece, cut, line

SAID_SECONDS = 6.0
"""How long a message stays where nothing replaces it."""
LEAST_REASON = 16
"""Cells that are left at least of what a warning says before its way out."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the status line tells; empty parts are left out."""

    library: str = ""
    """The library or screen one is in."""
    issue: str = ""
    section: str = ""
    """The heading one is under; it gives way first where room is short."""
    voice: str = ""
    """Whose words the current paragraph is."""
    find: str = ""
    """Which hit of how many, or which mention."""
    running: str = ""
    """What goes on in the background."""
    paragraph: str = ""
    unsure: bool = False
    """Whether nobody has confirmed whose words they are."""


class StatusBar(DirectLines):
    """One line: on the left where one is, on the right hits, work and messages."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.status = Status()
        self.said = ""
        self.warning = False
        self._timer: Timer | None = None

    def show(self, status: Status) -> None:
        """Tell something else; a message that was said stays its time."""
        if status != self.status:
            self.status = status
            self.refresh()

    def say(self, text: str, *, warning: bool = False, seconds: float = SAID_SECONDS) -> None:
        """Say one line on the right for a while; 0 seconds for as long as nothing else is said."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.said = text
        self.warning = warning
        if text and seconds:
            self._timer = self.set_timer(seconds, self.unsay)
        self.refresh()

    def unsay(self) -> None:
        """Say no longer what was to stay for a while."""
        if self._timer is not None:
            self.say("")

    def render_line(self, y: int) -> Strip:
        """The strip of the line."""
        if y:
            return Strip.blank(self.size.width, self.pens())
        pens, width = self.pens, self.size.width
        left, right = self._left(pens), self._right(pens, width - 2)
        if sum(cell_len(text) for text, _ in (*left, *right)) > width - 3:
            left = self._left(pens, library=False)
        if sum(cell_len(text) for text, _ in right) > width - 2:
            left, right = [(" ", pens()), *right], []  # cut at its end, with air before it
        return line(width, left, right, fill=pens())

    def _left(self, pens: Pens, *, library: bool = True) -> list[Piece]:
        """Where one is; where room is short, without telling of the library."""
        status = self.status
        pieces: list[Piece] = [(" chinai", pens("accent", bold=True))]
        if status.library and library:
            pieces.append((f" {status.library}", pens("dim")))
        if status.issue:
            pieces.append((f"  {status.issue}", pens("strong", bold=True)))
        section = (status.section, pens("dim"))
        voice = (status.voice, pens("dim" if status.unsure else "ink"))
        # The number of the paragraph tells the place where there is no room for its heading.
        told = [(status.paragraph, pens("dim")), voice, section]
        if not status.paragraph:
            told = [section, voice]
        for number, piece in enumerate(piece for piece in told if piece[0]):
            pieces += [(" · " if number else "  ", pens("dim")), piece]
        return pieces

    def _right(self, pens: Pens, room: int) -> list[Piece]:
        said = with_way_out(self.said, room) if self.warning else self.said
        shown = [
            (said, pens("state" if self.warning else "strong", bold=True)),
            (self.status.running, pens("dim")),
            (self.status.find, pens("ink")),
        ]
        pieces: list[Piece] = []
        for piece in shown:
            if piece[0]:
                pieces += [("  ", pens()), piece] if pieces else [piece]
        return pieces


def with_way_out(warning: str, room: int) -> str:
    """A warning whose reason gives way where there is no room for all, so that its end is shown.

    The way out is what stands behind the last `; `; it is cut itself where it leaves nothing.
    """
    reason, mark, way_out = warning.rpartition("; ")
    left = room - cell_len(mark + way_out)
    if not reason or cell_len(warning) <= room or left < LEAST_REASON:
        return warning
    return f"{cut(reason, left)}{mark}{way_out}"
