"""Issues of a given length: as documents, and open in the reader."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.generator import Generator, Shape
from tests.bench.row import READER, Bench, chinai, names, workspace
from tests.bench.timing import TimedTerminal

if TYPE_CHECKING:
    from chinai_tui.domain.document import Document

LONG, SHORT = 16_000, 2_000
"""Words of an issue."""


def long_issues(bench: Bench) -> Path:
    """The home folder of a library with issues of 16,000 words, enough for all runs."""
    return _library(bench, LONG, 3 * bench.runs + 6)


def short_issues(bench: Bench) -> Path:
    """The home folder of a library with issues of 2,000 words."""
    return _library(bench, SHORT, 2 * bench.runs + 2)


def _library(bench: Bench, words: int, count: int) -> Path:
    home = bench.folder / f"library-{words}-words-{count}"
    if not (home / "done").exists():
        pages = bench.folder / f"pages-{words}-words-{count}"
        shape = Shape(words=words, named=words // 40, han=0.1)
        Generator(names(), shape=shape).write(pages, count)
        chinai(home, "import", str(pages))
        (home / "done").touch()
    return home


def documents(home: Path, count: int) -> list[Document]:
    """The first made-up texts of a library."""
    library = workspace(home)
    made = [row.id for row in library.library.rows().rows if (row.number or 0) > 1000]
    found = [library.library.open(issue).document for issue in made[:count]]
    library.close()
    return found


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """A copy of a home folder, so that nothing was read in it yet."""
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(home, Path(folder) / "library")


@contextmanager
def opened(home: Path) -> Iterator[TimedTerminal]:
    """The reader with its first issue open, on a copy of a library."""
    with copied(home) as copy, TimedTerminal(READER, {"CHINAI_HOME": str(copy)}) as terminal:
        terminal.settle(0.5)
        terminal.answer("\r")
        yield terminal


def next_issue(terminal: TimedTerminal) -> float:
    """Seconds from `J` to the last drawing.

    Raises:
        AssertionError: There is no further issue.
    """
    taken = terminal.answer("J")
    if "no further issue" in terminal.text:
        raise AssertionError(terminal.text)
    # What is read ahead should not take time from what is measured next.
    terminal.settle(0.3)
    return taken
