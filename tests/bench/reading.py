"""How long it takes until an issue is on screen, from `J` and from the list."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import pane
from tests.bench.issues import long_issues, next_issue, opened
from tests.bench.row import PYTHON, Bench, Row
from tests.bench.timing import TimedTerminal

TEXTS = 4
"""Issues that are opened after the first one."""
STARTS = 3
"""How often each program is started; an issue counts when it is opened for the first time."""


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The real texts against a one-widget app and Textual's Markdown; then long issues."""
    home = bench.corpus_library
    if home is not None:
        files = sorted(str(file) for file in (bench.corpus or Path()).glob("*.txt"))
        ours, key, markdown = _side_by_side(home, files)
        detail = f"{ours * 1000:.1f} ms, a key in a one-widget app {key * 1000:.1f} ms"
        yield Row("J → next issue painted, the real texts", ours / key, 4.0, "×", detail)
        detail = f"Markdown widget {markdown * 1000:.1f} ms"
        yield Row("the same against Textual's Markdown", ours / markdown, 0.25, "×", detail)
    home = long_issues(bench)
    ours = _next(home, TEXTS)
    yield Row("J → next issue painted, issues of 16,000 words", ours * 1000, 40.0, "ms")
    yield Row("the same from the list, not read ahead", _listed(bench, home) * 1000, 40.0, "ms")
    yield from pane.rows(bench)


def _next(home: Path, count: int) -> float:
    """Median seconds from `J` to the last drawing, of so many issues that are new to it."""
    taken = []
    for _ in range(STARTS):
        with opened(home) as terminal:
            taken += [next_issue(terminal) for _ in range(count)][1:]
    return statistics.median(taken)


def _side_by_side(home: Path, files: Sequence[str]) -> tuple[float, float, float]:
    """Median seconds from `J` to the last drawing: the reader, one widget, a Markdown widget.

    They are open at once and take turns, so that they share what else the machine does.
    """
    taken: list[tuple[float, float, float]] = []
    for _ in range(STARTS):
        with opened(home) as ours, _app("line") as line, _app("markdown", *files) as markdown:
            line.settle(0.5)
            markdown.settle(0.5)
            turns = [
                (next_issue(ours), line.answer("J"), markdown.answer("J")) for _ in range(TEXTS)
            ]
            taken += turns[1:]
    ours_taken, line_taken, markdown_taken = map(statistics.median, zip(*taken, strict=True))
    return ours_taken, line_taken, markdown_taken


def _app(*command: str) -> TimedTerminal:
    return TimedTerminal([PYTHON, "-m", "tests.bench.apps", *command])


def _listed(bench: Bench, home: Path) -> float:
    """Median seconds until an issue is open that is no neighbour of the last one.

    Neighbours are read ahead. To get away from them, the cursor of the list goes three rows down
    with the key that opens.
    """
    with opened(home) as terminal:
        next_issue(terminal)

        def once() -> float:
            terminal.answer("h")
            return terminal.answer("jjj\r")

        return bench.median(once)
