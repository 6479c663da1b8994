"""How long it takes until the reader is there, and how much memory it holds."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.row import READER, Bench, Row

_TIME = ((1_000, 2.0), (10_000, 2.2), (10**9, 3.0))
_MEMORY = ((1_000, 2.5), (10_000, 3.0), (10**9, 5.0))
"""Up to how many issues which ratio to a blank app is allowed."""


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """A row for time and one for memory at each size."""
    blank_time, blank_memory = bench.blank
    for size in sizes:
        home = bench.library(size)
        taken, peak = bench.start(READER, home)
        yield Row(
            f"chinai → three panes filled and still, {size:,} issues",
            taken / blank_time,
            _allowed(_TIME, size),
            "×",
            f"{taken * 1000:.0f} ms, blank app {blank_time * 1000:.0f} ms",
        )
        yield Row(
            f"peak memory, {size:,} issues",
            peak / blank_memory,
            _allowed(_MEMORY, size),
            "×",
            f"{peak / 1024:.0f} MiB, blank app {blank_memory / 1024:.0f} MiB",
        )


def _allowed(table: tuple[tuple[int, float], ...], size: int) -> float:
    return next(ratio for most, ratio in table if size <= most)
