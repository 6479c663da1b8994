"""Jumping by whatever one types.

To an entity by any of its names, in any script, with slips; to an issue by its number or by words
of its title.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING

from chinai_tui.text.fold import fold
from chinai_tui.text.fuzzy import Names, syllables, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chinai_tui.domain.entity import Entity
    from chinai_tui.domain.rows import IssueRow
    from chinai_tui.text.fuzzy import Rank

_NUMBER = re.compile(r"#?\s*(\d{1,5})")
_SHORTEST = 2
"""Letters from which titles are looked through."""


def is_number(query: str) -> bool:
    """Whether a query is the number of an issue: `94`, `#94`."""
    return _NUMBER.fullmatch(query.strip()) is not None


class Titles:
    """The numbers and titles of all issues."""

    def __init__(self, rows: Sequence[IssueRow]) -> None:
        """Take the issues, the newest first."""
        self._rows = rows
        self._titles = [words(row.title) for row in rows]
        self.places = {row.id: place for place, row in enumerate(rows)}
        """By id of an issue, how many are newer."""

    def find(self, query: str, limit: int) -> list[IssueRow]:
        """At most `limit` issues: of that number, then of one that begins so, then by title.

        Each word of the query begins a word of the title; among equals the newest come first.
        """
        found: dict[str, IssueRow] = {}
        number = _NUMBER.fullmatch(query.strip())
        if number:
            digits = number[1].lstrip("0")
            begun = [row for row in self._rows if str(row.number or "").startswith(digits or "-")]
            begun.sort(key=lambda row: str(row.number) != digits)
            found = {row.id: row for row in begun}
        parts = [part for part in map(words, query.split()) if part]
        if len("".join(parts).replace(" ", "")) >= _SHORTEST and len(found) < limit:
            titled = (
                row
                for row, title in zip(self._rows, self._titles, strict=True)
                if all(part in title for part in parts)
            )
            found |= {row.id: row for row in islice(titled, limit) if row.id not in found}
        return list(found.values())[:limit]


class Jump:
    """The names of all entities, prepared for ranking when it is first asked for."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = sorted(entities, key=lambda entity: (fold(entity.name), entity.id))

    @cached_property
    def _names(self) -> list[tuple[int, str]]:
        """Each name with the position of its entity."""
        names: list[tuple[int, str]] = []
        for position, entity in enumerate(self._entities):
            own = [entity.name, *[alias.text for alias in entity.aliases]]
            own += [entity.han, entity.hant, entity.pinyin]
            names += [(position, name) for name in dict.fromkeys(own) if name]
        return names

    @cached_property
    def _table(self) -> Names:
        entities, written, spoken = self._entities, [], []
        for number, (position, name) in enumerate(self._names):
            entity = entities[position]
            if name == entity.pinyin:
                spoken.append((number, name))
                continue
            written.append((number, name))
            if entity.pinyin and name not in (entity.han, entity.hant):
                sounds = _sounds(entity)
                if set(fold(name)) <= sounds.keys():
                    spoken.append((number, "'".join(sounds[char] for char in fold(name))))
        return Names(written, spoken)

    def prepare(self) -> None:
        """Make the table of names: 25 ms for thirty thousand; the first query would do it."""
        _ = self._table

    def rank(
        self,
        query: str,
        weights: Mapping[str, int],
        limit: int,
        recency: Callable[[str], int] | None = None,
    ) -> list[tuple[str, str]]:
        """The ids of the entities that fit best, at most `limit`, each with the name that fits.

        Entities that fit equally well are ordered by weight (how often they are mentioned), the
        equally heavy ones among the first by recency (the greater the later), then by how many
        names they have (the better known have more), then by name. A blank query gives the
        heaviest entities.
        """
        entities = self._entities
        if not query.strip():
            heaviest = nsmallest(limit, entities, key=lambda entity: -weights.get(entity.id, 0))
            return [(entity.id, entity.name) for entity in heaviest]
        best = self._best(self._table.fits(query))
        if len(best) < limit:
            # Misspellings come last: where there is no room for them, none is looked for.
            best = self._best(self._table.misspelt(query)) | best
        ordered = (
            (
                rank,
                -weights.get(entities[position].id, 0),
                -len(entities[position].aliases),
                position,
                name,
            )
            for position, (rank, name) in best.items()
        )
        first = nsmallest(limit, ordered)
        if recency is not None:
            # Asked for only where it decides, since it is looked up for each entity.
            tied = Counter(row[:2] for row in first if row[1])
            first.sort(
                key=lambda row: (
                    row[:2],
                    -recency(entities[row[3]].id) if tied[row[:2]] > 1 else 0,
                    row[2:],
                )
            )
        return [(entities[row[3]].id, self._names[row[4]][1]) for row in first]

    def _best(self, ranks: Mapping[int, Rank]) -> dict[int, tuple[Rank, int]]:
        """By position of the entity, how well it fits and by which name: the first of the best."""
        best: dict[int, tuple[Rank, int]] = {}
        for name, rank in ranks.items():
            position = self._names[name][0]
            known = best.get(position)
            if known is None or (rank, name) < known:
                best[position] = rank, name
        return best


def _sounds(entity: Entity) -> dict[str, str]:
    """The syllable of each character of an entity's Chinese name, by its pinyin.

    So a short name made of the same characters (中石油 of 中国石油天然气集团) can be typed in
    pinyin too, by readings that were checked for this very name. Empty where pinyin and
    characters do not fit one to one.
    """
    spoken, han = syllables(entity.pinyin), fold(entity.han)
    return dict(zip(han, spoken, strict=True)) if len(han) == len(spoken) else {}
