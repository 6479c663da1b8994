"""Which entity a name on the command line means."""

from __future__ import annotations

from chinai_tui.cli.output import tell
from chinai_tui.domain.entity import Entity
from chinai_tui.workspace import Workspace

CANDIDATES = 5
"""Entities that are offered for a name that nobody goes by."""


def one_entity(workspace: Workspace, name: str) -> Entity | None:
    """The entity that goes by a name, or the only one it can be meant for.

    None where several can be, or nobody; which ones is told.
    """
    found = workspace.entities.resolve(name)
    if not found:
        found = [hit.entity for hit in workspace.entities.jump(name, limit=CANDIDATES)]
    if len(found) == 1:
        return found[0]
    if not found:
        tell(f"{name}: nobody in the catalogue goes by that name")
        return None
    tell(f"{name}: did you mean")
    for entity in found:
        tell(f"  {entity.id}: {entity.name} {entity.han}")
    return None
