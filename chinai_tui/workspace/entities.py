"""The library seen from its companies, people and places."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import MEMBER, Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.query import And, Passage, Query
from chinai_tui.domain.rows import (
    LIFT_FROM,
    CoMention,
    EntityCount,
    EntitySummary,
    GroupMention,
    JumpHit,
)
from chinai_tui.errors import NotFoundError
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import OPENED_AT_HAND, Core
from chinai_tui.workspace.indexing import SESSION
from chinai_tui.workspace.records import EntityPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chinai_tui.domain.rows import IssueRow, JumpRow, TimelinePoint
    from chinai_tui.entities.jump import Jump, Titles


NAMED_MEMBERS = 12
"""Members of a group up to which its name means each of them."""

VISITED = "visited:"
"""Before the id of an entity: the session value that tells when its page was left."""
COMPANIONS = 8
"""Entities of which it is told that they are named in the same issues."""
SHARED = 8
"""Issues that are told of each of them."""
LEAST_SHARED = 3
"""Shared issues below which a lift is chance."""
LEAST_SHARE = 20
"""One in so many of an entity's issues has to be shared too, where it has very many."""

SUMMARIES_AT_HAND = 64
"""Entities that are told of again at once while nothing has changed."""

LAST_AT_HAND = 1000
"""Entities of which it is kept when they were last named."""
_EVERYTHING = Query("", And(()))


class PassagePlace(NamedTuple):
    """Where a passage is that names an entity: a block of a document, and the mentions in it."""

    issue: str
    role: DocumentRole
    block: int
    hits: tuple[tuple[int, int], ...]
    """Offsets into the document's text."""


class Entities:
    """The catalogue, and where its entities are mentioned."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._counted = lru_cache(maxsize=OPENED_AT_HAND)(self._count)
        self._jump: tuple[str, Jump] | None = None
        self._issues: tuple[Sequence[IssueRow], Titles] | None = None
        self._totals = lru_cache(maxsize=1)(self._count_totals)
        self._summed_up = lru_cache(maxsize=SUMMARIES_AT_HAND)(self._sum_up)
        self._last_named = lru_cache(maxsize=LAST_AT_HAND)(self._find_last)
        self._names: tuple[str, dict[str, list[str]]] | None = None

    def get(self, entity_id: str) -> Entity:
        """The entity with that id.

        Raises:
            NotFoundError: The catalogue has none.
        """
        entity = self._core.index.entity(entity_id)
        if entity is None:
            raise NotFoundError(f"{entity_id}: the catalogue has no such entity")
        return entity

    def all(self) -> list[Entity]:
        """The whole catalogue."""
        return list(self._core.index.entities().values())

    def resolve(self, name: str) -> list[Entity]:
        """The entities that go by exactly this name, case, accents and script aside."""
        wanted = fold(name.strip())
        key = self._core.index.catalogue_key()
        if self._names is None or self._names[0] != key:
            names: dict[str, list[str]] = {}
            for entity in self.all():
                for each in _names(entity):
                    ids = names.setdefault(fold(each), [])
                    if entity.id not in ids:
                        ids.append(entity.id)
            self._names = (key, names)
        return [self.get(entity_id) for entity_id in self._names[1].get(wanted, ())]

    def jump(self, query: str, limit: int = 20, lately: Sequence[str] = ()) -> list[JumpHit]:
        """The entities that a few letters may mean, best first.

        For no letters those of the ids `lately`, then the most named.
        """
        entities = self._core.index.entities()
        generation = self._core.index.generation()
        totals, weights = self._totals(generation)
        found = self._names_table().rank(
            query, weights, limit, lambda entity_id: self._last_named(entity_id, generation)
        )
        if not query.strip():
            first = [(each, entities[each].name) for each in lately if each in entities]
            found = list(dict([*first, *found]).items())[:limit]
        return [
            JumpHit(entities[entity_id], matched, *totals.get(entity_id, (0, 0)))
            for entity_id, matched in found
        ]

    def prepare_jump(self) -> None:
        """Make what the jump box needs, so that it opens, and answers its first key, at once."""
        self.jump("")
        self._names_table().prepare()
        self._titles()

    def _names_table(self) -> Jump:
        from chinai_tui.entities.jump import Jump

        key = self._core.index.catalogue_key()
        if self._jump is None or self._jump[0] != key:
            self._jump = (key, Jump(self._core.index.entities().values()))
        return self._jump[1]

    def jump_anywhere(
        self, query: str, names: int, issues: int, lately: Sequence[str] = ()
    ) -> list[JumpRow]:
        """The same, at most `names`, and below them at most `issues` issues.

        The issues come first where a number was typed; for no letters there are none.
        """
        from chinai_tui.entities.jump import is_number

        hits = self.jump(query, names, lately)
        rows = self._titles().find(query, issues) if issues and query.strip() else []
        return [*rows, *hits] if is_number(query) else [*hits, *rows]

    def _count_totals(self, _generation: int) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
        """Mentions and issues of each entity, and the mentions alone."""
        totals = self._core.index.totals()
        return totals, {entity_id: mentions for entity_id, (mentions, _) in totals.items()}

    def _find_last(self, entity_id: str, _generation: int) -> int:
        """Where the last issue that names an entity stands, the greater the later."""
        points = self._core.index.timeline(entity_id)
        places = self._titles().places
        return -min((places.get(point.issue, len(places)) for point in points), default=0)

    def _titles(self) -> Titles:
        from chinai_tui.entities.jump import Titles

        rows = self._core.index.rows(_EVERYTHING).rows
        if self._issues is None or self._issues[0] is not rows:
            self._issues = (rows, Titles(rows))
        return self._issues[1]

    def in_issue(self, issue_id: str, role: DocumentRole) -> list[EntityCount]:
        """Who is named in a document, most often first."""
        return list(self._counted(issue_id, role, self._core.index.generation()))

    def _count(
        self, issue_id: str, role: DocumentRole, _generation: int
    ) -> tuple[EntityCount, ...]:
        """The same, as of a generation of the index."""
        entities = self._core.index.entities()
        counts = [
            EntityCount(entities[entity_id], count, first)
            for entity_id, count, first in self._core.index.entity_counts(issue_id, role)
            if entity_id in entities
        ]
        return tuple(sorted(counts, key=lambda each: (-each.count, each.first)))

    def summary(self, entity_id: str) -> EntitySummary:
        """What the library says about an entity in short.

        Raises:
            NotFoundError: The catalogue has no such entity.
        """
        seen, generation = self.last_visit(entity_id), self._core.index.generation()
        return self._summed_up(entity_id, seen, generation)

    def _sum_up(self, entity_id: str, seen: str, _generation: int) -> EntitySummary:
        """The same, for one who last saw its page at that time, as of a generation of the index."""
        entity = self.get(entity_id)
        index = self._core.index
        claims = index.claims_of(entity_id)
        entities = index.entities()
        groups = [c.object for c in claims if c.relation == MEMBER and c.subject == entity_id]
        members = [c.subject for c in claims if c.relation == MEMBER and c.object == entity_id]
        timeline = index.timeline(entity_id)
        return EntitySummary(
            entity=entity,
            groups=tuple(entities[each] for each in dict.fromkeys(groups) if each in entities),
            members=tuple(entities[each] for each in dict.fromkeys(members) if each in entities),
            timeline=timeline,
            together=self._together(entity_id, timeline),
            claims=claims,
            through=self._through(entity_id),
            fresh=frozenset(p.issue for p in timeline if seen and p.added > seen),
            checked=index.checked(),
        )

    def _together(self, entity_id: str, timeline: Sequence[TimelinePoint]) -> tuple[CoMention, ...]:
        """Who is named in the same issues, the strongest first, places last."""
        index = self._core.index
        entities = index.entities()
        named = [each for each in index.together(entity_id) if each[0] in entities]
        by_count = sum(bool(point.date) for point in timeline) < LIFT_FROM
        often = index.beside(entity_id) if by_count else None
        ranked = strongest(named, len(timeline), often)
        # Where something is, is rarely news.
        ranked.sort(key=lambda each: entities[each[0]].kind is EntityKind.PLACE)
        found = ranked[:COMPANIONS]
        shared = index.shared(entity_id, [other for other, _, _ in found], SHARED)
        return tuple(
            CoMention(entities[other], issues, lift, shared[other]) for other, issues, lift in found
        )

    def with_writings(self, summary: EntitySummary) -> EntitySummary:
        """A summary with the issues of which a person is an author; looks at every issue."""
        return replace(summary, written=self._written(summary.entity))

    def _written(self, entity: Entity) -> tuple[IssueRow, ...]:
        if entity.kind is not EntityKind.PERSON:
            return ()
        names = _names(entity)
        folded = set(map(fold, names))
        known = self._core.publications.all().values()
        own = [each.id for each in known if folded.intersection(map(fold, each.authors))]
        return tuple(self._core.index.written_by(names, own))

    def _through(self, entity_id: str) -> tuple[GroupMention, ...]:
        """The groups by whose names texts mean an entity, the most named first."""
        groups = self.groups_meaning(entity_id)
        found = [GroupMention(each, *self._core.index.total(each.id)) for each in groups]
        named = (each for each in found if each.mentions)
        return tuple(sorted(named, key=lambda each: (-each.mentions, each.group.id)))

    def timeline(self, entity_id: str) -> tuple[TimelinePoint, ...]:
        """How often an entity is named in each issue that names it, oldest first."""
        return self._core.index.timeline(entity_id)

    def last_visit(self, entity_id: str) -> str:
        """When one last left the page of an entity, ISO 8601 in UTC; empty if one never did."""
        values = json.loads(self._core.index.get_meta(SESSION) or "{}")
        return str(values.get(f"{VISITED}{entity_id}", ""))

    def totals(self) -> dict[str, tuple[int, int]]:
        """How often each entity is named in the library, and in how many issues, by id."""
        return self._totals(self._core.index.generation())[0]

    def groups_meaning(self, entity_id: str) -> tuple[Entity, ...]:
        """The groups by whose names an entity is meant, in the order of the catalogue's claims.

        These are the small ones of which it is a member for certain: "BAT" means Baidu, but a
        list of hundreds means none of those on it.
        """
        index = self._core.index
        entities = index.entities()
        joined = (c.object for c in index.claims_of(entity_id) if _is_member(c, entity_id))
        groups = (entities[each] for each in dict.fromkeys(joined) if each in entities)
        return tuple(
            group
            for group in groups
            if group.kind is EntityKind.GROUP and len(self._members(group.id)) <= NAMED_MEMBERS
        )

    def _members(self, group_id: str) -> set[str]:
        claims = self._core.index.claims_of(group_id)
        return {c.subject for c in claims if c.object == group_id and _is_member(c, c.subject)}

    def passage_places(self, entity_id: str, limit: int | None = None) -> list[PassagePlace]:
        """Every block that names an entity, by date of the issue; no text is read for it.

        With a limit, the blocks of so many mentions: the first ones, which are found at once.
        """
        named = groupby(self._core.index.placed(entity_id, limit), key=itemgetter(0, 1, 2))
        return [
            PassagePlace(issue, role, block, tuple([(start, end) for *_, start, end in mentions]))
            for (issue, role, block), mentions in named
        ]

    def passage(self, place: PassagePlace) -> Passage:
        """The passage at a place.

        Raises:
            NotFoundError: The issue is gone, or its text is another.
            StoreError: The text cannot be read.
        """
        document = self._core.document(place.issue, place.role)
        if place.block >= len(document.blocks):
            raise NotFoundError(f"{place.issue}: its text is no longer what it was")
        return passage_of(document, *place)

    def passages(self, entity_id: str) -> tuple[Passage, ...]:
        """Every block that names an entity, by date of the issue, with the mentions as hits."""
        return tuple(map(self.passage, self.passage_places(entity_id)))

    def page(self, entity_id: str) -> EntityPage:
        """Everything the library says about an entity.

        Raises:
            NotFoundError: The catalogue has no such entity.
        """
        return EntityPage(
            summary=self.with_writings(self.summary(entity_id)),
            passages=self.passages(entity_id),
            notes=tuple(
                each
                for each in self._core.store.annotations.all().values()
                if each.entity == entity_id
            ),
        )


def _is_member(claim: Claim, entity_id: str) -> bool:
    """Whether a claim says for certain that an entity is a member of a group."""
    is_certain = claim.status not in (ClaimStatus.RUMOUR, ClaimStatus.INFERENCE)
    return claim.relation == MEMBER and claim.subject == entity_id and is_certain


def strongest(
    together: Sequence[tuple[str, int, float]], issues: int, often: Mapping[str, int] | None = None
) -> list[tuple[str, int, float]]:
    """Those named in the same issues (id, shared issues, lift), the most telling first.

    The lift decides, among those that share at least three issues and one in twenty: a name that
    stands once beside another has a high lift by chance. Where nobody shares so many, and where
    the entity has too few issues for a lift to mean anything, the number of shared issues decides.

    Args:
        together: the candidates.
        issues: how many issues name the entity itself.
        often: how often each is named in these, where plain counts are wanted; it decides
            between those that share equally many.
    """
    times = often or {}
    by_count = sorted(
        together, key=lambda each: (-each[1], -times.get(each[0], 0), -each[2], each[0])
    )
    least = max(LEAST_SHARED, issues / LEAST_SHARE)
    enough = [each for each in by_count if each[1] >= least]
    if often is not None or not enough:
        return by_count
    return sorted(enough, key=lambda each: -each[2])


def passage_of(
    document: Document,
    issue_id: str,
    role: DocumentRole,
    block: int,
    hits: tuple[tuple[int, int], ...] = (),
) -> Passage:
    """A block as a passage, with the heading it stands under."""
    section = document.section_of(block)
    return Passage(
        issue=issue_id,
        role=role,
        block=block,
        start=document.blocks[block].start,
        end=document.blocks[block].end,
        hits=hits,
        section="" if section is None else document.text_of(section),
        text=document.text_of(block),
    )


def _names(entity: Entity) -> list[str]:
    """Every name an entity goes by."""
    own = [entity.id, entity.name, entity.han, entity.hant]
    return [name for name in (*own, *(alias.text for alias in entity.aliases)) if name]
