"""Where the moving end of a selection goes: motions over a laid-out document. Pure.

A motion takes a layout and the offset of a character and gives that of another. It goes over
what is shown only, and stays where it is when there is nothing further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from chinai_tui.domain.document import Block
from chinai_tui.text.layout import Layout, Line, LineKind

Motion = Callable[[Layout, int], int]
Range = tuple[int, int]


def character_at(layout: Layout, offset: int) -> Range:
    """The user-perceived character that holds an offset."""
    start = layout.boundary(offset)
    block_end = _block(layout, offset).end
    end = min(start + 1, max(start, block_end))
    while end < block_end and layout.boundary(end) == start:
        end += 1
    return start, end


def right(layout: Layout, offset: int) -> int:
    """The next character; from a block's last one the first of the next block."""
    end = character_at(layout, offset)[1]
    block = _block(layout, offset)
    if end < block.end:
        return end
    return next((block.start for block in _blocks(layout, offset, 1)), offset)


def left(layout: Layout, offset: int) -> int:
    """The character before."""
    if offset > _block(layout, offset).start:
        return layout.boundary(offset - 1)
    before = next(_blocks(layout, offset, -1), None)
    return layout.boundary(before.end - 1) if before else offset


def down(layout: Layout, offset: int) -> int:
    """The character below, in the next line that has text."""
    return _vertical(layout, offset, 1)


def up(layout: Layout, offset: int) -> int:
    """The character above."""
    return _vertical(layout, offset, -1)


def line_start(layout: Layout, offset: int) -> int:
    """The first character of the line."""
    return layout.line(layout.row_of(offset)).start


def line_end(layout: Layout, offset: int) -> int:
    """The last character of the line."""
    line = layout.line(layout.row_of(offset))
    return layout.boundary(max(line.start, line.end - 1))


def word(layout: Layout, offset: int) -> int:
    """The start of the next word; a Chinese character is one."""
    return next((start for start, _end in _words(layout, offset) if start > offset), offset)


def word_end(layout: Layout, offset: int) -> int:
    """The last character of this word, or from there of the next one."""
    ends = (layout.boundary(end - 1) for _start, end in _words(layout, offset))
    return next((end for end in ends if end > offset), offset)


def word_at(layout: Layout, offset: int) -> Range:
    """The word that holds the offset, or the character where there is none."""
    words = _words_of(layout, _block(layout, offset))
    here = ((start, end) for start, end in words if start <= offset < end)
    return next(here, character_at(layout, offset))


def word_back(layout: Layout, offset: int) -> int:
    """The start of this word, or from there of the one before."""
    blocks = [_block(layout, offset), *_blocks(layout, offset, -1)]
    for block in blocks:
        starts = [start for start, _end in _words_of(layout, block) if start < offset]
        if starts:
            return starts[-1]
    return offset


def paragraph(layout: Layout, offset: int) -> int:
    """The last character of this block, or from there of the next one."""
    for block in chain([_block(layout, offset)], _blocks(layout, offset, 1)):
        end = layout.boundary(block.end - 1)
        if end > offset:
            return end
    return offset


def paragraph_back(layout: Layout, offset: int) -> int:
    """The start of this block, or from there of the one before."""
    block = _block(layout, offset)
    if offset > block.start:
        return block.start
    return next((block.start for block in _blocks(layout, offset, -1)), offset)


def _block(layout: Layout, offset: int) -> Block:
    return layout.document.blocks[layout.document.block_at(offset)]


def _blocks(layout: Layout, offset: int, step: int) -> Iterator[Block]:
    """The blocks that are shown with text after (`step` 1) or before (-1) that of the offset."""
    here = layout.document.block_at(offset)
    folded = {n for fold in layout.options.folds for n in range(fold.first, fold.last)}
    for number in layout.blocks()[::step]:
        block = layout.document.blocks[number]
        if (number - here) * step > 0 and number not in folded and block.end > block.start:
            yield block


def _vertical(layout: Layout, offset: int, step: int) -> int:
    row, column = layout.place(offset)
    rows = range(row + step, layout.rows if step > 0 else -1, step)
    for other in rows:
        line = layout.line(other)
        if _has_text(line):
            return layout.boundary(min(layout.offset(other, column), line.end - 1))
    return offset


def _has_text(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.end > line.start


def _words_of(layout: Layout, block: Block) -> list[Range]:
    text = layout.document.text[block.start : block.end]
    from chinai_tui.text.tokens import spans

    return [(block.start + start, block.start + end) for start, end in spans(text)]


def _words(layout: Layout, offset: int) -> Iterator[Range]:
    """The words of the offset's block and of those below."""
    for block in chain([_block(layout, offset)], _blocks(layout, offset, 1)):
        yield from _words_of(layout, block)
