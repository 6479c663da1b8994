"""Tables: rows of text whose cells stand between bars, set in columns or one record a row.

A row reads `cell | cell | cell`. Where the columns fit the width, padding is inserted so that
they align; where they do not, each cell has lines of its own behind the label of its column.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from chinai_tui.domain.document import Block, Document, Span, SpanKind
from chinai_tui.text.layout.cells import CellLength, clipped, drawn
from chinai_tui.text.layout.model import Frame, Insertion, Part

BAR = re.compile(r"(?<!\S)\|(?!\S)")
"""What stands between cells; nothing between two of them is an empty cell."""

_BETWEEN = 3
"""Cells from column to column."""
_NUMBER = re.compile(r"[-+−~≈<>]?\s?[$€£¥]?\s?\d[\d.,\s]*[%‰]?|[-–—]|n/a")
_LABEL_SHARE = 3
"""A label takes up to this part of a line,"""
_LEAST_TEXT = 12
"""and leaves as many cells to the text."""
_LEAST_LABEL = 4
"""Cells below which labels are left out."""


class _Cell(NamedTuple):
    """A cell of a table; offsets are those of the document."""

    start: int
    end: int
    text: str
    """With the space between it and the bars."""
    insertions: list[Insertion]

    def words(self) -> str:
        """The text without the space around."""
        return drawn(self.text.strip())

    def spare(self, room: int, cell_len: CellLength) -> int:
        """What is left of so many terminal cells, which may be less than nothing."""
        inserted = sum(cell_len(text) for _at, text in self.insertions)
        return room - cell_len(drawn(self.text)) - inserted


class _Row(NamedTuple):
    """A row of a table, and the number of its block."""

    block: int
    cells: list[_Cell]


def table_frames(
    document: Document,
    run: Sequence[int],
    insertions: Sequence[Sequence[Insertion]],
    width: int,
    cell_len: CellLength,
) -> Iterator[Frame]:
    """The frames of the blocks that are the rows of one table, in order.

    `insertions` are those of each block, `width` the cells of a line. One blank line stands
    above the first row.
    """
    blocks = [document.blocks[number] for number in run]
    rows = [
        _Row(number, _cells(document, block, own))
        for number, block, own in zip(run, blocks, insertions, strict=True)
    ]
    columns = max(len(row.cells) for row in rows)
    headed = _has_head(blocks[0], rows)
    widths = _widths(rows, columns, cell_len)
    whole = all("\n" not in cell.text for row in rows for cell in row.cells)
    if columns == 1 or (whole and sum(widths) + _BETWEEN * (columns - 1) <= width):
        return _in_columns(rows, widths, headed, cell_len)
    return _as_records(rows, headed, width, cell_len)


def _cells(document: Document, block: Block, insertions: Sequence[Insertion]) -> list[_Cell]:
    text = document.text[block.start : block.end]
    cells: list[_Cell] = []
    begin = 0
    for bar in [*(match.start() for match in BAR.finditer(text)), len(text)]:
        stretch = text[begin:bar]
        start = block.start + begin + len(stretch) - len(stretch.lstrip())
        end = max(start, block.start + begin + len(stretch.rstrip()))
        cells.append(_Cell(start, end, stretch, []))
        begin = bar + 1
    filled = [cell for cell in cells if cell.start < cell.end]
    for at, inserted in insertions:
        if number := bisect_left(filled, at, key=lambda cell: cell.start):
            cell = filled[number - 1]
            cell.insertions.append((min(at, cell.end), inserted))
    return cells


def _has_head(first: Block, rows: list[_Row]) -> bool:
    """Whether the first row names the columns: the source says so, or all its words are bold."""
    cells = rows[0].cells
    if len(rows) == 1 or len(cells) == 1:
        return False
    bold = [span for span in first.spans if span.kind is SpanKind.STRONG]
    worded = [cell for cell in cells if any(map(str.isalnum, cell.text))]
    return first.level > 0 or bool(worded and all(_is_within(cell, bold) for cell in worded))


def _is_within(cell: _Cell, spans: Sequence[Span]) -> bool:
    return any(span.start <= cell.start and cell.end <= span.end for span in spans)


def _widths(rows: list[_Row], columns: int, cell_len: CellLength) -> list[int]:
    """The terminal cells of each column; a row of one cell goes over all of them."""
    widths = [0] * columns
    for row in rows:
        if len(row.cells) > 1:
            for number, cell in enumerate(row.cells):
                inserted = sum(cell_len(text) for _at, text in cell.insertions)
                widths[number] = max(widths[number], cell_len(cell.words()) + inserted)
    return widths


def _in_columns(
    rows: list[_Row], widths: list[int], headed: bool, cell_len: CellLength
) -> Iterator[Frame]:
    columns = zip_longest(*(row.cells for row in rows[int(headed) :] if len(row.cells) > 1))
    numeric = [_is_numeric(column) for column in columns]
    numeric += [False] * (len(widths) - len(numeric))
    rule = "─┼─".join("─" * cells for cells in widths)
    for number, row in enumerate(rows):
        under_head = headed and number == 1
        before, insertions = _padded(row, widths, numeric, cell_len)
        yield Frame(
            row.block,
            gap=int(number == 0 or under_head),
            first=before,
            rest=before,
            bar=rule if under_head else "",
            insertions=tuple(insertions),
        )


def _is_numeric(column: Sequence[_Cell | None]) -> bool:
    words = [cell.words() for cell in column if cell is not None and cell.start < cell.end]
    return all(map(_NUMBER.fullmatch, words)) and any(map(str.isdigit, "".join(words)))


def _padded(
    row: _Row, widths: list[int], numeric: list[bool], cell_len: CellLength
) -> tuple[str, list[Insertion]]:
    """What stands before a row, and its insertions with those that align its cells."""
    if len(row.cells) == 1:
        return "", row.cells[0].insertions
    before = ""
    insertions: list[Insertion] = []
    last = len(row.cells) - 1
    for number, cell in enumerate(row.cells):
        air = int(number > 0) + int(number < last)
        spare = cell.spare(widths[number] + air, cell_len)
        padding = " " * spare
        if number == 0 and (numeric[0] or cell.start == cell.end):
            before = padding
            insertions += cell.insertions
        elif numeric[number] and padding:
            insertions += [(cell.start, padding), *cell.insertions]
        elif number < last and padding:
            insertions += [*cell.insertions, (cell.end, padding)]
        else:
            insertions += cell.insertions
    return before, insertions


def _as_records(
    rows: list[_Row], headed: bool, width: int, cell_len: CellLength
) -> Iterator[Frame]:
    names = [" ".join(cell.words().split()) for cell in rows[0].cells] if headed else []
    room = min(width // _LABEL_SHARE, width - _LEAST_TEXT - 2)
    names = [clipped(name, room, cell_len) for name in names if room >= _LEAST_LABEL]
    wide = max(map(cell_len, names), default=0)
    blank = " " * (wide + 2)
    for number, row in enumerate(rows):
        if len(row.cells) == 1 or (headed and number == 0):
            insertions = tuple(own for cell in row.cells for own in cell.insertions)
            yield Frame(row.block, insertions=insertions)
            continue
        labels = [name + blank[cell_len(name) :] for name in names] if wide else []
        labels += [blank if wide else ""] * (len(row.cells) - len(labels))
        parts = tuple(
            Part(cell.start, cell.end, label, tuple(cell.insertions))
            for cell, label in zip(row.cells, labels, strict=False)
            if cell.start < cell.end
        )
        yield Frame(row.block, rest=blank, parts=parts)
