"""Who is named where, and the catalogue in the form in which it is loaded at once."""

# ruff: noqa: S608 - SQL is put together from constants of this module; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

import msgspec

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, Entity, Exclusion, Mention
from chinai_tui.domain.rows import IssueRow, TimelinePoint
from chinai_tui.index.database import get_meta, set_meta
from chinai_tui.index.schema import ROLES, SLOTS
from chinai_tui.text.fold import fold

CATALOGUE_KEY = "catalogue"
"""Where the key of the compiled catalogue is kept."""
_CHECKED = "checked"


def put_catalogue(
    connection: sqlite3.Connection,
    later: int,
    key: str,
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    exclusions: Iterable[Exclusion],
    checked: str,
) -> None:
    """Keep a catalogue in place of the one before; `key` stands for the files it is made of.

    Mentions of entities that it does not have are taken out at once.
    """
    encode = msgspec.json.encode
    for table in ("entity", "claim", "exclusion"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany(
        "INSERT INTO entity VALUES (?, ?, ?)",
        ((entity.id, entity.kind.value, encode(entity)) for entity in entities),
    )
    connection.executemany(
        "INSERT INTO claim (subject, object, data) VALUES (?, ?, ?)",
        ((claim.subject, claim.object, encode(claim)) for claim in claims),
    )
    connection.executemany(
        "INSERT INTO exclusion (data) VALUES (?)", ((encode(each),) for each in exclusions)
    )
    connection.execute("INSERT OR IGNORE INTO marking (catalogue) VALUES (?)", (key,))
    set_meta(connection, CATALOGUE_KEY, key)
    set_meta(connection, _CHECKED, checked)
    _forget_mentions(connection, later)


def _forget_mentions(connection: sqlite3.Connection, later: int) -> None:
    """Take out who is not in the catalogue; the issues that named them wait to be marked."""
    gone = "(SELECT n FROM wording WHERE entity NOT IN (SELECT id FROM entity))"
    slots = connection.execute(
        f"DELETE FROM mention WHERE wording IN {gone} RETURNING slot"
    ).fetchall()
    connection.executemany(
        "UPDATE issue SET marked = 0, touched = ? WHERE n = ?",
        {(later, slot // SLOTS) for (slot,) in slots},
    )
    connection.execute("DELETE FROM wording WHERE entity NOT IN (SELECT id FROM entity)")
    connection.execute("DELETE FROM tally WHERE entity NOT IN (SELECT id FROM entity)")


def exclusions(connection: sqlite3.Connection) -> tuple[Exclusion, ...]:
    """All exclusions, in the order of the catalogue."""
    rows = connection.execute("SELECT data FROM exclusion ORDER BY n")
    return tuple(msgspec.json.decode(row[0], type=Exclusion) for row in rows)


def checked(connection: sqlite3.Connection) -> str:
    """The day to which the claims of the catalogue were checked; empty if it does not say."""
    return get_meta(connection, _CHECKED)


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


def beside(connection: sqlite3.Connection, entity: str) -> dict[str, int]:
    """How often others are named in the issues that name an entity."""
    rows = connection.execute(
        "SELECT b.entity, sum(b.count) FROM tally a JOIN tally b ON b.issue = a.issue"
        " WHERE a.entity = ?1 AND b.entity <> ?1 GROUP BY b.entity",
        (entity,),
    )
    return dict(rows.fetchall())


def total(connection: sqlite3.Connection, entity: str) -> tuple[int, int]:
    """How often one entity is named in main documents, and in how many issues."""
    row: tuple[int, int] = connection.execute(
        "SELECT coalesce(sum(count), 0), count(*) FROM tally WHERE entity = ?", (entity,)
    ).fetchone()
    return row


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
    """How often an entity is named in each issue that names it, oldest first.

    Issues without a place in time come last, by number.
    """
    rows = connection.execute(
        "SELECT id, number, date, count, added, near FROM tally JOIN issue ON issue = n"
        " WHERE entity = ? ORDER BY place = '', place, number, id DESC",
        (entity,),
    )
    return tuple(TimelinePoint(*row) for row in rows)


def placed(
    connection: sqlite3.Connection, entity: str, limit: int | None = None
) -> list[tuple[str, DocumentRole, int, int, int]]:
    """Issue, role, block, start and end of the mentions in what counts of main documents.

    The oldest issue comes first and those without a place in time last; within one they are in
    the order of the text. With a limit the first ones are found without a look at the others.
    """
    rows: list[tuple[str, int, int, int, int]] = []
    # Each group is walked in the order of the issues' index, so that a limit ends the walk.
    for group in ("i.place > ''", "i.place = ''"):
        if limit is None or len(rows) < limit:
            rows += _placed(connection, entity, group, -1 if limit is None else limit - len(rows))
    return [(issue, ROLES[role], block, start, end) for issue, role, block, start, end in rows]


def _placed(
    connection: sqlite3.Connection, entity: str, group: str, limit: int
) -> list[tuple[str, int, int, int, int]]:
    """The same of the issues for which a condition holds."""
    # The rows cross over as one text: one by one, each would wait for whatever else Python does.
    (text,) = connection.execute(
        "SELECT json_group_array(json_array(id, role, block, start, end)) FROM"
        " (SELECT i.id, i.role, m.block, m.start, m.end FROM issue i"
        "   CROSS JOIN tally t ON t.entity = ?1 AND t.issue = i.n"
        "   CROSS JOIN mention m ON m.slot = i.slot"
        "   AND m.wording IN (SELECT n FROM wording WHERE entity = ?1)"
        f"   WHERE m.block IS NOT NULL AND {group}"
        "   ORDER BY i.place, i.number, i.id DESC, m.start LIMIT ?2)",
        (entity, limit),
    ).fetchone()
    return msgspec.json.decode(text, type=list[tuple[str, int, int, int, int]])


def written_by(
    connection: sqlite3.Connection, names: Collection[str], publications: Collection[str]
) -> list[IssueRow]:
    """The issues of which one of these names is an author, in the order of a timeline.

    Args:
        connection: to the index.
        names: as they are spelt.
        publications: the ids of those that are theirs where an issue names no author.
    """
    told = " OR instr(data, CAST(? AS BLOB))" * len(names)
    rows = connection.execute(
        "SELECT publication, data, row FROM issue JOIN record USING (n)"
        f" WHERE publication IN (SELECT value FROM json_each(?)){told}"
        " ORDER BY place = '', place, number, id DESC",
        [msgspec.json.encode([*publications]).decode(), *names],
    )
    wanted = set(map(fold, names))
    found = []
    for publication, record, row in rows:
        authors = _authors(record).authors
        mine = wanted.intersection(map(fold, authors)) if authors else publication in publications
        if mine:
            found.append(msgspec.json.decode(row, type=IssueRow))
    return found


class _Authors(msgspec.Struct):
    """What of a record tells who wrote the issue; the rest is passed over."""

    authors: tuple[str, ...] = ()


_authors = msgspec.json.Decoder(_Authors).decode


def first_named(connection: sqlite3.Connection, issue: str) -> list[str]:
    """The entities that an issue names and none before it does, the most named first.

    Before it are the issues of an earlier date, and of the same those of a lesser number,
    then those that a timeline has before it. Where one of two has no place in time, it is not
    known which is the first, and neither is.
    """
    rows = connection.execute(
        "SELECT entity FROM tally t JOIN issue i ON t.issue = i.n WHERE i.id = ? AND NOT EXISTS ("
        " SELECT 1 FROM tally JOIN issue e ON issue = e.n WHERE entity = t.entity AND"
        " ((e.place = '') <> (i.place = '')"
        " OR (e.place, coalesce(e.number, -1), i.id) < (i.place, coalesce(i.number, -1), e.id)))"
        " ORDER BY t.count DESC, entity",
        (issue,),
    )
    return [row[0] for row in rows]
