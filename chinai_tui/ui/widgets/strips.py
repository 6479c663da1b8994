"""Lines of a pane: pieces of text on the left and on the right, cut to cells, as one strip.

This is where text of others meets the screen, so every piece is cleaned here again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from chinai_tui.text.layout.breaking import wrap
from chinai_tui.text.sanitise import clean_line

Piece = tuple[str, Style]
"""A run of text in one style."""


def _safe(text: str) -> tuple[str, int]:
    """The text without control codes, and its cells; outer spaces stay: they set pieces apart."""
    if text.isascii() and text.isprintable():
        return text, len(text)
    before = text[: len(text) - len(text.lstrip(" "))]
    after = text[len(text.rstrip(" ")) :] if text.strip(" ") else ""
    text = f"{before}{clean_line(text)}{after}"
    return text, cell_len(text)


def cut(text: str, width: int) -> str:
    """The text in at most that many cells; what is left out is told by `…`."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def cut_pieces(pieces: Iterable[Piece], width: int) -> tuple[list[Segment], int]:
    """The pieces in at most that many cells, and how many they take."""
    segments: list[Segment] = []
    cells: list[int] = []
    for text, style in pieces:
        if text:
            shown, wide = _safe(text)
            segments.append(Segment(shown, style))
            cells.append(wide)
    total = sum(cells)
    if total <= width:
        return segments, total
    used = 0
    for number, segment in enumerate(segments):
        if used + cells[number] >= width:
            short = cut(f"{segment.text}……", width - used)
            return [*segments[:number], Segment(short, segment.style)], used + cell_len(short)
        used += cells[number]
    return segments, used


def line(
    width: int, left: Iterable[Piece], right: Sequence[Piece] = (), *, fill: Style, pad: int = 1
) -> Strip:
    """A line of exactly that many cells.

    `right` is set at the right edge and takes its room first; `left` is cut to what remains,
    with two cells of air between. `pad` cells stay free at the right edge.
    """
    room = max(0, width - pad)
    behind, taken = cut_pieces(right, room)
    before, used = cut_pieces(left, room - taken - 2 if taken else room)
    gap = room - used - taken
    if gap < 0 or width < pad:
        return Strip([*before, *behind]).adjust_cell_length(width, fill)
    if behind:
        segments = [*before, Segment(" " * gap, fill), *behind, Segment(" " * pad, fill)]
    else:
        segments = [*before, Segment(" " * (gap + pad), fill)]
    return Strip(segments, width)


def wrapped(text: str, width: int, limit: int = 99) -> list[str]:
    """The text in lines of at most that many cells, the last of `limit` lines cut with `…`."""
    text = clean_line(text)
    if not text:
        return []
    width = max(2, width)
    lines = [text[start:end] for start, end in wrap(text, 0, width, cell_len)]
    if len(lines) <= limit:
        return lines
    return [*lines[: limit - 1], cut(f"{lines[limit - 1]} {lines[limit]}", width)]
