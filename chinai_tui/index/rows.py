"""The issues as lists show them, kept in memory from one look to the next."""

# ruff: noqa: S608 - SQL is put together from constants of this module; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from chinai_tui.domain.rows import IssueList, IssueRow
from chinai_tui.index.database import generation, get_meta, snapshot


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every issue, in the order of the list, as of one state of the index."""

    birth: str = ""
    generation: int = -1
    rows: dict[int, IssueRow] = field(default_factory=dict)
    """By row number."""
    order: tuple[int, ...] = ()
    whole: IssueList = field(default_factory=lambda: IssueList((), 0, 0))


def shelf(connection: sqlite3.Connection, last: Shelf) -> Shelf:
    """The issues as they are; of those that `last` holds, only what has changed is read again."""
    with snapshot(connection):
        birth, now = get_meta(connection, "birth"), generation(connection)
        if (birth, now) == (last.birth, last.generation):
            return last
        keep = birth == last.birth
        since = last.generation if keep else -1
        rows = last.rows | _changed(connection, since)
        found = connection.execute("SELECT n FROM issue ORDER BY place DESC, number DESC, id")
        order = tuple(row[0] for row in found)
    rows = {n: rows[n] for n in order}
    listed = tuple(rows.values())
    unread = sum(not row.read for row in listed)
    return Shelf(birth, now, rows, order, IssueList(listed, len(listed), unread))


def keyed(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, IssueRow]:
    """The issue of each of these keys that one has; of several, the one that came in first."""
    found = connection.execute(
        "SELECT key, row FROM issue_key JOIN issue USING (n)"
        " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, n DESC",
        (msgspec.json.encode([*keys]).decode(),),
    )
    return {key: msgspec.json.decode(row, type=IssueRow) for key, row in found}


def tags(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every tag with how many annotations bear it, the most used first."""
    return connection.execute(
        "SELECT tag, count(*) FROM tag GROUP BY tag ORDER BY 2 DESC, tag"
    ).fetchall()


def outlets(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Id and title of every publication that has an issue, the one with most issues first."""
    return connection.execute(
        "SELECT publication, max(outlet) FROM issue GROUP BY publication ORDER BY count(*) DESC, 1"
    ).fetchall()


def _changed(connection: sqlite3.Connection, since: int) -> dict[int, IssueRow]:
    """The rows that changed after a generation, by their numbers.

    SQLite joins them, so that they cross over as one text and are decoded in one go.
    """
    changed = "FROM issue WHERE touched > ? ORDER BY n"
    numbers = [row[0] for row in connection.execute(f"SELECT n {changed}", (since,))]
    joined = f"SELECT coalesce(group_concat(row), '') FROM (SELECT row {changed})"
    (text,) = connection.execute(joined, (since,)).fetchone()
    rows = msgspec.json.decode(f"[{text}]", type=list[IssueRow])
    return dict(zip(numbers, rows, strict=True))
