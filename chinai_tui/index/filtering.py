"""The issues that a query leaves, for lists."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from functools import partial

from chinai_tui.domain.query import Query
from chinai_tui.domain.rows import IssueList
from chinai_tui.index.plan import Plan, asks_for_date, plan
from chinai_tui.index.ranking import ranked
from chinai_tui.index.rows import Shelf
from chinai_tui.index.schema import SLOTS
from chinai_tui.index.sql import clause
from chinai_tui.index.vocabulary import stems


def filtered(connection: sqlite3.Connection, shelf: Shelf, query: Query) -> IssueList:
    """The issues of the shelf that fit a query, newest first or in the order it asks for."""
    wanted = plan(query.root, partial(stems, connection))
    if query.sort:
        found = ranked(connection, wanted, -1, query.sort)
        rows = tuple(shelf.rows[candidate.slot // SLOTS] for candidate in found)
    else:
        sql, parameters = clause(wanted)
        numbers = connection.execute(f"SELECT n FROM issue i WHERE {sql}", parameters)
        fitting = {row[0] for row in numbers}
        rows = tuple(shelf.rows[n] for n in shelf.order if n in fitting)
    return IssueList(rows, len(shelf.order), shelf.whole.unread, undated(connection, wanted))


def count(connection: sqlite3.Connection, query: Query, since: str) -> tuple[int, int]:
    """How many issues fit a query, and how many of them came in after a moment (ISO 8601)."""
    sql, parameters = clause(plan(query.root, partial(stems, connection)))
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(added > ?), 0) FROM issue i WHERE {sql}",
        [since, *parameters],
    ).fetchone()
    return int(row[0]), int(row[1])


def undated(connection: sqlite3.Connection, wanted: Plan) -> int:
    """How many issues are left out because they have no date, and for nothing else."""
    if not asks_for_date(wanted):
        return 0
    sql, parameters = clause(wanted)
    row = connection.execute(
        f"SELECT count(*) FROM issue i WHERE i.day IS NULL AND ({sql}) IS NULL",
        parameters,
    ).fetchone()
    return int(row[0])
