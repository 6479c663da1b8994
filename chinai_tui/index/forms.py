"""The form in which documents are indexed: lines of tokens, one for each block.

Between lines the table of words has sentinels that are never part of a token, so that neither a
phrase nor words near each other reach across two blocks.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache, cached_property
from typing import NamedTuple

from chinai_tui.domain.document import Block, BlockRole, Document, DocumentRole, SpanKind
from chinai_tui.index.schema import ATTACHED, NEAR
from chinai_tui.text import tokens

SENTINELS = " ".join("¶" * (NEAR + 1))
OUTSIDE = -1
"""The block of a title that stands in the issue's record only."""


class Column(IntEnum):
    """Where a line stands in its document; the first columns of the table of words, in order."""

    TITLE = 0
    HEADING = 1
    TEXT = 2
    LINKS = 3
    REST = 4
    """What does not count: boilerplate, repeats."""


COUNTED = frozenset({Column.TITLE, Column.HEADING, Column.TEXT})


class Line(NamedTuple):
    """The tokens of one block, or of a title that the text does not have."""

    column: Column
    block: int
    tokens: str


def lines(document: Document, given: Sequence[str] = ()) -> list[Line]:
    """A document in the form that is indexed, with what is given it as titles besides its own."""
    result = []
    for number, block in enumerate(document.blocks):
        form = tokens.index_form(document.text_of(number))
        result.append(Line(_column(block), number, form))
        if block.is_counted:
            result += [
                Line(Column.LINKS, number, tokens.index_form(address(span.target)))
                for span in block.spans
                if span.kind is SpanKind.LINK and span.target
            ]
    titles = {entry.tokens for entry in result if entry.column is Column.TITLE}
    others = (tokens.index_form(text) for text in given)
    result += [Line(Column.TITLE, OUTSIDE, form) for form in others if form not in titles]
    return [entry for entry in result if entry.tokens]


def address(url: str) -> str:
    """What of a link is worth finding: all but the scheme."""
    return url.partition("://")[2] or url


def words(
    main: DocumentRole, documents: Mapping[DocumentRole, Sequence[Line]]
) -> dict[DocumentRole, tuple[str, ...]]:
    """The rows of an issue in the table of words, by the role under whose slot each stands.

    Links, and what does not count, of attached documents stand with those of the main one.

    Args:
        main: the role of the main document.
        documents: the lines of each document.
    """
    digest = documents.keys() & {DocumentRole.DIGEST} - {main}
    rows = {role: _columns(documents[role], {}) for role in digest}
    if documents.keys() - digest:
        attached = {role: documents[role] for role in ATTACHED if role in documents}
        rows[main] = _columns(documents.get(main, ()), attached)
    return rows


def _columns(
    main: Sequence[Line], attached: Mapping[DocumentRole, Sequence[Line]]
) -> tuple[str, ...]:
    """The columns of a row; the main document may be among the attached ones."""
    every = [*main, *(line for of in attached.values() if of is not main for line in of)]
    own = [
        [line for line in (main if column in COUNTED else every) if line.column is column]
        for column in Column
    ]
    beside = [
        [line for line in attached.get(role, ()) if line.column in COUNTED] for role in ATTACHED
    ]
    return tuple(f" {SENTINELS} ".join(line.tokens for line in of) for of in (*own, *beside))


class Body:
    """The lines of a document, packed so that they are searched where they are."""

    def __init__(self, packed: bytes) -> None:
        self._text = zlib.decompress(packed).decode()

    @staticmethod
    def pack(entries: Sequence[Line]) -> bytes:
        """The lines in a few bytes, one `column,block token token … ` after the other."""
        text = "".join(f"{entry.column:d},{entry.block} {entry.tokens} \n" for entry in entries)
        return zlib.compress(text.encode(), 1)

    def lines(self) -> list[Line]:
        """The lines that were packed."""
        rows = (row.split(" ", 1) for row in self._text.split("\n")[:-1])
        return [Line(*_head(head), form[:-1]) for head, form in rows]

    @cached_property
    def heads(self) -> list[tuple[Column, int]]:
        """Column and block of each line."""
        return [_head(row[: row.index(" ")]) for row in self._text.split("\n")[:-1]]

    def blocks_with(self, runs: Iterable[str], columns: Container[Column]) -> set[int]:
        """The blocks with any of these runs of tokens, in some columns.

        A run begins with a space, and ends with one unless its last token is only begun.
        """
        text, blocks = self._text, set()
        for run in runs:
            at = text.find(run)
            while at >= 0:
                start = text.rfind("\n", 0, at) + 1
                column, block = _head(text[start : text.index(" ", start)])
                if column in columns:
                    blocks.add(block)
                at = text.find(run, text.index("\n", at))
        return blocks

    def blocks_near(self, runs: Sequence[Sequence[str]], columns: Container[Column]) -> set[int]:
        """The blocks in which all these runs of tokens stand near each other, in some columns."""
        parts = [self.blocks_with([f" {' '.join(run)} "], columns) for run in runs]
        wanted = set.intersection(*parts)
        if not wanted:
            return wanted
        return {
            line.block
            for line in self.lines()
            if line.block in wanted and line.column in columns and near(line.tokens.split(), runs)
        }


def near(tokens: Sequence[str], runs: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Where all these runs of tokens stand with at most `NEAR` others before the last begins.

    As positions of each run in such a stretch, its first and behind its last, in order.
    """
    found = [
        (at, at + len(run), number)
        for number, run in enumerate(runs)
        for at in range(len(tokens) - len(run) + 1)
        if [*tokens[at : at + len(run)]] == [*run]
    ]
    found.sort()
    kept: set[tuple[int, int]] = set()
    for last, _, _ in found:
        stretch = [entry for entry in found if entry[0] <= last <= entry[1] + NEAR]
        if {number for _, _, number in stretch} == set(range(len(runs))):
            kept |= {(start, end) for start, end, _ in stretch}
    return sorted(kept)


@cache
def _head(head: str) -> tuple[Column, int]:
    column, block = head.split(",")
    return Column(int(column)), int(block)


def _column(block: Block) -> Column:
    if not block.is_counted:
        return Column.REST
    if block.role in (BlockRole.TITLE, BlockRole.SUBTITLE):
        return Column.TITLE
    return Column.HEADING if block.is_heading else Column.TEXT
