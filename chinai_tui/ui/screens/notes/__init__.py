"""All notes, highlights and bookmarks."""

from chinai_tui.ui.screens.notes.screen import NotesScreen

__all__ = ["NotesScreen"]
