"""How long it takes to mark the whole library anew after the catalogue has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.generator import Generator, Shape
from tests.bench.row import Bench, Row, chinai, names, workspace

WORDS = 2_500
"""Words of an issue."""


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Seconds after a correction that few issues feel, and after one that every issue does."""
    from chinai_tui.domain.entity import EntityKind

    count = sizes[-1]
    library = workspace(_library(bench, count))
    library.care.catch_up()
    corrections = {
        "a name in no issue": library.mending.new_entity("Nobody Says This", EntityKind.COMPANY),
        "a name in every issue": library.mending.new_entity("which", EntityKind.GROUP),
    }
    budget = 10.0 * count / 5_000
    for what, correction in corrections.items():
        library.mending.apply(correction)
        started = time.perf_counter()
        library.care.catch_up()
        taken = time.perf_counter() - started
        detail = f"{count / taken:,.0f} issues/s"
        yield Row(f"marked anew for {what}, {count:,} issues", taken, budget, "s", detail)
    for _ in corrections:
        library.notes.undo()
    library.close()


def _library(bench: Bench, count: int) -> Path:
    home = bench.folder / f"library-{count}-long"
    if not (home / "done").exists():
        pages = bench.folder / f"pages-{count}-long"
        Generator(names(), shape=Shape(words=WORDS, named=WORDS // 40)).write(pages, count)
        chinai(home, "import", str(pages))
        (home / "done").touch()
    return home
