"""How much memory a program takes with all processes that it starts."""

from __future__ import annotations

import threading
from pathlib import Path

_PROCESSES = Path("/proc")
_EVERY = 0.25
"""Seconds between two looks."""


class Peak:
    """The most memory that a process and those below it take, for the time of a `with`.

    What several of them share counts once (`Pss` of /proc/PID/smaps_rollup, Linux only; elsewhere
    it stays 0).
    """

    def __init__(self, process: int) -> None:
        """Take the number of the process."""
        self._process = str(process)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            kilobytes = sum(map(_taken, _family(self._process)))
            self.megabytes = max(self.megabytes, kilobytes / 1024)


def _family(process: str) -> list[str]:
    """A process, its children and theirs."""
    try:
        tasks = list((_PROCESSES / process / "task").iterdir())
    except OSError:
        return []
    children = [child for task in tasks for child in _words(task / "children")]
    return [process, *(each for child in children for each in _family(child))]


def _taken(process: str) -> int:
    """Kilobytes of a process; 0 where it has ended."""
    words = _words(_PROCESSES / process / "smaps_rollup")
    return int(words[words.index("Pss:") + 1]) if "Pss:" in words else 0


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []
