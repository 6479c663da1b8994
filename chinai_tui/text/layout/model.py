"""What a layout is made of: options, frames around blocks, lines, places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chinai_tui.domain.document import Document

Range = tuple[int, int]
"""Offsets, the second behind the last character."""

Insertion = tuple[int, str]
"""A text that is drawn before the character at an offset, and is not part of the document."""


_NOTHING = Document("", ())


class LineKind(StrEnum):
    """What a line shows."""

    TEXT = "text"
    BLANK = "blank"
    RULE = "rule"
    FOLD = "fold"
    LEAD = "lead"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are folded to one line: from `first` up to, not including, `last`."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is laid out."""

    measure: int = 88
    """Cells of the longest line."""
    skip_title: bool = False
    """Whether title and subtitle are left out, where they are shown elsewhere."""
    folds: tuple[Fold, ...] = ()
    """In order, without overlap."""
    insertions: tuple[Insertion, ...] = ()
    """In order of offset. Each is glued to the word before it in its block, and never cut.

    One that has nothing before it in its block is left out, and so are all of a block where a
    line is too short for one.
    """
    lead: str = ""
    """A line above the first block that is shown."""
    tail: Document = _NOTHING
    """What stands below the last block: a text of its own, whose offsets are not the document's."""


class Part(NamedTuple):
    """A stretch of a block that has lines of its own, behind a label in the first."""

    start: int
    end: int
    label: str
    insertions: tuple[Insertion, ...]


class Frame(NamedTuple):
    """What stands around the text of one block, or of a fold."""

    block: int
    kind: LineKind = LineKind.TEXT
    gap: int = 1
    """Blank lines above."""
    first: str = ""
    """What stands before the text in its first line."""
    rest: str = ""
    """The same in the other lines, as wide as `first`, or wider where that is empty."""
    suffix: str = ""
    """What stands behind the text."""
    bar: str = ""
    """What stands in the blank lines above."""
    insertions: tuple[Insertion, ...] = ()
    """In the block, in order of offset; those that pad the cells of a table among them."""
    parts: tuple[Part, ...] = ()
    """What the text falls into, with its insertions, where it is not set as one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a prefix, the text from `start` to `end` with its insertions, a suffix."""

    block: int
    """The block shown, or above which a blank line or the lead, or below which the tail stands."""
    kind: LineKind
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    first: bool = False
    """Whether it is the first line of its block."""
    last: bool = False
    insertions: tuple[Insertion, ...] = ()
    """By offset, one each: before the character there, or at the line's end."""


class Place(NamedTuple):
    """A cell of the layout."""

    row: int
    column: int
