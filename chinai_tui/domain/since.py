"""What came after an issue: those that cite it, and those that name what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.rows import IssueRow


@dataclass(frozen=True, slots=True)
class NamedSince:
    """An entity of an issue in the issues after it."""

    entity: Entity
    issues: int
    """How many later issues name it."""
    last: IssueRow
    """The latest of them."""
    place: int
    """The offset of the first mention in the main document of that."""


@dataclass(frozen=True, slots=True)
class SinceThen:
    """What later issues of the library have to do with one."""

    publication: str = ""
    """The id of the publication of the one."""
    citing: tuple[IssueRow, ...] = ()
    """Those that refer to it, the latest last; of many the latest ones."""
    more: int = 0
    """How many refer to it besides, all before these."""
    named: tuple[NamedSince, ...] = ()
    """Its main entities, as far as later issues name them, the most named in it first."""
