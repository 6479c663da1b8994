"""Which entity a name on the command line means."""

from __future__ import annotations

import click

from chinai_tui.cli.output import tell
from chinai_tui.domain.entity import Entity
from chinai_tui.text.fold import fold
from chinai_tui.workspace import Workspace

CANDIDATES = 5
"""Entities that are offered for a name that nobody goes by."""


class BlankNameError(click.ClickException):
    """A name without letters; told in one line."""

    exit_code = 2


def counted(count: int, noun: str, many: str = "") -> str:
    """A number with its noun: `1 mention`, `9,000 mentions`; `many` is a plural without `s`."""
    return f"{count:,} {noun if count == 1 else many or f'{noun}s'}"


def one_entity(workspace: Workspace, name: str) -> Entity | None:
    """The entity that goes by a name, or the only one it can be meant for.

    None where several can be, or nobody; which ones is told, first those of which it is a word.

    Raises:
        BlankNameError: It has no letters.
    """
    if not name.strip():
        raise BlankNameError("the name is empty; give one, such as sensetime")
    found = workspace.entities.resolve(name)
    if not found:
        likely = [hit.entity for hit in workspace.entities.jump(name, limit=CANDIDATES)]
        bearing = [each for each in workspace.entities.all() if _has_word(each, name)]
        bearing.sort(key=lambda each: each not in likely)
        found = list({each.id: each for each in (*bearing, *likely)}.values())[:CANDIDATES]
    if len(found) == 1:
        return found[0]
    if not found:
        tell(f"{name}: nobody in the catalogue goes by that name")
        return None
    tell(f"{name}: did you mean")
    for entity in found:
        tell(f"  {entity.id}: {entity.name} {entity.han}")
    return None


def _has_word(entity: Entity, name: str) -> bool:
    """Whether the words of a name stand in one of the entity's, as whole words."""
    wanted = f" {' '.join(fold(name).split())} "
    names = (entity.name, entity.pinyin, *(alias.text for alias in entity.aliases))
    return any(wanted in f" {' '.join(fold(each).split())} " for each in names)
