"""A text beside the one that is read."""

from __future__ import annotations

from chinai_tui.ui.widgets.document_motions import DocumentMotions
from chinai_tui.ui.widgets.document_pane import DocumentPane
from chinai_tui.ui.widgets.reader_text import ReaderText


class SecondView(ReaderText):
    """Reads like the first one; to have come to its end, or to leap in it, is nobody's concern."""

    def on_document_view_end_reached(self, event: DocumentPane.EndReached) -> None:
        """The issue is read by its text, not by this one."""
        event.stop()

    def on_document_view_leaping(self, event: DocumentMotions.Leaping) -> None:
        """The way back leads to places of the text."""
        event.stop()
