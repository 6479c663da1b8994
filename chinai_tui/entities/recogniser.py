"""Finds entities in texts by their names; every rule is exact, nothing is guessed from likeness.

One pass of an Aho-Corasick automaton (Aho and Corasick, 1975) over the folded text gives all
overlapping hits; those that touch further letters, lie in links or lack their context are dropped,
and of the rest the leftmost, then the longest stays.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from chinai_tui.domain.document import BlockKind, is_han
from chinai_tui.domain.entity import EntityKind, Mention
from chinai_tui.entities.links import links
from chinai_tui.entities.standing import Standing, standing
from chinai_tui.entities.surnames import follow_ups, surname_of
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chinai_tui.domain.document import Block, Document
    from chinai_tui.domain.entity import Entity

_CJK = "\u2e80"
"""From here on characters are Chinese, Japanese or Korean and end a Latin word."""

_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one entity, as it is looked for."""

    entity: str
    text: str
    case: bool
    needs: frozenset[int] | None
    """Patterns of which one must be in the text; none for a name that is clear by itself."""


class _Hit(NamedTuple):
    start: int
    end: int
    name: _Name


class _View:
    """A document's text as it is searched: without joiners, as it is and folded, with its links."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._offsets: list[int] | None = None
        if not self.text.isascii() and _JOINERS.search(self.text):
            self._offsets = [at for at, char in enumerate(self.text) if not _JOINERS.match(char)]
            self.text = _JOINERS.sub("", self.text)
        self.folded = fold(self.text)
        self._links = links(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range in the document."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    def block(self, start: int, end: int) -> Block | None:
        """The block around a range; none if it does not count, is left, or a link is in the way."""
        if not self.document.blocks:
            return None
        first, last = self.span(start, end)
        block = self.document.blocks[self.document.block_at(first)]
        if not block.is_counted or first < block.start or last > block.end:
            return None
        return None if self._in_link(start, end) else block

    def _in_link(self, start: int, end: int) -> bool:
        """Whether a link overlaps the range; one that is just the range is a name, as `z.ai` is."""
        after = bisect_left(self._links, (end,))
        if not after:
            return False
        link = self._links[after - 1]
        return link[1] > start and link != (start, end)


class Recogniser:
    """The names of all entities, compiled once, looked for in any number of documents."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._patterns: dict[str, int] = {}
        self._names: list[list[_Name]] = []
        self._surnames: dict[str, str] = {}
        for entity in entities:
            self._add(entity)
        self._left = [_is_latin(text[0]) for text in self._patterns]
        self._right = [_is_latin(text[-1]) for text in self._patterns]
        self._plus = [text[-1] == "+" for text in self._patterns]
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
        if not text:
            return
        context = frozenset(map(self._pattern, needs)) if needs else None
        name = _Name(entity, _spelling(text), case, context)
        names = self._names[self._pattern(text)]
        if name not in names:
            names.append(name)

    def _pattern(self, text: str) -> int:
        folded = fold(_JOINERS.sub("", text))
        number = self._patterns.setdefault(folded, len(self._patterns))
        if number == len(self._names):
            self._names.append([])
        return number

    def find(self, document: Document) -> list[Mention]:
        """The mentions in a document, in order and without overlaps.

        Blocks that do not count (boilerplate, repeats) have none, and none reaches from one block
        into another. A name with a context rule is marked where one of its words, or a clear name
        of the entity, is in the document; as a single word it must also stand alone, except in a
        heading, where every word may have a capital.
        """
        view = _View(document)
        hits, present = self._hits(view)
        clear = [hit for hit in hits if hit.name.needs is None]
        chosen = _leftmost_longest(clear)
        if len(clear) < len(hits):
            named = {hit.name.entity for hit in chosen}
            bound = [hit for hit in hits if _has_context(hit.name, named, present)]
            starts, ends = {hit.start for hit in chosen}, {hit.end for hit in chosen}
            clear += [hit for hit in bound if _stands(view, hit, starts, ends)]
            chosen = _leftmost_longest(clear)
        chosen += self._surname_hits(view, chosen)
        mentions = []
        for hit in sorted(chosen, key=_place):
            start, end = view.span(hit.start, hit.end)
            mentions.append(Mention(hit.name.entity, start, end, document.text[start:end]))
        return mentions

    def _hits(self, view: _View) -> tuple[list[_Hit], set[int]]:
        """All hits with their boundaries in order, and the patterns that are present."""
        text, size = view.folded, len(view.folded)
        left, right, plus = self._left, self._right, self._plus
        hits: list[_Hit] = []
        present: set[int] = set()
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if left[number] and start and _is_latin(text[start - 1]):
                continue
            if end < size and (
                (right[number] and _is_latin(text[end])) or (plus[number] and text[end] == "+")
            ):
                continue
            if view.block(start, end) is None:
                continue
            present.add(number)
            hits += [
                _Hit(start, end, name)
                for name in self._names[number]
                if not name.case or _spelling(view.text[start:end]) == name.text
            ]
        return hits, present

    def _surname_hits(self, view: _View, chosen: list[_Hit]) -> list[_Hit]:
        """People by their surname alone, once they were named in full."""
        people = {
            hit.start: hit.name
            for hit in chosen
            if hit.name.entity in self._surnames
            and (" " in hit.name.text or is_han(hit.name.text[0]))
        }
        if not people:
            return []
        named = {start: name.entity for start, name in people.items()}
        taken = [(hit.start, hit.end) for hit in chosen]
        full = {name.entity: name for name in people.values()}
        return [
            _Hit(start, end, full[entity])
            for start, end, entity in follow_ups(
                view.text, view.folded, named, taken, self._surnames
            )
            if view.block(start, end) is not None
        ]


def _is_latin(char: str) -> bool:
    """Whether the character is a letter or digit of a script that puts spaces between words."""
    return char < _CJK and char.isalnum()


def _spelling(text: str) -> str:
    """A name as its capitals are compared: full width, ligatures and curly apostrophes aside."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _JOINERS.sub("", text)).replace("’", "'")


def _has_context(name: _Name, named: set[str], present: set[int]) -> bool:
    """Whether a name has a context rule, and the document fulfils it."""
    return name.needs is not None and (name.entity in named or not name.needs.isdisjoint(present))


def _stands(view: _View, hit: _Hit, starts: set[int], ends: set[int]) -> bool:
    """Whether a name with a context rule is not part of a longer name."""
    words = hit.name.text
    if " " in words or not (_is_latin(words[0]) and _is_latin(words[-1])):
        return True
    block = view.block(hit.start, hit.end)
    if block is None or block.kind is BlockKind.HEADING or block.is_heading:
        return True
    return standing(view.text, hit.start, hit.end, starts, ends) is Standing.ALONE


def _place(hit: _Hit) -> tuple[int, int, bool, bool]:
    """The order of preference: from the left, longer before shorter, stricter before looser."""
    return hit.start, -hit.end, not hit.name.case, hit.name.needs is None


def _leftmost_longest(hits: Iterable[_Hit]) -> list[_Hit]:
    chosen: list[_Hit] = []
    reached = 0
    for hit in sorted(hits, key=_place):
        if hit.start >= reached:
            chosen.append(hit)
            reached = hit.end
    return chosen
