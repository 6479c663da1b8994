"""How long the browser of notes takes to open, and to filter, with many annotations."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.row import READER, Bench, Row, workspace
from tests.terminal import Terminal

if TYPE_CHECKING:
    from chinai_tui.workspace import Workspace

ANNOTATIONS = 10_000
_SEED = 5
_TAGS = ("ipo", "chips", "faces", "talent", "policy")
_COMMON = "the"
"""A word of most passages."""
_FEW = "tag:ipo chips"


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """From the key to the first rows, and from a letter of the filter to what it leaves."""
    size = sizes[0]
    home = annotated(bench, size)
    what = f"notes browser, {ANNOTATIONS:,} annotations"
    # Without the pane of the note in full, which follows the list and is drawn last.
    with Terminal(READER, {"CHINAI_HOME": str(home)}, size=(96, 40)) as terminal:
        terminal.settle(0.5)
        taken = terminal.answer("M") * 1000
        yield Row(f"{what}: opens for the first time", taken, 100.0, "ms")
        terminal.wait(r"Notes +\d+,\d{3}")
        terminal.send("q")
        terminal.settle(0.5)
        taken = bench.median(lambda: terminal.answer("M") + 0 * terminal.answer("q")) * 1000
        yield Row(f"{what}: opens again", taken, 100.0, "ms")
        terminal.send("M")
        terminal.settle(0.5)
        for query in (_COMMON, _FEW):
            terminal.send("/")
            terminal.settle(0.5)
            times = [terminal.answer(letter) * 1000 for letter in query]
            slowest = query[times.index(max(times))]
            detail = (
                f"“{query}”, the median of its letters; slowest “{slowest}” {max(times):.0f} ms"
            )
            taken = statistics.median(times)
            yield Row(f"{what}: filters at a key", taken, 30.0, "ms", detail)
            terminal.send("\x1b")
            terminal.settle(0.5)


def annotated(bench: Bench, size: int) -> Path:
    """The home folder of a library with so many issues, and annotations spread over them."""
    home = bench.library(size)
    library = workspace(home)
    missing = ANNOTATIONS - len(library.notes.all())
    if missing > 0:
        _annotate(library, missing)
    library.close()
    # The index takes them in as it opens.
    workspace(home).close()
    return home


def _annotate(library: Workspace, count: int) -> None:
    """Write annotations as an import does, in one transaction; one at a time takes an hour."""
    from chinai_tui.annotate.anchors import make
    from chinai_tui.domain.annotation import Annotation, AnnotationKind

    chance = random.Random(_SEED)  # noqa: S311
    issues = [row.id for row in library.library.rows().rows]
    store = library._core.store
    with store.annotations_file.transaction() as tx:
        for number in range(count):
            issue = issues[number % len(issues)]
            document = library.library.document(issue)
            block = chance.choice(document.blocks[1:])
            role = library.library.issue(issue).main_role
            made = f"{2020 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00Z"
            kind = chance.choice(list(AnnotationKind))
            is_note = kind is AnnotationKind.NOTE
            tags = (chance.choice(_TAGS),) if is_note else ()
            note = Annotation(
                id=f"{number:016x}",
                kind=kind,
                issue=issue,
                anchor=make(document, role, block.start, min(block.end, block.start + 400)),
                text=f"chips and what becomes of them, {number}" if is_note else "",
                tags=tags,
                created=made,
                updated=made,
            )
            tx.put(store.annotations, note)
