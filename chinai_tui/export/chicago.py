"""Notes as the Chicago Manual has them, a line each."""

from __future__ import annotations

from collections.abc import Iterable

from chinai_tui.export.citations import cite
from chinai_tui.export.reference import Reference


def render(references: Iterable[Reference]) -> str:
    """The notes in their order."""
    return "\n".join(
        cite(each.issue, each.publication, each.voice, original=each.known) for each in references
    )
