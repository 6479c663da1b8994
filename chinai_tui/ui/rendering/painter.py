"""Paints the rows of a laid-out document with its marks: one strip a row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from chinai_tui.text.layout import Layout, Line, LineKind, boundary, shown
from chinai_tui.text.sanitise import clean
from chinai_tui.ui.rendering import styles
from chinai_tui.ui.rendering.marks import Marks
from chinai_tui.ui.rendering.styles import Palette, style_of

GUTTER = 3
"""Cells left of the text at least: the sign of a bookmark, the tick, one cell of air."""
MARGIN = 2
"""Cells right of the text at least: one of air, the sign of a note."""

TICK = "┃"
BOOKMARK = "★"
NOTE = "▸"

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn besides the text and its marks."""

    width: int
    """Cells of a strip."""
    focused: bool = False
    selection: Range | None = None
    cursor: Range | None = None
    """The character at the moving end of the selection."""


def safe(text: str) -> str:
    """The text as it may be handed to the terminal, in one line."""
    if text.isascii() and text.isprintable():
        return text
    return clean(text).replace("\n", " ")


def _cells(segments: list[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)


class Painter:
    """Paints the rows of one layout; strips are kept until the look or the marks change."""

    def __init__(self, layout: Layout, marks: Marks, palette: Palette) -> None:
        self._layout = layout
        self._document = layout.document
        self._marks = marks
        self._palette = palette
        self._look = Look(0)
        self._strips: dict[tuple[int, bool], Strip] = {}

    @staticmethod
    def left(width: int, column: int) -> int:
        """The cells left of a column of text in a strip: it is centred where there is room."""
        return max(GUTTER, (width - column) // 2)

    def strip(self, row: int, current: int, look: Look) -> Strip:
        """The strip of a row, as wide as the look says; a blank one beyond the last row.

        `current` is the number of the current block.
        """
        if look != self._look:
            self._look = look
            self._strips.clear()
        line = self._layout.line(row) if row < self._layout.rows else None
        if line is None or (line.kind is LineKind.BLANK and not line.prefix):
            return Strip.blank(look.width, self._palette.ground)
        ticked = line.block == current and line.kind is not LineKind.BLANK
        if (strip := self._strips.get((row, ticked))) is None:
            strip = self._strips[row, ticked] = self._paint(line, ticked)
        return strip

    def _paint(self, line: Line, ticked: bool) -> Strip:
        width = self._look.width
        left = self.left(width, self._layout.width)
        bookmarked, notes = self._marks.signs(line.block)
        segments = self._gutter(left, ticked, bookmarked and line.first)
        segments += self._text(line)
        edge = left + self._layout.width
        if _cells(segments) > edge:
            cut = Strip(segments).crop(0, edge - 1)
            segments = [*cut, Segment("…", self._palette(styles.BEFORE))]
        if notes and line.last:
            segments += self._note(segments, left, notes)
        room = width - _cells(segments)
        if room < 0:  # a pane narrower than the narrowest column
            return Strip(segments).crop(0, width)
        return Strip([*segments, Segment(" " * room, self._palette.ground)], width)

    def _gutter(self, left: int, ticked: bool, bookmarked: bool) -> list[Segment]:
        ground = self._palette.ground
        if not ticked and not bookmarked:
            return [Segment(" " * left, ground)]
        tick = styles.TICK if self._look.focused else styles.TICK_FAINT
        return [
            Segment(" " * (left - GUTTER), ground),
            Segment(BOOKMARK if bookmarked else " ", self._palette(styles.SIGN_BOOKMARK)),
            Segment(TICK if ticked else " ", self._palette(tick)),
            Segment(" ", ground),
        ]

    def _note(self, before: list[Segment], left: int, notes: int) -> list[Segment]:
        at = left + self._layout.width + MARGIN - 1
        told = f"{NOTE} note" if notes == 1 else f"{NOTE} {notes} notes"
        return [
            Segment(" " * (at - _cells(before)), self._palette.ground),
            Segment(
                told if at + len(told) < self._look.width else NOTE, self._palette(styles.SIGN_NOTE)
            ),
        ]

    def _text(self, line: Line) -> list[Segment]:
        before = {LineKind.FOLD: styles.FOLD, LineKind.RULE: styles.RULE}.get(
            line.kind, styles.BEFORE
        )
        segments = []
        if line.prefix:
            segments.append(Segment(safe(line.prefix), self._palette(before)))
        if line.end > line.start:
            segments += self._pieces(line)
        if line.suffix:
            segments.append(Segment(line.suffix, self._palette(before)))
        return segments

    def _pieces(self, line: Line) -> list[Segment]:
        """The text of a line, cut wherever something begins or ends in it."""
        block = self._document.blocks[line.block]
        base = style_of(block)
        text = self._document.text[line.start : line.end]
        ranges = [(span.start, span.end, str(span.kind)) for span in block.spans]
        ranges += self._marks.drawn(line.block)
        look = self._look
        for extent, name in ((look.selection, styles.SELECTION), (look.cursor, styles.CURSOR)):
            if extent is not None:
                ranges.append((*extent, name))
        inside = [
            (self._snapped(line, text, start), self._snapped(line, text, end), name)
            for start, end, name in ranges
            if start < line.end and end > line.start
        ]
        edges = {line.start, line.end}.union(*((start, end) for start, end, _name in inside))
        return [
            Segment(
                safe(shown(block, text[start - line.start : end - line.start])),
                self._palette(base, *(n for s, e, n in inside if s <= start and end <= e)),
            )
            for start, end in pairwise(sorted(edges))
        ]

    @staticmethod
    def _snapped(line: Line, text: str, offset: int) -> int:
        """The offset within the line, at the start of a user-perceived character."""
        if not line.start < offset < line.end:
            return min(max(offset, line.start), line.end)
        return line.start + boundary(text, offset - line.start, cell_len)
