"""The issues as lists show them, kept in memory from one look to the next."""

from __future__ import annotations

import sqlite3
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
        changed = connection.execute("SELECT n, row FROM issue WHERE touched > ?", (since,))
        rows = last.rows | _decoded(changed.fetchall())
        found = connection.execute("SELECT n FROM issue ORDER BY place DESC, number DESC, id")
        order = tuple(row[0] for row in found)
    rows = {n: rows[n] for n in order}
    listed = tuple(rows.values())
    unread = sum(not row.read for row in listed)
    return Shelf(birth, now, rows, order, IssueList(listed, len(listed), unread))


def _decoded(found: list[tuple[int, str]]) -> dict[int, IssueRow]:
    """The rows by their numbers, decoded in one go."""
    rows = msgspec.json.decode(f"[{','.join(row for _, row in found)}]", type=list[IssueRow])
    return dict(zip((n for n, _ in found), rows, strict=True))
