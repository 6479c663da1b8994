"""How well and how fast entities are found: the hand-labelled texts, and made-up issues."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.generator import Generator, Shape
from tests.bench.row import Bench, Row

if TYPE_CHECKING:
    from chinai_tui.domain.document import Document
    from chinai_tui.entities.recogniser import Recogniser

GOLD = Path(__file__).parents[1] / "fixtures" / "gold"
"""A file for each labelled text, and the entities that were looked for in all of them."""
ISSUES = 40
"""Made-up issues in a run."""
WORDS = 2_500

Place = tuple[int, int, str]
"""Start, end and entity of a mention."""


@dataclass(frozen=True, slots=True)
class Score:
    """Mentions that a person marked, and those that the recogniser marks, of the same texts."""

    wanted: frozenset[tuple[str, Place]]
    """With the revision of their text."""
    found: frozenset[tuple[str, Place]]

    @property
    def precision(self) -> float:
        """The share of what is marked that is right."""
        return len(self.wanted & self.found) / len(self.found) if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is right that is marked."""
        return len(self.wanted & self.found) / len(self.wanted) if self.wanted else 1.0


def gold() -> dict[str, list[Place]]:
    """The labelled mentions by the revision of their text."""
    texts = [json.loads(file.read_text("utf-8")) for file in sorted(GOLD.glob("*.json"))]
    return {
        text["revision"]: [(start, end, entity) for start, end, entity in text["mentions"]]
        for text in texts
    }


def considered() -> frozenset[str]:
    """The entities that were looked for when the texts were labelled."""
    return frozenset((GOLD / "entities.txt").read_text("utf-8").split())


def real_texts(folder: Path) -> list[Document]:
    """The texts of a folder, as they are imported."""
    from chinai_tui.ingest import read

    return [read(file.read_bytes(), file.name).document for file in sorted(folder.glob("*.txt"))]


def score(recogniser: Recogniser, documents: Sequence[Document]) -> Score:
    """What is marked in the labelled texts among these, beside what should be.

    Only entities that were looked for count, so that the catalogue may grow.
    """
    labelled, entities = gold(), considered()
    wanted, found = set(), set()
    for document in documents:
        if document.revision not in labelled:
            continue
        wanted |= {(document.revision, place) for place in labelled[document.revision]}
        for mention in recogniser.find(document):
            if mention.entity in entities:
                found.add((document.revision, (mention.start, mention.end, mention.entity)))
    return Score(frozenset(wanted), frozenset(found))


def shipped() -> Recogniser:
    """The recogniser over the shipped catalogue."""
    from chinai_tui.entities.catalogue import load
    from chinai_tui.entities.recogniser import Recogniser
    from chinai_tui.paths import bundled_library

    files = sorted((bundled_library() / "entities").glob("*.toml"))
    return Recogniser(load(files).entities.values())


def rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Precision and recall on the labelled texts; speed on these and on made-up issues."""
    from tests.bench.row import names

    recogniser = shipped()
    if bench.corpus is not None:
        documents = real_texts(bench.corpus)
        result = score(recogniser, documents)
        detail = f"precision {result.precision:.3f} of {len(result.found)} mentions"
        yield Row(
            "marked in the real texts and wrong", 100 - 100 * result.precision, 2, "%", detail
        )
        detail = f"recall {result.recall:.3f} of {len(result.wanted)} mentions"
        yield Row("missed in the real texts", 100 - 100 * result.recall, 3, "%", detail)
        yield from _speed(bench, recogniser, documents * (ISSUES // 5), "the real texts")
    shape = Shape(words=WORDS, named=60, han=0.1)
    yield from _speed(bench, recogniser, _made_up(names(), shape), "made-up issues")


def _made_up(names: list[str], shape: Shape) -> list[Document]:
    from chinai_tui.ingest import read

    pages = Generator(names, shape=shape).pages(ISSUES)
    return [read(page.encode(), "issue.html").document for page in pages]


def _speed(
    bench: Bench, recogniser: Recogniser, documents: Sequence[Document], what: str
) -> Iterator[Row]:
    """Millions of characters a second without folding; issues of 2,500 words with it."""
    from chinai_tui.text.fold import fold

    folding: list[float] = []

    def once() -> float:
        began = time.perf_counter()
        for document in documents:
            fold(document.text)
        folding.append(time.perf_counter() - began)
        began = time.perf_counter()
        for document in documents:
            recogniser.find(document)
        return time.perf_counter() - began

    whole = bench.median(once)
    # The same runs, so that what else the machine does weighs on both.
    own = whole - sorted(folding)[len(folding) // 2]
    characters = sum(len(document.text) for document in documents) / 1e6
    issues = sum(document.words for document in documents) / WORDS
    detail = f"{characters:.2f} million in {1000 * own:.0f} ms"
    yield Row(f"million characters recognised, {what}", characters / own, 10, "/s", detail)
    detail = f"{100 * (whole - own) / whole:.0f} % of the time is folding"
    yield Row(f"issues folded and recognised, {what}", issues / whole, 500, "/s", detail)
