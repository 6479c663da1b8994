"""Finds entities in texts by their names; every rule is exact, nothing is guessed from likeness.

One pass of an Aho-Corasick automaton (Aho and Corasick, 1975) over the folded text gives all
overlapping hits; those that touch further letters, lie in links, lack their context or are
excluded are dropped, and of the rest the leftmost, then the longest stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

import ahocorasick_rs

from chinai_tui.domain.document import BlockKind, is_han
from chinai_tui.domain.entity import EntityKind, Mention
from chinai_tui.entities.exclusions import Barred, Exclusions
from chinai_tui.entities.links import links
from chinai_tui.entities.spelling import JOINERS, NO_JOINERS, key, spelling
from chinai_tui.entities.standing import Standing, standing
from chinai_tui.entities.surnames import follow_ups, surname_of
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chinai_tui.domain.document import Document
    from chinai_tui.domain.entity import Entity, Exclusion

_CJK = "\u2e80"
"""From here on characters are Chinese, Japanese or Korean and end a Latin word."""

_BROKEN = re.compile(rf"(?<=[{_CJK}-\U0010ffff])\n(?=[{_CJK}-\U0010ffff])")
"""A line that ends between two of them, where no space belongs."""

_SHORTEST_PLURAL = 4
"""Letters of a name from which on an `s` after it does not make a word of its own."""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one entity, as it is looked for."""

    entity: str
    text: str
    case: bool
    needs: frozenset[int] | None
    """Patterns of which one must be in the text; none for a name that is clear by itself."""

    @property
    def has_plural(self) -> bool:
        """Whether an `s` after the name is a plural: not so for `US`, nor for common words."""
        return self.needs is None and len(self.text) >= _SHORTEST_PLURAL


_Hit: TypeAlias = "tuple[int, int, _Name]"
"""Start, end and name; a plain tuple, for a large library has millions of them."""
_START, _END = itemgetter(0), itemgetter(1)


class _View:
    """A document's text as it is searched: without joiners, as it is and folded, with its links."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = _unwrapped(document)
        self._offsets: list[int] | None = None
        if not self.text.isascii() and any(map(self.text.__contains__, JOINERS)):
            self._offsets = [at for at, char in enumerate(self.text) if char not in JOINERS]
            self.text = self.text.translate(NO_JOINERS)
        self.folded = fold(self.text)
        self._links = links(self.text)
        self._blocks = [block for block in document.blocks if block.is_counted]
        self._starts = [self._at(block.start) for block in self._blocks]
        self._ends = [self._at(block.end) for block in self._blocks]

    def _at(self, offset: int) -> int:
        """An offset of the document, here."""
        return offset if self._offsets is None else bisect_left(self._offsets, offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range in the document."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    def counts(self, start: int, end: int) -> bool:
        """Whether a range lies in one block that counts, and no link is in the way."""
        block = bisect_right(self._starts, start) - 1
        if block < 0 or end > self._ends[block]:
            return False
        return not (self._links and self._in_link(start, end))

    def is_heading(self, start: int) -> bool:
        """Whether what stands at an offset that counts is a heading or the title."""
        block = self._blocks[bisect_right(self._starts, start) - 1]
        return block.kind is BlockKind.HEADING or block.is_heading

    def _in_link(self, start: int, end: int) -> bool:
        """Whether a link overlaps the range; one that is just the range is a name, as `z.ai` is."""
        after = bisect_left(self._links, (end,))
        if not after:
            return False
        link = self._links[after - 1]
        return link[1] > start and link != (start, end)


def _unwrapped(document: Document) -> str:
    """The text with plain spaces where a name may be broken: no-break ones, lines in a block.

    Chinese that is broken has a joiner there, which is not seen.
    """
    text, blocks = document.text.replace("\u00a0", " "), document.blocks
    if text.count("\n") < len(blocks):
        return text
    parts: list[str] = []
    done = 0
    for block in blocks:
        lines = _BROKEN.sub(JOINERS[0], text[block.start : block.end])
        parts += text[done : block.start], lines.replace("\n", " ")
        done = block.end
    return "".join((*parts, text[done:]))


class Recogniser:
    """The names of all entities, compiled once, looked for in any number of documents."""

    def __init__(self, entities: Iterable[Entity], exclusions: Iterable[Exclusion] = ()) -> None:
        """Compile the names, without those that are excluded everywhere."""
        self._exclusions = Exclusions(exclusions)
        self._patterns: dict[str, int] = {}
        self._names: list[list[_Name]] = []
        self._surnames: dict[str, str] = {}
        for entity in entities:
            self._add(entity)
        self._left = [_is_latin(text[0]) for text in self._patterns]
        self._right = [_is_latin(text[-1]) for text in self._patterns]
        self._plus = [text[-1] == "+" for text in self._patterns]
        for names in self._names:
            # Of names that are spelt alike, the strictest has the first claim.
            names.sort(key=lambda name: (not name.case, name.needs is None))
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)

    def _add(self, entity: Entity) -> None:
        aliases = [a for a in entity.aliases if not a.search_only]
        for text in (entity.han, entity.hant):
            self._add_name(entity.id, text, False, ())
        self._add_name(entity.id, entity.name, entity.case, entity.needs)
        for alias in aliases:
            self._add_name(entity.id, alias.text, alias.case, alias.needs)
        if entity.kind is EntityKind.PERSON and (surname := surname_of(entity)):
            self._surnames[entity.id] = surname

    def _add_name(self, entity: str, text: str, case: bool, needs: tuple[str, ...]) -> None:
        if not text or self._exclusions.everywhere(entity, key(text)):
            return
        context = frozenset(map(self._pattern, needs)) if needs else None
        name = _Name(entity, spelling(text), case, context)
        names = self._names[self._pattern(text)]
        if name not in names:
            names.append(name)

    def _pattern(self, text: str) -> int:
        number = self._patterns.setdefault(key(text), len(self._patterns))
        if number == len(self._names):
            self._names.append([])
        return number

    def find(self, document: Document, issue: str = "") -> list[Mention]:
        """The mentions in a document of that issue, in order and without overlaps.

        Blocks that do not count (boilerplate, repeats) have none, and none reaches from one block
        into another. A plural `s` is not part of a mention; only a clear name in its own capitals
        has a plural. A name with a context rule is marked where one of its words, or a clear name
        of the entity, is in the document; as a single word it must also stand alone, except in a
        heading, where every word may have a capital. A name that is excluded at its place leaves
        it to a shorter one or to another entity.
        """
        view = _View(document)
        hits, present = self._hits(view)
        barred = self._exclusions.of(issue)
        if barred is not None:
            hits = _counted(hits, view, barred)
        clear = [hit for hit in hits if hit[2].needs is None]
        chosen = _leftmost_longest(clear)
        if len(clear) < len(hits):
            named = {name.entity for _, _, name in chosen}
            edges = {start for start, _, _ in chosen}, {end for _, end, _ in chosen}
            chosen = _leftmost_longest(
                hit
                for hit in hits
                if hit[2].needs is None
                or (_has_context(hit[2], named, present) and _stands(view, hit, *edges))
            )
        surnames = self._surname_hits(view, chosen)
        chosen += surnames if barred is None else _counted(surnames, view, barred)
        chosen.sort(key=_START)
        text, mentions = document.text, []
        for at, until, name in chosen:
            start, end = view.span(at, until)
            mentions.append(Mention(name.entity, start, end, text[start:end]))
        return mentions

    def _hits(self, view: _View) -> tuple[list[_Hit], set[int]]:
        """All hits with their boundaries, by their ends, and the patterns that are present."""
        folded, size = view.folded, len(view.folded)
        left, right, plus = self._left, self._right, self._plus
        hits: list[_Hit] = []
        present: set[int] = set()
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            # The test that most hits fail comes first: `us` is in `because`.
            if left[number] and start and _is_latin(folded[start - 1]):
                continue
            plural = False
            if end < size:
                after = folded[end]
                if right[number] and _is_latin(after):
                    plural = view.text[end] == "s" and not _is_latin(folded[end + 1 : end + 2])
                    if not plural:
                        continue
                elif plus[number] and after == "+":
                    continue
            if not view.counts(start, end):
                continue
            if not plural:
                present.add(number)
            for name in self._names[number]:
                if plural and not name.has_plural:
                    continue
                if not (plural or name.case) or spelling(view.text[start:end]) == name.text:
                    hits.append((start, end, name))
        return hits, present

    def _surname_hits(self, view: _View, chosen: list[_Hit]) -> list[_Hit]:
        """People by their surname alone, once they were named in full."""
        people = {
            start: name
            for start, _, name in chosen
            if name.entity in self._surnames and (" " in name.text or is_han(name.text[0]))
        }
        if not people:
            return []
        named = {start: name.entity for start, name in people.items()}
        taken = [(start, end) for start, end, _ in chosen]
        full = {name.entity: name for name in people.values()}
        found = follow_ups(view.text, view.folded, named, taken, self._surnames)
        return [
            (start, end, full[entity]) for start, end, entity in found if view.counts(start, end)
        ]


def _counted(hits: Iterable[_Hit], view: _View, barred: Barred) -> list[_Hit]:
    """The hits that are not excluded."""
    text, folded = view.text, view.folded
    return [hit for hit in hits if not barred.bars(hit[2].entity, text, folded, hit[0], hit[1])]


def _is_latin(char: str) -> bool:
    """Whether it is a letter or digit of a script that puts spaces between words; "" is not."""
    return char < _CJK and char.isalnum()


def _has_context(name: _Name, named: set[str], present: set[int]) -> bool:
    """Whether a name has a context rule, and the document fulfils it."""
    return name.needs is not None and (name.entity in named or not name.needs.isdisjoint(present))


def _stands(view: _View, hit: _Hit, starts: set[int], ends: set[int]) -> bool:
    """Whether a name with a context rule is not part of a longer name."""
    start, end, name = hit
    words = name.text
    if " " in words or not (_is_latin(words[0]) and _is_latin(words[-1])):
        return True
    if view.is_heading(start):
        return True
    return standing(view.text, start, end, starts, ends) is Standing.ALONE


def _leftmost_longest(hits: Iterable[_Hit]) -> list[_Hit]:
    """The hits that stay, from left to right; of those of one range the first given."""
    ordered = sorted(hits, key=_END, reverse=True)
    ordered.sort(key=_START)
    chosen: list[_Hit] = []
    reached = 0
    for hit in ordered:
        if hit[0] >= reached:
            chosen.append(hit)
            reached = hit[1]
    return chosen
