"""Searching the library as one types."""

from chinai_tui.ui.screens.search.screen import SearchScreen

__all__ = ["SearchScreen"]
