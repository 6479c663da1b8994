"""Asking the library: queries with names resolved, answers with passages."""

from __future__ import annotations

from dataclasses import replace

from chinai_tui.domain.entity import EntityKind
from chinai_tui.domain.query import And, Answer, Field, Named, Node, Not, Or, Problem, Query
from chinai_tui.index import SearchInterrupted
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities

_KINDS: dict[str, tuple[EntityKind, ...]] = {
    "entity": tuple(EntityKind),
    **{kind.value: (kind,) for kind in EntityKind},
}
"""The fields that name entities, and the kinds each may name."""


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
        root = self._resolved(query.root, source, problems)
        if not problems and root is query.root:
            return query
        return replace(query, root=root, problems=(*query.problems, *problems))

    def _resolved(self, node: Node, source: str, problems: list[Problem]) -> Node:
        match node:
            case Field(name, value) if name in _KINDS:
                found = [e.id for e in self._entities.resolve(value) if e.kind in _KINDS[name]]
                if not found:
                    start = max(source.find(value), 0)
                    reason = f"no {name} goes by the name {value}"
                    problems.append(Problem(start, start + len(value), reason))
                return Named(name, value, tuple(found))
            case And(parts):
                return And(tuple(self._resolved(part, source, problems) for part in parts))
            case Or(parts):
                return Or(tuple(self._resolved(part, source, problems) for part in parts))
            case Not(part):
                return Not(self._resolved(part, source, problems))
            case _:
                return node

    def search(self, source: str, limit: int = 50) -> Answer:
        """The issues that fit, best first, each with its passages."""
        query = self.parse(source)
        try:
            return self._core.index.search(query, self._core.document, limit)
        except SearchInterrupted:
            return Answer(query, ())

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
