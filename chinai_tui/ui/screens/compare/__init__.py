"""Two to five companies, people or other entities side by side."""

from chinai_tui.ui.screens.compare.screen import CompareScreen

__all__ = ["CompareScreen"]
