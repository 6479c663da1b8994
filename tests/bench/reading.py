"""How long it takes from `J` to the next issue on screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.bench.generator import Generator, Shape
from tests.bench.row import PYTHON, READER, Bench, Row, chinai, names
from tests.terminal import Terminal

SIZE = (120, 40)


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The real texts against a one-widget app and Textual's Markdown, and a long issue."""
    key = _key(bench, [PYTHON, "-m", "tests.bench.apps", "line"], {})
    home = bench.corpus_library
    if home is not None:
        files = sorted(str(file) for file in (bench.corpus or Path()).glob("*.txt"))
        ours = _key(bench, READER, {"CHINAI_HOME": str(home)})
        markdown = _key(bench, [PYTHON, "-m", "tests.bench.apps", "markdown", *files], {})
        detail = f"{ours * 1000:.1f} ms, a key in a one-widget app {key * 1000:.1f} ms"
        yield Row("J → next issue painted, the real texts", ours / key, 4.0, "×", detail)
        detail = f"Markdown widget {markdown * 1000:.1f} ms"
        yield Row("the same against Textual's Markdown", ours / markdown, 0.25, "×", detail)
    home = _long(bench)
    ours = _key(bench, READER, {"CHINAI_HOME": str(home)})
    yield Row("J → next issue painted, issues of 16,000 words", ours * 1000, 40.0, "ms")


def _key(bench: Bench, command: list[str], env: dict[str, str]) -> float:
    """Median seconds from the key to the last drawing, down the issues and up again."""
    with Terminal(command, env, size=SIZE) as terminal:
        terminal.settle(0.5)
        terminal.answer("\r")
        keys = cycle("JJJJKKKK")
        return bench.median(lambda: terminal.answer(next(keys)))


def _long(bench: Bench) -> Path:
    home = bench.folder / "library-long"
    if not (home / "done").exists():
        pages = bench.folder / "pages-long"
        Generator(names(), shape=Shape(words=16_000, named=400)).write(pages, bench.runs + 6)
        chinai(home, "import", str(pages))
        (home / "done").touch()
    return home
