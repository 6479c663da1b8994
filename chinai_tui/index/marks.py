"""The mentions in issues: kept, counted, and which catalogue they were made with."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

import msgspec

from chinai_tui.domain.document import Document
from chinai_tui.domain.entity import Mention
from chinai_tui.domain.issue import Issue
from chinai_tui.index.database import get_meta
from chinai_tui.index.entities import CATALOGUE_KEY
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import ROLES, SLOTS

_Place = tuple[int, int, int, int, int | None]
"""Slot, start, wording, end and block of a mention; no block where it does not count."""


def marking(connection: sqlite3.Connection, catalogue: str) -> int:
    """The number of the catalogue with a key; 0 if there has been none."""
    row = connection.execute("SELECT n FROM marking WHERE catalogue = ?", (catalogue,)).fetchone()
    return int(row[0]) if row else 0


def _current(connection: sqlite3.Connection) -> int:
    return marking(connection, get_meta(connection, CATALOGUE_KEY))


def is_behind(connection: sqlite3.Connection) -> bool:
    """Whether any issue was marked with another catalogue than the present one."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM issue WHERE marked < ?1)"
        " OR EXISTS (SELECT 1 FROM issue WHERE marked > ?1)",
        (_current(connection),),
    ).fetchone()
    return bool(row[0])


def behind(connection: sqlite3.Connection, part: int, parts: int, limit: int | None) -> list[str]:
    """The issues that wait to be marked, the latest first: of so many parts, this one."""
    rows = connection.execute(
        "SELECT id FROM issue WHERE marked <> ? AND n % ? = ?"
        " ORDER BY place DESC, number DESC LIMIT ?",
        (_current(connection), parts, part, -1 if limit is None else limit),
    )
    return [row[0] for row in rows]


def put_mentions(connection: sqlite3.Connection, later: int, entries: Iterable[IssueEntry]) -> None:
    """Keep the mentions of issues in place of those there were; all else stays.

    An issue that is gone, or whose record is another one by now, is passed over.
    """
    marker = Marker(connection)
    for entry in entries:
        row = connection.execute(
            "SELECT n, data FROM issue JOIN record USING (n) WHERE id = ?", (entry.issue.id,)
        ).fetchone()
        if row is None or msgspec.json.decode(row[1], type=Issue) != entry.issue:
            continue
        number = marking(connection, entry.catalogue)
        if marker.put(row[0], entry):
            connection.execute("UPDATE issue SET touched = ? WHERE n = ?", (later, row[0]))
        connection.execute("UPDATE issue SET marked = ? WHERE n = ?", (number, row[0]))


class Marker:
    """Keeps the mentions of issues, one after the other, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._wordings: dict[tuple[str, str], int] = {}

    def put(self, number: int, entry: IssueEntry) -> bool:
        """Keep the mentions of the issue with that row number; whether they are other ones."""
        places: set[_Place] = set()
        counted: Counter[str] = Counter()
        for role, document in entry.documents.items():
            mentions = entry.mentions.get(role, ())
            slot = number * SLOTS + ROLES.index(role)
            places.update(self._places(slot, document, mentions))
            if role is entry.issue.main_role:
                counted = _counted(document, mentions)
        return self._replace(number, places) | self._recount(number, counted)

    def _places(
        self, slot: int, document: Document, mentions: Iterable[Mention]
    ) -> Iterable[_Place]:
        for mention in mentions:
            block = document.block_at(mention.start)
            wording = self._wording(mention.entity, mention.words)
            counts = document.blocks[block].is_counted
            yield slot, mention.start, wording, mention.end, block if counts else None

    def _replace(self, number: int, places: set[_Place]) -> bool:
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


def _counted(document: Document, mentions: Iterable[Mention]) -> Counter[str]:
    """How often each entity is named in what counts."""
    return Counter(
        mention.entity
        for mention in mentions
        if document.blocks[document.block_at(mention.start)].is_counted
    )
