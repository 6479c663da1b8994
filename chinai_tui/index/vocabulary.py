"""The words of the library as they are written: for `word*`, and for what is misspelt."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Set
from dataclasses import dataclass

from chinai_tui.index.database import get_meta, snapshot
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
        """Keep the words of what stands between the spaces of a text, with their stems.

        Numbers and single characters are not kept: nobody is asked whether he misspelt them. What
        is kept is never forgotten.
        """
        new = chunks - self._known
        self._known |= new
        pairs = set(tokens.pairs(" ".join(new))) - self._pairs
        self._pairs |= pairs
        self._connection.executemany(
            "INSERT OR IGNORE INTO vocabulary VALUES (?, ?)",
            (pair for pair in pairs if len(pair[0]) > 1 and not pair[0].isdigit()),
        )


def stems(connection: sqlite3.Connection, beginning: str) -> tuple[str, ...]:
    """Stems of words that begin so while their stems do not: `surveillan` gives `surveil`."""
    rows = connection.execute(
        "SELECT DISTINCT stem FROM vocabulary WHERE word >= ?1 AND word < ?2"
        " AND substr(stem, 1, length(?1)) <> ?1 ORDER BY stem LIMIT ?3",
        (beginning, beginning + chr(0x10FFFF), MOST_STEMS),
    )
    return tuple(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Spellings:
    """The words as of one state of the index, packed: a large library has a million of them."""

    birth: str
    touched: int
    """The generation in which an issue was last changed: without that, no text brings new words."""
    packed: Mapping[int, bytes]
    """By length in characters, in UTF-8, with spaces between them."""

    def between(self, shortest: int, longest: int) -> list[str]:
        """The words that are so long, both ends included."""
        lengths = range(shortest, longest + 1)
        return b" ".join(self.packed.get(length, b"") for length in lengths).decode().split()


def spellings(connection: sqlite3.Connection, last: Spellings | None) -> Spellings:
    """The words as they are now; `last` itself if no text has changed since."""
    with snapshot(connection):
        birth = get_meta(connection, "birth")
        (touched,) = connection.execute("SELECT coalesce(max(touched), 0) FROM issue").fetchone()
        if last and (birth, touched) == (last.birth, last.touched):
            return last
        # SQLite joins them, so that they cross over as few texts.
        rows = connection.execute(
            "SELECT length(word), group_concat(word, ' ')"
            " FROM (SELECT DISTINCT word FROM vocabulary) GROUP BY 1"
        )
        return Spellings(birth, touched, {length: text.encode() for length, text in rows})
