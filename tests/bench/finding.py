"""How long finding takes: names as one types them, and words in the whole library."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import READER, Bench, Row, workspace
from tests.terminal import Terminal

_QUERIES = (
    "the",
    "bace",
    '"the of"',
    "company:sensetime",
    "国家",
    "data -model",
    "ba*",
    "year:1992",
)

_EMPTY_BOX = "most mentioned"
"""What stands over the names while nothing is typed."""


def jump_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The matching of names alone, then the key in the box."""
    yield Row("jump: the matching alone, 5,000 entities", _matching(bench), 8.0, "ms")
    home = bench.library(sizes[0])
    with Terminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        terminal.send("c")
        terminal.wait(_EMPTY_BOX)

        def once() -> float:
            # The preview beside the names comes later by intention, and is not waited for.
            taken = -terminal.send("s") + terminal.wait_gone(_EMPTY_BOX)
            terminal.send("\x7f")
            terminal.wait(_EMPTY_BOX)
            terminal.settle()
            return taken

        taken = bench.median(once)
    yield Row("jump: key → names painted, the shipped catalogue", taken * 1000, 25.0, "ms")


def _matching(bench: Bench) -> float:
    from chinai_tui.domain.entity import Alias, Entity, EntityKind
    from chinai_tui.entities.jump import Jump
    from tests.bench.generator import Generator

    source = Generator([])
    words = [f"{source._word()} {source._word()}" for _ in range(30_000)]
    entities = [
        Entity(
            id=f"made-up-{n}",
            kind=EntityKind.COMPANY,
            name=words[n * 6].title(),
            aliases=tuple(Alias(each.title()) for each in words[n * 6 + 1 : n * 6 + 6]),
        )
        for n in range(5_000)
    ]
    jump = Jump(entities)
    typed = [words[n * 1000][: 2 + n % 7] + ("x" if n % 3 == 0 else "") for n in range(30)]

    def once() -> float:
        times = []
        for each in typed:
            started = time.perf_counter()
            jump.rank(each, {}, 20)
            times.append(time.perf_counter() - started)
        return statistics.median(times) * 1000

    return bench.median(once)


def search_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The engine over mixed queries, then the key in the search box."""
    home = bench.library(sizes[-1])
    times = _engine(home)
    detail = f"slowest {max(times):.1f} ms"
    what = f"search: the engine, median of mixed queries, {sizes[-1]:,} issues"
    yield Row(what, statistics.median(times), 20.0, "ms", detail)
    with Terminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        terminal.send("\\")
        terminal.settle(0.5)
        terminal.send("bac")
        terminal.settle(0.5)
        taken = bench.median(lambda: terminal.answer("e") + 0 * terminal.answer("\x7f"))
    yield Row(f"search: key → hits painted, {sizes[-1]:,} issues", taken * 1000, 60.0, "ms")


def _engine(home: Path) -> list[float]:
    library = workspace(home)
    times = []
    for query in _QUERIES * 3:
        started = time.perf_counter()
        library.search.search(query, limit=20)
        times.append((time.perf_counter() - started) * 1000)
    library.close()
    return times[len(_QUERIES) :]
