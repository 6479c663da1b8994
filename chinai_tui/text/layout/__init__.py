"""Lays a document out in lines of terminal cells: pure, document × width × options → lines.

    layout = Layout(document, 72, Options(), cell_len)
    for row in range(layout.rows):
        print(layout.text(row))

Widths are display cells as `cell_len` measures them, so that whatever draws the lines decides
how wide a character is. Offsets are those of `Document.text`.
"""

from __future__ import annotations

from chinai_tui.text.layout.cells import CellLength, boundary, drawn
from chinai_tui.text.layout.frames import shown
from chinai_tui.text.layout.lines import Layout
from chinai_tui.text.layout.model import Fold, Insertion, Line, LineKind, Options, Place

__all__ = [
    "CellLength",
    "Fold",
    "Insertion",
    "Layout",
    "Line",
    "LineKind",
    "Options",
    "Place",
    "boundary",
    "drawn",
    "shown",
]
