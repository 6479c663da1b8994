"""Catching up: what is unread, on one page."""

from chinai_tui.ui.screens.catch_up.screen import CatchUpScreen

__all__ = ["CatchUpScreen"]
