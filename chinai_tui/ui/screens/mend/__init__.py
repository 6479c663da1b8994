"""Mending what is marked in a text: what to do about some words, and the lines that do it."""

from chinai_tui.ui.screens.mend.screen import MendScreen

__all__ = ["MendScreen"]
