"""How long it takes until something is kept: texts that come in, and a bookmark."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.generator import Generator
from tests.bench.row import Bench, Row, names, workspace

ANNOTATIONS = 1_000


def import_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Issues a second, durable and indexed, and whether the last are as fast as the first."""
    count = sizes[-1]
    pages = bench.folder / f"pages-import-{count}"
    Generator(names(), seed=11).write(pages, count)
    times = _import(bench.folder / f"library-import-{count}", pages)
    rate = count / (times[-1][1] - times[0][1])
    yield Row(f"import of HTML issues with index, durable, {count:,}", rate, 200.0, "/s")
    first, last = _rate(times, 0, count // 10), _rate(times, count - count // 10, count)
    detail = f"first tenth {first:.0f}/s, last tenth {last:.0f}/s"
    yield Row("time of the last tenth against the first", first / last, 1.25, "×", detail)


def _rate(times: list[tuple[int, float]], start: int, end: int) -> float:
    """Issues a second between two counts, at the nearest commits."""
    begin = max((each for each in times if each[0] <= start), key=lambda each: each[0])
    finish = min((each for each in times if each[0] >= end), key=lambda each: each[0])
    return (finish[0] - begin[0]) / (finish[1] - begin[1])


def _import(home: Path, pages: Path) -> list[tuple[int, float]]:
    library = workspace(home)
    times = [(0, time.perf_counter())]
    library.transfer.import_paths(
        [pages], progress=lambda each: times.append((each.done, time.perf_counter()))
    )
    library.close()
    return times


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
