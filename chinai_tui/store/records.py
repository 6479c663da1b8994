"""Records that only the store knows: the session, steps that can be undone, what is followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chinai_tui.domain.annotation import Annotation, Memo

UNDO_LIMIT = 200
"""How many steps can be undone."""

BIN_DAYS = 30
"""How long what was deleted can be brought back."""


@dataclass(frozen=True, slots=True)
class SessionValue:
    """Something the program remembers from one run to the next."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Followed:
    """How far one has come with a publication that is followed, or has been."""

    publication: str
    unfollowed: bool = False
    """Whether it is no longer followed."""
    feed: str = ""
    """The address of the feed that the following four are about."""
    etag: str = ""
    last_modified: str = ""
    checksum: str = ""
    """SHA-256 of the feed when it was last read."""
    asked: str = ""
    """When it was last asked for, ISO 8601 in UTC."""
    walked: tuple[str, ...] = ()
    """The posts that a walk through the archive which was cut off has seen to."""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A change of annotations and memos, with those affected as they were before and after it.

    What is only in `after` was made, what is only in `before` was deleted. A step with a
    correction changed the user's entity file instead.
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
    memos_before: tuple[Memo, ...] = ()
    memos_after: tuple[Memo, ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted:
    """An annotation that was deleted and can be brought back for a while."""

    annotation: Annotation
    deleted: str
    """When, ISO 8601 in UTC."""

    @property
    def until(self) -> str:
        """The day on which it goes, as YYYY-MM-DD; empty where nobody can tell."""
        try:
            day = date.fromisoformat(self.deleted[:10])
        except ValueError:
            return ""
        return (day + timedelta(days=BIN_DAYS)).isoformat()


def step_id(number: int) -> str:
    """The id of the step with that number, so padded that ids sort by it."""
    return f"{number:010d}"
