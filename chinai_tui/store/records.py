"""Records that only the store knows: the session, and the steps that can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.annotation import Annotation

UNDO_LIMIT = 200
"""How many steps can be undone."""


@dataclass(frozen=True, slots=True)
class SessionValue:
    """Something the program remembers from one run to the next."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A change of annotations, with those affected as they were before and after it.

    An annotation that is only in `after` was made, one that is only in `before` was deleted. A
    step with a correction changed the user's entity file instead.
    """

    id: str
    """Ids sort in the order of the steps; see `step_id`."""
    title: str
    """What was done, for the status line."""
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()
    created: str = ""
    """ISO 8601 in UTC."""
    undone: bool = False
    """Whether it has been undone, so that it can be done again."""
    correction: str = ""
    """What was added to the user's entity file, to the letter."""
    issue: str = ""
    """The id of the issue that was at hand when the correction was made."""


def step_id(number: int) -> str:
    """The id of the step with that number, so padded that ids sort by it."""
    return f"{number:010d}"
