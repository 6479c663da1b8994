"""The lines that the text of a block fills, inside its frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chinai_tui.domain.document import BlockKind, Document
from chinai_tui.text.layout.breaking import wrap, wrap_inserted
from chinai_tui.text.layout.cells import CellLength
from chinai_tui.text.layout.model import Frame, Insertion, LineKind, Range

_ENDLESS = 1 << 20
"""Cells of a line of code, which is not wrapped."""


class Body(NamedTuple):
    """The lines of a block: their offsets, and by line what else differs between them."""

    ranges: list[Range]
    insertions: Sequence[tuple[Insertion, ...]] = ()
    """Of each line; empty where the block has none."""
    prefixes: Sequence[str] = ()
    """Of each line; empty where the frame gives them."""


def body(document: Document, frame: Frame, width: int, cell_len: CellLength) -> Body:
    """The lines of the block in a frame; `width` is that of the lines, frame included."""
    block = document.blocks[frame.block]
    if frame.kind is not LineKind.TEXT or block.start == block.end:
        return Body([(block.start, block.start)])
    if frame.parts:
        return _record(document, frame, width, cell_len)
    if frame.rest:
        width -= max(cell_len(frame.first), cell_len(frame.rest)) + len(frame.suffix)
    room = _ENDLESS if block.kind is BlockKind.CODE else max(2, width)
    text = document.text[block.start : block.end]
    if frame.insertions:
        lines = wrap_inserted(text, block.start, room, cell_len, frame.insertions)
        if lines is not None:
            return Body([span for span, _own in lines], [own for _span, own in lines])
    return Body(wrap(text, block.start, room, cell_len))


def _record(document: Document, frame: Frame, width: int, cell_len: CellLength) -> Body:
    """The lines of a row of a table, part by part; without insertions if one would be cut."""
    ranges: list[Range] = []
    insertions: list[tuple[Insertion, ...]] = []
    prefixes: list[str] = []
    for part in frame.parts:
        room = max(2, width - max(cell_len(part.label), cell_len(frame.rest)))
        text = document.text[part.start : part.end]
        lines = wrap_inserted(text, part.start, room, cell_len, part.insertions)
        if lines is None:
            bare = tuple(part._replace(insertions=()) for part in frame.parts)
            return _record(document, frame._replace(parts=bare), width, cell_len)
        ranges += [span for span, _own in lines]
        insertions += [own for _span, own in lines]
        prefixes += [part.label] + [frame.rest] * (len(lines) - 1)
    return Body(ranges, insertions, prefixes)
