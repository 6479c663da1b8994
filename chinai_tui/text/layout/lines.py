"""The lines of a laid-out document, and the ways from offsets to places and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from chinai_tui.domain.document import Document
from chinai_tui.text.layout.bodies import Body, body
from chinai_tui.text.layout.cells import (
    CellLength,
    boundary,
    cell_string,
    clipped,
    drawn,
    offset_at,
)
from chinai_tui.text.layout.frames import frames, shown
from chinai_tui.text.layout.model import Frame, Insertion, Line, LineKind, Options, Place

_SIGN = "▸ "
"""Before the lead, and before what a fold tells."""


class _Flow(NamedTuple):
    """A block's rows: one from `first` for each range of its body, and blank ones above."""

    first: int
    frame: Frame
    body: Body

    def prefix(self, number: int) -> str:
        """What stands before the text of a line."""
        if self.body.prefixes:
            return self.body.prefixes[number]
        return self.frame.rest if number else self.frame.first

    def insertions(self, number: int) -> tuple[Insertion, ...]:
        """What stands in a line besides the text."""
        return self.body.insertions[number] if self.body.insertions else ()


class Layout:
    """A document in lines of at most `width` cells; lines of code alone may be longer.

    All rows are known at once; a line is made when it is asked for. The first `rows` are those of
    the document, and all there are to its offsets; up to `height` follow those of the tail.
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
            if options.lead and not self._flows:
                row = 1
                frame = frame._replace(gap=int(frame.kind is not LineKind.FOLD))
            row += frame.gap
            flow = _Flow(row, frame, body(document, frame, self.width, cell_len))
            self._flows.append(flow)
            row += len(flow.body.ranges)
        self.rows = self.height = row
        self.tail: Layout | None = None
        """What stands below the document, laid out by itself."""
        if options.tail.blocks and self._flows:
            # No item is longer than the measure by which lists are set tight or loose.
            tight = Options(max(self.width, len(options.tail.text)))
            self.tail = Layout(options.tail, self.width, tight, cell_len)
            self.height = self.tail_row + self.tail.rows
        self._tops = [flow.first - flow.frame.gap for flow in self._flows]
        self._starts = [document.blocks[flow.frame.block].start for flow in self._flows]
        self._index = {flow.frame.block: n for n, flow in enumerate(self._flows)}

    def line(self, row: int) -> Line:
        """The line of a row from 0; raises IndexError where there is none."""
        if not 0 <= row < self.height:
            raise IndexError(row)
        if row >= self.rows:
            return self._tail_line(row)
        above = bisect_right(self._tops, row) - 1
        flow = self._flows[max(0, above)]
        frame = flow.frame
        number = row - flow.first
        if number < 0:
            start = self.document.blocks[frame.block].start
            if above < 0:
                return Line(frame.block, LineKind.LEAD, start, start, self._told(self.options.lead))
            return Line(frame.block, LineKind.BLANK, start, start, frame.bar)
        if frame.kind is LineKind.FOLD:
            prefix = self._told(self._labels[frame.block])
        else:
            prefix = flow.prefix(number)
        start, end = flow.body.ranges[number]
        last = number == len(flow.body.ranges) - 1
        return Line(
            frame.block,
            frame.kind,
            start,
            end,
            prefix,
            frame.suffix if last else "",
            number == 0,
            last,
            flow.insertions(number),
        )

    @property
    def tail_row(self) -> int:
        """The row at which the tail begins, below a blank one."""
        return self.rows + 1

    def _tail_line(self, row: int) -> Line:
        """A row below the document: a line without text, at the last of the document's own."""
        last = self._flows[-1]
        start, _end = last.body.ranges[-1]
        told = self.tail.text(row - self.tail_row) if self.tail and row >= self.tail_row else ""
        return Line(last.frame.block, LineKind.TAIL, start, start, told)

    def _told(self, words: str) -> str:
        return clipped(_SIGN + words, self.width, self._cell_len)

    def lines(self) -> Iterator[Line]:
        """All lines of the document, from the top."""
        return map(self.line, range(self.rows))

    def text(self, row: int) -> str:
        """The row as it is drawn: prefix, text with what is inserted, suffix."""
        line = self.line(row)
        if line.kind is LineKind.TAIL:
            return line.prefix
        block = self.document.blocks[line.block]
        parts = [line.prefix]
        done = line.start
        for at, inserted in line.insertions:
            parts += [shown(block, self.document.text[done:at]), inserted]
            done = at
        parts += [shown(block, self.document.text[done : line.end]), line.suffix]
        return "".join(parts)

    def place(self, offset: int) -> Place:
        """Where the character at an offset is drawn, behind what is inserted before it.

        A character at which a line breaks is at that line's end; one in a fold on the fold's
        line; one that is left out above the first block at the start of that.
        """
        number, index = self._line_of(offset)
        if number < 0:
            return Place(self._flows[0].first if self._flows else 0, 0)
        flow = self._flows[number]
        start, end = flow.body.ranges[index]
        before = drawn(self.document.text[start : min(offset, end)])
        inserted = (text for at, text in flow.insertions(index) if at <= offset)
        column = sum(map(self._cell_len, (flow.prefix(index), before, *inserted)))
        return Place(flow.first + index, column)

    def row_of(self, offset: int) -> int:
        """The row of `place`, without the pains of the column."""
        number, index = self._line_of(offset)
        return self._flows[max(0, number)].first + index if self._flows else 0

    def row_below(self, offset: int) -> int:
        """The row that shows the character at an offset of the tail."""
        return self.tail_row + (self.tail.row_of(offset) if self.tail else 0)

    def _line_of(self, offset: int) -> tuple[int, int]:
        """The numbers of the flow that holds an offset, -1 for none, and of the line in it."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return number, 0
        ranges = self._flows[number].body.ranges
        return number, max(0, bisect_right(ranges, offset, key=itemgetter(0)) - 1)

    def offset(self, row: int, column: int) -> int:
        """The offset of the character at a cell; beyond a line's text, the nearest end of it.

        A cell of what is inserted counts to the character before that.
        """
        if not self.rows:
            return 0
        line = self.line(min(max(0, row), self.rows - 1))
        text = self.document.text[line.start : line.end]
        cell = column - self._cell_len(line.prefix)
        if cell <= 0 or not text:
            return line.start
        for at, inserted in line.insertions:
            before = self._cell_len(drawn(text[: at - line.start]))
            if cell < before:
                break
            cell = max(before - 1, cell - self._cell_len(inserted))
        cells, offsets = cell_string(text, self._cell_len)
        if cell >= len(cells):
            return line.end
        return line.start + offset_at(text, cells, offsets, cell)

    def boundary(self, offset: int) -> int:
        """The start of the user-perceived character that holds the offset."""
        line = self.line(self.row_of(offset))
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
        return range(flow.first, flow.first + len(flow.body.ranges))

    def blocks(self) -> list[int]:
        """The blocks that have rows, in order; a fold is its first block."""
        return list(self._index)

    def block_above(self, row: int) -> int:
        """The last shown block that begins, gap included, at or above the row."""
        return self._flows[max(0, bisect_right(self._tops, row) - 1)].frame.block
