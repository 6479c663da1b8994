"""Which issues name whom, as one bit an issue, kept in memory from one look to the next.

After much has been indexed it is written down, so that a library opens without counting it anew.
"""

# ruff: noqa: S608 - SQL is put together from constants of this module; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from chinai_tui.index.database import generation, get_meta, set_meta, snapshot


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is named in which issues, as of one state of the index.

    A set of issues is a whole number with the bits of their row numbers, since the issues that
    two sets share are then counted in a fraction of a microsecond.
    """

    birth: str = ""
    generation: int = -1
    issues: int = 0
    """All issues."""
    naming: dict[str, int] = field(default_factory=dict)
    """The issues that name an entity in their main document, by its id."""

    def together(self, entity: str) -> list[tuple[str, int, float]]:
        """Entities named in the same issues, with how many these are and the lift.

        The lift is P(ab) / (P(a) P(b)) over all issues. Most shared issues first, then lift.
        """
        own = self.naming.get(entity, 0)
        found = []
        for other, naming in self.naming.items():
            both = (own & naming).bit_count()
            if both and other != entity:
                chance = own.bit_count() * naming.bit_count()
                found.append((other, both, both * self.issues.bit_count() / chance))
        return sorted(found, key=lambda each: (-each[1], -each[2], each[0]))

    def counted(self, entities: Iterable[str], numbers: list[int]) -> list[tuple[str, int]]:
        """Those of these entities that issues with these row numbers name, in how many of them.

        The most frequent come first, and then by id.
        """
        among = _bits(numbers)
        counts = ((each, (self.naming.get(each, 0) & among).bit_count()) for each in entities)
        return sorted((each for each in counts if each[1]), key=lambda each: (-each[1], each[0]))

    def shared(
        self, entity: str, others: Iterable[str], order: Iterable[int], limit: int
    ) -> dict[str, list[int]]:
        """The first `limit` issues that name an entity and each of the others.

        Args:
            entity: an id.
            others: ids.
            order: the row numbers of the issues, in the order in which they are wanted.
            limit: how many of them at most.
        """
        own = self.naming.get(entity, 0)
        among = [n for n in order if own >> n & 1]
        return {other: _first(self.naming.get(other, 0), among, limit) for other in others}


def presence(connection: sqlite3.Connection, last: Presence) -> Presence:
    """Who is named where; of what `last` holds, only issues that have changed are read again."""
    with snapshot(connection):
        birth, now = get_meta(connection, "birth"), generation(connection)
        if (birth, now) == (last.birth, last.generation):
            return last
        (count,) = connection.execute("SELECT count(*) FROM issue").fetchone()
        if birth != last.birth:
            last = _kept(connection, birth)
        if birth == last.birth:
            changed = _numbers(connection, "WHERE touched > ?", last.generation)
            issues = last.issues | _bits(changed)
            # A number that is gone would stay in the sets; one that is used again has changed.
            if issues.bit_count() == count:
                return Presence(birth, now, issues, _mended(connection, last.naming, changed))
        rows = connection.execute(
            "SELECT entity, json_group_array(issue) FROM tally GROUP BY entity"
        )
        naming = {entity: _bits(_decode(numbers)) for entity, numbers in rows}
        return Presence(birth, now, _bits(_numbers(connection)), naming)


def keep(connection: sqlite3.Connection, known: Presence) -> None:
    """Write down who is named where, for those who open the library next."""
    connection.execute("DELETE FROM presence")
    connection.executemany(
        "INSERT INTO presence VALUES (?, ?)",
        (
            (entity, _packed(issues))
            for entity, issues in [*known.naming.items(), (_ALL, known.issues)]
        ),
    )
    set_meta(connection, _KEPT, str(known.generation))


def _kept(connection: sqlite3.Connection, birth: str) -> Presence:
    """What was written down, as of the generation of that time; nothing if nothing was."""
    kept = get_meta(connection, _KEPT)
    if not kept:
        return Presence()
    rows = connection.execute("SELECT entity, issues FROM presence")
    naming = {entity: int.from_bytes(issues, "little") for entity, issues in rows}
    return Presence(birth, int(kept), naming.pop(_ALL), naming)


_KEPT = "presence"
"""The key of the generation of what was written down."""
_ALL = ""
"""Stands for all issues, where an entity's id would."""
_ONE = ord("1")
_decode = msgspec.json.Decoder(list[int]).decode


def _numbers(connection: sqlite3.Connection, where: str = "", *values: int) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT n FROM issue {where}", values)]


def _mended(
    connection: sqlite3.Connection, naming: dict[str, int], changed: list[int]
) -> dict[str, int]:
    """The sets with what some issues say read again."""
    if not changed:
        return naming
    kept = ~_bits(changed)
    mended = {entity: issues & kept for entity, issues in naming.items()}
    rows = connection.execute(
        "SELECT entity, issue FROM json_each(?) JOIN tally ON issue = value",
        (msgspec.json.encode(changed).decode(),),
    )
    for entity, number in rows:
        mended[entity] = mended.get(entity, 0) | 1 << number
    return {entity: issues for entity, issues in mended.items() if issues}


def _bits(numbers: list[int]) -> int:
    """The number that has these bits, by way of its digits, which takes linear time."""
    digits = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        digits[-1 - number] = _ONE
    return int(digits, 2)


def _packed(issues: int) -> bytes:
    return issues.to_bytes((issues.bit_length() + 7) // 8, "little")


def _first(issues: int, order: Iterable[int], limit: int) -> list[int]:
    """The first of the numbers in order that a set has."""
    return list(islice((number for number in order if issues >> number & 1), limit))
