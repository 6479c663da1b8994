"""A terminal that tells how long a program takes to draw what was asked of it."""

from __future__ import annotations

import fcntl
import os
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pyte.screens import Char

from tests.terminal import Terminal

QUIET = 0.15
"""Seconds without any drawing after which the last one was the last."""
PATIENCE = 3.0
"""Seconds within which the first drawing comes, if any does."""
GAP = 0.004
"""Seconds between drawings that belong to two frames; the pieces of one follow each other."""
REPEAT = 0.03
"""Seconds from key to key of a key held down, as terminals commonly send them."""

_Piece = tuple[float, bytes]
"""What was drawn, and when."""


class TimedTerminal(Terminal):
    """Measures to the last frame in which any cell of the screen changed."""

    first_frame = 0.0
    """Seconds until the first frame that changed something, which others may have followed."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (120, 40),
    ) -> None:
        """Start the command; see `Terminal`."""
        # With these set, a program would not ask the terminal for its new size.
        super().__init__(command, {"COLUMNS": "", "LINES": "", **(env or {})}, size)

    def answer(self, keys: str, quiet: float = QUIET) -> float:
        """Seconds from typing keys to the last change on the screen because of them.

        Raises:
            AssertionError: Nothing changed, or the program ended.
        """
        self.settle(quiet)
        sent = time.perf_counter()
        os.write(self._fd, keys.encode("utf-8"))
        return self._taken(sent, self._drawn_since(sent, quiet), repr(keys))

    def hold(self, key: str, times: int, every: float = REPEAT) -> float:
        """Seconds from the last key of one held down to the last change on the screen.

        A program that cannot keep up has keys waiting by then, and takes longer than for one.

        Raises:
            AssertionError: Nothing changed after the last key, or the program ended.
        """
        self.settle(QUIET)
        pieces: list[_Piece] = []
        due = sent = time.perf_counter()
        for _ in range(times):
            while (left := due - time.perf_counter()) > 0:
                pieces += self._drawn(left)
            sent = time.perf_counter()
            os.write(self._fd, key.encode("utf-8"))
            due += every
        pieces += self._drawn_since(sent, QUIET)
        return self._taken(sent, pieces, f"{key!r} held down")

    def resize(self, columns: int, rows: int) -> float:
        """Seconds from another size of the terminal to the last change on the screen.

        Raises:
            AssertionError: Nothing changed, or the program ended.
        """
        self.settle(QUIET)
        self.screen.resize(rows, columns)
        sent = time.perf_counter()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return self._taken(sent, self._drawn_since(sent, QUIET), f"{columns} columns")

    def _drawn(self, seconds: float) -> list[_Piece]:
        data = self._read(seconds)
        return [(self.last_output, data)] if data else []

    def _drawn_since(self, sent: float, quiet: float) -> list[_Piece]:
        """What is drawn until nothing has been for some seconds after the first drawing."""
        pieces = self._drawn(PATIENCE)
        while not self.ended and time.perf_counter() - max(sent, self.last_output) < quiet:
            pieces += self._drawn(quiet)
        return pieces

    def _taken(self, sent: float, pieces: list[_Piece], what: str) -> float:
        """Seconds to the last change; the screen is brought up to date on the way."""
        changes = [at - sent for at, data in _frames(pieces) if self._changes(data)]
        changes = [taken for taken in changes if taken > 0]
        if self.ended or not changes:
            reason = "the program ended" if self.ended else "nothing changed"
            raise AssertionError(f"{what}: {reason}\n{self.text}")
        self.first_frame = changes[0]
        return changes[-1]

    def _changes(self, data: bytes) -> bool:
        """Draw, and tell whether any cell is another: a program may draw what is there already."""
        before = self._cells()
        self._draw(data)
        return before != self._cells()

    def _cells(self) -> list[list[Char]]:
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return [[self.screen.buffer[y][x] for x in columns] for y in rows]


def _frames(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces that came without a gap as one, with the time of the last."""
    frames = list(pieces[:1])
    for (before, _), (at, data) in pairwise(pieces):
        if at - before > GAP:
            frames.append((at, data))
        else:
            frames[-1] = (at, frames[-1][1] + data)
    return frames
