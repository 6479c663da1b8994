"""How long the page of a company takes that thousands of passages name."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.generator import Generator
from tests.bench.row import READER, Bench, Row, chinai, names
from tests.bench.timing import PATIENCE, QUIET, TimedTerminal

_NAME = "SenseTime"
_SHARE = 0.0145
"""The share of the names in the texts that are that one, some two in three issues."""

_PAGE = r" Passages  .*\n.*\n.*▌  \S"
"""The page with its facts and the first passage, the cursor on it."""
_COUNT = re.compile(r"Passages  ([\d,]+) by date")
_FILTERED = r"Passages  [\d,]+ of [\d,]+ with “\w*”"
"""The title of the passages when the filter has looked in all of them."""


class _PageTerminal(TimedTerminal):
    """Measures to the moment at which the screen shows something, whatever follows it."""

    def shown(self, keys: str, pattern: str) -> float:
        """Seconds from typing keys to the drawing after which the screen shows a pattern.

        Nothing is put on the screen before all is drawn, since that takes longer than drawing.

        Raises:
            AssertionError: It does not show it.
        """
        self.settle(QUIET)
        sent = time.perf_counter()
        os.write(self._fd, keys.encode("utf-8"))
        taken = 0.0
        while not taken and not self.ended and time.perf_counter() - sent < PATIENCE:
            for at, data in self._drawn_since(sent, QUIET):
                self._draw(data)
                if not taken and re.search(pattern, self.text, re.MULTILINE):
                    taken = at - sent
        if taken:
            return taken
        raise AssertionError(f"{pattern}: not shown\n{self.text}")


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The page from the key that asks for it, its end, and a key in its filter."""
    home = _library(bench, sizes[-1])
    with _PageTerminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        _open(terminal)  # reads for the first time who is named where
        count = _COUNT.search(terminal.text)
        detail = f"{count[1] if count else 'no'} passages, {sizes[-1]:,} issues"

        def once() -> float:
            _leave(terminal)
            return _open(terminal)

        yield Row(
            "company page: key → facts and passages", bench.median(once) * 1000, 60, "ms", detail
        )

        def to_the_end() -> float:
            terminal.answer("G")
            taken = terminal.first_frame
            terminal.answer("g")
            return taken

        yield Row("company page: G → the last passages", bench.median(to_the_end) * 1000, 16, "ms")
        terminal.answer("/")
        terminal.send("b")
        terminal.wait(_FILTERED)
        terminal.settle(0.3)

        def type_a_letter() -> float:
            terminal.answer("a")
            taken = terminal.first_frame
            terminal.answer("\x7f")
            return taken

        yield Row(
            "company page: key in the filter → painted",
            bench.median(type_a_letter) * 1000,
            30,
            "ms",
        )


def _open(terminal: _PageTerminal) -> float:
    """Open the page by way of the jump box; the seconds from Enter."""
    terminal.answer("c")
    terminal.answer(_NAME.lower())
    taken = terminal.shown("\r", _PAGE)
    terminal.wait(_COUNT.pattern)
    return taken


def _leave(terminal: _PageTerminal) -> None:
    terminal.answer("q")


def _library(bench: Bench, issues: int) -> Path:
    """The home folder of a library in which one company is named far more than any other."""
    home = bench.folder / f"library-{issues}-company"
    if not (home / "done").exists():
        others = [name for name in names() if name != _NAME]
        often = round(len(others) * _SHARE / (1 - _SHARE))
        pages = bench.folder / f"pages-{issues}-company"
        Generator([*others, *[_NAME] * often]).write(pages, issues)
        chinai(home, "import", str(pages))
        (home / "done").touch()
    return home
