"""All notes, highlights and bookmarks."""

from chinai_tui.ui.screens.notes.reading import Listed, View
from chinai_tui.ui.screens.notes.screen import NotesScreen

__all__ = ["Listed", "NotesScreen", "View"]
