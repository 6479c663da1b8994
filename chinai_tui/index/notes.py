"""What goes into the index of annotations: their rows, words, tags, and whom they are on."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from chinai_tui.domain.annotation import AnchorState
from chinai_tui.index import forms
from chinai_tui.index.marks import name_annotation
from chinai_tui.index.records import AnnotationEntry
from chinai_tui.index.schema import ROLES
from chinai_tui.index.vocabulary import Vocabulary
from chinai_tui.index.writer import refresh_marks
from chinai_tui.text import tokens
from chinai_tui.text.fold import fold


def put_annotations(
    connection: sqlite3.Connection, later: int, entries: Iterable[AnnotationEntry]
) -> None:
    """Add annotations, or replace those of the same ids."""
    given = list(entries)
    touched = _drop(connection, (entry.annotation.id for entry in given))
    vocabulary = Vocabulary(connection)
    for entry in given:
        annotation = entry.annotation
        number = _put_row(connection, entry)
        connection.executemany(
            "INSERT OR IGNORE INTO tag VALUES (?, ?)",
            ((fold(tag).strip(), number) for tag in annotation.tags),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO noted_entity VALUES (?, ?, 1)",
            ((entity, number) for entity in (annotation.entity, *entry.links) if entity),
        )
        name_annotation(connection, number)
        quote = annotation.anchor.exact if annotation.anchor else ""
        tags = f" {forms.SENTINELS} ".join(map(tokens.index_form, annotation.tags))
        connection.execute(
            "INSERT INTO note_words (rowid, note, quote, tags) VALUES (?, ?, ?, ?)",
            (number, tokens.index_form(annotation.text), tokens.index_form(quote), tags),
        )
        vocabulary.learn({*annotation.text.split(), *quote.split(), *annotation.tags})
        touched.add(annotation.issue)
    refresh_marks(connection, later, touched)


def remove_annotations(connection: sqlite3.Connection, later: int, ids: Iterable[str]) -> None:
    """Forget annotations; ids that are not there are passed over."""
    refresh_marks(connection, later, _drop(connection, ids))


def fingerprints(connection: sqlite3.Connection) -> dict[str, str]:
    """What tells whether annotations that are indexed may have changed, by their ids."""
    return dict(connection.execute("SELECT id, fingerprint FROM annotation").fetchall())


def creators(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Who made annotations, and how many, the most first."""
    return connection.execute(
        "SELECT creator, count(*) FROM annotation WHERE creator <> ''"
        " GROUP BY creator ORDER BY 2 DESC, creator"
    ).fetchall()


def _put_row(connection: sqlite3.Connection, entry: AnnotationEntry) -> int:
    """Write the row of an annotation; its number."""
    annotation, anchor = entry.annotation, entry.annotation.anchor
    state = entry.state if anchor else ""
    place = None if entry.state is AnchorState.ORPHAN else anchor
    values = {
        "id": annotation.id,
        "issue": annotation.issue,
        "entity": annotation.entity,
        "kind": annotation.kind,
        "created": annotation.created,
        "color": annotation.color,
        "creator": fold(annotation.creator).strip(),
        "state": state,
        "role": ROLES.index(place.role) if place else None,
        "block": place.block if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "fingerprint": entry.fingerprint,
        "words": annotation.text or (anchor.exact if anchor else ""),
    }
    row = connection.execute(
        f"INSERT INTO annotation ({', '.join(values)})"
        f" VALUES ({', '.join(f':{name}' for name in values)}) RETURNING n",
        values,
    ).fetchone()
    return int(row[0])


def _drop(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Delete annotations; the issues they were in."""
    touched = set()
    for annotation in ids:
        row = connection.execute(
            "DELETE FROM annotation WHERE id = ? RETURNING n, issue", (annotation,)
        ).fetchone()
        if row:
            connection.execute("DELETE FROM tag WHERE annotation = ?", (row[0],))
            connection.execute("DELETE FROM noted_entity WHERE annotation = ?", (row[0],))
            connection.execute("DELETE FROM note_words WHERE rowid = ?", (row[0],))
            touched.add(row[1])
    return touched
