"""Gathers from the library what the comparison of several entities tells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from chinai_tui.ui.screens.compare.rows import Compared
from chinai_tui.ui.widgets.timeline_plot import span_of
from chinai_tui.workspace import Workspace

AT_HAND = 200
"""Passages kept as they are read: several screens of them."""


def read(workspace: Workspace, entity_ids: Sequence[str]) -> Compared:
    """What the library has of several entities, but not yet where they meet.

    Raises:
        NotFoundError: The catalogue has not got one of them.
    """
    issues = {row.id: row for row in workspace.library.rows().rows}
    dates = [row.date for row in issues.values() if row.date]
    return Compared(
        comparison=workspace.comparing.compare(entity_ids),
        issues=issues,
        # The rows are the newest first.
        span=span_of((dates[0], dates[-1])) if dates else None,
        meetings=None,
        read=lru_cache(maxsize=AT_HAND)(workspace.entities.passage),
    )
