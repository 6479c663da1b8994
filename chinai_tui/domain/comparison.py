"""Several entities side by side, and the web of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.domain.rows import TimelinePoint

MOST = 5
"""Entities that are compared at a time."""


@dataclass(frozen=True, slots=True)
class SharedIssue:
    """An issue that names all of several entities."""

    issue: str
    number: int | None
    date: str
    counts: tuple[int, ...]
    """How often it names each, in the order in which they are compared."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entities over each other."""

    entities: tuple[Entity, ...]
    timelines: tuple[tuple[TimelinePoint, ...], ...]
    """For each entity how often each issue names it, oldest first."""
    shared: tuple[SharedIssue, ...]
    """Oldest first."""
    claims: tuple[Claim, ...]
    """What is claimed of one of them in relation to another."""

    @property
    def pairs(self) -> tuple[tuple[Entity, Entity, int], ...]:
        """Each two of them with how many issues name both, the most first."""
        issues = [{point.issue for point in timeline} for timeline in self.timelines]
        named = zip(self.entities, issues, strict=True)
        pairs = [(a, b, len(in_a & in_b)) for (a, in_a), (b, in_b) in combinations(named, 2)]
        return tuple(sorted(pairs, key=lambda pair: -pair[2]))


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities that the same issues name."""

    first: str
    second: str
    """Their ids, the lesser one first."""
    issues: int
    lift: float
    """How much more often than if they were independent: P(ab) / (P(a) P(b))."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the web, with how often the library names it."""

    entity: Entity
    mentions: int
    issues: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Who is named with whom, and what is claimed of whom in relation to whom."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    claims: tuple[Claim, ...]
    """Those with an object that is a node, too."""
