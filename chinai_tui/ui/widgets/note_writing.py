"""What one writes in a note pane, and what becomes of the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

Write = Callable[[str], object]
"""Takes the words; returns when they are on disk."""
Offer = Callable[[str], Sequence[str]]
"""The best completions of a few letters, the best first."""


def _nothing(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Writing:
    """What one writes, and what becomes of the words."""

    save: Write
    keep: Write
    """Keeps the words as a draft; none at all forget it."""
    title: str = "Note"
    quote: str = ""
    """The passage, where it is not on screen beside the pane."""
    text: str = ""
    """The words as they were saved."""
    draft: str = ""
    """The words that one did not save the last time."""
    is_outdated: bool = False
    """Whether the words as they were saved are not those any more that the draft was made of."""
    tags: Offer = _nothing
    names: Offer = _nothing
    said: str = "noted"
    """What is said when the note is on disk."""
    saved: Callable[[], None] = lambda: None
    """Called then."""


class Outcome(Enum):
    """What became of the words."""

    SAVED = "saved"
    DRAFT = "kept as a draft"
    NOTHING = "nothing was written"
    THROWN = "thrown away"
