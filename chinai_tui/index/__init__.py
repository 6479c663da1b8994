"""What is derived from the library so that it answers at once: words, mentions, rows.

The index is one SQLite file. It holds nothing that the store does not hold, and is made anew when
it is missing, damaged or of another version: `Index.fresh` says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, Entity, Exclusion, Mention
from chinai_tui.domain.issue import Issue
from chinai_tui.domain.query import Answer, Facets, Query
from chinai_tui.domain.rows import IssueList, IssueRow, TimelinePoint
from chinai_tui.index import citations as _citations
from chinai_tui.index import entities as _entities
from chinai_tui.index import records as _records
from chinai_tui.index import rows as _rows
from chinai_tui.index.annotated import Annotated
from chinai_tui.index.companions import Companions
from chinai_tui.index.database import (
    Database,
    SearchInterrupted,
    generation,
    get_meta,
    set_meta,
    snapshot,
)
from chinai_tui.index.presence import Presence
from chinai_tui.index.records import AnnotationEntry, Documents, IssueEntry, fingerprint

if TYPE_CHECKING:
    from chinai_tui.index.vocabulary import Spellings

__all__ = ["AnnotationEntry", "Index", "IssueEntry", "SearchInterrupted", "fingerprint"]


class Index(Annotated, Companions):
    """The index in one file; every method may be called from any thread.

    Methods raise `DamagedError` when the file turns out to be damaged (it is dropped, and the
    index is fresh again) and `StoreError` when it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._shelf = _rows.Shelf()
        self._presence = Presence()
        self._spellings: Spellings | None = None
        self._catalogue: tuple[str, dict[str, Entity]] = "", {}

    @property
    def fresh(self) -> bool:
        """Whether there is no issue in it, so that it has to be filled."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM issue LIMIT 1").fetchone() is None

    def get_meta(self, key: str) -> str:
        """The value that was kept under a key; empty if there is none."""
        with self._database.reading() as connection:
            return get_meta(connection, _META + key)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under a key, as long as the file lives."""
        with self._database.writing() as (connection, _):
            set_meta(connection, _META + key, value)

    def list_issues(self, entries: Iterable[IssueEntry]) -> None:
        """Put issues on the list, in place of what was there of them; their texts wait."""
        from chinai_tui.index import writer

        with self._database.writing() as (connection, later):
            writer.list_issues(connection, later, entries)

    def change_meta(self, key: str, change: Callable[[str], str]) -> None:
        """Change the value under a key, with nothing written in between; empty stays empty."""
        with self._database.writing() as (connection, _):
            if before := get_meta(connection, _META + key):
                set_meta(connection, _META + key, change(before))

    def put_issues(self, entries: Iterable[IssueEntry]) -> None:
        """Index these issues, in place of what was there of them, in one transaction."""
        from chinai_tui.index import prepared, writer

        issues = [prepared.prepare(entry) for entry in entries]
        with self._database.writing() as (connection, later):
            writer.put_issues(connection, later, issues)

    def fill_issues(self, entries: Iterable[IssueEntry]) -> None:
        """Index the texts of issues that are on the list, in one transaction.

        One that is gone from it, or whose record is another one by now, is passed over.
        """
        from chinai_tui.index import prepared, writer

        issues = [prepared.prepare(entry) for entry in entries]
        with self._database.writing() as (connection, later):
            writer.fill_issues(connection, later, issues)

    def remove_issues(self, ids: Iterable[str]) -> None:
        """Take issues out; ids that are not there are passed over."""
        from chinai_tui.index import writer

        with self._database.writing() as (connection, later):
            writer.remove_issues(connection, later, ids)

    def set_reading(self, states: Iterable[ReadingState], replace_all: bool) -> None:
        """Say how far issues have been read; `replace_all` forgets all others."""
        from chinai_tui.index import writer

        with self._database.writing() as (connection, later):
            writer.set_reading(connection, later, states, replace_all)

    def put_catalogue(
        self,
        key: str,
        entities: Iterable[Entity],
        claims: Iterable[Claim],
        exclusions: Iterable[Exclusion] = (),
        checked: str = "",
    ) -> None:
        """Keep a compiled catalogue; `key` stands for the files it is made of."""
        with self._database.writing() as (connection, later):
            _entities.put_catalogue(connection, later, key, entities, claims, exclusions, checked)

    def catalogue(self) -> tuple[str, dict[str, Entity], tuple[Exclusion, ...]]:
        """Key, entities by id and exclusions, all of one compiled catalogue."""
        with self._database.reading() as connection, _one_state(connection):
            key = get_meta(connection, _entities.CATALOGUE_KEY)
            return key, _entities.entities(connection), _entities.exclusions(connection)

    def checked(self) -> str:
        """The day to which the claims were checked, YYYY-MM-DD; empty if no file says."""
        with self._database.reading() as connection:
            return _entities.checked(connection)

    def is_behind(self) -> bool:
        """Whether issues wait to be indexed, or marked with the catalogue that is kept."""
        from chinai_tui.index import marks

        with self._database.reading() as connection:
            return marks.is_behind(connection)

    def waiting(self, part: int = 0, parts: int = 1, limit: int = -1) -> list[str]:
        """The issues whose texts wait, the latest first: of so many parts, this one."""
        from chinai_tui.index import marks

        with self._database.reading() as connection:
            return marks.waiting(connection, part, parts, limit)

    def behind(self, part: int = 0, parts: int = 1, limit: int = -1) -> list[str]:
        """The issues that wait to be marked alone, the latest first: of so many parts, this one."""
        from chinai_tui.index import marks

        with self._database.reading() as connection:
            return marks.behind(connection, part, parts, limit)

    def put_mentions(self, entries: Iterable[IssueEntry]) -> None:
        """Keep the mentions of issues in place of what there was, in one transaction.

        Nothing else of them is written; one whose record is not the indexed one is passed over.
        """
        from chinai_tui.index import marks

        issues = [(entry, marks.marks_of(entry)) for entry in entries]
        with self._database.writing() as (connection, later):
            marks.put_mentions(connection, later, issues)

    def catalogue_key(self) -> str:
        """The key of the catalogue that is kept; empty if there is none."""
        with self._database.reading() as connection:
            return get_meta(connection, _entities.CATALOGUE_KEY)

    def entities(self) -> dict[str, Entity]:
        """All entities by id, from memory while the catalogue is the same."""
        with self._database.reading() as connection:
            key = get_meta(connection, _entities.CATALOGUE_KEY)
            known, found = self._catalogue
            if not key or key != known:
                with _one_state(connection):
                    key = get_meta(connection, _entities.CATALOGUE_KEY)
                    found = _entities.entities(connection)
                self._catalogue = key, found
            return found

    def entity(self, id: str) -> Entity | None:  # noqa: A002 — the field's name
        """The entity with an id."""
        return self.entities().get(id)

    def claims_of(self, entity: str) -> tuple[Claim, ...]:
        """The claims that an entity is the subject or the object of."""
        with self._database.reading() as connection:
            return _entities.claims_of(connection, entity)

    def issue(self, issue_id: str) -> Issue | None:
        """The record of an issue, as it was indexed."""
        with self._database.reading() as connection:
            return _records.issue(connection, issue_id)

    def reading(self, issue_id: str) -> ReadingState | None:
        """How far an issue has been read."""
        with self._database.reading() as connection:
            return _records.reading(connection, issue_id)

    def fingerprints(self) -> dict[str, str]:
        """What tells whether the records that were indexed are those of the store."""
        with self._database.reading() as connection:
            return _records.fingerprints(connection)

    def generation(self) -> int:
        """How many changes the index has seen; another program's count too."""
        with self._database.reading() as connection:
            return generation(connection)

    def touched(self, since: int) -> frozenset[str]:
        """The issues of which anything changed after a generation."""
        with self._database.reading() as connection:
            return _records.touched(connection, since)

    def rows(self, query: Query) -> IssueList:
        """The issues that fit a query, newest first.

        Undated numbered issues stand by their dated neighbours; where there are none, they come
        by number after all dated ones; issues without date and number are last.
        """
        with self._database.reading() as connection:
            shelf = self._shelf = _rows.shelf(connection, self._shelf)
            if query.is_empty:
                return shelf.whole
            from chinai_tui.index.filtering import filtered

            return filtered(connection, shelf, query)

    def keyed(self, keys: Iterable[str]) -> dict[str, IssueRow]:
        """The issues that go by these keys (`url:…`, `number:chinai/94`), by key."""
        with self._database.reading() as connection:
            return _rows.keyed(connection, keys)

    def citing(self, issue: str, keys: Iterable[str]) -> list[IssueRow]:
        """The issues after one that refer to any of these keys, oldest first, undated ones last."""
        with self._database.reading() as connection:
            return _citations.citing(connection, issue, keys)

    def later(self, issue: str, entities: Collection[str]) -> list[_citations.LaterMentions]:
        """Which of the entities later issues name: how many, the latest, the first offset there."""
        with self._database.reading() as connection:
            return _citations.later(connection, issue, entities)

    def count(self, query: Query, since: str) -> tuple[int, int]:
        """How many issues fit a query, and how many of these came in after a moment."""
        from chinai_tui.index.filtering import count

        with self._database.reading() as connection:
            return count(connection, query, since)

    def facets(self, query: Query) -> Facets:
        """How the issues that fit a query are spread.

        Raises:
            SearchInterrupted: another thread called `interrupt`.
        """
        from chinai_tui.index.facets import facets

        with self._database.searching() as running:
            return facets(running.connection, query, self._named(running.connection))

    def outlets(self) -> list[tuple[str, str]]:
        """Id and title of every publication that has an issue, the largest first."""
        with self._database.reading() as connection:
            return _rows.outlets(connection)

    def search(self, query: Query, document: Documents, limit: int) -> Answer:
        """The best `limit` issues for a query, with passages from their documents.

        Raises:
            SearchInterrupted: another thread called `interrupt`.
        """
        from chinai_tui.index import search, vocabulary

        with self._database.searching() as running:

            def known() -> Spellings:
                """The words of the library, kept from one search to the next."""
                self._spellings = vocabulary.spellings(running.connection, self._spellings)
                return self._spellings

            return search.search(running, query, document, limit, known)

    def mentions(self, issue: str, role: DocumentRole) -> tuple[Mention, ...]:
        """The mentions in one document, in its order."""
        with self._database.reading() as connection:
            return _entities.mentions(connection, issue, role)

    def entity_counts(self, issue: str, role: DocumentRole) -> list[tuple[str, int, int]]:
        """Entity, count and first offset in one document, the most named first."""
        with self._database.reading() as connection:
            return _entities.entity_counts(connection, issue, role)

    def totals(self) -> dict[str, tuple[int, int]]:
        """Mentions and issues of each entity, in main documents."""
        with self._database.reading() as connection:
            return _entities.totals(connection)

    def total(self, entity: str) -> tuple[int, int]:
        """Mentions and issues of one entity, in main documents."""
        with self._database.reading() as connection:
            return _entities.total(connection, entity)

    def claims(self) -> tuple[Claim, ...]:
        """All claims."""
        with self._database.reading() as connection:
            return _entities.claims(connection)

    def pairs(self) -> list[tuple[str, str, int]]:
        """Each two entities that the same issues name, and how many issues do."""
        with self._database.reading() as connection:
            return _entities.pairs(connection)

    def issue_count(self) -> int:
        """How many issues there are."""
        with self._database.reading() as connection:
            return _entities.issue_count(connection)

    def timeline(self, entity: str) -> tuple[TimelinePoint, ...]:
        """How often an entity is named in each issue that names it, oldest first."""
        with self._database.reading() as connection:
            return _entities.timeline(connection, entity)

    def first_named(self, issue: str) -> list[str]:
        """The entities that an issue names and no earlier one does, the most named first."""
        with self._database.reading() as connection:
            return _entities.first_named(connection, issue)

    def placed(
        self, entity: str, limit: int | None = None
    ) -> list[tuple[str, DocumentRole, int, int, int]]:
        """Issue, role, block, start and end of the mentions in main documents, oldest first."""
        with self._database.reading() as connection:
            return _entities.placed(connection, entity, limit)

    def written_by(self, names: Collection[str], publications: Collection[str]) -> list[IssueRow]:
        """The issues that one of these folded names wrote; see `entities.written_by`."""
        with self._database.reading() as connection:
            return _entities.written_by(connection, names, publications)

    def interrupt(self) -> None:
        """Stop the searches that are running; they raise `SearchInterrupted`."""
        self._database.interrupt()

    def close(self) -> None:
        """Close the file in all threads; none may be using it."""
        self._database.close()


def _one_state(connection: sqlite3.Connection) -> AbstractContextManager[None]:
    """Several reads of one state; what is read within a write has one by itself."""
    return nullcontext() if connection.in_transaction else snapshot(connection)


_META = "of:"
"""Before the keys that `set_meta` is given, to keep them from those of the index itself."""
