"""How long notes take to leave: the first export, and one after which nothing has changed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.browsing import ANNOTATIONS, annotated
from tests.bench.row import Bench, Row, workspace

PROFILES = ("markdown", "obsidian", "html")


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """All notes of a library into an empty folder, and once more."""
    size = sizes[0]
    home = annotated(bench, size)
    for profile in PROFILES:
        folder = bench.folder / f"exported-{profile}"
        shutil.rmtree(folder, ignore_errors=True)
        what = f"export of {ANNOTATIONS:,} notes, {size:,} issues, as {profile}"
        first, written = _export(home, folder, profile)
        yield Row(what, first, 5.0, "s", f"{written} files written")
        again, written = _export(home, folder, profile)
        yield Row("the same, unchanged", again, 2.0, "s", f"{written} files written")


def _export(home: Path, folder: Path, profile: str) -> tuple[float, int]:
    """Seconds that an export took, the library newly opened, and how many files it wrote."""
    from chinai_tui.workspace import ExportTarget

    library = workspace(home)
    started = time.perf_counter()
    report = library.transfer.export(ExportTarget(profile=profile), folder)
    taken = time.perf_counter() - started
    library.close()
    return taken, len(report.written)
