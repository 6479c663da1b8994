"""What stands around the text of a block: space above, bullets, numbers, bars, labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout.cells import CellLength, drawn
from chinai_tui.text.layout.model import Frame, Insertion, LineKind, Options, Range
from chinai_tui.text.layout.tables import BAR, table_frames

BULLETS = "•◦▪"
"""By depth, whatever the source drew."""
TAKEAWAY = "◆"
"""The bullet of what a newsletter wants one to keep."""

_PLAIN_MARKERS = frozenset({"•", "◦", "▪", "-", "–", "—", "*", "+", "·", "●", "○", "■"})
_MARKER_LIMIT = 8
_NARROWEST = 12
"""Cells that indentation leaves to the text, whatever the depth."""
_HANG = "  "
"""Before code, and before the second line of what hangs without a marker."""

_BARS = {BlockKind.QUOTE: "│ ", BlockKind.PULLQUOTE: "▎ "}
_QUOTES = (BlockKind.QUOTE, BlockKind.PULLQUOTE)
_LISTED = (BlockKind.ITEM, BlockKind.FOOTNOTE)
_TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)
_DETAILS = (BlockRole.SUMMARY, BlockRole.SOURCE)
"""What stands close under a heading."""
_LIST = "list"
_ENTRY = "entry"
_FOLD = "fold"


def shown(block: Block, text: str) -> str:
    """A stretch of a block's text as it is drawn, as wide as it was: a line between table cells."""
    return drawn(BAR.sub("│", text) if block.kind is BlockKind.ROW else text)


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
    left = (n for n in range(len(blocks)) if n not in hidden or n in folds)
    framer = _Framer(document, width, options, cell_len)
    above: Block | None = None
    for family, numbers in groupby(left, families.__getitem__):
        run = list(numbers)
        if family == _FOLD:
            yield from (Frame(n, LineKind.FOLD, int(above is not None)) for n in run[:1])
            yield from (Frame(n, LineKind.FOLD, 0) for n in run[1:])
        elif isinstance(family, int):
            yield framer.alone(run[0], above)
        elif family is BlockKind.ROW:
            yield from framer.tables(run, above)
        else:
            yield from framer.run(run, above)
        above = blocks[run[-1]]


def _family(block: Block) -> str | int:
    """What blocks that follow each other share when they are set as one; else its own start."""
    if _is_detail(block) or (block.kind is BlockKind.HEADING and block.marker):
        return _ENTRY
    if block.kind is BlockKind.ITEM or _is_reading(block):
        return _LIST
    if block.kind in _QUOTES or block.kind is BlockKind.FOOTNOTE or block.kind is BlockKind.ROW:
        return block.kind
    return block.start


def _is_detail(block: Block) -> bool:
    return block.role in _DETAILS and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def _is_reading(block: Block) -> bool:
    return block.role is BlockRole.READING and block.kind is BlockKind.PARAGRAPH


@dataclass(frozen=True)
class _Framer:
    """Frames runs of blocks of one family; `above` is the block shown before a run."""

    document: Document
    width: int
    options: Options
    cell_len: CellLength

    @cached_property
    def _offsets(self) -> list[int]:
        return [at for at, _text in self.options.insertions]

    @cached_property
    def _entry(self) -> int:
        """Cells of the widest number of a heading, by which all of them and their details hang."""
        headings = (block for block in self.document.blocks if block.kind is BlockKind.HEADING)
        wide = max((self._wide(_marker(block)) for block in headings), default=0)
        return max(0, min(wide, self.width - _NARROWEST))

    def _wide(self, marker: str) -> int:
        return self.cell_len(marker) + 1 if marker else 0

    def _insertions(self, block: Block) -> tuple[Insertion, ...]:
        """Those behind a character of the block."""
        if not self.options.insertions:
            return ()
        first = bisect_right(self._offsets, block.start)
        return self.options.insertions[first : bisect_right(self._offsets, block.end, first)]

    def alone(self, number: int, above: Block | None) -> Frame:
        """The frame of a block that belongs to no run."""
        block = self.document.blocks[number]
        gap, insertions = _gap(block, above), self._insertions(block)
        if block.kind is BlockKind.RULE:
            return Frame(number, LineKind.RULE, gap, "─" * self.width)
        if block.kind is BlockKind.CODE:
            return Frame(number, LineKind.TEXT, gap, _HANG, _HANG, insertions=insertions)
        if block.kind is BlockKind.IMAGE or block.kind is BlockKind.EMBED:
            label = _label(block, self.document.text)
            rest = " " * len(label)
            return Frame(number, LineKind.TEXT, gap, label, rest, "]", insertions=insertions)
        return Frame(number, gap=gap, insertions=insertions)

    def tables(self, run: Sequence[int], above: Block | None) -> Iterator[Frame]:
        """The frames of rows of tables; a row that is a head begins another table."""
        levels = [self.document.blocks[n].level for n in run]
        heads = [at for at, (upper, head) in enumerate(pairwise(levels), 1) if head > upper]
        for first, last in pairwise([0, *heads, len(run)]):
            rows = run[first:last]
            own = [self._insertions(self.document.blocks[n]) for n in rows]
            top, *others = table_frames(self.document, rows, own, self.width, self.cell_len)
            gap = _gap(self.document.blocks[rows[0]], above) if first == 0 else 1
            yield top._replace(gap=gap)
            yield from others

    def run(self, run: Sequence[int], above: Block | None) -> Iterator[Frame]:
        """The frames of a run that hangs by its markers or bars."""
        blocks = [self.document.blocks[n] for n in run]
        markers = _markers(blocks)
        indents = self._indents(blocks, markers)
        before = above
        for n, block, marker in zip(run, blocks, markers, strict=True):
            is_inner = n != run[0]
            close = is_inner and before is not None and self._is_close(block, before)
            gap = _gap(block, before, is_tight=close)
            bar = ""
            if is_inner and before and block.kind in _QUOTES:
                bar = self._bars(block.kind, min(block.level, before.level)).rstrip()
            first, rest = self._prefixes(block, marker, indents)
            yield Frame(
                n, gap=gap, first=first, rest=rest, bar=bar, insertions=self._insertions(block)
            )
            before = block

    def _is_close(self, block: Block, before: Block) -> bool:
        """Whether a member of a list stands without air below another: both are short.

        A short one stands close to the longer one that it is nested in.
        """
        if _family(block) == _ENTRY or block.end - block.start > self.options.measure:
            return False
        return block.level > before.level or before.end - before.start <= self.options.measure

    def _indents(self, blocks: Sequence[Block], markers: Sequence[str]) -> dict[int, Range]:
        """Depth → indentation, and cells of the markers there, so that texts of one depth align."""
        widest: dict[int, int] = {}
        for block, marker in zip(blocks, markers, strict=True):
            widest[block.level] = max(widest.get(block.level, 0), self._wide(marker))
        indents = {}
        indent = 0
        room = max(0, self.width - _NARROWEST)
        for level in sorted(widest):
            indent = max(indent, level * 2)
            wide = min(widest[level], room)
            indents[level] = (min(indent, room - wide), wide)
            indent += wide
        return indents

    def _prefixes(self, block: Block, marker: str, indents: dict[int, Range]) -> tuple[str, str]:
        """What stands before the first line of a text, and before the others."""
        if _is_reading(block):
            return "", _HANG
        if _is_detail(block):
            return self._hung(" " * self._entry, self._wide(marker), marker)
        if block.kind is BlockKind.HEADING:
            return self._hung("", self._entry, marker)
        indent, wide = indents[block.level]
        if block.kind in _LISTED:
            return self._hung(" " * indent, wide, marker)
        return self._hung(self._bars(block.kind, block.level), wide if marker else 0, marker)

    def _hung(self, before: str, wide: int, marker: str) -> tuple[str, str]:
        """What stands before the first line and the others of a text behind its marker.

        The marker is flush right in `wide` cells with a space; it is left out if it is wider.
        """
        blank = before + " " * wide
        spare = wide - self._wide(marker)
        return before + " " * spare + marker + " " if marker and spare >= 0 else blank, blank

    def _bars(self, kind: BlockKind, level: int) -> str:
        room = (self.width - _NARROWEST) // 2
        return _BARS[kind] * max(1, min(level + 1, room))


def _label(block: Block, text: str) -> str:
    """What stands before a picture or an embedded thing, unless its own words say what it is."""
    if text.startswith(block.kind, block.start, block.end):
        return "["
    return f"[{block.kind}: " if block.end > block.start else f"[{block.kind}"


def _gap(block: Block, above: Block | None, *, is_tight: bool = False) -> int:
    """Blank lines above a block; `is_tight` tells that it stands close to others of its run."""
    if above is None or block.role is BlockRole.SUBTITLE:
        return 0
    if block.role is BlockRole.CAPTION and above.kind is BlockKind.IMAGE:
        return 0
    if block.role in _DETAILS and (above.is_heading or above.role in _DETAILS):
        return 0
    return int(not is_tight or (block.kind in _QUOTES and not (block.marker and above.marker)))


def _markers(blocks: Sequence[Block]) -> list[str]:
    """The bullet, number or sign that is drawn before the text of each block of a run.

    A block without one among others that have one goes on with the item before it.
    """
    if any(block.marker for block in blocks):
        return [_marker(block) for block in blocks]
    default = {BlockKind.ITEM: "•", BlockKind.FOOTNOTE: "*"}
    return [_marker(block, default.get(block.kind, "")) for block in blocks]


def _marker(block: Block, default: str = "") -> str:
    marker = (block.marker or default)[:_MARKER_LIMIT]
    if block.kind is BlockKind.ITEM and marker in _PLAIN_MARKERS:
        if block.role is BlockRole.TAKEAWAY and block.level == 0:
            return TAKEAWAY
        return BULLETS[block.level % len(BULLETS)]
    if block.kind in _QUOTES and marker in _PLAIN_MARKERS:
        return BULLETS[0]
    return "" if block.kind is BlockKind.CODE else marker
