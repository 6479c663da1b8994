"""How long it takes until something is kept: texts that come in, and a bookmark."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chinai_tui.workspace import Progress
from tests.bench.generator import Generator, Shape
from tests.bench.memory import Peak
from tests.bench.row import Bench, Row, names, workspace

ANNOTATIONS = 1_000
MAILS = 2_000
OTHERS = 10
"""Other mails behind each, in a mailbox that is not for newsletters alone."""
_PAGE = Shape(page=30_000)
_SHORT = Shape(words=120, named=4)
"""Of issues that are many for the sake of their number."""


@dataclass(frozen=True, slots=True)
class _Import:
    """How an import went."""

    texts: int
    commits: list[tuple[int, float]]
    """How many texts were there after each commit that made issues, and at what second."""
    seconds: float
    """Until all was indexed."""
    megabytes: float
    """The most memory taken, by all processes together."""

    @property
    def rate(self) -> float:
        """Texts a second."""
        return self.texts / self.seconds

    @property
    def start(self) -> int:
        """How many texts the first commit had, until which nothing is stored beside the reading."""
        return self.commits[1][0]

    def rate_between(self, start: int, end: int) -> float:
        """Texts a second between two counts, at the nearest commits."""
        begin = max((each for each in self.commits if each[0] <= start), key=lambda each: each[0])
        finish = min((each for each in self.commits if each[0] >= end), key=lambda each: each[0])
        return (finish[0] - begin[0]) / (finish[1] - begin[1])


def import_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Issues a second, durable and indexed; whether the last are as fast as the first; memory."""
    count = sizes[-1]
    pages = bench.folder / f"pages-import-{count}"
    Generator(names(), seed=11, shape=_PAGE).write(pages, count)
    home = _fresh(bench.folder / f"library-import-{count}")
    done = _import(home, pages)
    detail = f"without waiting for the index {count / done.commits[-1][1]:.0f}/s"
    yield Row(
        f"import of HTML issues with index, durable, {count:,}", done.rate, 200.0, "/s", detail
    )
    tenth = count // 10
    last = done.rate_between(count - tenth, count)
    for what, start in (("first", 0), ("first, without the start", done.start)):
        first = done.rate_between(start, start + tenth)
        detail = f"{first:.0f}/s, last tenth {last:.0f}/s"
        yield Row(f"time of the last tenth against the {what}", first / last, 1.25, "×", detail)
    yield Row("memory of that import, all processes", done.megabytes, 400.0, "MB")
    again = _import(home, pages)
    yield Row("second import of the same files", again.rate, 2000.0, "/s")


def mail_rows(bench: Bench, _sizes: list[int]) -> Iterator[Row]:
    """Mails a second, durable and indexed, and the memory that a larger mailbox takes."""
    done = _import_mails(bench, MAILS, Shape())
    yield Row(f"import of an mbox of {MAILS:,} mails", done.rate, 100.0, "/s")

    def peak(count: int, others: int = 0) -> float:
        """Megabytes for so many short mails, each with so many of other people behind it."""
        return _import_mails(bench, count, _SHORT, others).megabytes

    half, whole = peak(MAILS, OTHERS // 2), peak(MAILS, OTHERS)
    what = f"memory for {MAILS:,} mails among {OTHERS * MAILS:,} others, or half of them"
    yield Row(what, whole / half if half else 0.0, 1.1, "×", f"{half:.0f} MB, {whole:.0f} MB")
    few, many = peak(MAILS), peak(4 * MAILS)
    what = f"memory for {4 * MAILS:,} short mails against {MAILS:,}"
    more = (many - few) * 1024 / (3 * MAILS)
    detail = f"{few:.0f} MB, {many:.0f} MB: {more:.1f} KB for each more"
    yield Row(what, many / few if few else 0.0, 1.25, "×", detail)


def _import_mails(bench: Bench, count: int, shape: Shape, others: int = 0) -> _Import:
    mailbox = bench.folder / f"mails-{count}-words-{shape.words}-others-{others}.mbox"
    Generator(names(), seed=13, shape=shape).write_mbox(mailbox, count, others)
    return _import(_fresh(bench.folder / f"library-{mailbox.stem}"), mailbox)


def _fresh(home: Path) -> Path:
    """The folder for a library, without one that was kept."""
    shutil.rmtree(home, ignore_errors=True)
    return home


def _import(home: Path, path: Path) -> _Import:
    library = workspace(home)
    started = time.perf_counter()
    commits = [(0, 0.0)]
    issues = 0

    def note(progress: Progress) -> None:
        nonlocal issues
        if progress.issues > issues:
            issues = progress.issues
            commits.append((progress.done, time.perf_counter() - started))

    with Peak(os.getpid()) as peak:
        texts = library.transfer.import_paths([path], progress=note).texts
        seconds = time.perf_counter() - started
    library.close()
    return _Import(texts, commits, seconds, peak.megabytes)


def bookmark_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """A bookmark among a thousand annotations, against a bare durable write of the same bytes."""
    for size in sizes:
        library = workspace(bench.library(size))
        rows = library.library.rows().rows
        first = library.library.open(rows[0].id)
        missing = ANNOTATIONS - len(library.notes.all())
        for number in range(missing):
            start = number * 7 % 2000
            library.notes.highlight(rows[0].id, first.role, start, start + 40)

        def once() -> float:
            started = time.perf_counter()
            library.notes.bookmark(rows[0].id, first.role, 0, 20)  # noqa: B023
            return time.perf_counter() - started

        taken = bench.median(once)
        file = bench.library(size) / "data" / "annotations.json"
        bare = bench.median(lambda: bare_write(file))  # noqa: B023
        library.close()
        detail = f"{taken * 1000:.1f} ms, bare write {bare * 1000:.1f} ms"
        what = f"a bookmark, durable, {ANNOTATIONS:,} annotations, {size:,} issues"
        yield Row(what, taken / bare, 5.0, "×", detail)


def bare_write(file: Path) -> float:
    """Seconds for a durable write of the bytes of a file, with nothing else around it."""
    data = file.read_bytes()
    part = file.with_name("bare.tmp")
    started = time.perf_counter()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    part.replace(file.with_name("bare"))
    return time.perf_counter() - started
