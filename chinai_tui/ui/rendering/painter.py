"""Paints the rows of a laid-out document with its marks: one strip a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from chinai_tui.domain.document import Block, BlockKind
from chinai_tui.text.layout import Layout, Line, LineKind, boundary, shown
from chinai_tui.text.sanitise import clean
from chinai_tui.ui.rendering import styles
from chinai_tui.ui.rendering.highlights import BOOKMARK, NOTE, ROLES, SIGNS
from chinai_tui.ui.rendering.marks import Marks
from chinai_tui.ui.rendering.styles import Palette, style_of

GUTTER = 3
"""Cells left of the text at least: the sign of a bookmark, the tick, one cell of air."""
MARGIN = 3
"""Cells right of the text at least: one of air, the signs of a highlight and of a note."""

TICK = "┃"
MORE_LEFT, MORE_RIGHT = "‹", "…"
"""What tells that a line goes on beyond the edge of the column."""
NO_BLOCK = -1
"""The number of the current block where none is."""
ASIDE_GAP = 2
"""Cells between a line and what stands at its right, at least."""

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
    pointed: Range | None = None
    """The words of the link that is pointed at."""
    hints: tuple[tuple[int, str], ...] = ()
    """Letters behind the words that end at an offset, in order of the offsets."""
    pan: int = 0
    """Cells of code that are left of the column."""
    below: Look | None = None
    """The same for what stands below the text, if there is anything to be said of it."""


def safe(text: str) -> str:
    """The text as it may be handed to the terminal, in one line."""
    if text.isascii() and text.isprintable():
        return text
    return clean(text).replace("\n", " ")


def _cells(segments: list[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)


class Painter:
    """Paints the rows of one layout; strips are kept until the look or the marks change."""

    def __init__(
        self,
        layout: Layout,
        marks: Marks,
        palette: Palette,
        asides: Mapping[int, str] | None = None,
    ) -> None:
        """Take what is drawn; `asides` are a few words at the right of blocks, by number."""
        self._layout = layout
        self._document = layout.document
        self._marks = marks
        self.palette = palette
        self._asides = asides or {}
        self._look = Look(0)
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._below: Painter | None = None
        if layout.tail is not None:
            self._below = Painter(layout.tail, Marks(layout.tail.document), palette)

    @staticmethod
    def left(width: int, column: int) -> int:
        """The cells left of a column of text in a strip: it is centred where there is room."""
        return max(GUTTER, (width - column) // 2)

    def strip(self, row: int, current: int, look: Look) -> Strip:
        """The strip of a row, as wide as the look says; a blank one beyond the last row.

        `current` is the number of the current block.
        """
        if self._below is not None and row >= self._layout.tail_row:
            below = look.below or Look(look.width)
            return self._below.strip(row - self._layout.tail_row, NO_BLOCK, below)
        if look != self._look:
            self._look = look
            self._strips.clear()
        line = self._layout.line(row) if row < self._layout.rows else None
        if line is None or (line.kind is LineKind.BLANK and not line.prefix):
            return Strip.blank(look.width, self.palette.ground)
        ticked = line.block == current and line.kind not in (LineKind.BLANK, LineKind.LEAD)
        if (strip := self._strips.get((row, ticked))) is None:
            strip = self._strips[row, ticked] = self._paint(line, ticked)
        return strip

    def _paint(self, line: Line, ticked: bool) -> Strip:
        width = self._look.width
        column = self._layout.width
        left = self.left(width, column)
        bookmarked, notes = self._marks.signs(line.block)
        text = self._text(line)
        if _cells(text) > column or self._is_panned(line):
            text = self._cut(line, text, column)
        elif self._is_code(line):
            text.append(self._code_ground(line, column - _cells(text)))
        elif line.first and line.block in self._asides:
            text += self._aside(self._asides[line.block], column - _cells(text))
        segments = [*self._gutter(left, ticked, bookmarked and line.first), *text]
        if signs := self._signs(line, notes if line.last else 0, left):
            gap = left + column + 1 - _cells(segments)
            segments += [Segment(" " * gap, self.palette.ground), *signs]
        if self._look.hints:
            segments = self._hinted(line, left, segments)
        room = width - _cells(segments)
        if room < 0:  # a pane narrower than the narrowest column
            return Strip(segments).crop(0, width)
        return Strip([*segments, Segment(" " * room, self.palette.ground)], width)

    def _is_code(self, line: Line) -> bool:
        kind = self._document.blocks[line.block].kind
        return kind is BlockKind.CODE and line.kind is LineKind.TEXT

    def _is_panned(self, line: Line) -> bool:
        return bool(self._look.pan) and self._is_code(line) and line.end > line.start

    def _cut(self, line: Line, text: list[Segment], column: int) -> list[Segment]:
        """A line of code in the cells of the column, as far as it was moved sideways."""
        sign = self.palette(styles.BEFORE)
        before = cell_len(line.prefix)
        head: list[Segment] = []
        if self._is_panned(line):
            strip = Strip(text)
            head = [*strip.crop(0, before - 1), Segment(MORE_LEFT, sign)]
            text = [*strip.crop(before + self._look.pan)]
        room = column - _cells(head)
        if _cells(text) > room:
            text = [*Strip(text).crop(0, room - 1), Segment(MORE_RIGHT, sign)]
        elif self._is_code(line):
            text = [*text, self._code_ground(line, room - _cells(text))]
        return [*head, *text]

    def _code_ground(self, line: Line, cells: int) -> Segment:
        style = self.palette(style_of(self._document.blocks[line.block]))
        return Segment(" " * cells, style)

    def _aside(self, words: str, room: int) -> list[Segment]:
        words = safe(words)
        gap = room - cell_len(words)
        if gap < ASIDE_GAP:
            return []
        return [
            Segment(" " * gap, self.palette.ground),
            Segment(words, self.palette(styles.ASIDE)),
        ]

    def _hinted(self, line: Line, left: int, segments: list[Segment]) -> list[Segment]:
        """The line with letters right behind the links that end in it, in place of numbers."""
        free = 0
        for end, letters in self._look.hints:
            if line.start < end <= line.end and letters:
                strip = Strip(segments)
                last = self._layout.place(end - 1).column
                at = max(free, left + last + cell_len(self._document.text[end - 1]))
                free = at + len(letters)
                behind = strip.crop(at + len(letters))
                segments = [
                    *strip.crop(0, at),
                    Segment(letters, self.palette(styles.HINT)),
                    *behind,
                ]
        return segments

    def _gutter(self, left: int, ticked: bool, bookmarked: bool) -> list[Segment]:
        ground = self.palette.ground
        if not ticked and not bookmarked:
            return [Segment(" " * left, ground)]
        tick = styles.TICK if self._look.focused else styles.TICK_FAINT
        return [
            Segment(" " * (left - GUTTER), ground),
            Segment(BOOKMARK if bookmarked else " ", self.palette(styles.SIGN_BOOKMARK)),
            Segment(TICK if ticked else " ", self.palette(tick)),
            Segment(" ", ground),
        ]

    def _signs(self, line: Line, notes: int, left: int) -> list[Segment]:
        """What stands right of a line: the signs of highlights that begin in it, and its notes."""
        room = self._look.width - left - self._layout.width - 1
        begun = [
            color
            for start, color in self._marks.colors(line.block)
            if line.start <= start and (start < line.end or line.last)
        ]
        begun = list(dict.fromkeys(begun))[: max(1, room - bool(notes))]
        signs = [
            Segment(SIGNS[color], self.palette(styles.SIGN_OF[ROLES[color]])) for color in begun
        ]
        if notes:
            told = f"{NOTE} note" if notes == 1 else f"{NOTE} {notes} notes"
            told = told if len(begun) + len(told) < room else NOTE
            signs.append(Segment(told, self.palette(styles.SIGN_NOTE)))
        return signs

    def _text(self, line: Line) -> list[Segment]:
        before = self.palette(styles.before(self._document.blocks[line.block], line.kind))
        segments = []
        if line.prefix:
            segments.append(Segment(safe(line.prefix), before))
        if line.end > line.start or line.insertions:
            segments += self._pieces(line)
        if line.suffix:
            segments.append(Segment(line.suffix, before))
        return segments

    def _pieces(self, line: Line) -> list[Segment]:
        """The text of a line, cut wherever something begins or ends in it."""
        block = self._document.blocks[line.block]
        base = style_of(block)
        text = self._document.text[line.start : line.end]
        inside = [
            (self._snapped(line, text, start), self._snapped(line, text, end), name)
            for start, end, name in self._ranges(line, block)
            if start < line.end and end > line.start
        ]
        inserted = dict(line.insertions)
        edges = {line.start, line.end, *inserted}.union(
            *((start, end) for start, end, _name in inside)
        )
        segments = []
        for start, end in pairwise([*sorted(edges), line.end]):
            if start in inserted:
                style = self.palette(base, styles.INSERTION)
                segments.append(Segment(safe(inserted[start]), style))
            if end > start:
                names = (name for s, e, name in inside if s <= start and end <= e)
                shown_text = safe(shown(block, text[start - line.start : end - line.start]))
                segments.append(Segment(shown_text, self.palette(base, *names)))
        return segments

    def _ranges(self, line: Line, block: Block) -> list[tuple[int, int, str]]:
        """What begins and ends in the text of a line's block, as names of styles."""
        look = self._look
        extents = (
            (look.selection, styles.SELECTION),
            (look.cursor, styles.CURSOR),
            (look.pointed, styles.POINTED),
        )
        return [
            *((span.start, span.end, str(span.kind)) for span in block.spans),
            *self._marks.drawn(line.block),
            *((*extent, name) for extent, name in extents if extent is not None),
        ]

    @staticmethod
    def _snapped(line: Line, text: str, offset: int) -> int:
        """The offset within the line, at the start of a user-perceived character."""
        if not line.start < offset < line.end:
            return min(max(offset, line.start), line.end)
        return line.start + boundary(text, offset - line.start, cell_len)
