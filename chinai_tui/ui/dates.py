"""Dates as one reads them."""

from __future__ import annotations

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spelled(date: str) -> str:
    """`2020-05-18` as `18 May 2020`, `2020-05` as `May 2020`; anything else as it stands."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= len(MONTHS):
        return date
    name = MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day.isdecimal() else f"{name} {year}"


def about(date: str) -> str:
    """A date that is only near, to the month: `≈ May 2020`."""
    return f"≈ {spelled(date[:7])}"
