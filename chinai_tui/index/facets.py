"""How the issues that fit a query are spread over years, companies and publications."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections import Counter
from functools import partial

from chinai_tui.domain.query import Facets, Query
from chinai_tui.index.plan import plan
from chinai_tui.index.presence import Presence
from chinai_tui.index.sql import clause
from chinai_tui.index.vocabulary import stems

MOST = 12
"""Companies that are told."""


def facets(connection: sqlite3.Connection, query: Query, known: Presence) -> Facets:
    """The counts over all issues that fit, however many these are; `known` is who is named where.

    What is counted the same stands by name.
    """
    sql, parameters = clause(plan(query.root, partial(stems, connection)))
    rows = connection.execute(
        f"SELECT n, coalesce(substr(day, 1, 4), ''), publication, outlet FROM issue i WHERE {sql}",
        parameters,
    ).fetchall()
    companies = connection.execute("SELECT id FROM entity WHERE kind = 'company'")
    named = known.counted((row[0] for row in companies), [row[0] for row in rows])
    years = Counter(year for _, year, _, _ in rows)
    outlets = Counter((publication, title) for *_, publication, title in rows)
    return Facets(
        issues=len(rows),
        years=tuple(sorted(years.items())),
        companies=tuple(named[:MOST]),
        outlets=tuple(
            (*each, count)
            for each, count in sorted(outlets.items(), key=lambda found: (-found[1], found[0]))
        ),
    )
