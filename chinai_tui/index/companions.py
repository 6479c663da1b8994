"""What the index answers about who is named beside whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chinai_tui.index import entities as _entities
from chinai_tui.index import rows as _rows
from chinai_tui.index.presence import Presence, keep, presence

if TYPE_CHECKING:
    import sqlite3

    from chinai_tui.index.database import Database


class Companions:
    """The part of the index that holds which issues name whom."""

    _database: Database
    _shelf: _rows.Shelf
    _presence: Presence

    def together(self, entity: str) -> list[tuple[str, int, float]]:
        """Entity, number of shared issues and lift of those named in the same issues."""
        with self._database.reading() as connection:
            return self._named(connection).together(entity)

    def beside(self, entity: str) -> dict[str, int]:
        """How often others are named in the issues that name an entity; slow for thousands."""
        with self._database.reading() as connection:
            return _entities.beside(connection, entity)

    def shared(self, entity: str, others: Iterable[str], limit: int) -> dict[str, tuple[str, ...]]:
        """The latest issues that name an entity and each of others, by the id of the other."""
        with self._database.reading() as connection:
            shelf = self._shelf = _rows.shelf(connection, self._shelf)
            found = self._named(connection).shared(entity, others, shelf.order, limit)
        return {
            other: tuple(shelf.rows[number].id for number in numbers)
            for other, numbers in found.items()
        }

    def keep_presence(self) -> None:
        """Write down which issues name whom, so that a library opens without counting it anew."""
        with self._database.reading() as connection:
            known = self._named(connection)
        with self._database.writing() as (connection, _):
            keep(connection, known)

    def _named(self, connection: sqlite3.Connection) -> Presence:
        """Which issues name whom as of this moment."""
        self._presence = presence(connection, self._presence)
        return self._presence
