"""How well and how fast passages are found again in an edited text, see `tests.annotate.trials`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from tests.bench.generator import Generator, Shape
from tests.bench.row import Bench, Row

if TYPE_CHECKING:
    from chinai_tui.domain.document import Document

EDITS = 1_000
ANCHORS = 100
"""Anchors that are placed in one long text."""


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """A thousand edits of made-up and of real texts, then many anchors in a long text."""
    from chinai_tui.ingest import read
    from tests.annotate.trials import documents

    yield from _edited(documents(), "made-up texts")
    if bench.corpus:
        files = sorted(bench.corpus.glob("*.txt"))
        texts = [read(file.read_bytes(), file.name).document for file in files]
        yield from _edited(texts, "the real texts")
    page = Generator(["Example Works"], shape=Shape(16_000)).page(1001)
    long = read(page.encode(), "long.html").document
    taken = bench.median(lambda: _many(long))
    yield Row(f"an anchor of {ANCHORS} in a text of 16,000 words", taken, 5.0, "ms")


def _edited(texts: Sequence[Document], what: str) -> Iterator[Row]:
    from tests.annotate.trials import Verdict, run

    outcome = run(texts, EDITS)
    lost = f"{outcome.survived} of {EDITS:,} survived, {outcome.silent} moved silently"
    yield Row(f"passages not found again, {what}", outcome.missed * 100, 1.0, "%", lost)
    wrong = outcome.verdicts[Verdict.WRONG]
    yield Row(f"wrong places taken silently, {what}", wrong, 0.0, "")
    times = outcome.times
    detail = f"95 % within {times[len(times) * 95 // 100]:.1f} ms, slowest {times[-1]:.1f} ms"
    yield Row(f"a passage found again, {what}", statistics.mean(times), 5.0, "ms", detail)


def _many(document: Document) -> float:
    """Milliseconds for each anchor of many, in the text with a paragraph more and one less."""
    from chinai_tui.annotate.anchors import make, place
    from chinai_tui.domain.document import DocumentRole
    from tests.annotate.edits import Traced, delete, insert

    random = Random(1)  # noqa: S311
    anchors = []
    for _ in range(ANCHORS):
        start = random.randrange(len(document.text) - 200)
        end = start + random.randint(4, 200)
        anchors.append(make(document, DocumentRole.TEXT, start, end))
    traced = Traced.of(document)
    for change in (insert, delete):
        change(traced, random, (0, 0))
    edited = traced.document()
    started = time.perf_counter()
    for anchor in anchors:
        place(anchor, edited)
    return (time.perf_counter() - started) * 1000 / ANCHORS
