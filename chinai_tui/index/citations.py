"""What came after an issue: later ones that refer to it, and those that name its entities.

An issue is later than another if its place is, whatever its publication. Where both have the same
place, or none, only a higher number of the same publication tells; nothing else is taken for
later. But where an issue without a place refers to another one, or to an issue without a place,
this itself tells that it came after it, unless they refer to each other.
"""

# ruff: noqa: S608 - SQL is put together from constants of this module; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

import msgspec

from chinai_tui.domain.rows import IssueRow

LaterMentions = tuple[str, int, IssueRow, int]
"""An entity, how many later issues name it, the latest of them, where that names it first."""

_LATER = (
    "i.place > here.place AND here.place <> ''"
    " OR i.place = here.place AND i.publication = here.publication AND i.number > here.number"
)
"""That the issue `i` is later than `here`."""

_UNTOLD = (
    "'' IN (i.place, here.place) AND i.n <> here.n AND NOT (i.publication = here.publication"
    " AND i.number IS NOT NULL AND here.number IS NOT NULL)"
)
"""That neither places nor numbers tell which of the two is later."""

_RETURNED = (
    "EXISTS (SELECT 1 FROM citation back JOIN issue_key own USING (key)"
    " WHERE back.n = here.n AND own.n = i.n)"
)
"""That `here` refers to `i`."""


def citing(connection: sqlite3.Connection, issue: str, keys: Iterable[str]) -> list[IssueRow]:
    """The issues after one that refer to any of these keys, oldest first.

    Those without a place in time come last, by number.
    """
    rows = connection.execute(
        "SELECT i.row FROM issue here CROSS JOIN issue i WHERE here.id = ?1 AND i.n IN"
        " (SELECT n FROM citation WHERE key IN (SELECT value FROM json_each(?2)))"
        f" AND ({_LATER} OR {_UNTOLD} AND NOT {_RETURNED})"
        " ORDER BY i.place = '', i.place, i.number, i.id DESC",
        (issue, msgspec.json.encode([*keys]).decode()),
    )
    return [msgspec.json.decode(row, type=IssueRow) for (row,) in rows]


def later(
    connection: sqlite3.Connection, issue: str, entities: Collection[str]
) -> list[LaterMentions]:
    """Those of the entities that issues later than one name, in the order given."""
    if not entities:
        return []
    newest = _numbers(
        connection,
        "SELECT i.n FROM issue here CROSS JOIN issue i"
        f" WHERE here.id = ? AND i.place >= here.place AND ({_LATER})"
        " ORDER BY i.place DESC, i.number DESC, i.id",
        issue,
    )
    among = set(newest)
    mentions = []
    for entity in entities:
        naming = among.intersection(
            _numbers(connection, "SELECT issue AS n FROM tally WHERE entity = ?", entity)
        )
        if naming:
            last = next(number for number in newest if number in naming)
            mentions.append((entity, len(naming), *_first(connection, entity, last)))
    return mentions


def _numbers(connection: sqlite3.Connection, query: str, value: str) -> list[int]:
    """The column `n` of a query; SQLite joins it, so that it crosses over as one text."""
    joined = f"SELECT json_group_array(n) FROM ({query})"
    (text,) = connection.execute(joined, (value,)).fetchone()
    return msgspec.json.decode(text, type=list[int])


def _first(connection: sqlite3.Connection, entity: str, number: int) -> tuple[IssueRow, int]:
    """The issue of a row, and the offset at which what counts of it names an entity first."""
    row, offset = connection.execute(
        "SELECT i.row, min(m.start) FROM issue i JOIN mention m ON m.slot = i.slot"
        " JOIN wording w ON w.n = m.wording AND w.entity = ?"
        " WHERE i.n = ? AND m.block IS NOT NULL",
        (entity, number),
    ).fetchone()
    return msgspec.json.decode(row, type=IssueRow), offset
