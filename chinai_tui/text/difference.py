"""What is different between two revisions of a text: by blocks, and in these by words.

Blocks are aligned, and then the words of those that resemble each other, by the longest runs that
they share (Ratcliff and Obershelp, as `difflib` has it). A Chinese character is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import Indel

from chinai_tui.domain.document import Document, is_han

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.5
"""How alike two blocks are, at least, of which the one is taken for the other."""
_MOST = 4_000_000
"""Pairs of words of two blocks that are compared at most: a second."""
_REACH = 24
"""Blocks that are looked at for the one that an old one has become."""


class Side(StrEnum):
    """In which of two texts something stands."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words of a block."""

    text: str
    side: Side


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that was added, taken away, or that has other words now."""

    old: int | None
    """Its number in the old document; None where it was added."""
    new: int | None
    """Its number in the new one; None where it was taken away."""
    words: tuple[Words, ...]
    """All of its words in order, each run with the side it stands on."""

    def on(self, side: Side) -> tuple[Words, ...]:
        """The words as they stand on one side, those of both included."""
        return tuple(words for words in self.words if words.side in (side, Side.BOTH))


def difference(old: Document, new: Document) -> tuple[BlockChange, ...]:
    """The blocks that differ, in the order in which one reads both; none for equal texts.

    A block that stands elsewhere now is taken away here and added there.
    """
    before = [old.text_of(number) for number in range(len(old.blocks))]
    after = [new.text_of(number) for number in range(len(new.blocks))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes: list[BlockChange] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            changes += _changes(before, after, range(i1, i2), range(j1, j2))
    return tuple(changes)


def by_place(
    changes: Iterable[BlockChange], old: Document, new: Document
) -> Iterator[tuple[str, tuple[BlockChange, ...]]]:
    """The changes below the place where they are, which neighbours share.

    A paragraph that went and the one that came in its stead have the same place.
    """
    for here, found in groupby(changes, lambda change: place(change, old, new)):
        yield here, tuple(found)


def place(change: BlockChange, old: Document, new: Document) -> str:
    """Where a change is: `¶14 · Key takeaways`; in the old text where it is in that only."""
    document, number = (old, change.old) if change.new is None else (new, change.new)
    number = number or 0
    paragraph, heading = document.paragraph_of(number), document.section_of(number)
    section = document.text_of(heading).rstrip(":：") if heading is not None else ""
    return " · ".join(filter(None, (f"¶{paragraph}" if paragraph else "title", section)))


def _changes(
    before: Sequence[str], after: Sequence[str], olds: range, news: range
) -> Iterator[BlockChange]:
    """The changes of a run of blocks in which none is what it was."""
    at = news.start
    for number in olds:
        reach = range(at, min(at + _REACH, news.stop))
        hit = process.extractOne(
            before[number],
            [after[each] for each in reach],
            scorer=Indel.normalized_similarity,
            score_cutoff=_ALIKE,
        )
        if hit is None:
            yield BlockChange(number, None, (Words(before[number], Side.OLD),))
            continue
        found = at + hit[2]
        for each in range(at, found):
            yield BlockChange(None, each, (Words(after[each], Side.NEW),))
        yield BlockChange(number, found, changed_words(before[number], after[found]))
        at = found + 1
    for each in range(at, news.stop):
        yield BlockChange(None, each, (Words(after[each], Side.NEW),))


def changed_words(before: str, after: str) -> tuple[Words, ...]:
    """The words of a block in order: those of both sides, and between them old, then new ones.

    Of very long blocks all words are told as other ones.
    """
    old, new = list(_words(before)), list(_words(after))
    if len(old) * len(new) > _MOST:
        return tuple(_joined([Words(before, Side.OLD), Words(after, Side.NEW)]))
    runs: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[i1:i2])
        if tag == "equal" and (same.strip() or not runs or i2 == len(old)):
            runs.append(Words(same, Side.BOTH))
        else:
            # A space alone between two changes is part of both, so that they are one.
            runs.append(Words(same, Side.OLD))
            runs.append(Words("".join(new[j1:j2]), Side.NEW))
    return tuple(_joined(runs))


def _joined(runs: Sequence[Words]) -> Iterator[Words]:
    """The same with what is changed in one place together: the old words, then the new ones."""
    for is_same, found in groupby(runs, lambda words: words.side is Side.BOTH):
        group = list(found)
        for side in (Side.BOTH,) if is_same else (Side.OLD, Side.NEW):
            text = "".join(words.text for words in group if words.side is side)
            if text:
                yield Words(text, side)


def _words(text: str) -> Iterator[str]:
    """The pieces that are compared, which together are the text."""
    for found in _WORD.findall(text):
        for han, run in groupby(found, is_han):
            if han:
                yield from run
            else:
                yield "".join(run)
