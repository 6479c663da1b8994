"""What goes into the index: issues with their documents and mentions, and what readers did."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from chinai_tui.domain.annotation import Annotation, ReadingState
from chinai_tui.domain.document import Document
from chinai_tui.domain.issue import Issue
from chinai_tui.index import forms
from chinai_tui.index.marks import Marker, marking
from chinai_tui.index.neighbours import Neighbourhood
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import ROLES, SLOTS
from chinai_tui.index.vocabulary import Vocabulary
from chinai_tui.text import tokens
from chinai_tui.text.fields import first_day
from chinai_tui.text.fold import fold


def put_issues(connection: sqlite3.Connection, later: int, entries: Iterable[IssueEntry]) -> None:
    """Index these issues in place of what was there of them."""
    writer = _IssueWriter(connection, later)
    for entry in entries:
        writer.put(entry)
    writer.near.settle(later)


def remove_issues(connection: sqlite3.Connection, later: int, ids: Iterable[str]) -> None:
    """Take issues out of the index; ids that are not there are passed over."""
    near = Neighbourhood(connection)
    for issue in ids:
        before = _row(connection, issue)
        if before is not None:
            near.moves(*before[1:])
            _clear(connection, before[0])
            connection.execute("DELETE FROM record WHERE n = ?", (before[0],))
            connection.execute("DELETE FROM issue WHERE n = ?", (before[0],))
    near.settle(later)


def set_reading(
    connection: sqlite3.Connection, later: int, states: Iterable[ReadingState], replace_all: bool
) -> None:
    """Say how far issues have been read; with `replace_all` nothing is known of any other."""
    marks = {
        state.issue: (
            int(state.read),
            int(not state.read and state.anchor is not None),
            msgspec.json.encode(state),
        )
        for state in states
    }
    before = {
        issue: marked
        for issue, *marked in connection.execute("SELECT issue, read, started, record FROM reading")
        if replace_all or issue in marks
    }
    changed = {issue for issue in marks | before if [*marks.get(issue, ())] != before.get(issue)}
    connection.executemany("DELETE FROM reading WHERE issue = ?", ((i,) for i in changed))
    connection.executemany(
        "INSERT INTO reading VALUES (?, ?, ?, ?)",
        ((issue, *marks[issue]) for issue in changed if issue in marks),
    )
    refresh_marks(connection, later, changed)


def set_annotations(
    connection: sqlite3.Connection,
    later: int,
    annotations: Iterable[Annotation],
    replace_all: bool,
) -> None:
    """Add or replace annotations; with `replace_all` there are no others."""
    given = list(annotations)
    ids = [annotation.id for annotation in given]
    if replace_all:
        ids = [row[0] for row in connection.execute("SELECT id FROM annotation")]
    touched = _drop_annotations(connection, ids)
    vocabulary = Vocabulary(connection)
    for annotation in given:
        row = connection.execute(
            "INSERT INTO annotation (id, issue, kind) VALUES (?, ?, ?) RETURNING n",
            (annotation.id, annotation.issue, annotation.kind),
        ).fetchone()
        connection.executemany(
            "INSERT OR IGNORE INTO tag VALUES (?, ?)",
            ((fold(tag).strip(), row[0]) for tag in annotation.tags),
        )
        quote = annotation.anchor.exact if annotation.anchor else ""
        connection.execute(
            "INSERT INTO note_words (rowid, note, quote) VALUES (?, ?, ?)",
            (row[0], tokens.index_form(annotation.text), tokens.index_form(quote)),
        )
        vocabulary.learn(f"{annotation.text}\n{quote}")
        touched.add(annotation.issue)
    refresh_marks(connection, later, touched)


def remove_annotations(connection: sqlite3.Connection, later: int, ids: Iterable[str]) -> None:
    """Forget annotations; ids that are not there are passed over."""
    refresh_marks(connection, later, _drop_annotations(connection, ids))


def refresh_marks(connection: sqlite3.Connection, later: int, ids: Iterable[str]) -> None:
    """Bring what the issue rows say of reading and annotations up to date."""
    connection.executemany(
        "UPDATE issue SET touched = ?,"
        " read = coalesce((SELECT r.read FROM reading r WHERE r.issue = issue.id), 0),"
        " started = coalesce((SELECT r.started FROM reading r WHERE r.issue = issue.id), 0),"
        " bookmarks = (SELECT count(*) FROM annotation a"
        "   WHERE a.issue = issue.id AND a.kind = 'bookmark'),"
        " notes = (SELECT count(*) FROM annotation a"
        "   WHERE a.issue = issue.id AND a.kind <> 'bookmark')"
        " WHERE id = ?",
        ((later, issue) for issue in ids),
    )


class _IssueWriter:
    """Puts issues, one after the other, within one transaction."""

    def __init__(self, connection: sqlite3.Connection, later: int) -> None:
        self.near = Neighbourhood(connection)
        self._connection = connection
        self._later = later
        self._vocabulary = Vocabulary(connection)
        self._marker = Marker(connection)

    def put(self, entry: IssueEntry) -> None:
        """Index an issue in place of what was there of it."""
        issue = entry.issue
        before = _row(self._connection, issue.id)
        if before is not None:
            self.near.moves(*before[1:])
            _clear(self._connection, before[0])
        number = self._put_row(entry)
        self.near.moves(issue.publication, issue.number, _day(issue.date))
        for role, document in entry.documents.items():
            slot = number * SLOTS + ROLES.index(role)
            self._put_words(slot, issue, document)
        self._marker.put(number, entry)
        refresh_marks(self._connection, self._later, [issue.id])

    def _put_row(self, entry: IssueEntry) -> int:
        issue = entry.issue
        document = entry.documents.get(issue.main_role)
        values = {
            "id": issue.id,
            "publication": issue.publication,
            "outlet": entry.outlet,
            "masthead": fold(entry.outlet).strip(),
            "number": issue.number,
            "title": issue.title,
            "date": issue.date,
            "day": _day(issue.date),
            "words": document.words if document else 0,
            "added": issue.added,
            "role": ROLES.index(issue.main_role),
            "roles": sum(1 << ROLES.index(role) for role in issue.documents),
            "touched": self._later,
            "marked": marking(self._connection, entry.catalogue),
        }
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        row = self._connection.execute(
            f"INSERT INTO issue ({names}) VALUES ({places})"
            f" ON CONFLICT (id) DO UPDATE SET ({names}) = ({places}), near = '' RETURNING n",
            values,
        ).fetchone()
        self._connection.execute(
            "INSERT OR REPLACE INTO record VALUES (?, ?)", (row[0], msgspec.json.encode(issue))
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO issue_key VALUES (?, ?)", ((key, row[0]) for key in issue.keys)
        )
        self._connection.executemany(
            "INSERT INTO citation VALUES (?, ?)", ((key, row[0]) for key in entry.cites)
        )
        return int(row[0])

    def _put_words(self, slot: int, issue: Issue, document: Document) -> None:
        entries = forms.lines(issue, document)
        self._connection.execute(
            "INSERT INTO words (rowid, title, heading, text, links, rest)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (slot, *forms.columns(entries)),
        )
        self._connection.execute("INSERT INTO body VALUES (?, ?)", (slot, forms.Body.pack(entries)))
        self._vocabulary.learn(f"{issue.title}\n{issue.subtitle}\n{document.text}")


def _row(connection: sqlite3.Connection, issue: str) -> tuple[int, str, int | None, str] | None:
    """The row number, publication, number and day of an issue that is indexed."""
    row: tuple[int, str, int | None, str] | None = connection.execute(
        "SELECT n, publication, number, day FROM issue WHERE id = ?", (issue,)
    ).fetchone()
    return row


def _day(date: str) -> str | None:
    return first_day(date) or None


def _clear(connection: sqlite3.Connection, number: int) -> None:
    """Take everything out that is known of an issue's keys and documents."""
    connection.execute("DELETE FROM issue_key WHERE n = ?", (number,))
    connection.execute("DELETE FROM citation WHERE n = ?", (number,))
    slots = number * SLOTS, number * SLOTS + SLOTS - 1
    bodies = connection.execute("SELECT slot, form FROM body WHERE slot BETWEEN ? AND ?", slots)
    for slot, form in bodies.fetchall():
        connection.execute(
            "INSERT INTO words (words, rowid, title, heading, text, links, rest)"
            " VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (slot, *forms.columns(forms.Body(form).lines())),
        )
    connection.execute("DELETE FROM body WHERE slot BETWEEN ? AND ?", slots)
    connection.execute("DELETE FROM mention WHERE slot BETWEEN ? AND ?", slots)
    connection.execute("DELETE FROM tally WHERE issue = ?", (number,))


def _drop_annotations(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Delete annotations; the issues they were in."""
    touched = set()
    for annotation in ids:
        row = connection.execute(
            "DELETE FROM annotation WHERE id = ? RETURNING n, issue", (annotation,)
        ).fetchone()
        if row:
            connection.execute("DELETE FROM tag WHERE annotation = ?", (row[0],))
            connection.execute("DELETE FROM note_words WHERE rowid = ?", (row[0],))
            touched.add(row[1])
    return touched
