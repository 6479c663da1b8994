"""Running text in a few lines, with what stands out in it: hits on a ground, names underlined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from chinai_tui.text.layout import drawn
from chinai_tui.text.layout.breaking import wrap
from chinai_tui.text.sanitise import clean
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.strips import Piece

HIT = "hit"
"""The role of a range that is lit; any other is a colour, and underlined."""


class Part(NamedTuple):
    """A run of text in one of the palette's colours."""

    text: str
    role: str = "dim"
    bold: bool = False


class Row(NamedTuple):
    """One line: what stands on the left, and at the right edge."""

    left: list[Piece]
    right: Sequence[Piece] = ()


class Lit(NamedTuple):
    """A range of a text that stands out."""

    start: int
    end: int
    role: str


def pieces(parts: Iterable[Part], pens: Pens) -> list[Piece]:
    """The parts in the styles of a ground."""
    return [(part.text, pens(part.role, bold=part.bold)) for part in parts]


def flow(
    text: str, width: int, pens: Pens, *, role: str = "ink", lit: Iterable[Lit] = (), limit: int = 3
) -> list[list[Piece]]:
    """The text in at most `limit` lines of `width` cells; what is left out is told by `…`.

    The ranges in `lit` are offsets into `text`, which is cleaned where it is drawn.
    """
    width = max(2, width)
    text = text.replace("\n", " ")
    if not clean(text).strip():
        return []
    lines = wrap(text, 0, width, cell_len)
    cut = len(lines) > limit
    shown = lines[:limit]
    if cut:
        shown[-1] = _shorter(text, *shown[-1], width - 2)
    ranges = list(lit)
    drawn_lines = [_line(text, start, end, ranges, role, pens) for start, end in shown]
    if cut:
        drawn_lines[-1].append((" …", pens(role)))
    return drawn_lines


def _shorter(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """A line cut to a width, between words where there are any."""
    if cell_len(text[start:end]) <= width:
        return start, end
    while end > start and cell_len(text[start:end]) > width:
        end -= 1
    space = text.rfind(" ", start, end + 1)
    return start, space if space > start else end


def _line(text: str, first: int, last: int, lit: list[Lit], role: str, pens: Pens) -> list[Piece]:
    inside = [each for each in lit if each.start < last and each.end > first]
    edges = {first, last}
    for each in inside:
        edges |= {max(first, each.start), min(last, each.end)}
    result: list[Piece] = []
    for start, end in pairwise(sorted(edges)):
        over = next((each.role for each in inside if each.start <= start and end <= each.end), "")
        if over == HIT:
            style = pens("strong", on=HIT)
        elif over:
            style = pens(over, underline=True)
        else:
            style = pens(role)
        result.append((drawn(text[start:end]), style))
    return result
