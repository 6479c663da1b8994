"""How long it takes to keep a note, and to find notes, among few and among many."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from itertools import islice

from chinai_tui.annotate.anchors import make
from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color
from chinai_tui.store.store import Store
from chinai_tui.workspace import Workspace
from tests.bench.keeping import bare_write
from tests.bench.row import Bench, Row, workspace

ANNOTATIONS = (10, 1_000, 10_000)
QUERIES = (
    *("company:sensetime", "kind:university", "chips", '"the lab"', "chip* -tag:tag3"),
    *(
        "tag:tag3 is:note",
        "color:red",
        "by:lin",
        "is:flagged OR is:orphan",
        "after:2019 person:leon",
    ),
)


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Notes kept among more and more others, and in larger and larger libraries; and found."""
    for count in ANNOTATIONS:
        yield _saved(bench, sizes[0], count)
    for size in sizes[1:]:
        yield _saved(bench, size, ANNOTATIONS[1])
    yield from _found(bench, sizes[-1], ANNOTATIONS[-1])


def _saved(bench: Bench, size: int, count: int) -> Row:
    """A note, durable, against a bare durable write of the same bytes."""
    library = _noted(bench, size, count)
    issue = library.library.rows().rows[0]
    file = bench.library(size) / "data" / "annotations.json"

    def once() -> float:
        started = time.perf_counter()
        library.notes.note(issue.id, issue.role, 0, 20, "A remark of some words #tag1")
        return time.perf_counter() - started

    once()
    # One after the other, so that what else the machine does slows both.
    pairs = [(once(), bare_write(file)) for _ in range(3 * bench.runs)]
    library.close()
    taken, bare = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(kept / written for kept, written in pairs)
    what = f"a note, durable, {count:,} annotations, {size:,} issues"
    return Row(what, ratio, 5.0, "×", f"{taken:.1f} ms, bare write {bare:.1f} ms")


def _found(bench: Bench, size: int, count: int) -> Iterator[Row]:
    """The worst of typical queries for notes."""
    library = _noted(bench, size, count)
    found = {}
    for query in QUERIES:

        def once() -> float:
            started = time.perf_counter()
            library.notes.find(query)  # noqa: B023
            return time.perf_counter() - started

        found[query] = bench.median(once) * 1000
    library.close()
    slowest = max(found, key=lambda query: found[query])
    detail = f"{slowest}; " + ", ".join(f"{each} {ms:.1f}" for each, ms in found.items())
    yield Row(f"notes that fit, {count:,} annotations", found[slowest], 30.0, "ms", detail)


def _noted(bench: Bench, size: int, count: int) -> Workspace:
    """A library of so many issues with so many annotations, and no step to be undone."""
    home = bench.library(size)
    store = Store(home / "data")
    with store.annotations_file.transaction() as tx:
        for table in (store.annotations, store.undo, store.deleted, store.memos):
            for each in table.all():
                tx.delete(table, each)
        for made in islice(_annotations(store), count):
            tx.put(store.annotations, made)
    return workspace(home)


def _annotations(store: Store) -> Iterator[Annotation]:
    """Made-up annotations on the issues of a library, each with a passage, without end."""
    dice = random.Random(3)  # noqa: S311 - no secrets
    issues = [*store.issues.all().values()][:3_000]
    number = 0
    while True:
        for issue in issues:
            role = issue.main_role
            document = store.documents.get(issue.id, role, issue.documents[role].revision)
            start = dice.randrange(max(1, len(document.text) - 80))
            yield Annotation(
                f"note-{number:08x}",
                dice.choice([AnnotationKind.NOTE, AnnotationKind.HIGHLIGHT]),
                issue.id,
                anchor=make(document, role, start, min(len(document.text), start + 60)),
                text=f"What the lab says of chips, remark {number}",
                color=dice.choice(["", *Color]),
                tags=(f"tag{dice.randrange(20)}",),
                creator=dice.choice(["Ann Example", "Lin"]),
                created=f"20{dice.randrange(18, 26)}-0{dice.randrange(1, 10)}-11T10:00:00Z",
            )
            number += 1
