"""Where in a document the words and entities of a query stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import islice

from chinai_tui.domain.document import Document, DocumentRole, SpanKind
from chinai_tui.domain.query import Passage
from chinai_tui.index import forms
from chinai_tui.index.forms import COUNTED, Body, Column
from chinai_tui.index.plan import (
    NOTES,
    All,
    Any,
    Mentioned,
    Most,
    Near,
    Plan,
    Term,
    leaves,
)
from chinai_tui.index.schema import ATTACHED
from chinai_tui.text import tokens

Spans = list[tuple[int, int]]
Leaf = Term | Near | Mentioned

PASSAGES = 5
"""Passages of an issue that an answer holds."""


@dataclass(frozen=True)
class Found:
    """One document of an issue as the index knows it, and what a query finds in it."""

    plan: Plan
    """What is looked for."""
    role: DocumentRole
    main: bool
    body: Body
    mentions: Mapping[int, Sequence[tuple[str, int, int]]]
    """By block: entity, start and end of each mention."""

    @cached_property
    def meeting(self) -> set[int]:
        """The blocks for which the whole plan holds, each together with the heading above it.

        What cannot be placed, as a condition on the issue or a word of a note, holds for all.
        """
        return self._meeting(self.plan)

    def best(self) -> list[tuple[tuple[bool, int, bool], int]]:
        """Blocks in which something asked for stands, each after its rank; best first.

        Those come first in which all meets, then those with more of it; titles come last.
        """
        titles = {block for column, block in self.body.heads if column is Column.TITLE}
        counts = Counter(block for leaf in placed(self.plan) for block in self._standing[leaf])
        ranked = [
            ((block in self.meeting, count, block not in titles), block)
            for block, count in sorted(counts.items())
        ]
        return sorted(ranked, key=lambda entry: entry[0], reverse=True)

    def asked_in(self, block: int) -> set[Leaf]:
        """What of all that is asked for stands in a block."""
        return {leaf for leaf, blocks in self._standing.items() if block in blocks}

    def passage(self, issue: str, document: Document, block: int) -> Passage | None:
        """A block with its hits, offsets into the document; `None` if there are none."""
        if not 0 <= block < len(document.blocks):
            return None
        place, text = document.blocks[block], document.text_of(block)
        texts = tokens.terms(text)
        hits: Spans = []
        runs: Spans = []
        for leaf in self._standing:
            if isinstance(leaf, Mentioned):
                hits += [
                    (start, end)
                    for entity, start, end in self.mentions.get(block, ())
                    if entity in leaf.entities
                ]
                continue
            columns = self._columns(leaf)
            if columns - {Column.LINKS}:
                runs += _runs_of(leaf, texts)
            if Column.LINKS in columns and isinstance(leaf, Term):
                hits += [
                    (span.start, span.end)
                    for span in place.spans
                    if span.kind is SpanKind.LINK
                    and _is_in(leaf, tokens.index_form(forms.address(span.target)))
                ]
        if runs:
            spans = list(islice(tokens.spans(text), max(behind for _, behind in runs)))
            hits += [
                (place.start + spans[first][0], place.start + spans[behind - 1][1])
                for first, behind in runs
            ]
        if not hits:
            return None
        heading = document.section_of(block)
        section = document.text_of(heading) if heading not in (None, block) else ""
        return Passage(
            issue, self.role, block, place.start, place.end, _merged(hits), section, text
        )

    @cached_property
    def _standing(self) -> dict[Leaf, set[int]]:
        """What is looked for in documents, with the blocks in which it stands itself."""
        return {leaf: self._where(leaf) for leaf in placed(self.plan)}

    @cached_property
    def _blocks(self) -> set[int]:
        return {block for _, block in self.body.heads}

    @cached_property
    def _headings(self) -> set[int]:
        return {block for column, block in self.body.heads if column is Column.HEADING}

    def _meeting(self, plan: Plan) -> set[int]:
        match plan:
            case Term() | Near() | Mentioned() if plan in self._standing:
                return self._under(self._standing[plan])
            case All(parts):
                return reduce(set.intersection, map(self._meeting, parts), self._blocks)
            case Any(parts):
                return set().union(*map(self._meeting, parts))
            case Most(least, parts):
                counts = Counter(block for part in parts for block in self._meeting(part))
                return {block for block, count in counts.items() if count >= least}
        return self._blocks

    def _where(self, leaf: Leaf) -> set[int]:
        """The blocks in which a term or an entity stands itself."""
        if isinstance(leaf, Near):
            runs = [term.tokens for term in leaf.parts]
            return self.body.blocks_near(runs, self._columns(leaf))
        if isinstance(leaf, Term):
            return self.body.blocks_with(_runs(leaf), self._columns(leaf))
        return {
            block
            for block, named in self.mentions.items()
            if any(entity in leaf.entities for entity, _, _ in named)
        }

    def _columns(self, term: Term | Near) -> frozenset[Column]:
        """Where in this document words are looked for."""
        return columns(term.places, self.role, is_main=self.main)

    def _under(self, blocks: set[int]) -> set[int]:
        """The blocks, and with a heading what stands under it."""
        if blocks.isdisjoint(self._headings):
            return blocks
        result = set(blocks)
        heading = -1
        for column, block in self.body.heads:
            if column is Column.HEADING:
                heading = block
            elif column is Column.TEXT and heading in blocks:
                result.add(block)
        return result


def placed(plan: Plan) -> list[Leaf]:
    """What is asked for that can stand in a document."""
    return [leaf for leaf in leaves(plan) if isinstance(leaf, Mentioned) or leaf.places != {NOTES}]


@cache
def columns(places: frozenset[str], role: DocumentRole, *, is_main: bool) -> frozenset[Column]:
    """The columns of a document that are looked at where words are looked for in these places."""
    looked_at = frozenset(column for column in Column if column.name.lower() in places)
    if not is_main:
        looked_at = looked_at - COUNTED if role in ATTACHED else frozenset()
    # The place called text is the main document, whatever its role.
    return looked_at | COUNTED if role in places and role is not DocumentRole.TEXT else looked_at


def _runs(term: Term) -> list[str]:
    """What a line holds, one of these, if the term is in it; see `Body.blocks_with`."""
    if not term.prefix:
        return [f" {' '.join(term.tokens)} "]
    before = "".join(f" {token}" for token in term.tokens[:-1])
    return [f"{before} {term.prefix}", *(f"{before} {stem} " for stem in term.stems)]


def _is_in(term: Term, form: str) -> bool:
    """Whether a term is in a line of tokens."""
    return any(run in f" {form} " for run in _runs(term))


def _runs_of(term: Term | Near, texts: Sequence[str]) -> Spans:
    """Where the term stands among the tokens of a text: its first and behind its last."""
    if isinstance(term, Near):
        return forms.near(texts, [part.tokens for part in term.parts])
    before, last = list(term.tokens[:-1]), term.tokens[-1]
    if term.prefix:
        ends = [
            at
            for at, text in enumerate(texts)
            if text.startswith(term.prefix) or text in term.stems
        ]
    else:
        ends = list(_places(last, texts))
    size = len(before)
    return [(at - size, at + 1) for at in ends if at >= size and texts[at - size : at] == before]


def _places(token: str, texts: Sequence[str]) -> Iterator[int]:
    """Where a token is among others; looking for it so is faster than comparing it with each."""
    at = -1
    for _ in range(texts.count(token)):
        at = texts.index(token, at + 1)
        yield at


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that overlap as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return tuple(result)
