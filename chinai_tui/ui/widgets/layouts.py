"""Documents as they were laid out lately, so that going there and back lays out once."""

from __future__ import annotations

from rich.cells import cell_len

from chinai_tui.domain.document import Document
from chinai_tui.text.layout import Layout, Options

LIMIT = 8
"""Layouts kept; the one used longest ago goes first."""


class Layouts:
    """The last layouts by text, width and options; may be asked from several threads."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: dict[tuple[str, int, Options], Layout] = {}

    def get(self, document: Document, column: int, options: Options) -> Layout:
        """The document in lines of at most `column` cells."""
        key = (document.revision, column, options)
        layout = self._kept.pop(key, None)
        # The same words may be set in other blocks.
        if layout is None or layout.document.blocks != document.blocks:
            layout = Layout(document, column, options, cell_len)
        self._kept[key] = layout
        for oldest in list(self._kept)[:-LIMIT]:
            self._kept.pop(oldest, None)
        return layout
