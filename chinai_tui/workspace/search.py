"""Asking the library: queries with names resolved, answers with passages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chinai_tui.domain.entity import EntityKind
from chinai_tui.domain.issue import UNFILED
from chinai_tui.domain.query import (
    And,
    Answer,
    Facets,
    Field,
    Missing,
    Named,
    Node,
    Not,
    Or,
    Problem,
    Query,
)
from chinai_tui.index import SearchInterrupted
from chinai_tui.text.fields import GROUP, quoted
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chinai_tui.domain.entity import Entity
    from chinai_tui.text.completion import Completion

_KINDS: dict[str, tuple[EntityKind, ...]] = {
    "entity": tuple(EntityKind),
    **{kind.value: (kind,) for kind in EntityKind},
}
"""The fields that name entities, and the kinds each may name."""


MOST_JUMPED = 40
"""Names that are looked at for those of one kind."""
MOST_ALIKE = 3
"""What is offered at most in place of something that stands nowhere."""


class Search:
    """The query language over the library."""

    def __init__(self, core: Core, entities: Entities) -> None:
        self._core = core
        self._entities = entities

    def parse(self, source: str) -> Query:
        """Read a query and find the entities it names; a name nobody has is a problem."""
        if not source.strip():
            return Query(source, And(()))
        from chinai_tui.text.query import parse

        query = parse(source)
        problems: list[Problem] = []
        root = self._resolved(query.root, problems)
        if not problems and root is query.root:
            return query
        return replace(query, root=root, problems=(*query.problems, *problems))

    def _resolved(self, node: Node, problems: list[Problem]) -> Node:
        match node:
            case Field(name, value, place) if name in _KINDS:
                found, reason = self._meant(name, value)
                if not found:
                    problems.append(Problem(*place, reason))
                return Named(name, value, found)
            case Field("pub", value, place) if value != UNFILED:
                if id_ := self._core.publications.called(value):
                    return Field("pub", id_, place)
                reason = self._core.publications.why_unknown(value)
                problems.append(Problem(*place, reason, is_condition=True))
                return node
            case And(parts):
                return And(tuple(self._resolved(part, problems) for part in parts))
            case Or(parts):
                return Or(tuple(self._resolved(part, problems) for part in parts))
            case Not(part):
                return Not(self._resolved(part, problems))
            case _:
                return node

    def _meant(self, name: str, value: str) -> tuple[tuple[str, ...], str]:
        """The entities that a field means, by name or as members of a group; else why none."""
        kinds = _KINDS[name]
        if not fold(value).startswith(GROUP):
            found = [each.id for each in self._entities.resolve(value) if each.kind in kinds]
            return tuple(found), f"no {name} goes by the name {value}"
        groups = self._entities.resolve(value[len(GROUP) :])
        members = [
            member.id
            for group in groups
            for member in self._entities.summary(group.id).members
            if member.kind in kinds
        ]
        reason = f"no {name} is in that group" if groups else f"there is no {value}"
        return tuple(dict.fromkeys(members)), reason

    def explain(self, query: Query) -> list[str]:
        """How a query was read, one part a line."""
        from chinai_tui.text.explain import explain

        return explain(query, {each.id: each.name for each in self._entities.all()})

    def complete(self, source: str, at: int) -> Completion:
        """What a query may go on with at an offset."""
        from chinai_tui.text.completion import complete

        return complete(source, at, self._known)

    def _known(self, field: str, value: str) -> list[tuple[str, str]]:
        """Names, tags and publications that a value may become."""
        begun = fold(value)
        if field in _KINDS:
            hits = self._entities.jump(value, limit=MOST_JUMPED)
            fitting = [hit.entity for hit in hits if hit.entity.kind in _KINDS[field]]
            return [(each.name, each.han or each.kind.value) for each in fitting]
        if field == "tag":
            tags = self._core.index.tags()
            return [(tag, _times(count)) for tag, count in tags if tag.startswith(begun)]
        if field == "by":
            creators = self._core.index.creators()
            return [(each, _times(count)) for each, count in creators if each.startswith(begun)]
        if field == "pub":
            outlets = self._core.index.outlets()
            return [(each, title) for each, title in outlets if begun in fold(f"{each} {title}")]
        return []

    def search(self, source: str, limit: int = 50) -> Answer:
        """The issues that fit, best first, each with its passages."""
        query = self.parse(source)
        try:
            answer = self._core.index.search(query, self._core.document, limit)
        except SearchInterrupted:
            return Answer(query, ())
        if answer.notes:
            # All of the query stands in these, so that nothing else can have been meant.
            return replace(answer, missing=())
        fruitless = () if answer.hits else tuple(self._fruitless(query))
        if not answer.missing and not fruitless:
            return answer
        return replace(answer, missing=(*map(self._named, answer.missing), *fruitless))

    def _named(self, missing: Missing) -> Missing:
        """Words that stand nowhere, with the field by which they or some like them are a name."""
        found = self._entities.resolve(missing.words)
        numbered = Field("issue", missing.words)
        if missing.words.isdecimal() and not self._fits_nothing(numbered):
            return replace(missing, nearest=(f"#{missing.words}", *missing.nearest)[:MOST_ALIKE])
        fields = [f"{each.kind}:{quoted(missing.words)}" for each in found] or [
            f"{each.kind}:{quoted(each.name)}" for each in self._alike(missing.words)
        ]
        nearest = tuple(dict.fromkeys((*fields, *missing.nearest)))
        return replace(missing, nearest=nearest[:MOST_ALIKE])

    def _alike(self, name: str) -> list[Entity]:
        """The entities with a name that is spelt much like it."""
        from chinai_tui.text.spelling import nearest

        hits = {fold(hit.matched): hit for hit in self._entities.jump(name, limit=MOST_JUMPED)}
        weights = {matched: hit.mentions for matched, hit in hits.items()}
        return [hits[each].entity for each in nearest(fold(name), [*weights], weights.__getitem__)]

    def _fruitless(self, query: Query) -> Iterator[Missing]:
        """The fields that all issues have to fit and none does, as they were typed."""
        root = query.root
        for part in root.parts if isinstance(root, And) else (root,):
            match part:
                case Named(name, value, ()):
                    fitting = [each for each in self._alike(value) if each.kind in _KINDS[name]]
                    nearest = tuple(f"{name}:{quoted(each.name)}" for each in fitting)
                    yield Missing(f"{name}:{quoted(value)}", nearest)
                case Named(name, value):
                    if self._fits_nothing(part):
                        yield Missing(f"{name}:{quoted(value)}")
                case Field(name, place=(start, end)) if name != "near":
                    if self._fits_nothing(part):
                        yield Missing(query.source[start:end])

    def _fits_nothing(self, part: Node) -> bool:
        return not self._core.index.count(Query("", part), "")[0]

    def facets(self, source: str) -> Facets | None:
        """How the issues that fit are spread; nothing if it was interrupted."""
        try:
            return self._core.index.facets(self.parse(source))
        except SearchInterrupted:
            return None

    def find(self, text: str, needle: str) -> list[tuple[int, int]]:
        """Where a text has some words, as `text.find` finds them."""
        from chinai_tui.text.find import find

        return find(text, needle)

    def prepare_find(self, text: str) -> None:
        """Do once what each `find` in a text needs; takes some milliseconds for a long one."""
        from chinai_tui.text.find import prepare

        prepare(text)

    def interrupt(self) -> None:
        """Stop the searches that are running; their answers are empty."""
        self._core.index.interrupt()


def _times(count: int) -> str:
    return "1 note" if count == 1 else f"{count} notes"
