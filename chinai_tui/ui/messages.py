"""What screens ask of each other and answer: requests are imperatives, answers are records.

A screen that lists passages is dismissed with a `Visit`, or with the bare `Place`, or with
nothing when one only backs out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from textual.message import Message
from textual.screen import Screen

from chinai_tui.domain.document import DocumentRole


@dataclass(frozen=True, slots=True)
class Place:
    """A passage one wants to read; `start` and `end` are offsets into the document's text."""

    issue: str
    role: DocumentRole
    start: int
    end: int
    hits: tuple[tuple[int, int], ...] = ()
    """What was found in it: offsets into the document's text."""


@dataclass(frozen=True, slots=True)
class LeftPage:
    """A page that one left for a passage, and that going back opens again."""

    name: str
    """What it is a page of, for the status line."""
    reopen: Callable[[], Screen[Any]]
    """Makes it anew, with cursor, filter and pane as they were."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A place, and the passages it was chosen from, for stepping on to the next one."""

    place: Place
    among: tuple[Place, ...] = ()
    """In the order of the list, the place itself included."""
    query: str = ""
    """What was searched for, in words for the status line."""
    placing: str = ""
    """The annotation that one goes there to place again, by its id."""
    left: tuple[LeftPage, ...] = field(default=(), compare=False)
    """The pages that lay over the text, the lowest first; none where there is nothing to reopen."""


@dataclass
class Say(Message):
    """Asks the screen to show one line in its status bar."""

    text: str
    warning: bool = False
    """Whether something could not be done."""


@dataclass
class OpenEntity(Message):
    """Asks for the page of an entity."""

    entity: str


@dataclass
class VisitPlace(Message):
    """Asks the main screen to show a place."""

    visit: Visit


@dataclass
class WorkspaceChanged(Message):
    """Tells the main screen what a commit changed, its own or one noticed from outside."""

    issues: frozenset[str]
    annotations: bool
    library: bool
