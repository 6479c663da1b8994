"""What lists show: issues, entities and passages as ready-made rows."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, Entity

_WRITINGS = 6
"""Issues told of a publication that somebody writes."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as the list shows it."""

    id: str
    publication: str
    """The publication's id."""
    outlet: str
    """The publication's title, shown where an issue has no number."""
    number: int | None
    title: str
    date: str
    """As in `Issue.date`; empty when unknown."""
    near: str
    """For an undated issue, the date of a dated neighbour by number, to sort by; never exported."""
    minutes: int
    """Reading time at 230 words a minute."""
    role: DocumentRole
    """The document that opens."""
    read: bool = False
    started: bool = False
    bookmarks: int = 0
    notes: int = 0
    """Notes and highlights."""

    @property
    def has_place(self) -> bool:
        """Whether it is known where it stands in time; nothing without is earlier or later."""
        return bool(self.date or self.near)


@dataclass(frozen=True, slots=True)
class IssueList:
    """The issues that a filter leaves, newest first, and what it hides."""

    rows: tuple[IssueRow, ...]
    total: int
    unread: int
    """Unread issues in the whole library."""
    undated: int = 0
    """Issues hidden only because a date was asked for and they have none."""

    @property
    def hidden(self) -> int:
        """How many issues the filter hides."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that was kept, with how many issues fit it."""

    name: str
    query: str
    issues: int
    new: int
    """Those of them that came in since one last looked."""


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity in an issue, with how often it is named there and where first."""

    entity: Entity
    count: int
    first: int
    """The offset of the first mention."""


@dataclass(frozen=True, slots=True)
class JumpHit:
    """An entity that a few letters may mean."""

    entity: Entity
    matched: str
    """The name that matched."""
    mentions: int
    issues: int


JumpRow = JumpHit | IssueRow
"""What a few letters may mean: an entity, or an issue by its number or title."""


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """How often an entity is named in one issue."""

    issue: str
    number: int | None
    date: str
    count: int
    added: str = ""
    """When the issue came into the library, ISO 8601 in UTC."""
    near: str = ""
    """As in `IssueRow.near`."""

    @property
    def has_place(self) -> bool:
        """Whether it is known where it stands in time; nothing without is earlier or later."""
        return bool(self.date or self.near)


@dataclass(frozen=True, slots=True)
class GroupMention:
    """How often a text means an entity by the name of a group that it is a member of."""

    group: Entity
    mentions: int
    issues: int


LIFT_FROM = 12
"""Dated issues below which counts over time and lift would mislead; plain counts are told."""


@dataclass(frozen=True, slots=True)
class CoMention:
    """An entity named in the same issues as another."""

    entity: Entity
    issues: int
    """Issues that name both."""
    lift: float
    """How much more often than if they were independent: P(ab) / (P(a) P(b))."""
    shared: tuple[str, ...] = ()
    """The ids of those issues in the order of the list; of very many the first ones."""


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """What the sidebar tells about the entity under the cursor."""

    entity: Entity
    groups: tuple[Entity, ...]
    members: tuple[Entity, ...]
    timeline: tuple[TimelinePoint, ...]
    """Oldest first, then those without a place in time."""
    together: tuple[CoMention, ...]
    claims: tuple[Claim, ...]
    through: tuple[GroupMention, ...] = ()
    """The groups by whose names it is meant too; such mentions are not counted as its own."""
    fresh: frozenset[str] = frozenset()
    """Issues naming it that came in since one last saw its page; none if one never did."""
    checked: str = ""
    """The day to which the claims of the catalogue were checked, YYYY-MM-DD."""
    written: tuple[IssueRow, ...] = ()
    """The issues of which a person is an author, in the order of the timeline, if asked for."""

    @property
    def writings(self) -> tuple[str, ...]:
        """What a person writes: `The Letter: … #23, #29`, for each publication the last issues."""
        issues: dict[str, list[str]] = {}
        for row in self.written:
            name = f"#{row.number}" if row.number is not None else row.title
            issues.setdefault(row.outlet, []).append(name)
        return tuple(
            f"{outlet}: {'… ' if len(names) > _WRITINGS else ''}{', '.join(names[-_WRITINGS:])}"
            for outlet, names in issues.items()
        )

    @property
    def mentions(self) -> int:
        """How often it is named in the library."""
        return sum(point.count for point in self.timeline)
