"""The notes, highlights and bookmarks that a query finds by their own words."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3

from chinai_tui.index.plan import All, Any, Most, Near, Plan, Term, Without, leaves
from chinai_tui.index.sql import Clause, clause, joined, matching

MOST_NOTES = 20
"""Annotations in an answer, at most."""


def noted(connection: sqlite3.Connection, wanted: Plan, limit: int = MOST_NOTES) -> tuple[str, ...]:
    """The ids of the annotations that fit, the latest first; none where no word is asked for.

    A word has to stand in the note or in the words it quotes; whatever else is asked has to hold
    for its issue.
    """
    if not any(isinstance(leaf, Term | Near) for leaf in leaves(wanted)):
        return ()
    condition, parameters = _clause(wanted)
    rows = connection.execute(
        f"SELECT id FROM annotation a WHERE {condition} ORDER BY n DESC LIMIT ?",
        [*parameters, limit],
    )
    return tuple(row[0] for row in rows)


def _clause(wanted: Plan) -> Clause:
    """The condition that an annotation `a` fits the plan."""
    match wanted:
        case Term() | Near():
            words = "SELECT rowid FROM note_words WHERE note_words MATCH ?"
            return f"a.n IN ({words})", [matching(wanted)]
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
    sql, values = clause(wanted)
    return f"a.issue IN (SELECT id FROM issue i WHERE {sql})", values
