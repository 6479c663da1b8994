"""The page of a company, person, place, group or other entity."""

from chinai_tui.ui.screens.company.screen import CompanyScreen

__all__ = ["CompanyScreen"]
