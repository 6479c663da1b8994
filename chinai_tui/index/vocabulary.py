"""The words of the library that are indexed under a stem, for the ends that `word*` leaves open."""

from __future__ import annotations

import sqlite3
from collections.abc import Set

from chinai_tui.text import tokens

MOST_STEMS = 64
"""Stems that one beginning stands for, besides those that begin so themselves."""


class Vocabulary:
    """What the texts of one transaction add; each word is written once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()  # as they stand between spaces, which costs least
        self._pairs: set[tuple[str, str]] = set()

    def learn(self, chunks: Set[str]) -> None:
        """Keep the words that are not their own stems of what stands between the spaces of a text.

        They are never forgotten.
        """
        new = chunks - self._known
        self._known |= new
        text = " ".join(new)
        pairs = set(zip(tokens.words(text), tokens.terms(text), strict=True)) - self._pairs
        self._pairs |= pairs
        self._connection.executemany(
            "INSERT OR IGNORE INTO vocabulary VALUES (?, ?)",
            ((word, stem) for word, stem in pairs if word != stem),
        )


def stems(connection: sqlite3.Connection, beginning: str) -> tuple[str, ...]:
    """Stems of words that begin so while their stems do not: `surveillan` gives `surveil`."""
    rows = connection.execute(
        "SELECT DISTINCT stem FROM vocabulary WHERE word >= ?1 AND word < ?2"
        " AND substr(stem, 1, length(?1)) <> ?1 ORDER BY stem LIMIT ?3",
        (beginning, beginning + chr(0x10FFFF), MOST_STEMS),
    )
    return tuple(row[0] for row in rows)
