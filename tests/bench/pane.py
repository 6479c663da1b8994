"""How long the reader's text takes: laid out, paged through, resized, searched."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.issues import copied, documents, long_issues, next_issue, opened, short_issues
from tests.bench.row import Bench, Row, paths, workspace
from tests.bench.timing import TimedTerminal

if TYPE_CHECKING:
    from chinai_tui.domain.document import Document
    from chinai_tui.text.layout import Layout

SCREEN = 40
"""Rows that are seen at a time, at most."""
FRAME = 16.0
"""Milliseconds."""
HELD = 20
"""Keys that a held key sends."""
WORD = "which"
"""Stands in an issue of 16,000 words some sixty times, its first letter above a thousand times."""


def rows(bench: Bench) -> Iterator[Row]:
    """The figures of the pane, on issues of 16,000 words."""
    home = long_issues(bench)
    texts = documents(home, bench.runs + 1)
    yield Row("layout of the first screen alone, 16,000 words", _first(texts), 10.0, "ms")
    yield from _pages(bench, home, texts)
    lag = _held(bench, home)
    yield Row("lag behind a held key, 16,000 words", lag * 1000, FRAME, "ms")
    detail = f"laying out the text alone {_middle(texts):.1f} ms"
    taken = _resized(bench, home)
    yield Row("resize 120 → 80 columns, 16,000 words", taken * 1000, 50.0, "ms", detail)
    yield _found(bench, home)
    yield asyncio.run(_mounted(home))


# Laying out


def _first(texts: list[Document]) -> float:
    """Median milliseconds until the first lines of a text can be drawn, on 88 cells."""
    return _drawn(texts, 88, lambda _text, _layout: 0)


def _middle(texts: list[Document]) -> float:
    """The same for the place in the middle, on the 72 cells of a narrower terminal."""
    return _drawn(texts, 72, lambda text, layout: layout.place(len(text.text) // 2).row)


def _drawn(texts: list[Document], width: int, top: Callable[[Document, Layout], int]) -> float:
    taken = []
    for text in texts:
        gc.collect()  # what other rows left behind is not to be counted here
        started = time.perf_counter()
        layout = _laid_out(text, width)
        row = top(text, layout)
        for each in range(row, row + SCREEN):
            layout.text(each)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])


def _laid_out(text: Document, width: int) -> Layout:
    """The text in lines, with a number behind each link."""
    from rich.cells import cell_len

    from chinai_tui.domain.document import SpanKind
    from chinai_tui.text.layout import Layout, Options

    spans = (span for block in text.blocks for span in block.spans)
    ends = (span.end for span in spans if span.kind is SpanKind.LINK)
    numbers = tuple((end, str(number)) for number, end in enumerate(ends, 1))
    return Layout(text, width, Options(insertions=numbers), cell_len)


# Paging


def _screens(text: Document) -> int:
    """Whole pages that the text has at least, whatever the pane's width."""
    return _laid_out(text, 88).rows // SCREEN - 1


def _pages(bench: Bench, home: Path, texts: list[Document]) -> Iterator[Row]:
    """Each page by itself, drawn for the first time, in a long issue and in short ones.

    Both readers are open at once and take turns, so that they share what else the machine does.
    """
    short_home = short_issues(bench)
    short = min(map(_screens, documents(short_home, bench.runs + 1)))
    turns = min(2 * bench.runs, min(map(_screens, texts)) // short)
    long_pages, short_pages = _Pages(), _Pages()
    with opened(home) as long_reader, opened(short_home) as short_reader:
        next_issue(long_reader)
        for _ in range(turns):
            next_issue(short_reader)
            short_pages.turn(short_reader, short)
            long_pages.turn(long_reader, short)
    yield Row(
        "Space → next page painted, 16,000 words", long_pages.median, FRAME, "ms", str(long_pages)
    )
    ratio = long_pages.median / short_pages.median
    yield Row("the same against 2,000 words", ratio, 1.25, "×", str(short_pages))


class _Pages:
    """Milliseconds that pages took."""

    def __init__(self) -> None:
        self._taken: list[float] = []
        self._first: list[float] = []

    def turn(self, terminal: TimedTerminal, count: int) -> None:
        """Turn so many pages."""
        for _ in range(count):
            self._taken.append(terminal.answer(" ") * 1000)
            self._first.append(terminal.first_frame * 1000)

    @property
    def median(self) -> float:
        return statistics.median(self._taken)

    def __str__(self) -> str:
        most = statistics.quantiles(self._taken, n=20)[-1]
        return (
            f"{len(self._taken)} pages, median {self.median:.1f} ms, 95 % within {most:.1f} ms, "
            f"first frame {statistics.median(self._first):.1f} ms"
        )


def _held(bench: Bench, home: Path) -> float:
    """Median seconds from the last of many quick keys to the last drawing."""
    with opened(home) as terminal:

        def once() -> float:
            next_issue(terminal)
            return terminal.hold(" ", HELD)

        return bench.median(once)


# The rest


def _resized(bench: Bench, home: Path) -> float:
    """Median seconds from the new size to the last drawing, in the middle of an issue.

    Each time it is another issue, which was not yet laid out for that width.
    """
    with opened(home) as terminal:

        def once() -> float:
            next_issue(terminal)
            terminal.answer(" " * HELD)
            taken = terminal.resize(80, SCREEN)
            terminal.resize(120, SCREEN)
            return taken

        return bench.median(once)


def _found(bench: Bench, home: Path) -> Row:
    """The slowest letter of a word, each letter the median of several issues."""
    taken: list[list[float]] = []
    first = []
    with opened(home) as terminal:
        for _ in range(bench.runs + 1):
            next_issue(terminal)
            terminal.answer("/")
            taken.append([])
            for letter in WORD:
                taken[-1].append(terminal.answer(letter) * 1000)
                first.append(terminal.first_frame * 1000)
            terminal.answer("\x1b", quiet=0.5)
    letters = [statistics.median(times) for times in zip(*taken[1:], strict=True)]
    each = " ".join(f"{letter} {time:.1f}" for letter, time in zip(WORD, letters, strict=True))
    detail = f"{each} ms, first frame {statistics.median(first):.1f} ms"
    return Row("find: letter → hits painted, 16,000 words", max(letters), 25.0, "ms", detail)


async def _mounted(home: Path) -> Row:
    """The widgets of the pane while a long issue is open in it."""
    from chinai_tui.config import Settings
    from chinai_tui.ui.app import ChinaiApp
    from chinai_tui.ui.widgets.document_view import DocumentView

    with copied(home) as copy:
        library = workspace(copy)
        app = ChinaiApp(library, paths(copy), Settings())
        async with app.run_test(size=(120, SCREEN)) as pilot:
            await pilot.press("enter", "J")
            view = app.screen.query_one(DocumentView)
            count = len(view.walk_children(with_self=True))
            detail = f"{len(app.screen.walk_children())} on the whole screen"
        library.close()
    return Row("widgets mounted for an issue", count, 1.0, "", detail)
