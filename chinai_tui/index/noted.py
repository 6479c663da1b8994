"""The notes, highlights and bookmarks that fit a query.

Conditions speak of a row `a` of `annotation`, and of the row `i` of its issue, if it has one.
Words have to stand in the note, its tags or the words it quotes, names in the blocks it is on;
whatever else is asked has to hold for its issue.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from chinai_tui.domain.query import NoteHit, Query
from chinai_tui.index.plan import (
    NOTES,
    All,
    Any,
    Condition,
    Mentioned,
    Most,
    Near,
    Plan,
    Term,
    Without,
    asks_for_date,
    leaves,
    of_annotation,
    of_issue,
    plan,
)
from chinai_tui.index.sql import Clause, clause, joined, marks, matching
from chinai_tui.index.vocabulary import stems

MOST_NOTES = 20
"""Annotations in the answer of a search, at most."""

OWN = frozenset({NOTES})
"""Where the words of a query for annotations are looked for unless `in:` says otherwise."""

_LATEST_FIRST = "a.created DESC, a.id DESC"
_BY_PLACE = "a.issue = '', i.place DESC, i.number DESC, a.issue, a.entity, a.role, a.start, a.id"
_ORDERS = {
    "date": _LATEST_FIRST,
    "relevance": _LATEST_FIRST,
    "place": _BY_PLACE,
    "number": f"i.number IS NULL, i.number DESC, {_BY_PLACE}",
}
"""How a query may sort annotations; those on entities come last where it is by their issues."""

_FROM = "FROM annotation a LEFT JOIN issue i ON i.id = a.issue"
_SAYS = "a.n IN (SELECT rowid FROM note_words WHERE note_words MATCH ?)"
_ON = "a.n IN (SELECT annotation FROM noted_entity WHERE entity IN ({ids}))"
"""On an entity, on a passage of which a part or the first block names it, or with a link to it."""


def fitting(connection: sqlite3.Connection, query: Query) -> tuple[list[str], int]:
    """The ids of the annotations that fit, the latest first or in the order that is asked for.

    With them, how many are left out because their issues have no date, and for nothing else.
    """
    wanted = _planned(connection, query)
    condition, parameters = _clause(wanted)
    order = _ORDERS[query.sort or "date"]
    rows = connection.execute(f"SELECT a.id {_FROM} WHERE {condition} ORDER BY {order}", parameters)
    found = [row[0] for row in rows]
    if not asks_for_date(wanted):
        return found, 0
    undated = f"SELECT count(*) {_FROM} WHERE ({condition}) IS NULL"
    return found, int(connection.execute(undated, parameters).fetchone()[0])


def saying(connection: sqlite3.Connection, query: Query) -> tuple[NoteHit, ...]:
    """Those of the annotations that fit which have words that are asked for, the latest first."""
    wanted = _planned(connection, query)
    words = [leaf for leaf in leaves(wanted) if isinstance(leaf, Term | Near)]
    own = [matching(leaf) for leaf in words if NOTES in leaf.places]
    if not own:
        return ()
    condition, parameters = _clause(wanted)
    rows = connection.execute(
        f"SELECT a.id, a.issue, a.entity, a.words {_FROM}"
        f" WHERE {_SAYS} AND ({condition}) ORDER BY {_LATEST_FIRST} LIMIT ?",
        [" OR ".join(own), *parameters, MOST_NOTES],
    )
    return tuple(NoteHit(*row) for row in rows)


def _planned(connection: sqlite3.Connection, query: Query) -> Plan:
    return plan(query.root, partial(stems, connection), OWN, _condition)


def _condition(name: str, value: str) -> Plan:
    """What a field asks of an annotation itself, or else of its issue."""
    if name == "kind":
        ids = "SELECT id FROM entity WHERE kind = ?"
        sql, values = _naming(ids, [value])
        return Condition(sql, tuple(values), is_own=True)
    if name == "has":
        return of_issue(name, value)
    return of_annotation(name, value) or of_issue(name, value)


def _clause(wanted: Plan) -> Clause:
    """The condition that an annotation fits the plan."""
    match wanted:
        case Term() | Near():
            return _words(wanted)
        case Mentioned(entities):
            return _naming(marks(entities), entities)
        case Condition(sql, parameters, is_own=True):
            return sql, list(parameters)
        case Condition(sql, parameters, dated=True):
            # Unknown of an undated issue, but false where there is no issue.
            return f"i.n IS NOT NULL AND ({sql})", list(parameters)
        case Condition():
            return _on_issue(wanted)
        case All(parts):
            return joined(" AND ", [_clause(part) for part in parts], "1")
        case Any(parts):
            return joined(" OR ", [_clause(part) for part in parts], "0")
        case Most(least, parts):
            sql, values = joined(" + ", [_clause(part) for part in parts], "0")
            return f"{sql} >= ?", [*values, least]
        case Without(part):
            sql, values = _clause(part)
            return f"NOT ({sql})", values


def _naming(ids: str, values: Sequence[str]) -> Clause:
    """The condition of naming one of some entities, told as SQL with values."""
    return _ON.format(ids=ids), [*values]


def _words(wanted: Term | Near) -> Clause:
    """Words in the annotation or, as far as `in:` says so, in its issue."""
    clauses: list[Clause] = []
    if NOTES in wanted.places:
        clauses.append((_SAYS, [matching(wanted)]))
    if elsewhere := wanted.places - OWN:
        clauses.append(_on_issue(_placed(wanted, elsewhere)))
    return joined(" OR ", clauses, "0")


def _placed(wanted: Term | Near, places: frozenset[str]) -> Term | Near:
    """The same words, looked for in these places."""
    if isinstance(wanted, Term):
        return replace(wanted, places=places)
    return Near(tuple(replace(term, places=places) for term in wanted.parts))


def _on_issue(wanted: Plan) -> Clause:
    """What the issue of an annotation has to fit, found out once for each issue."""
    sql, values = clause(wanted)
    annotated = "SELECT issue FROM annotation"
    return f"a.issue IN (SELECT i.id FROM issue i WHERE i.id IN ({annotated}) AND ({sql}))", values
