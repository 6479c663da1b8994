"""Indexes texts that wait, and marks them anew where the catalogue has changed, behind the scenes.

A busy thread would hold up the reader's screen; a process does not. It takes a batch, commits it,
writes how many issues that were, and goes on when it gets a line back: when its input ends, so
does it, and what is committed stays.

    python -m chinai_tui.workspace.upkeep DATA CONFIG CACHE PART PARTS
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING

from chinai_tui.errors import ChinaiError, StoreError
from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from chinai_tui.paths import Paths

BATCH = 100
"""Issues a commit: so few that other writes wait for moments only."""
MANY = 400
"""Issues from which on a second process is worth its start."""
MOST_TOLD = 50
"""Complaints of one process that are passed on."""
LINE = 1000
"""Characters of the longest of them."""
_PATIENCE = 10.0
"""Seconds a process has to end when it is told to."""
_NICE = 5
"""How far this work stands back behind what somebody waits for."""
_OBJECTS = 100_000
"""Objects made before cycles are looked for, of which texts have next to none."""

_PROCESS = (sys.executable, "-X", "utf8", "-m", "chinai_tui.workspace.upkeep")
_ROOT = Path(__file__).parents[2]
"""The folder that has the package: a checkout, or where packages are installed."""


def parts_for(total: int) -> int:
    """Into how many parts so many issues are worth being divided."""
    return most_parts() if total >= MANY else 1


def most_parts() -> int:
    """How many processes this machine can do with."""
    return min(2, os.cpu_count() or 1)


def run(
    paths: Paths, parts: int, tell: Callable[[int], None], stop: threading.Event | None = None
) -> list[str]:
    """Do what waits to be done, and return when that is done or stopped.

    Args:
        paths: The library.
        parts: How many processes share it.
        tell: Given how many issues are done.
        stop: Ends it at the next batch.

    Returns:
        What was found wrong with texts, one line each.

    Raises:
        StoreError: A process could not do its work; what it committed before stays.
    """
    told: SimpleQueue[tuple[subprocess.Popen[str], int]] = SimpleQueue()
    with ExitStack() as stack:
        working = [_start(paths, part, parts, stack) for part in range(parts)]
        for process in working:
            reader = threading.Thread(target=_listen, args=(process, told), daemon=True)
            reader.start()
            stack.callback(reader.join)
            stack.callback(_end, process)
        done = 0
        running = set(working)
        while running:
            process, count = told.get()
            if not count:
                running.discard(process)
                continue
            done += count
            tell(done)
            _answer(process, go_on=stop is None or not stop.is_set())
        return [line for process in working for line in _said(process)]


def _start(paths: Paths, part: int, parts: int, stack: ExitStack) -> subprocess.Popen[str]:
    folders = (str(folder) for folder in (paths.data, paths.config, paths.cache))
    try:
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [*_PROCESS, *folders, str(part), str(parts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            cwd=_ROOT,
            # Ctrl-C is for the program that started it, which then ends it after its batch. In a
            # session of its own, it would not stand back behind the programs of this one.
            process_group=0,
        )
    except OSError as error:
        raise _unfinished(error.strerror or str(error)) from error
    return stack.enter_context(process)


def _listen(
    process: subprocess.Popen[str], told: SimpleQueue[tuple[subprocess.Popen[str], int]]
) -> None:
    """Pass on what a process says; 0 when it ends."""
    try:
        for line in process.stdout or ():
            told.put((process, int(line)))
    finally:
        told.put((process, 0))


def _answer(process: subprocess.Popen[str], go_on: bool) -> None:
    # A process that has ended does not read; why it has is told by what it returns.
    with suppress(OSError):
        stdin = _input(process)
        if go_on:
            stdin.write("\n")
            stdin.flush()
        else:
            stdin.close()


def _input(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdin is None:
        raise ValueError("the process has no input")
    return process.stdin


def _end(process: subprocess.Popen[str]) -> None:
    """Have a process end, whatever has happened here."""
    _answer(process, go_on=False)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def _said(process: subprocess.Popen[str]) -> list[str]:
    """What a process that has ended complained of; one that failed says why in its last line."""
    said = process.stderr.read() if process.stderr else ""
    lines = [clean_line(line, LINE) for line in said.splitlines() if line]
    if process.wait(_PATIENCE) != 0:
        raise _unfinished(lines[-1] if lines else "its process was ended")
    return lines


def _unfinished(reason: str) -> StoreError:
    return StoreError(f"the library is not wholly indexed: {reason}; it goes on at the next start")


def work(paths: Paths, part: int, parts: int, tell: Callable[[int], bool]) -> list[str]:
    """Do one part of what waits, batch by batch, until all is done or `tell` says to end.

    Returns:
        What was found wrong with texts, one line each.

    Raises:
        StoreError: The index cannot be read or written.
    """
    from chinai_tui.config import Settings
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.indexing import Indexing

    core = Core(paths, Settings())
    indexing = Indexing(core)
    steps = (core.index.waiting, indexing.fill), (core.index.behind, indexing.mark)
    try:
        for some, do in steps:
            while batch := some(part, parts, BATCH):
                do(batch)
                if not tell(len(batch)):
                    return core.problems
        core.index.keep_presence()
        return core.problems
    finally:
        core.close()


def main(arguments: Sequence[str]) -> int:
    """The process; what is wrong goes to standard error as one line."""
    from chinai_tui.paths import Paths

    *folders, part, parts = arguments
    data, config, cache = map(Path, folders)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    gc.set_threshold(_OBJECTS)
    try:
        wrong = work(Paths(data, config, cache), int(part), int(parts), _told)
    except ChinaiError as error:
        print(error, file=sys.stderr)
        return 1
    # The other side reads this at the end only, and the pipe holds just so much.
    print(*wrong[:MOST_TOLD], sep="\n", file=sys.stderr)
    return 0


def _told(count: int) -> bool:
    """Say how many issues are done, and whether to go on."""
    print(count, flush=True)
    return bool(sys.stdin.readline())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
