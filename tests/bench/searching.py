"""How long searching the library takes: the engine, the key in the box, the command line."""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.bench.generator import Generator
from tests.bench.row import PYTHON, READER, Bench, Row, chinai, names, paths, workspace
from tests.terminal import Terminal

_SEED = 11
_SHAPES = (
    "{common}",
    "{rare}",
    "{common} {rare}",
    '"{phrase}"',
    'near:"{common} {rare}"',
    "{rare} -{common}",
    "{rare} OR {other}",
    "{begun}*",
    "company:{name}",
    "company:{name} {common}",
    "company:{name} mentions:>2",
    "{han}",
    "{rare} after:1995 before:2005",
    "{common} year:1999..2003 sort:date",
    "({rare} OR {other}) words:>500",
    "{common} in:title",
    "kind:university {rare}",
    "issue:100..900 {rare}",
    "{other} is:unread",
    "{common} {rare} {other}",
    "{misspelt} {slipped}",
)
"""Ways to ask, each of them so often, with other words."""
_EACH = 10
_NEEDLE = Generator([])._words[2_000]
"""A rare word of the made-up vocabulary, for the side by side with other programs."""


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The engine over mixed queries, then the rest on the largest library."""
    for size in sizes:
        if size >= 5_000:
            budgets = (20.0, 60.0) if size < 50_000 else (50.0, 200.0)
            yield from _engine(bench.library(size), size, budgets)
    home = bench.library(sizes[-1])
    yield from _painted(bench, home, sizes[-1])
    yield from _index(home)
    yield from _processes(bench, home, sizes[-1])


def queries() -> list[str]:
    """Queries of the language, the same each time."""
    source, chance = Generator([]), random.Random(_SEED)  # noqa: S311
    words = source._words
    known = [name for name in names() if name.isascii() and " " not in name]
    made = []
    for _, shape in product(range(_EACH), _SHAPES):
        common, other = chance.choices(words[30:300], k=2)
        rare = chance.choice(words[300:5000])
        made.append(
            shape.format(
                common=common,
                other=other,
                rare=rare,
                begun=chance.choice(words[30:3000])[:3],
                misspelt=_misspelt(rare),
                slipped=_misspelt(common),
                phrase=f"{chance.choice(words[:12])} {common}",
                name=chance.choice(known),
                han="".join(chance.choices("国家人工智能芯片模型", k=2)),
            )
        )
    return made


def _misspelt(word: str) -> str:
    """A word with two letters the wrong way round."""
    return f"{word[:1]}{word[2:3]}{word[1:2]}{word[3:]}"


def _engine(home: Path, size: int, budgets: tuple[float, float]) -> Iterator[Row]:
    library = workspace(home)
    library.care.catch_up()
    asked = queries()
    times: dict[str, float] = {}
    for query in (*asked[:20], *asked):
        started = time.perf_counter()
        library.search.search(query, limit=20)
        times[query] = (time.perf_counter() - started) * 1000
    library.close()
    what = f"search: the engine, {len(asked)} mixed queries, {size:,} issues"
    taken = sorted(times.values())
    slowest = max(times, key=lambda query: times[query])
    yield Row(what, statistics.median(taken), budgets[0], "ms", "median")
    detail = f"95th percentile; slowest {taken[-1]:.0f} ms: {slowest}"
    yield Row(what, taken[int(len(taken) * 0.95)], budgets[1], "ms", detail)


def _painted(bench: Bench, home: Path, size: int) -> Iterator[Row]:
    with Terminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        terminal.send("\\")
        terminal.settle(0.5)
        terminal.send("bac")
        terminal.settle(0.5)
        taken = bench.median(lambda: terminal.answer("e") + 0 * terminal.answer("\x7f"))
    yield Row(f"search: key → hits painted, {size:,} issues", taken * 1000, 60.0, "ms")


def _index(home: Path) -> Iterator[Row]:
    """How large the index is beside the texts, and how fast it is made anew."""
    place = paths(home)
    library = workspace(home)
    issues = library.library.rows().rows
    text = sum(len(library.library.document(row.id).text.encode()) for row in issues)
    library.close()
    size = place.index.stat().st_size
    detail = f"{size / 1e6:.0f} MB for {text / 1e6:.0f} MB of text"
    yield Row("search: index beside the text", size / text, 2.0, "×", detail)
    kept = place.index.with_suffix(".kept")
    shutil.move(place.index, kept)
    for ending in ("-wal", "-shm"):
        Path(f"{place.index}{ending}").unlink(missing_ok=True)
    started = time.perf_counter()
    library = workspace(home)
    library.care.catch_up()
    library.close()
    taken = time.perf_counter() - started
    kept.unlink()
    yield Row("search: index made anew", len(issues) / taken, 300.0, "/s", f"{taken:.1f} s")


def _processes(bench: Bench, home: Path, size: int) -> Iterator[Row]:
    """`chinai search` as a process, beside programs that read the texts themselves."""
    texts = bench.folder / f"texts-{size}"
    if not texts.exists():
        texts.mkdir()
        library = workspace(home)
        for row in library.library.rows().rows:
            text = library.library.document(row.id).text
            (texts / f"{row.id}.txt").write_text(text, "utf-8")
        library.close()
    others = []
    for program, arguments in (("rg", ["-il"]), ("grep", ["-ril"])):
        if shutil.which(program):
            taken = bench.median(lambda c=[program, *arguments, _NEEDLE, str(texts)]: _timed(c))
            others.append(f"{program} {arguments[0]} {taken * 1000:.0f} ms")
    started = bench.median(lambda: _timed([PYTHON, "-c", "import click"]))
    others.append(f"Python and click alone {started * 1000:.0f} ms")
    taken = bench.median(lambda: chinai(home, "search", _NEEDLE, "--limit", "5"))
    yield Row("search: chinai search, a process", taken * 1000, 150.0, "ms", "; ".join(others))


def _timed(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started
