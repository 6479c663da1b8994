"""The mentions in issues: kept, counted, and which catalogue they were made with."""

# ruff: noqa: S608 - SQL is put together from constants of this module; values are bound.

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from chinai_tui.domain.issue import Issue
from chinai_tui.index.database import get_meta
from chinai_tui.index.entities import CATALOGUE_KEY
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import ROLES, SLOTS

_Place = tuple[int, int, str, str, int, int | None]
"""Role, start, entity, words, end and block of a mention; no block where it does not count."""
_Row = tuple[int, int, int, int, int | None]
"""The same as it is kept: slot, start, wording, end and block."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The mentions in an issue, ready to be kept."""

    places: tuple[_Place, ...]
    counted: Counter[str]
    """How often each entity is named in what counts of the main document."""


def marks_of(entry: IssueEntry) -> Marks:
    """The mentions in an issue, in all its documents."""
    places: list[_Place] = []
    counted: Counter[str] = Counter()
    main = entry.issue.main_role
    for role, document in entry.documents.items():
        number = ROLES.index(role)
        for mention in entry.mentions.get(role, ()):
            entity, start = mention.entity, mention.start
            block = document.block_at(start)
            counts = document.blocks[block].is_counted
            counted[entity] += counts and role is main
            place = number, start, entity, mention.words, mention.end, block if counts else None
            places.append(place)
    return Marks(tuple(places), +counted)


def marking(connection: sqlite3.Connection, catalogue: str) -> int:
    """The number of the catalogue with a key; 0 if there has been none."""
    row = connection.execute("SELECT n FROM marking WHERE catalogue = ?", (catalogue,)).fetchone()
    return int(row[0]) if row else 0


def _current(connection: sqlite3.Connection) -> int:
    return marking(connection, get_meta(connection, CATALOGUE_KEY))


def is_behind(connection: sqlite3.Connection) -> bool:
    """Whether the texts of any issue wait, or it was marked with another catalogue."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM issue WHERE NOT indexed)"
        " OR EXISTS (SELECT 1 FROM issue WHERE marked < ?1)"
        " OR EXISTS (SELECT 1 FROM issue WHERE marked > ?1)",
        (_current(connection),),
    ).fetchone()
    return bool(row[0])


def waiting(connection: sqlite3.Connection, part: int, parts: int, limit: int) -> list[str]:
    """The issues whose texts wait to be indexed, the latest first: of so many parts, this one."""
    return _some(connection, "NOT indexed", (), part, parts, limit)


def count_waiting(connection: sqlite3.Connection) -> int:
    """How many issues have texts that wait to be indexed."""
    row = connection.execute("SELECT count(*) FROM issue WHERE NOT indexed").fetchone()
    return int(row[0])


def behind(connection: sqlite3.Connection, part: int, parts: int, limit: int) -> list[str]:
    """The issues that wait to be marked alone, the latest first: of so many parts, this one."""
    stale = "indexed AND marked <> ?"
    return _some(connection, stale, (_current(connection),), part, parts, limit)


def _some(
    connection: sqlite3.Connection,
    condition: str,
    values: tuple[int, ...],
    part: int,
    parts: int,
    limit: int,
) -> list[str]:
    rows = connection.execute(
        f"SELECT id FROM issue WHERE {condition} AND n % ? = ?"
        " ORDER BY place DESC, number DESC LIMIT ?",
        (*values, parts, part, limit),
    )
    return [row[0] for row in rows]


def put_mentions(
    connection: sqlite3.Connection, later: int, issues: Iterable[tuple[IssueEntry, Marks]]
) -> None:
    """Keep the mentions of issues in place of those there were; all else stays.

    An issue that is gone, or whose record is another one by now, is passed over.
    """
    marker = Marker(connection)
    for entry, marks in issues:
        row = row_of(connection, entry.issue)
        if row is None:
            continue
        if marker.put(row, marks):
            connection.execute("UPDATE issue SET touched = ? WHERE n = ?", (later, row))
        number = marking(connection, entry.catalogue)
        connection.execute("UPDATE issue SET marked = ? WHERE n = ?", (number, row))


def row_of(connection: sqlite3.Connection, issue: Issue) -> int | None:
    """The row number of an issue; none if it is gone or its record is another one by now."""
    row = connection.execute(
        "SELECT n, data FROM issue JOIN record USING (n) WHERE id = ?", (issue.id,)
    ).fetchone()
    if row is None or msgspec.json.decode(row[1], type=Issue) != issue:
        return None
    return int(row[0])


def name_annotation(connection: sqlite3.Connection, annotation: int) -> None:
    """Keep whom the passage of an annotation names, or its first block does."""
    _name(connection, "a.n = ?", annotation)


def drop_names(connection: sqlite3.Connection, issue: int) -> None:
    """Forget whom the passages of an issue's annotations name."""
    connection.execute(
        "DELETE FROM noted_entity WHERE NOT told AND annotation IN"
        " (SELECT a.n FROM issue i JOIN annotation a ON a.issue = i.id WHERE i.n = ?)",
        (issue,),
    )


def _name(connection: sqlite3.Connection, which: str, number: int) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO noted_entity"
        " SELECT w.entity, a.n, 0 FROM annotation a JOIN issue i ON i.id = a.issue"
        f" JOIN mention m ON m.slot = i.n * {SLOTS} + a.role JOIN wording w ON w.n = m.wording"
        f" WHERE {which} AND m.block IS NOT NULL"
        " AND (m.block = a.block OR (a.start < m.end AND m.start < a.end))",
        (number,),
    )


class Marker:
    """Keeps the mentions of issues, one after the other, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._wordings: dict[tuple[str, str], int] = {}

    def put(self, number: int, marks: Marks) -> bool:
        """Keep the mentions of the issue with that row number; whether they are other ones."""
        places = {
            (number * SLOTS + role, start, self._wording(entity, words), end, block)
            for role, start, entity, words, end, block in marks.places
        }
        is_new = self._replace(number, places)
        if is_new:
            drop_names(self._connection, number)
            _name(self._connection, "i.n = ?", number)
        return self._recount(number, marks.counted) or is_new

    def _replace(self, number: int, places: set[_Row]) -> bool:
        """Write what differs; a catalogue that has changed leaves most places as they are."""
        before = set(
            self._connection.execute(
                "SELECT slot, start, wording, end, block FROM mention WHERE slot BETWEEN ? AND ?",
                (number * SLOTS, number * SLOTS + SLOTS - 1),
            )
        )
        self._connection.executemany(
            "DELETE FROM mention WHERE slot = ? AND start = ? AND wording = ?",
            (place[:3] for place in before - places),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO mention VALUES (?, ?, ?, ?, ?)", places - before
        )
        return places != before

    def _recount(self, number: int, counted: Counter[str]) -> bool:
        before = dict(
            self._connection.execute(
                "SELECT entity, count FROM tally WHERE issue = ?", (number,)
            ).fetchall()
        )
        if before == counted:
            return False
        self._connection.execute("DELETE FROM tally WHERE issue = ?", (number,))
        self._connection.executemany(
            "INSERT INTO tally VALUES (?, ?, ?)",
            ((entity, number, count) for entity, count in counted.items()),
        )
        return True

    def _wording(self, entity: str, words: str) -> int:
        """The row number of these words for this entity."""
        key = entity, words
        if key not in self._wordings:
            self._connection.execute(
                "INSERT OR IGNORE INTO wording (entity, words) VALUES (?, ?)", key
            )
            found = self._connection.execute(
                "SELECT n FROM wording WHERE entity = ? AND words = ?", key
            )
            self._wordings[key] = found.fetchone()[0]
        return self._wordings[key]
