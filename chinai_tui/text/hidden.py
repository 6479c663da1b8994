"""What is said of the issues that a filter hides."""

from __future__ import annotations

from chinai_tui.domain.query import Field, Query
from chinai_tui.domain.rows import IssueList

_KINDS = {"unread": "read", "read": "unread"}
"""What is hidden by a filter that asks for nothing but the reading state."""


def hidden_told(listing: IssueList, query: Query) -> str:
    """`44 shown, 14,934 read ones hidden, 3 of them undated`; empty where nothing is hidden.

    The undated ones are those that are hidden for want of a date alone.
    """
    if not listing.hidden:
        return ""
    match query.root:
        case Field("is", value):
            kind = _KINDS.get(value.lower(), "")
        case _:
            kind = ""
    hidden = ones(listing.hidden, kind) if kind else f"{listing.hidden:,}"
    told = f"{len(listing.rows):,} shown, {hidden} hidden"
    return f"{told}, {listing.undated:,} of them undated" if listing.undated else told


def ones(count: int, kind: str) -> str:
    """`14,934 read ones`, `1 read one`."""
    return f"{count:,} {kind} {'one' if count == 1 else 'ones'}"
