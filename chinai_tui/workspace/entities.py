"""The library seen from its companies, people and places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import And, Passage, Query
from chinai_tui.domain.rows import CoMention, EntityCount, EntitySummary, JumpHit
from chinai_tui.errors import NotFoundError
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import OPENED_AT_HAND, Core
from chinai_tui.workspace.records import EntityPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chinai_tui.domain.rows import IssueRow, JumpRow
    from chinai_tui.entities.jump import Jump, Titles

MEMBER = "member of"
"""The relation of a claim that puts an entity into a group."""

LAST_AT_HAND = 1000
"""Entities of which it is kept when they were last named."""
_EVERYTHING = Query("", And(()))


class Entities:
    """The catalogue, and where its entities are mentioned."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._counted = lru_cache(maxsize=OPENED_AT_HAND)(self._count)
        self._jump: tuple[str, Jump] | None = None
        self._issues: tuple[Sequence[IssueRow], Titles] | None = None
        self._totals = lru_cache(maxsize=1)(self._count_totals)
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
        from chinai_tui.entities.jump import Jump

        key = self._core.index.catalogue_key()
        entities = self._core.index.entities()
        if self._jump is None or self._jump[0] != key:
            self._jump = (key, Jump(entities.values()))
        generation = self._core.index.generation()
        totals, weights = self._totals(generation)
        found = self._jump[1].rank(
            query, weights, limit, lambda entity_id: self._last_named(entity_id, generation)
        )
        if not query.strip():
            first = [(each, entities[each].name) for each in lately if each in entities]
            found = list(dict([*first, *found]).items())[:limit]
        return [
            JumpHit(entities[entity_id], matched, *totals.get(entity_id, (0, 0)))
            for entity_id, matched in found
        ]

    def jump_anywhere(
        self, query: str, names: int, issues: int, lately: Sequence[str] = ()
    ) -> list[JumpRow]:
        """The same, at most `names`, and below them at most `issues` issues.

        The issues come first where a number was typed; for no letters there are none.
        """
        from chinai_tui.entities.jump import is_number

        hits, rows = self.jump(query, names, lately), self._titles().find(query, issues)
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
        entity = self.get(entity_id)
        index = self._core.index
        claims = index.claims_of(entity_id)
        entities = index.entities()
        groups = [c.object for c in claims if c.relation == MEMBER and c.subject == entity_id]
        members = [c.subject for c in claims if c.relation == MEMBER and c.object == entity_id]
        return EntitySummary(
            entity=entity,
            groups=tuple(entities[each] for each in dict.fromkeys(groups) if each in entities),
            members=tuple(entities[each] for each in dict.fromkeys(members) if each in entities),
            timeline=index.timeline(entity_id),
            together=tuple(
                CoMention(entities[other], issues, lift)
                for other, issues, lift in index.together(entity_id, 8)
                if other in entities
            ),
            claims=claims,
        )

    def passages(self, entity_id: str, limit: int = 1000) -> tuple[Passage, ...]:
        """Every block that names an entity, by date of the issue, with the mentions as hits."""
        blocks: dict[tuple[str, DocumentRole, int], list[tuple[int, int]]] = {}
        for placed in self._core.index.placed(entity_id, limit):
            document = self._core.document(placed.issue, placed.role)
            block = document.block_at(placed.mention.start)
            hits = blocks.setdefault((placed.issue, placed.role, block), [])
            hits.append((placed.mention.start, placed.mention.end))
        return tuple(
            passage_of(self._core.document(issue, role), issue, role, block, tuple(hits))
            for (issue, role, block), hits in blocks.items()
        )

    def page(self, entity_id: str) -> EntityPage:
        """Everything the library says about an entity.

        Raises:
            NotFoundError: The catalogue has no such entity.
        """
        return EntityPage(
            summary=self.summary(entity_id),
            passages=self.passages(entity_id),
            notes=tuple(
                each
                for each in self._core.store.annotations.all().values()
                if each.entity == entity_id
            ),
        )


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
