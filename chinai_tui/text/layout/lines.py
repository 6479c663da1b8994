"""The lines of a laid-out document, and the ways from offsets to places and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chinai_tui.domain.document import BlockKind, Document
from chinai_tui.text.layout.breaking import wrap
from chinai_tui.text.layout.cells import FILL, CellLength, boundary, cell_string, drawn
from chinai_tui.text.layout.frames import Frame, LineKind, Options, frames, shown

_ENDLESS = 1 << 20
"""Cells of a line of code, which is not wrapped."""


class Place(NamedTuple):
    """A cell of the layout."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a prefix, the text from `start` to `end`, a suffix."""

    block: int
    """The block shown, or above which a blank line stands."""
    kind: LineKind
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    first: bool = False
    """Whether it is the first line of its block."""
    last: bool = False


class _Flow(NamedTuple):
    """A block's rows: `gap` blank ones from `top`, then one for each range."""

    top: int
    frame: Frame
    ranges: list[tuple[int, int]]


class Layout:
    """A document in lines of at most `width` cells; lines of code alone may be longer.

    All rows are known at once; a line is made when it is asked for.
    """

    def __init__(
        self, document: Document, width: int, options: Options, cell_len: CellLength
    ) -> None:
        self.document = document
        self.options = options
        self.width = max(2, min(width, options.measure))
        self._cell_len = cell_len
        self._labels = {fold.first: fold.label for fold in options.folds}
        self._flows: list[_Flow] = []
        row = 0
        for frame in frames(document, self.width, options, cell_len):
            flow = _Flow(row, frame, self._ranges(frame))
            self._flows.append(flow)
            row += frame.gap + len(flow.ranges)
        self.rows = row
        self._tops = [flow.top for flow in self._flows]
        self._starts = [document.blocks[flow.frame.block].start for flow in self._flows]
        self._index = {flow.frame.block: n for n, flow in enumerate(self._flows)}

    def _ranges(self, frame: Frame) -> list[tuple[int, int]]:
        block = self.document.blocks[frame.block]
        if frame.kind is not LineKind.TEXT or block.start == block.end:
            return [(block.start, block.start)]
        text = self.document.text[block.start : block.end]
        if block.kind is BlockKind.CODE:
            return wrap(text, block.start, _ENDLESS, self._cell_len)
        around = self._cell_len(frame.first) + len(frame.suffix)
        return wrap(text, block.start, max(2, self.width - around), self._cell_len)

    def line(self, row: int) -> Line:
        """The line of a row from 0; raises IndexError where there is none."""
        if not 0 <= row < self.rows:
            raise IndexError(row)
        flow = self._flows[bisect_right(self._tops, row) - 1]
        frame = flow.frame
        number = row - flow.top - frame.gap
        if number < 0:
            start = self.document.blocks[frame.block].start
            return Line(frame.block, LineKind.BLANK, start, start, frame.bar)
        first, last = number == 0, number == len(flow.ranges) - 1
        start, end = flow.ranges[number]
        prefix = frame.first if first else frame.rest
        if frame.kind is LineKind.FOLD:
            prefix = f"▸ {self._labels[frame.block]}"
        return Line(
            frame.block, frame.kind, start, end, prefix, frame.suffix if last else "", first, last
        )

    def lines(self) -> Iterator[Line]:
        """All lines, from the top."""
        return map(self.line, range(self.rows))

    def text(self, row: int) -> str:
        """The row as it is drawn: prefix, text, suffix."""
        line = self.line(row)
        text = shown(self.document.blocks[line.block], self.document.text[line.start : line.end])
        return line.prefix + text + line.suffix

    def place(self, offset: int) -> Place:
        """Where the character at an offset is drawn.

        A character at which a line breaks is at that line's end; one in a fold on the fold's
        line; one that is left out at the start of the first line.
        """
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return Place(0, 0)
        flow = self._flows[number]
        index = max(0, bisect_right(flow.ranges, offset, key=_start) - 1)
        row = flow.top + flow.frame.gap + index
        start, end = flow.ranges[index]
        before = drawn(self.document.text[start : min(offset, end)])
        prefix = flow.frame.rest if index else flow.frame.first
        return Place(row, self._cell_len(prefix) + self._cell_len(before))

    def offset(self, row: int, column: int) -> int:
        """The offset of the character at a cell; beyond a line's text, the nearest end of it."""
        if not self.rows:
            return 0
        line = self.line(min(max(0, row), self.rows - 1))
        text = self.document.text[line.start : line.end]
        cell = column - self._cell_len(line.prefix)
        if cell <= 0 or not text:
            return line.start
        cells, offsets = cell_string(text, self._cell_len)
        if cell >= len(cells):
            return line.end
        if offsets is not None:
            return line.start + offsets[cell]
        if len(cells) == len(text):
            return line.start + cell
        return line.start + cell - cells.count(FILL, 0, cell + 1)

    def boundary(self, offset: int) -> int:
        """The start of the user-perceived character that holds the offset."""
        line = self.line(self.place(offset).row)
        if not line.start <= offset < line.end:
            return offset
        text = self.document.text[line.start : line.end]
        return line.start + boundary(text, offset - line.start, self._cell_len)

    def rows_of(self, block: int) -> range:
        """The rows of a block's text; of a fold's first block the fold's; empty if not shown."""
        number = self._index.get(block)
        if number is None:
            return range(0)
        flow = self._flows[number]
        top = flow.top + flow.frame.gap
        return range(top, top + len(flow.ranges))

    def blocks(self) -> list[int]:
        """The blocks that have rows, in order; a fold is its first block."""
        return list(self._index)

    def block_above(self, row: int) -> int:
        """The last shown block that begins, gap included, at or above the row."""
        return self._flows[max(0, bisect_right(self._tops, row) - 1)].frame.block


def _start(span: tuple[int, int]) -> int:
    return span[0]
