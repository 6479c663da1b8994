"""What is read of the entity files, put together and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from chinai_tui.domain.entity import Alias, Claim, Entity, Exclusion
from chinai_tui.entities import drafting
from chinai_tui.entities.spelling import key as spelt
from chinai_tui.entities.tables import Place
from chinai_tui.errors import CatalogueError
from chinai_tui.text.fold import fold


@dataclass(slots=True)
class Draft:
    """What was read so far, with the place of each table."""

    entities: dict[str, Entity] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    aliases: list[tuple[str, Alias, Place]] = field(default_factory=list)
    """Names that stand outside of their entity, whose id comes first."""
    exclusions: list[tuple[Exclusion, Place]] = field(default_factory=list)
    claims: list[tuple[Claim, Place]] = field(default_factory=list)
    off: dict[str, Place] = field(default_factory=dict)
    """Ids of the entities that are switched off."""
    faulty: set[str] = field(default_factory=set)
    """Ids of entities left out for a fault; who refers to them has none."""
    checked: str = ""
    own: str = ""
    """The user's file, as places name it; what is in two files at odds is the fault of this one."""
    _tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The entities as they were given, by id."""
    _added: dict[tuple[str, str], Place] = field(default_factory=dict)
    """The places of the names that came from outside of their entity, by id and key."""

    def add(self, table: Any, place: Place) -> None:
        """Keep an `[[entity]]` table; raises CatalogueError if it is faulty or given before.

        One of the user's that has the id of a shipped one changes the keys that it gives.
        """
        off = drafting.switched_off(table, place)
        if off is not None:
            self.off[off] = place
            return
        known = table.get("id") if isinstance(table, dict) else None
        first = self.places.get(known) if isinstance(known, str) else None
        if first is not None and place.file == self.own != first.file:
            table = self._tables.get(str(known), {}) | table
        elif first is not None:
            raise place.error("id", f"given before, in {first.file}:{first.line}")
        entity = drafting.entity(table, place)
        self.entities[entity.id] = entity
        self.places[entity.id] = place
        self._tables[entity.id] = table

    def add_alias(self, table: object, place: Place) -> None:
        """Keep an `[[alias]]` table; raises CatalogueError."""
        self.aliases.append((*drafting.alias(table, place), place))

    def add_exclusion(self, table: object, place: Place) -> None:
        """Keep a `[[not]]` table; raises CatalogueError."""
        self.exclusions.append((drafting.exclusion(table, place), place))

    def add_claim(self, table: object, place: Place) -> None:
        """Keep a `[[claim]]` table; raises CatalogueError."""
        self.claims.append((drafting.claim(table, place), place))

    def has(self, entity: str) -> bool:
        """Whether there is such an entity, faulty, switched off or not."""
        return entity in self.entities or entity in self.faulty or entity in self.off

    def place_of(self, entity: str, key: str) -> tuple[Place, str]:
        """Where a name of an entity stands, and by what key."""
        added = self._added.get((entity, key))
        return (added, "text") if added else (self.places[entity], key)

    def lacks(self, place: Place, key: str, entity: str) -> CatalogueError | None:
        """The fault of a key that names an entity, if there is none of that id."""
        if self.has(entity):
            return None
        return place.error(key, f"there is no entity {entity}; add it or mend the id")

    def attach(self, entity: str, alias: Alias, place: Place) -> None:
        """Give an entity a name from outside."""
        known = self.entities[entity]
        self._added[entity, f"aliases[{len(known.aliases)}]"] = place
        self.entities[entity] = replace(known, aliases=(*known.aliases, alias))

    def is_own(self, place: Place) -> bool:
        """Whether a place is in the user's file."""
        return place.file == self.own


def check(draft: Draft) -> Iterator[CatalogueError]:
    """What is wrong with the files together; on the way the draft is made ready for use."""
    yield from _switch_off(draft)
    yield from _join(draft)
    yield from _check_parents(draft)
    yield from _check_names(draft)
    yield from _check_claims(draft)


def _switch_off(draft: Draft) -> Iterator[CatalogueError]:
    for entity, place in draft.off.items():
        if draft.entities.pop(entity, None) is None and entity not in draft.faulty:
            yield place.error("off", f"there is no entity {entity} to switch off; mend the id")
    for entity, known in draft.entities.items():
        if known.parent in draft.off:
            draft.entities[entity] = replace(known, parent="")


def _join(draft: Draft) -> Iterator[CatalogueError]:
    """Give the entities their names from outside; leave out what is about one switched off."""
    for entity, alias, place in draft.aliases:
        if fault := draft.lacks(place, "entity", entity):
            yield fault
        elif entity in draft.entities:
            draft.attach(entity, alias, place)
    kept = []
    for exclusion, place in draft.exclusions:
        if fault := draft.lacks(place, "entity", exclusion.entity):
            yield fault
        elif exclusion.entity in draft.entities:
            kept.append((exclusion, place))
    draft.exclusions = kept


def _check_parents(draft: Draft) -> Iterator[CatalogueError]:
    for entity in sorted(draft.entities.values(), key=lambda e: draft.is_own(draft.places[e.id])):
        place = draft.places[entity.id]
        if entity.parent and (fault := draft.lacks(place, "parent", entity.parent)):
            yield fault
        elif entity.id in _ancestors(entity, draft):
            yield place.error("parent", f"in a circle with {entity.parent}")


def _ancestors(entity: Entity, draft: Draft) -> set[str]:
    ancestors: set[str] = set()
    parent = entity.parent
    while parent in draft.entities and parent not in ancestors:
        ancestors.add(parent)
        parent = draft.entities[parent].parent
    return ancestors


def _check_names(draft: Draft) -> Iterator[CatalogueError]:
    """A name of two entities is a fault, unless both want their own capitals.

    One that never means an entity, as an exclusion says, is free for another.
    """
    never = {
        (each.entity, spelt(each.text))
        for each, _ in draft.exclusions
        if not (each.issue or each.before or each.after)
    }
    names = [
        (draft.place_of(entity.id, key), entity.id, text, case)
        for entity in draft.entities.values()
        for key, text, case in _marking_names(entity)
        if (entity.id, spelt(text)) not in never
    ]
    names.sort(key=lambda name: draft.is_own(name[0][0]))
    owners: dict[str, list[tuple[str, str, bool]]] = {}
    for (place, key), entity, text, case in names:
        bearers = owners.setdefault(fold(text), [])
        for other, spelling, other_case in bearers:
            if other != entity and not (case and other_case and spelling != text):
                reason = f"“{text}” is a name of {other} too; take it from one of them"
                yield place.error(key, reason)
        bearers.append((entity, text, case))


def _marking_names(entity: Entity) -> Iterator[tuple[str, str, bool]]:
    """Key, spelling and case flag of each name that marks text."""
    yield "name", entity.name, entity.case
    if entity.han:
        yield "han", entity.han, False
    if entity.hant:
        yield "hant", entity.hant, False
    for number, alias in enumerate(entity.aliases):
        if not alias.search_only:
            yield f"aliases[{number}]", alias.text, alias.case


def _check_claims(draft: Draft) -> Iterator[CatalogueError]:
    kept = []
    for claim, place in draft.claims:
        if not claim.subject:
            yield place.error("subject", "missing")
        parties = {"subject": claim.subject, "object": claim.object}
        for key, party in parties.items():
            if party and (fault := draft.lacks(place, key, party)):
                yield fault
        if not any(party in draft.off for party in parties.values()):
            kept.append((claim, place))
    draft.claims = kept
