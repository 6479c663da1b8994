"""What stands around the text of a block: space above, bullets, numbers, bars, labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout.cells import CellLength, drawn

BULLETS = "•◦▪"
"""By depth, whatever the source drew."""

_PLAIN_MARKERS = frozenset({"", "•", "◦", "▪", "-", "–", "—", "*", "+", "·", "●", "○", "■"})
_MARKER_LIMIT = 8
_NARROWEST = 12
"""Cells that indentation leaves to the text, whatever the depth."""

_QUOTES = (BlockKind.QUOTE, BlockKind.PULLQUOTE)
_HANGING = (BlockKind.ITEM, BlockKind.FOOTNOTE)
_TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)
_FOLD = "fold"


def shown(block: Block, text: str) -> str:
    """A stretch of a block's text as it is drawn, as wide as it was: a line between table cells."""
    return drawn(text.replace(" | ", " │ ") if block.kind is BlockKind.ROW else text)


class LineKind(StrEnum):
    """What a line shows."""

    TEXT = "text"
    BLANK = "blank"
    RULE = "rule"
    FOLD = "fold"


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


class Frame(NamedTuple):
    """What stands around the text of one block, or of a fold."""

    block: int
    kind: LineKind = LineKind.TEXT
    gap: int = 1
    """Blank lines above."""
    first: str = ""
    """What stands before the text in its first line."""
    rest: str = ""
    """The same in the other lines, as wide as `first`."""
    suffix: str = ""
    """What stands behind the text."""
    bar: str = ""
    """What stands in the blank lines above."""


def frames(
    document: Document, width: int, options: Options, cell_len: CellLength
) -> Iterator[Frame]:
    """The frames of what is shown of a document, in order; `width` is that of the lines."""
    blocks = document.blocks
    folds = {fold.first for fold in options.folds}
    hidden = {n for fold in options.folds for n in range(fold.first, fold.last)}
    if options.skip_title:
        hidden.update(n for n, block in enumerate(blocks[:2]) if block.role in _TITLES)
    families = [_FOLD if n in folds else _family(block) for n, block in enumerate(blocks)]
    shown = (n for n in range(len(blocks)) if n not in hidden or n in folds)
    above: Block | None = None
    for family, numbers in groupby(shown, families.__getitem__):
        run = list(numbers)
        if family == _FOLD:
            yield from (Frame(n, LineKind.FOLD, int(above is not None)) for n in run[:1])
            yield from (Frame(n, LineKind.FOLD, 0) for n in run[1:])
        else:
            yield from _run(document, run, above, width, options, cell_len)
        above = blocks[run[-1]]


def _family(block: Block) -> str | int:
    """What blocks that follow each other share when they are set as one; else its own start."""
    if block.kind is BlockKind.ITEM or block.role is BlockRole.READING:
        return "list"
    if block.kind in _QUOTES:
        return f"quote {block.level}"
    if block.kind is BlockKind.FOOTNOTE or block.kind is BlockKind.ROW:
        return block.kind
    return block.start


def _run(
    document: Document,
    run: list[int],
    above: Block | None,
    width: int,
    options: Options,
    cell_len: CellLength,
) -> Iterator[Frame]:
    """The frames of blocks of one family; `above` is the block shown before them."""
    blocks = [document.blocks[n] for n in run]
    between = 0 if len(run) > 1 and _is_tight(blocks, options.measure) else 1
    hangs = blocks[0].kind in _HANGING or len(run) > 1
    indents = _indents(blocks, width, cell_len) if hangs else {}
    for n, block in zip(run, blocks, strict=True):
        gap = between if n != run[0] else _gap(block, above)
        first, rest, suffix = _prefixes(block, indents, width, cell_len)
        bar = rest.rstrip() if n != run[0] and block.kind in _QUOTES else ""
        kind = LineKind.RULE if block.kind is BlockKind.RULE else LineKind.TEXT
        yield Frame(n, kind, gap, first, rest, suffix, bar)


def _gap(block: Block, above: Block | None) -> int:
    """Blank lines between blocks of different families."""
    if above is None or block.role is BlockRole.SUBTITLE:
        return 0
    return int(not (block.role is BlockRole.CAPTION and above.kind is BlockKind.IMAGE))


def _is_tight(blocks: list[Block], measure: int) -> bool:
    """Whether the members of a run stand without air: table rows, and lists of short items."""
    if blocks[0].kind in _QUOTES:
        return False
    return blocks[0].kind is BlockKind.ROW or all(
        block.end - block.start <= measure for block in blocks
    )


def _indents(blocks: list[Block], width: int, cell_len: CellLength) -> dict[int, tuple[int, int]]:
    """Depth → indentation, and cells of the markers there, so that texts of one depth align."""
    widest: dict[int, int] = {}
    for block in blocks:
        marker = _marker(block)
        wide = cell_len(marker) + 1 if marker else 0
        widest[block.level] = max(widest.get(block.level, 0), wide)
    indents = {}
    indent = 0
    room = max(0, width - _NARROWEST)
    for level in sorted(widest):
        indent = max(indent, level * 2)
        wide = min(widest[level], room)
        indents[level] = (min(indent, room - wide), wide)
        indent += wide
    return indents


def _marker(block: Block) -> str:
    """The bullet, number or sign that is drawn before the text."""
    if block.kind is BlockKind.FOOTNOTE:
        return block.marker[:_MARKER_LIMIT] or "*"
    if block.kind is not BlockKind.ITEM:
        return ""
    if block.marker in _PLAIN_MARKERS:
        return BULLETS[block.level % len(BULLETS)]
    return block.marker[:_MARKER_LIMIT]


def _prefixes(
    block: Block, indents: dict[int, tuple[int, int]], width: int, cell_len: CellLength
) -> tuple[str, str, str]:
    """What stands before the first line, before the others, and behind the last."""
    if block.kind is BlockKind.ITEM or block.kind is BlockKind.FOOTNOTE:
        indent, wide = indents[block.level]
        marker = _marker(block)
        rest = " " * (indent + wide)
        first = " " * (indent + wide - 1 - cell_len(marker)) + marker + " "
        return first if cell_len(first) == len(rest) else rest, rest, ""
    if block.kind in _QUOTES:
        bars = "│ " * max(1, min(block.level + 1, (width - _NARROWEST) // 2))
        return bars, bars, ""
    if block.kind is BlockKind.RULE:
        return "─" * width, "", ""
    if block.kind is BlockKind.IMAGE or block.kind is BlockKind.EMBED:
        label = f"[{block.kind}: " if block.end > block.start else f"[{block.kind}"
        return label, " " * len(label), "]"
    if block.kind is BlockKind.CODE:
        return "  ", "  ", ""
    return "", "", ""
