"""What saving costs, beside the least it can cost.

Run it in the checkout: `PYTHONPATH=. python tests/store/bench_store.py`.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.store.store import Store


def annotation(number: int) -> Annotation:
    anchor = Anchor(
        role=DocumentRole.TEXT,
        revision="a" * 64,
        start=number,
        end=number + 50,
        block=3,
        exact="words of the passage " * 4,
        prefix="p" * 32,
        suffix="s" * 32,
    )
    return Annotation(
        id=f"n{number:06}",
        kind=AnnotationKind.NOTE,
        issue="chinai-94",
        anchor=anchor,
        text="the words of a note " * 5,
        created="2026-01-01T00:00:00Z",
    )


def document(number: int, blocks: int = 60) -> Document:
    texts = [f"paragraph {number} {block} " + "some words of it " * 25 for block in range(blocks)]
    made, start = [], 0
    for text in texts:
        end = start + len(text)
        made.append(Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", start, end))
        start = end + 1
    return Document("\n".join(texts), tuple(made))


def median_ms(action: Callable[[int], object], rounds: int = 40) -> float:
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        action(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def bare_commit(folder: Path, data: bytes) -> Callable[[int], object]:
    def commit(_: int) -> None:
        temporary = folder / "bare.tmp"
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / "bare")

    return commit


def bench_bookmark(folder: Path, count: int) -> None:
    store = Store(folder / str(count))
    with store.annotations_file.transaction() as tx:
        for number in range(count):
            tx.put(store.annotations, annotation(number))

    def bookmark(number: int) -> None:
        with store.annotations_file.transaction() as tx:
            tx.put(store.annotations, annotation(count + number))

    ours = median_ms(bookmark)
    data = store.annotations_file.path.read_bytes()
    bare = median_ms(bare_commit(folder, data))
    print(
        f"bookmark beside {count:6} annotations ({len(data) // 1024:5} KiB): "
        f"{ours:6.2f} ms, bare {bare:5.2f} ms, {ours / bare:4.1f} x"
    )
    start = time.perf_counter()
    Store(folder / str(count)).annotations.all()
    print(f"  first load: {(time.perf_counter() - start) * 1000:.1f} ms")


def bench_import(folder: Path, count: int, batch: int) -> None:
    store = Store(folder / f"import-{batch}")
    documents = [document(number) for number in range(count)]
    start = time.perf_counter()
    for first in range(0, count, batch):
        part = range(first, min(first + batch, count))
        store.originals.put_many((documents[n].text.encode(), "txt") for n in part)
        store.documents.put_many((f"issue-{n}", DocumentRole.TEXT, documents[n]) for n in part)
        with store.issues_file.transaction() as tx:
            for n in part:
                tx.put(store.issues, Issue(id=f"issue-{n}", publication="p", title=f"title {n}"))
    seconds = time.perf_counter() - start
    print(f"import of {count} issues, {batch} at a time: {count / seconds:.0f} a second, durable")
    start = time.perf_counter()
    for n in range(count):
        store.documents.get(f"issue-{n}", DocumentRole.TEXT, documents[n].revision)
    print(f"  reading a document: {(time.perf_counter() - start) / count * 1e6:.0f} µs")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (10, 1000, 10000):
            bench_bookmark(folder, count)
        for batch in (1, 20, 200):
            bench_import(folder, 400, batch)


if __name__ == "__main__":
    main()
