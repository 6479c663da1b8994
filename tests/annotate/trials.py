"""Trials of anchors: a passage is marked, the text edited at random, and the passage looked for.

A passage survives an edit where its own words still stand together, in their order, with at most
a tenth of their characters changed; case, accents, typographic marks and where paragraphs break
are no changes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from rapidfuzz.distance import Levenshtein

from chinai_tui.annotate.anchors import CONTEXT, make, place
from chinai_tui.domain.annotation import Anchor, AnchorState, Placement
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.ingest import read
from chinai_tui.text.fold import fold
from tests.annotate.edits import (
    CHANGED,
    EDITS,
    TOLERANCE,
    Range,
    Traced,
    breaks,
    double,
    edit,
    left,
)
from tests.bench.generator import Generator, Shape

SILENT = (AnchorState.EXACT, AnchorState.MOVED)


class Verdict(StrEnum):
    """What finding a passage again came to."""

    FOUND = "found"
    """It survived and was found; so was a twin of it, to be checked, that nothing sets apart."""
    MISSED = "missed"
    """It survived, and no place or another one was offered."""
    WRONG = "wrong"
    """A place that is not the passage's was taken silently."""
    GONE = "gone"
    """It did not survive, and that was seen, or what is left of it was found."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A passage of a document, and the document after an edit."""

    old: Document
    passage: Range
    anchor: Anchor
    edits: tuple[str, ...]
    new: Document
    left: list[Range]
    """Where the passage may be said to be now, see `left`."""

    def survives_at(self, start: int, end: int) -> bool:
        """Whether the words of the passage stand there, at most a tenth of them changed."""
        changed = Levenshtein.distance(_plain(self.anchor.exact), _plain(self.new.text[start:end]))
        return changed <= CHANGED * len(self.anchor.exact)

    @property
    def survived(self) -> bool:
        """Whether the passage has survived the edit."""
        return any(self.survives_at(*stretch) for stretch in self.left)

    def verdict(self, placement: Placement) -> Verdict:
        """What to say of a place that was found for the passage."""
        survived, right = self.survived, self._is_right(placement)
        if placement.state in SILENT and not right and not self._is_copy(placement):
            return Verdict.WRONG
        if not survived:
            return Verdict.GONE
        return Verdict.FOUND if right or self._is_twin(placement) else Verdict.MISSED

    def _is_right(self, placement: Placement) -> bool:
        """Whether the place is the passage's own, the ends within the tolerance."""
        start, end = placement.start, placement.end
        if placement.state is AnchorState.ORPHAN or not self.left:
            return False
        first, last = self.left[0]
        if first < end and start < last and self.survives_at(start, end):
            return True
        return any(
            abs(start - first) <= TOLERANCE and abs(end - last) <= TOLERANCE
            for first, last in self.left
        )

    def _is_twin(self, placement: Placement) -> bool:
        """Whether an offered place is a copy of the paragraph in which the passage is now."""
        offered = self._in_paragraph(placement.start, placement.end)
        return placement.state is AnchorState.UNSURE and any(
            self._in_paragraph(*stretch) == offered for stretch in self.left
        )

    def _is_copy(self, placement: Placement) -> bool:
        """Whether nothing is left of the passage but a copy of its paragraph."""
        start, end = self.passage
        before, after = self._beside
        old = _plain(self.old.text[start - before : end + after])
        new = self._in_paragraph(placement.start, placement.end)
        return not self.left and Levenshtein.distance(old, new) <= CHANGED * len(old)

    @property
    def _beside(self) -> tuple[int, int]:
        """Characters around the passage that set it apart: half the context in its paragraph."""
        start, end = self.passage
        first = self.old.blocks[self.old.block_at(start)]
        last = self.old.blocks[self.old.block_at(max(start, end - 1))]
        return min(CONTEXT // 2, start - first.start), min(CONTEXT // 2, last.end - end)

    def _in_paragraph(self, start: int, end: int) -> str:
        before, after = self._beside
        return _plain(self.new.text[max(0, start - before) : end + after])


def _plain(text: str) -> str:
    return fold(text).replace("\n", " ")


def documents() -> list[Document]:
    """Texts of about 16,000 characters in English, mixed and Chinese, with doubled passages."""
    found = []
    for seed, shape in enumerate((Shape(2_600), Shape(3_300, han=0.5), Shape(6_400, han=1.0))):
        random = Random(seed)  # noqa: S311
        generator = Generator(["Example Works", "商汤科技"], seed, shape)
        traced = Traced.of(read(generator.page(1001).encode(), "a.html").document)
        for at, (_, text, _) in enumerate(traced.blocks):
            traced.put(at, 0, len(text), _quoted(text, random))
        for _ in range(6):
            double(traced, random, (0, 0))
        found.append(traced.document())
    return found


def _quoted(text: str, random: Random) -> str:
    """A paragraph with typographic marks in it, where it has spaces."""
    words = text.split(" ")
    if len(words) > 6:
        at = random.randrange(len(words) - 4)
        words[at] = f"“{words[at]}"
        words[at + 3] = f"{words[at + 3]}’s” —"
    return " ".join(words)


def trials(texts: Sequence[Document], count: int, seed: int) -> Iterator[Trial]:
    """So many edits that change a text, the same for the same seed."""
    random = Random(seed)  # noqa: S311
    made = 0
    while made < count:
        old = random.choice(texts)
        passage = _passage(old, random)
        edits = tuple(random.choices(list(EDITS), k=random.choice((1, 1, 1, 2, 3, 4))))
        traced = Traced.of(old)
        edit(traced, random, passage, edits)
        new = traced.document()
        if new.text != old.text:
            made += 1
            anchor = make(old, DocumentRole.TEXT, *passage)
            yield Trial(old, passage, anchor, edits, new, left(passage, traced.origins()))


def _passage(document: Document, random: Random) -> Range:
    """A word or two Han characters, some words, a paragraph, or several of them."""
    first = random.randrange(1, len(document.blocks))
    block, text = document.blocks[first], document.text_of(first)
    kind = random.randrange(6)
    if kind == 0 or not text.strip():
        last = min(len(document.blocks) - 1, first + random.randint(0, 4))
        return block.start, document.blocks[last].end
    places = breaks(text)
    at = random.randrange(len(places) - 1)
    end = places[min(len(places) - 1, at + random.choice((1, 2, 4, 8, 15, 40)))]
    start = places[at]
    if kind == 1:
        start, end = places[at], places[at + 1]
        if not text[start:end].isascii() and end - start > 2:
            start = random.randrange(start, end - 1)
            end = start + 2
    words = text[start:end]
    if not words.strip():
        return block.start, block.end
    return block.start + start, block.start + start + len(words.rstrip())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of many passages."""

    verdicts: Counter[Verdict]
    silent: int
    """Those that survived, were found and taken silently."""
    failures: list[tuple[Trial, Placement]]
    """What was missed or wrong."""
    times: list[float]
    """Milliseconds for each, sorted."""

    @property
    def survived(self) -> int:
        """How many survived their edit."""
        return sum(n for verdict, n in self.verdicts.items() if verdict is not Verdict.GONE)

    @property
    def missed(self) -> float:
        """The share of the surviving ones that was not found."""
        return 1 - self.verdicts[Verdict.FOUND] / self.survived


def run(texts: Sequence[Document], count: int, seed: int = 6) -> Outcome:
    """Look for the passages of so many trials."""
    verdicts: Counter[Verdict] = Counter()
    silent, failures, times = 0, [], []
    for trial in trials(texts, count, seed):
        started = time.perf_counter()
        placement = place(trial.anchor, trial.new)
        times.append((time.perf_counter() - started) * 1000)
        verdict = trial.verdict(placement)
        verdicts[verdict] += 1
        silent += verdict is Verdict.FOUND and placement.state in SILENT
        if verdict in (Verdict.MISSED, Verdict.WRONG):
            failures.append((trial, placement))
    return Outcome(verdicts, silent, failures, sorted(times))
