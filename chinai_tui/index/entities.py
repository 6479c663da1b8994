"""Who is named where, and the catalogue in the form in which it is loaded at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, Entity, Mention, PlacedMention
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.index.database import set_meta
from chinai_tui.index.schema import ROLES, SLOTS

CATALOGUE_KEY = "catalogue"
"""Where the key of the compiled catalogue is kept."""


def put_catalogue(
    connection: sqlite3.Connection, key: str, entities: Iterable[Entity], claims: Iterable[Claim]
) -> None:
    """Keep a catalogue in place of the one before; `key` stands for the files it is made of."""
    encode = msgspec.json.encode
    connection.execute("DELETE FROM entity")
    connection.execute("DELETE FROM claim")
    connection.executemany(
        "INSERT INTO entity VALUES (?, ?, ?)",
        ((entity.id, entity.kind.value, encode(entity)) for entity in entities),
    )
    connection.executemany(
        "INSERT INTO claim (subject, object, data) VALUES (?, ?, ?)",
        ((claim.subject, claim.object, encode(claim)) for claim in claims),
    )
    set_meta(connection, CATALOGUE_KEY, key)


def entities(connection: sqlite3.Connection) -> dict[str, Entity]:
    """All entities by id."""
    data = b",".join(row[0] for row in connection.execute("SELECT data FROM entity ORDER BY id"))
    return {entity.id: entity for entity in msgspec.json.decode(b"[%b]" % data, type=list[Entity])}


def claims_of(connection: sqlite3.Connection, entity: str) -> tuple[Claim, ...]:
    """The claims that an entity is the subject or the object of, in the order of the catalogue."""
    rows = connection.execute(
        "SELECT data FROM claim WHERE subject = ?1 OR object = ?1 ORDER BY n", (entity,)
    )
    return tuple(msgspec.json.decode(row[0], type=Claim) for row in rows)


def mentions(connection: sqlite3.Connection, issue: str, role: DocumentRole) -> tuple[Mention, ...]:
    """The mentions in one document, in its order."""
    rows = connection.execute(
        "SELECT entity, start, end, words FROM mention JOIN wording ON wording = n"
        " WHERE slot = (SELECT n * ? + ? FROM issue WHERE id = ?) ORDER BY start, entity",
        (SLOTS, ROLES.index(role), issue),
    )
    return tuple(Mention(*row) for row in rows)


def entity_counts(
    connection: sqlite3.Connection, issue: str, role: DocumentRole
) -> list[tuple[str, int, int]]:
    """Entities of one document with how often they are named in what counts, and where first.

    The most named come first, then those that are named earlier.
    """
    return connection.execute(
        "SELECT entity, count(*), min(start) FROM mention JOIN wording ON wording = n"
        " WHERE slot = (SELECT n * ? + ? FROM issue WHERE id = ?) AND block IS NOT NULL"
        " GROUP BY entity ORDER BY 2 DESC, 3, 1",
        (SLOTS, ROLES.index(role), issue),
    ).fetchall()


def totals(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """How often each entity is named in main documents, and in how many issues."""
    rows = connection.execute("SELECT entity, sum(count), count(*) FROM tally GROUP BY entity")
    return {entity: (count, issues) for entity, count, issues in rows}


def claims(connection: sqlite3.Connection) -> tuple[Claim, ...]:
    """All claims, in the order of the catalogue."""
    rows = connection.execute("SELECT data FROM claim ORDER BY n")
    return tuple(msgspec.json.decode(row[0], type=Claim) for row in rows)


def pairs(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Each two entities that the same issues name, the lesser id first, and how many do."""
    return connection.execute(
        "SELECT a.entity, b.entity, count(*) FROM tally a JOIN tally b"
        " ON b.issue = a.issue AND b.entity > a.entity GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()


def issue_count(connection: sqlite3.Connection) -> int:
    """How many issues there are."""
    count: int = connection.execute("SELECT count(*) FROM issue").fetchone()[0]
    return count


def timeline(connection: sqlite3.Connection, entity: str) -> tuple[TimelinePoint, ...]:
    """How often an entity is named in each issue that names it, oldest first."""
    rows = connection.execute(
        "SELECT id, number, date, count, added FROM tally JOIN issue ON issue = n WHERE entity = ?"
        " ORDER BY place, number, id DESC",
        (entity,),
    )
    return tuple(TimelinePoint(*row) for row in rows)


def together(
    connection: sqlite3.Connection, entity: str, limit: int
) -> list[tuple[str, int, float]]:
    """Entities named in the same issues, with how many these are and the lift.

    The lift is P(ab) / (P(a) P(b)) over all issues. Most shared issues first, then those named
    most often in them, then lift.
    """
    return connection.execute(
        "WITH total (issues) AS (SELECT count(*) FROM issue),"
        " own (issues) AS (SELECT count(*) FROM tally WHERE entity = ?1),"
        " shared (entity, issues, named) AS (SELECT b.entity, count(*), sum(b.count) FROM tally a"
        "   JOIN tally b ON b.issue = a.issue WHERE a.entity = ?1 AND b.entity <> ?1"
        "   GROUP BY b.entity ORDER BY 2 DESC)"
        " SELECT entity, issues, issues * (SELECT issues FROM total) * 1.0"
        "   / (SELECT issues FROM own)"
        "   / (SELECT count(*) FROM tally t WHERE t.entity = shared.entity) AS lift"
        " FROM shared ORDER BY issues DESC, named DESC, lift DESC, entity LIMIT ?2",
        (entity, limit),
    ).fetchall()


def placed(connection: sqlite3.Connection, entity: str, limit: int) -> list[PlacedMention]:
    """Mentions of an entity in what counts of main documents: oldest issue first, then in order."""
    rows = connection.execute(
        "SELECT i.id, i.role, m.start, m.end, w.words FROM tally t JOIN issue i ON i.n = t.issue"
        " JOIN mention m ON m.slot = i.slot JOIN wording w ON w.n = m.wording AND w.entity = ?1"
        " WHERE t.entity = ?1 AND m.block IS NOT NULL"
        " ORDER BY i.place, i.number, i.id DESC, m.start LIMIT ?2",
        (entity, limit),
    )
    return [
        PlacedMention(issue, ROLES[role], Mention(entity, start, end, words))
        for issue, role, start, end, words in rows
    ]
