"""Which words of a query stand nowhere, and what may have been meant by them."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from chinai_tui.domain.query import Missing
from chinai_tui.index.plan import Near, Plan, Term, leaves
from chinai_tui.index.sql import clause
from chinai_tui.text import tokens


def missing(connection: sqlite3.Connection, wanted: Plan) -> tuple[Missing, ...]:
    """The words of a query that are nowhere in the library, each with the nearest that are."""
    absent = dict.fromkeys(term for term in _terms(wanted) if not _stands(connection, term))
    return tuple(Missing(term.shown, _nearest(connection, term)) for term in absent)


def _terms(wanted: Plan) -> Iterator[Term]:
    for leaf in leaves(wanted):
        if isinstance(leaf, Near):
            yield from leaf.parts
        elif isinstance(leaf, Term):
            yield leaf


def _stands(connection: sqlite3.Connection, term: Term) -> bool:
    condition, parameters = clause(term)
    found = connection.execute(f"SELECT 1 FROM issue i WHERE {condition} LIMIT 1", parameters)
    return found.fetchone() is not None


def _nearest(connection: sqlite3.Connection, term: Term) -> tuple[str, ...]:
    """Words of the texts that are like a single one; none like several, or like a beginning."""
    from chinai_tui.text.spelling import nearest, slips

    spelt = tokens.words(term.shown)
    if len(spelt) != 1 or term.prefix:
        return ()
    (word,) = spelt
    return nearest(word, _known(connection, len(word) - slips(word), len(word) + slips(word)))


def _known(connection: sqlite3.Connection, shortest: int, longest: int) -> dict[str, int]:
    """The words of the texts that are so long, with the number of documents they stand in."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.term USING fts5vocab (main, words, row)"
    )
    rows = connection.execute(
        "SELECT term, doc FROM term WHERE length(term) BETWEEN ?1 AND ?2 AND term NOT IN"
        " (SELECT stem FROM vocabulary)"
        " UNION ALL SELECT word, coalesce(doc, 0) FROM vocabulary LEFT JOIN term ON term = stem"
        " WHERE length(word) BETWEEN ?1 AND ?2",
        (shortest, longest),
    )
    return dict(rows.fetchall())
