"""Reads sources in processes of their own, so that none can hold up or use up the program.

A process is given one source at a time and answers with what it is. One that takes too long is
ended, one that wants too much memory is refused it, and either is told of that source alone.

    python -m chinai_tui.ingest.workers
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TypeAlias, TypeVar

import msgspec

from chinai_tui.errors import InputError
from chinai_tui.ingest import reader
from chinai_tui.ingest.messages import receive, send
from chinai_tui.ingest.reading import Reading, Several, Skipped, Source, Subscriptions
from chinai_tui.text.sanitise import clean_line

SECONDS = 10.0
"""How long the reading of one source may take."""
MEMORY = 512 * 1024 * 1024
"""Bytes of memory a process may take."""
MODULE = "chinai_tui.ingest.workers"
"""What a process runs."""
_READ_HERE = 16
"""Small sources that are read in this process before one is started for the rest."""
_SMALL = 256 * 1024
"""Bytes up to which a source is small."""
_BOUNDED = frozenset({"plain", "markdown", "html", "json-feed", "notes", "post"})
"""Formats whose reading takes time and memory in proportion to the size, whatever is in it.

They stand on regular expressions with limits and a parser that is kept from pages it would choke
on, and the suites of malformed input have been through them. Those of JSON add the parser of the
standard library, which takes its time in proportion too and refuses what is nested too deeply. All
others have parsers of their own.
"""
_AHEAD = 128
"""Sources for each process that are under way or wait, so that a commit does not hold them up."""
_BYTES_AHEAD = 32 * 1024 * 1024
"""Bytes of the sources from which on no more are taken."""
_OBJECTS = 100_000
"""Objects made before cycles are looked for, of which texts have next to none."""
_PATIENCE = 60.0
"""Seconds a process has to start."""
_ROOT = Path(__file__).parents[2]
"""The folder that has the package: a checkout, or where packages are installed."""
_TOO_LONG = "took longer than {:g} s to read and was stopped; save it as plain text or split it"
_DIED = "ended the process that read it (code {}); save it as plain text"

T = TypeVar("T")
Found: TypeAlias = Source | InputError | Skipped
Taken: TypeAlias = Reading | Several | Subscriptions | Skipped | InputError
Outcome: TypeAlias = Reading | Subscriptions | InputError | Skipped


class Workers:
    """A number of processes, each started when it is first needed, for the time of a `with`."""

    def __init__(self, count: int | None = None) -> None:
        """Take how many processes there may be; with 0, all is read in this one.

        As many as the machine has processors, unless told.
        """
        self._count = (os.cpu_count() or 1) if count is None else count
        self._read_here = _READ_HERE
        self._processes = [_Process() for _ in range(self._count)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for each in self._processes:
            self._idle.put(each)
        self._threads = ThreadPoolExecutor(max(1, self._count), "chinai-workers")

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for each in self._processes:
            each.stop()
        self._threads.shutdown()
        for each in self._processes:
            each.end()

    def take_all(
        self, found: Iterable[Found], spare: Callable[[Source], T | None] = lambda _: None
    ) -> Iterator[tuple[Found, Outcome | T]]:
        """What each source is, in the order given; of several texts in one, each by itself.

        Args:
            found: Sources; what is none comes out as it went in.
            spare: Asked for what is known of a source without reading it; where that is anything,
                it is the outcome.
        """
        for source, outcome in self._in_order(found, spare):
            if not isinstance(outcome, Several):
                yield source, outcome
                continue
            for part, inner in self._in_order(outcome.sources, spare):
                if isinstance(inner, Several):
                    inner = InputError(part.place, "holds texts within one of several; split it")
                yield part, inner

    def _in_order(
        self, found: Iterable[Found], spare: Callable[[Source], T | None]
    ) -> Iterator[tuple[Found, Outcome | Several | T]]:
        rest = iter(found)
        ahead: deque[tuple[Found, Callable[[], Outcome | Several | T]]] = deque()
        size = 0
        while True:
            while len(ahead) <= _AHEAD * self._count and size < _BYTES_AHEAD:
                each = next(rest, None)
                if each is None:
                    break
                size += _size(each)
                ahead.append((each, self._begin(each, spare)))
            if not ahead:
                return
            source, finish = ahead.popleft()
            yield source, finish()
            size -= _size(source)

    def _begin(
        self, each: Found, spare: Callable[[Source], T | None]
    ) -> Callable[[], Outcome | Several | T]:
        """Have something read; what is returned gives what it is, when it is."""
        if not isinstance(each, Source):
            return partial(_identity, each)
        known = spare(each)
        if known is not None:
            return partial(_identity, known)
        if not self._count or (self._read_here and _is_light(each)):
            self._read_here = max(0, self._read_here - 1)
            return partial(_taken, each)
        return self._threads.submit(self._ask, each).result

    def _ask(self, source: Source) -> Taken:
        process = self._idle.get()
        try:
            return process.ask(source)
        finally:
            self._idle.put(process)


class _Process:
    """A process that reads, once it is started; a new one when it has ended."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._deadline: _Deadline | None = None
        self._stopped = threading.Event()
        self._code = 0
        """That with which the last process ended."""

    def ask(self, source: Source) -> Taken:
        """What a source is; a process that ended while it was idle is not held against it."""
        was_idle = self._running is not None
        taken = self._asked(source)
        if taken is None and was_idle and not self._stopped.is_set():
            taken = self._asked(source)
        return taken or InputError(source.place, _DIED.format(self._code))

    def _asked(self, source: Source) -> Taken | None:
        """What a source is; None where the process ended by itself."""
        try:
            running = self._running or self._start()
            deadline = self._deadline = self._deadline or _Deadline(running, SECONDS)
        except (OSError, EOFError) as error:
            self.end()
            reason = f"was not read, since no process for it could be started ({error})"
            return InputError(source.place, reason)
        try:
            question = msgspec.msgpack.encode(source)
        except (ValueError, TypeError) as error:
            return InputError(source.place, f"cannot be handed on ({type(error).__name__})")
        with deadline:
            try:
                send(_end_of(running.stdin), question)
                data = receive(_end_of(running.stdout))
            except (OSError, EOFError):
                data = b""
        if not data or deadline.is_over:
            self.end()
            late = InputError(source.place, _TOO_LONG.format(SECONDS))
            return late if deadline.is_over else None
        return _ANSWERS.decode(data).as_taken(source)

    def stop(self) -> None:
        """Break off what the process is at; none is started any more."""
        self._stopped.set()
        if (running := self._running) is not None:
            running.kill()

    def end(self) -> None:
        """Do without the process."""
        running, self._running = self._running, None
        deadline, self._deadline = self._deadline, None
        if deadline is not None:
            deadline.cancel()
        if running is None:
            return
        running.kill()
        # What was left to be said to a process that has ended cannot be.
        with suppress(BrokenPipeError), running:
            pass
        self._code = running.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._stopped.is_set():
            raise EOFError("reading has been stopped")
        self._running = running = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-X", "utf8", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            # Ctrl-C is for the program that started it; of its session it is, since `nice` counts
            # only among the programs of one.
            process_group=0,
        )
        with _Deadline(running, _PATIENCE) as deadline:
            receive(_end_of(running.stdout))
        deadline.cancel()
        if self._stopped.is_set():
            running.kill()
        return running


class _Deadline:
    """Ends a process that is not done in time, question after question.

    Its timer goes on from one question to the next, since each start of one costs a thread.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._lock = threading.Lock()
        self._due: float | None = None
        self._timer: threading.Timer | None = None
        self.is_over = False

    def __enter__(self) -> _Deadline:
        with self._lock:
            self._due = time.monotonic() + self._seconds
            if self._timer is None:
                self._wait(self._seconds)
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._due = None

    def cancel(self) -> None:
        """Wait for nothing any more."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True
        self._timer.start()

    def _strike(self) -> None:
        with self._lock:
            self._timer = None
            if self._due is None:
                return
            left = self._due - time.monotonic()
            if left > 0:
                self._wait(left)
            else:
                self.is_over = True
                self._process.kill()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process says of a source: one of these, or why it is none of them."""

    reading: Reading | None = None
    several: Several | None = None
    subscriptions: Subscriptions | None = None
    skipped: Skipped | None = None
    refused: str = ""

    @classmethod
    def of(cls, taken: Taken) -> _Answer:
        """Say what came of a source."""
        match taken:
            case Reading():
                return cls(reading=taken)
            case Several():
                return cls(several=taken)
            case Subscriptions():
                return cls(subscriptions=taken)
            case Skipped():
                return cls(skipped=taken)
        return cls(refused=taken.reason)

    def as_taken(self, source: Source) -> Taken:
        """What came of the source."""
        given = self.reading or self.several or self.subscriptions or self.skipped
        return given or InputError(source.place, self.refused)


_ANSWERS = msgspec.msgpack.Decoder(_Answer)


def main() -> None:
    """The process: answers, a source at a time, until there are no more."""
    _limit_memory()
    gc.set_threshold(_OBJECTS)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not get in between.
    sys.stdout = sys.stderr
    decoder = msgspec.msgpack.Decoder(Source)
    send(answers, b"ready")
    with suppress(EOFError, BrokenPipeError):
        while True:
            send(answers, _answer(decoder.decode(receive(questions))))


def _answer(source: Source) -> bytes:
    try:
        return msgspec.msgpack.encode(_Answer.of(_taken(source)))
    except MemoryError:
        reason = reader.TOO_LARGE
    except (ValueError, TypeError, RecursionError) as error:
        reason = clean_line(f"cannot be handed on ({type(error).__name__}: {error})", 200)
    return msgspec.msgpack.encode(_Answer(refused=reason))


def _limit_memory() -> None:
    """Have this process refused more memory than it may take, where the system can."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _taken(source: Source) -> Taken:
    try:
        return reader.take(source)
    except InputError as error:
        return error


def _is_light(source: Source) -> bool:
    """Whether a source is sure to be read within moments."""
    if len(source.data) > _SMALL:
        return False
    try:
        return reader.format_of(source).name in _BOUNDED
    except InputError:
        return True


def _size(found: Found) -> int:
    return len(found.data) if isinstance(found, Source) else 0


def _identity(known: T) -> T:
    return known


def _end_of(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process has no pipes")
    return pipe


if __name__ == "__main__":
    main()
