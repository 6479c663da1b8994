"""Which words of a query stand nowhere, and what may have been meant by them."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

from chinai_tui.domain.query import Missing
from chinai_tui.index.plan import Near, Plan, Term, leaves
from chinai_tui.index.sql import clause
from chinai_tui.index.vocabulary import Spellings
from chinai_tui.text import tokens

Known = Callable[[], Spellings]
"""Gives the words of the library; asked only where something is missing."""


def missing(connection: sqlite3.Connection, wanted: Plan, known: Known) -> tuple[Missing, ...]:
    """The words of a query that are nowhere in the library, each with the nearest that are."""
    absent = dict.fromkeys(term for term in _terms(wanted) if not _stands(connection, term))
    return tuple(Missing(term.shown, _nearest(connection, term, known)) for term in absent)


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


def _nearest(connection: sqlite3.Connection, term: Term, known: Known) -> tuple[str, ...]:
    """Words of the texts that are like a single one; none like several, or like a beginning."""
    from chinai_tui.text.spelling import nearest, slips

    spelt = tokens.words(term.shown)
    if len(spelt) != 1 or term.prefix:
        return ()
    (word,) = spelt
    most = slips(word)
    alike = known().between(len(word) - most, len(word) + most) if most else ()
    return nearest(word, alike, partial(_standing, connection))


def _standing(connection: sqlite3.Connection, word: str) -> int:
    """In how many documents a word stands, in any of its forms."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.term USING fts5vocab (main, words, row)"
    )
    # All terms at once would have SQLite count the documents of each.
    (count,) = connection.execute(
        "SELECT coalesce(max(doc), 0) FROM vocabulary JOIN term ON term = stem WHERE word = ?",
        (word,),
    ).fetchone()
    return int(count)
