"""Writes blocks from a stream of text, marks and nested containers, as marked-up formats have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.ingest.builder import Piece, Range, make_piece
from chinai_tui.text.sanitise import clean

_DEEPEST = 20
"""Levels of nesting that are told apart."""
_CELL = " | "
_BAR = re.compile(r"\s*\|\s*")
_LONE_BAR = "¦"
"""What stands in a cell that is but a `|`, which would seem to end it."""
_EMPTY_CELL = "–"
"""What stands in a cell without words, so that the next keep their columns."""


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, None if it has bullets."""

    number: int | None
    suffix: str
    marker: str = ""
    """The marker of the item at hand, until its first block has taken it."""


class BlockWriter:
    """Takes runs and marks, and ends a block wherever the source ends one.

    What kind a block is follows from what is open around it: a special container, a quotation,
    a list, or nothing. The second block of a list item is an item without a marker.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.runs: list[str] = []
        """The raw text of the block at hand."""
        self._marks: list[Range] = []
        self._open: list[tuple[SpanKind, int, str]] = []
        self._quotes = 0
        self._lists: list[_List] = []
        self._special: list[_List] = []
        self._kinds: list[BlockKind] = []
        self._cells: list[int] = []
        """The runs with which the cells of the row at hand begin."""
        self._waiting: list[Piece] = []

    def open(self, kind: SpanKind, target: str = "") -> None:
        """Start a mark here; it may go on over the end of the block."""
        self._open.append((kind, len(self.runs), target))

    def close(self) -> None:
        """End the mark that was opened last."""
        kind, start, target = self._open.pop()
        self._marks.append((kind, start, len(self.runs), target))

    def add(self, text: str, kind: SpanKind, target: str = "") -> None:
        """A run with a mark of its own."""
        at = len(self.runs)
        self.runs.append(text)
        self._marks.append((kind, at, at + 1, target))

    def put(self, piece: Piece | None) -> None:
        """A finished block, to stand after the one at hand, if there is one."""
        if piece is not None:
            (self._waiting if self.runs else self.pieces).append(piece)

    def end(
        self,
        kind: BlockKind | None = None,
        level: int = 0,
        marker: str = "",
        role: BlockRole = BlockRole.BODY,
    ) -> None:
        """End the block at hand, as what is open around it, or as the kind that is given."""
        if self.runs:
            runs, marks = self._take()
            if kind is None:
                kind, level = self._place()
            piece = make_piece(kind, runs, marks, role, level, marker)
            if piece is not None:
                if not marker and kind is not BlockKind.HEADING:
                    piece.marker = self._marker(kind)
                self.pieces.append(piece)
        if self._waiting:
            self.pieces += self._waiting
            self._waiting = []

    def cell(self) -> None:
        """Begin the next cell of a row."""
        self._cells.append(len(self.runs))
        self.runs.append(_CELL if len(self._cells) > 1 else "")

    def end_row(self, is_head: bool = False) -> None:
        """End the row at hand; one without words is dropped."""
        empty = 0
        for start, end in pairwise([*self._cells, len(self.runs)]):
            # Clean already here, so that no escape sequence can reach into the separator.
            words = _unbarred([clean(run) for run in self.runs[start + 1 : end]])
            self.runs[start + 1 : end] = words
            if not "".join(words).strip():
                self.runs[start] += _EMPTY_CELL
                empty += 1
        if empty and empty == len(self._cells):
            self._take()
        self.end(BlockKind.ROW, int(is_head))

    @property
    def in_quote(self) -> bool:
        """Whether a quotation is open."""
        return self._quotes > 0

    def open_quote(self) -> None:
        """Begin a quotation, perhaps within another."""
        self.end()
        self._quotes += 1

    def close_quote(self) -> None:
        """End the innermost quotation."""
        self.end()
        self._quotes -= 1

    def open_list(self, first: int | None = None, suffix: str = ".") -> None:
        """Begin a list, with the number of its first item unless it has bullets."""
        self.end()
        self._lists.append(_List(first, suffix))

    def item(self, number: int | None = None) -> None:
        """Begin the next item of the innermost list, with this number if it has its own."""
        self.end()
        if not self._lists:
            return
        inner = self._lists[-1]
        if inner.number is None:
            inner.marker = "•"
            return
        if number is not None:
            inner.number = number
        inner.marker = f"{inner.number}{inner.suffix}"
        inner.number += 1

    def close_list(self) -> None:
        """End the innermost list."""
        self.end()
        self._lists.pop()

    def open_special(self, kind: BlockKind, marker: str = "") -> None:
        """Begin a container whose blocks are all of one kind; the first has the marker."""
        self.end()
        self._kinds.append(kind)
        self._special.append(_List(None, "", marker))

    def close_special(self) -> None:
        """End the innermost such container."""
        self.end()
        self._kinds.pop()
        self._special.pop()

    def _take(self) -> tuple[list[str], list[Range]]:
        runs, marks = self.runs, self._marks
        if self._open:
            marks += [(kind, start, len(runs), target) for kind, start, target in self._open]
            self._open = [(kind, 0, target) for kind, _start, target in self._open]
        self.runs, self._marks, self._cells = [], [], []
        return runs, marks

    def _place(self) -> tuple[BlockKind, int]:
        if self._kinds:
            return self._kinds[-1], 0
        if self._quotes:
            return BlockKind.QUOTE, min(self._quotes - 1, _DEEPEST)
        if self._lists:
            return BlockKind.ITEM, min(len(self._lists) - 1, _DEEPEST)
        return BlockKind.PARAGRAPH, 0

    def _marker(self, kind: BlockKind) -> str:
        """The marker of what is open, once; an image or a row leaves it to the text."""
        if kind not in (BlockKind.ITEM, BlockKind.QUOTE, BlockKind.FOOTNOTE):
            return ""
        holders = self._special or self._lists
        if not holders:
            return ""
        marker, holders[-1].marker = holders[-1].marker, ""
        return marker


def _unbarred(runs: list[str]) -> list[str]:
    """The runs of a cell without space around a `|`, which with it stands between cells."""
    if not any("|" in run for run in runs):
        return runs
    if not "".join(runs).strip("| "):
        return [run.replace("|", _LONE_BAR) for run in runs]
    runs = [_BAR.sub("|", run) for run in runs]
    after = before = False
    for number, run in enumerate(runs):
        runs[number] = run.lstrip() if after else run
        after = runs[number].endswith("|") if runs[number] else after
    for number, run in reversed(list(enumerate(runs))):
        runs[number] = run.rstrip() if before else run
        before = runs[number].startswith("|") if runs[number] else before
    return runs


class Grid:
    """The cells of a table in their columns, where some of them span several columns or rows."""

    _WIDEST = 20

    def __init__(self, blocks: BlockWriter) -> None:
        self._blocks = blocks
        self._column = 0
        self._taken: dict[int, int] = {}
        """By column, in how many rows from this one on a cell already stands there."""

    def cell(self, width: int, height: int) -> None:
        """Begin the next cell of a row, which takes so many columns and rows."""
        self._fill()
        self._blocks.cell()
        self._taken[self._column] = height - 1
        for beside in range(1, min(width, self._WIDEST)):
            self._taken[self._column + beside] = height
        self._column += 1

    def end_row(self, is_head: bool) -> None:
        """End the row at hand."""
        self._fill()
        self._column = 0
        self._blocks.end_row(is_head)

    def _fill(self) -> None:
        """Pass the columns in which a cell from the left or from above stands."""
        while self._taken.get(self._column):
            self._taken[self._column] -= 1
            self._blocks.cell()
            self._column += 1
