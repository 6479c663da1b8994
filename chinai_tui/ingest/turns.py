"""Whose turn it is to ask a host, and which are to be left alone, among programs with one file."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SPACING = 2.0
"""Seconds between two requests to one host."""
LONGEST_WAIT = 120.0
"""Seconds that one waits for a turn; where it is longer until then, the host is left alone."""
LONGEST_REST = 3600.0
"""Seconds for which a host is left alone at most; what says more was noted by another clock."""
_LOCK_SECONDS = 10.0
"""How long one waits for a program that takes a turn, which takes no time."""
_NO_TIME = 1e15
"""Seconds since 1970 that no clock tells."""
_TAKEN, _RESTING = "taken", "resting"
"""Under what names the file holds times by host."""


class Turns:
    """The turns that have been taken, by host, and the hosts that want none; for many threads.

    A file that cannot be read or written is done without: then only this program keeps to them.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Take the file that others share, if any do; it holds no host for longer than an hour."""
        self._file = file
        self._taken: dict[str, float] = {}
        self._resting: dict[str, float] = {}
        """Until when hosts are to be left alone."""
        self._taking = threading.Lock()

    def take(self, host: str, now: float) -> float:
        """Take the next turn of a host, and give the seconds until then.

        None is taken where that is more than `LONGEST_WAIT`. `now` is the time in seconds since
        1970.
        """
        with self._taking, self._shared():
            self._forget(now)
            last = self._taken.get(host, 0.0)
            # A turn so far off that nobody took it: the clock has been set back.
            ready = last + SPACING if last <= now + LONGEST_WAIT else now + SPACING
            wait = max(ready, self._resting.get(host, 0.0), now) - now
            if wait <= LONGEST_WAIT:
                self._taken[host] = now + wait
            return wait

    def leave_alone(self, host: str, now: float, seconds: float) -> None:
        """Have nobody ask a host for so many seconds from `now` on, an hour at most."""
        with self._taking, self._shared():
            self._forget(now)
            until = now + min(seconds, LONGEST_REST)
            self._resting[host] = max(until, self._resting.get(host, 0.0))

    def _forget(self, now: float) -> None:
        """Forget what is over, and rests too long to be meant."""
        self._taken = {host: turn for host, turn in self._taken.items() if turn + SPACING > now}
        self._resting = {
            host: until
            for host, until in self._resting.items()
            if now < until <= now + LONGEST_REST
        }

    @contextmanager
    def _shared(self) -> Iterator[None]:
        """Work on what is in the file, if there is one, and nobody else at the same time."""
        if self._file is None:
            yield
            return
        from filelock import FileLock, Timeout

        try:
            held = FileLock(f"{self._file}.lock", timeout=_LOCK_SECONDS).acquire()
        except (OSError, Timeout):
            yield
            return
        with held:
            told = _read(self._file)
            _merge(self._taken, told.get(_TAKEN))
            _merge(self._resting, told.get(_RESTING))
            yield
            kept = {_TAKEN: self._taken, _RESTING: self._resting}
            # One that is killed while it writes costs others one turn.
            with suppress(OSError), open(self._file, "w", encoding="utf-8", opener=_opened) as file:
                json.dump(kept, file)


def _opened(path: str, flags: int) -> int:
    """A file that nobody else may read."""
    return os.open(path, flags, 0o600)


def _read(file: Path) -> dict[str, object]:
    """What is in a file; nothing where it is not what was written."""
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _merge(times: dict[str, float], told: object) -> None:
    """Put times by host beside others, of two the later; what is no time is passed over."""
    for host, time in told.items() if isinstance(told, dict) else ():
        if isinstance(time, int | float) and abs(time) < _NO_TIME:
            times[host] = max(float(time), times.get(host, 0.0))
