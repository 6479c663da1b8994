"""Jumping to an entity by whatever one types: any of its names, in any script, with slips."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from chinai_tui.text.fold import fold
from chinai_tui.text.fuzzy import Key, Names, name_keys, pinyin_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chinai_tui.domain.entity import Entity
    from chinai_tui.text.fuzzy import Rank


class Jump:
    """The names of all entities, prepared for ranking."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = sorted(entities, key=lambda entity: (fold(entity.name), entity.id))
        self._names: list[tuple[int, str]] = []
        """Each name with the position of its entity."""
        keys: list[Key] = []
        for position, entity in enumerate(self._entities):
            names = [entity.name, entity.han, entity.hant]
            names += [alias.text for alias in entity.aliases]
            for name in filter(None, dict.fromkeys(names)):
                keys += name_keys(name, len(self._names))
                self._names.append((position, name))
            if entity.pinyin:
                keys += pinyin_keys(entity.pinyin, len(self._names))
                self._names.append((position, entity.pinyin))
        self._table = Names(keys)

    def rank(self, query: str, weights: Mapping[str, int], limit: int) -> list[tuple[str, str]]:
        """The ids of the entities that fit best, at most `limit`, each with the name that fits.

        Entities that fit equally well are ordered by weight (how often they are mentioned), then
        by name. A blank query gives the heaviest entities.
        """
        entities = self._entities
        if not query.strip():
            heaviest = nsmallest(limit, entities, key=lambda entity: -weights.get(entity.id, 0))
            return [(entity.id, entity.name) for entity in heaviest]
        best = self._best(query)

        def order(position: int) -> tuple[Rank, int, int]:
            return best[position][0], -weights.get(entities[position].id, 0), position

        first = nsmallest(limit, best, key=order)
        return [(entities[position].id, self._names[best[position][1]][1]) for position in first]

    def _best(self, query: str) -> dict[int, tuple[Rank, int]]:
        """By position of the entity, how well it fits and by which name: the first of the best."""
        best: dict[int, tuple[Rank, int]] = {}
        for name, rank in self._table.match(query).items():
            position = self._names[name][0]
            known = best.get(position)
            if known is None or (rank, name) < known:
                best[position] = rank, name
        return best
