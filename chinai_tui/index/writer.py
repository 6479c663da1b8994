"""What goes into the index: issues with their documents and mentions, and what readers did."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from chinai_tui.domain.annotation import ReadingState
from chinai_tui.domain.issue import Issue
from chinai_tui.index import forms
from chinai_tui.index.marks import Marker, drop_names, marking, row_of
from chinai_tui.index.neighbours import Neighbourhood
from chinai_tui.index.prepared import Prepared
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import COLUMNS, ROLES, SLOTS
from chinai_tui.index.sql import marks
from chinai_tui.index.vocabulary import Vocabulary
from chinai_tui.text.fields import first_day
from chinai_tui.text.fold import fold


def list_issues(connection: sqlite3.Connection, later: int, entries: Iterable[IssueEntry]) -> None:
    """Put issues on the list whose texts are still to be indexed; nothing else is known of them."""
    writer = _IssueWriter(connection, later)
    for entry in entries:
        writer.put_row(entry, words=0, indexed=False)
    writer.settle()


def put_issues(connection: sqlite3.Connection, later: int, issues: Iterable[Prepared]) -> None:
    """Index these issues in place of what was there of them."""
    writer = _IssueWriter(connection, later)
    for issue in issues:
        writer.put(issue)
    writer.settle()


def fill_issues(connection: sqlite3.Connection, later: int, issues: Iterable[Prepared]) -> None:
    """Index the texts of issues that are on the list.

    One that is gone, or whose record is another one by now, is passed over.
    """
    known = (each for each in issues if row_of(connection, each.entry.issue) is not None)
    put_issues(connection, later, known)


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
        self._connection = connection
        self._later = later
        self._near = Neighbourhood(connection)
        self._vocabulary = Vocabulary(connection)
        self._marker = Marker(connection)
        self._put: set[str] = set()
        self._words: list[tuple[int | str, ...]] = []

    def put(self, issue: Prepared) -> None:
        """Index an issue in place of what was there of it."""
        number = self.put_row(issue.entry, issue.words, indexed=True)
        self._connection.executemany(
            "INSERT INTO citation VALUES (?, ?)", ((key, number) for key in issue.entry.cites)
        )
        self._words += [(number * SLOTS + role, *row) for role, row in issue.rows.items()]
        self._connection.executemany(
            "INSERT INTO body VALUES (?, ?)",
            ((number * SLOTS + role, body) for role, body in issue.bodies.items()),
        )
        self._vocabulary.learn(issue.chunks)
        self._marker.put(number, issue.marks)

    def put_row(self, entry: IssueEntry, words: int, indexed: bool) -> int:
        """Write all of an issue but its texts, in place of what was there; its row number."""
        issue = entry.issue
        before = _row(self._connection, issue.id)
        if before is not None:
            if issue.id in self._put:
                self._write_words()
            self._near.moves(*before[1:])
            _clear(self._connection, before[0])
        self._near.moves(issue.publication, issue.number, _day(issue.date))
        self._put.add(issue.id)
        values = {
            "id": issue.id,
            "publication": issue.publication,
            "outlet": entry.outlet,
            "masthead": fold(entry.outlet).strip(),
            "number": issue.number,
            "title": issue.title,
            "date": issue.date,
            "day": _day(issue.date),
            "words": words,
            "added": issue.added,
            "role": ROLES.index(issue.main_role),
            "roles": sum(1 << ROLES.index(role) for role in issue.documents),
            "touched": self._later,
            "indexed": indexed,
            "marked": marking(self._connection, entry.catalogue),
        }
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        row = self._connection.execute(
            f"INSERT INTO issue ({names}) VALUES ({places})"
            f" ON CONFLICT (id) DO UPDATE SET ({names}) = ({places}), near = '' RETURNING n",
            values,
        ).fetchone()
        self._put_record(row[0], issue)
        return int(row[0])

    def _put_record(self, number: int, issue: Issue) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO record VALUES (?, ?)", (number, msgspec.json.encode(issue))
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO issue_key VALUES (?, ?)", ((key, number) for key in issue.keys)
        )

    def settle(self) -> None:
        """Write the words, and what depends on the issues beside these and on what readers did."""
        self._write_words()
        self._near.settle(self._later)
        refresh_marks(self._connection, self._later, self._put)

    def _write_words(self) -> None:
        # At once and in order, because FTS5 flushes what it holds before each other statement.
        self._connection.executemany(
            f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?, {marks(COLUMNS)})",
            sorted(self._words),
        )
        self._words.clear()


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
    drop_names(connection, number)
    connection.execute("DELETE FROM issue_key WHERE n = ?", (number,))
    connection.execute("DELETE FROM citation WHERE n = ?", (number,))
    slots = number * SLOTS, number * SLOTS + SLOTS - 1
    bodies = connection.execute("SELECT slot, form FROM body WHERE slot BETWEEN ? AND ?", slots)
    lines = {ROLES[slot % SLOTS]: forms.Body(form).lines() for slot, form in bodies}
    (main,) = connection.execute("SELECT role FROM issue WHERE n = ?", (number,)).fetchone()
    for role, row in forms.words(ROLES[main], lines).items():
        connection.execute(
            f"INSERT INTO words (words, rowid, {', '.join(COLUMNS)})"
            f" VALUES ('delete', ?, {marks(COLUMNS)})",
            (number * SLOTS + ROLES.index(role), *row),
        )
    connection.execute("DELETE FROM body WHERE slot BETWEEN ? AND ?", slots)
    connection.execute("DELETE FROM mention WHERE slot BETWEEN ? AND ?", slots)
    connection.execute("DELETE FROM tally WHERE issue = ?", (number,))
