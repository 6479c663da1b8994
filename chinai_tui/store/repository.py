"""Repositories: the records of a table as an in-memory snapshot, changed in transactions.

Reading touches neither the file nor TinyDB. A transaction belongs to a file, holds its lock,
sees what is on disk at its beginning, and is written whole at its end.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from tinydb import TinyDB
from tinydb.table import Table

from chinai_tui.store import files
from chinai_tui.store.codec import Codec
from chinai_tui.store.envelope import Form
from chinai_tui.store.files import Stamp
from chinai_tui.store.migrations import MIGRATIONS, Registry
from chinai_tui.store.storage import AtomicStorage, Image, Tables

T = TypeVar("T")


class RecordTable(Table):
    """A table keyed by the ids of the records themselves."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's annotations know only int

    def apply(self, puts: Mapping[str, Mapping[str, Any]], deletes: Iterable[str]) -> None:
        """Replace or add and remove records in one operation, in the order they stand."""
        # TinyDB itself would make each id anew, twice: a tenth of a save of ten thousand notes.
        tables = self._storage.read() or {}
        table = dict(tables.get(self.name, {}))
        for id_ in deletes:
            table.pop(id_, None)
        table.update(puts)
        self._storage.write({**tables, self.name: table})
        self.clear_cache()


class RecordDatabase(TinyDB):
    """A TinyDB of such tables."""

    table_class = RecordTable


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The records of a file, by table and id, and what of it did not validate."""

    image: Image
    records: Mapping[str, Mapping[str, Any]]
    invalid: Mapping[str, Mapping[str, str]]
    """By table and id, the reason."""


@dataclass(slots=True)
class _Changes:
    """What a transaction is going to do to one table."""

    puts: dict[str, tuple[Any, dict[str, Any]]] = field(default_factory=dict)
    """By id, the record and the mapping it is written as."""
    deletes: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.puts or self.deletes)

    def applied_to(self, records: Mapping[str, Any]) -> Mapping[str, Any]:
        """The records as they are after the changes."""
        if not self:
            return records
        after = dict(records)
        for id_ in self.deletes:
            after.pop(id_, None)
        after.update((id_, record) for id_, (record, _) in self.puts.items())
        return MappingProxyType(after)


class StoreFile:
    """A file of several tables; safe to use from any thread.

    Nothing is read before a repository is asked, nothing created before something is saved.
    """

    def __init__(
        self, path: Path, form: Form, backups: Path, migrations: Registry = MIGRATIONS
    ) -> None:
        self.path = path
        self._storage = AtomicStorage(path, form, backups, migrations)
        self._database = RecordDatabase(storage=lambda: self._storage)
        self._codecs: dict[str, Codec[Any]] = {}
        self._snapshot: Snapshot | None = None
        # One transaction at a time; and, held only for moments, one change of the snapshot.
        self._writing = threading.RLock()
        self._swapping = threading.RLock()
        self._busy = False
        self._commits: list[tuple[Stamp | None, Stamp | None]] = []

    def take_commits(self) -> list[tuple[Stamp | None, Stamp | None]]:
        """The stamps before and after each write since one last asked, in order."""
        taken, self._commits = self._commits, []
        return taken

    def repository(self, table: str, type_: type[T], key: Callable[[T], str]) -> Repository[T]:
        """A repository of the records of one table; `key` gives the id of a record."""
        codec = Codec(type_, key)
        self._codecs[table] = codec
        return Repository(self, table, codec)

    @property
    def problems(self) -> list[str]:
        """What was moved aside and what did not validate, one line each."""
        found = list(self._storage.problems)
        if self._snapshot:
            for table, invalid in self._snapshot.invalid.items():
                found += [
                    f"{self.path}: {table}: {id_!r} is kept as it is, but cannot be read: {reason}"
                    for id_, reason in invalid.items()
                ]
        return found

    def stamp(self) -> Stamp | None:
        """Which file is on disk, by its status alone; None where there is none.

        Raises StoreError where that cannot be told.
        """
        return self._storage.stamp()

    def snapshot(self) -> Snapshot:
        """The records as they were last loaded or committed; raises StoreError."""
        snapshot = self._snapshot
        if snapshot is None:
            with self._swapping:
                snapshot = self._snapshot or self._load()
        return snapshot

    def refresh(self) -> bool:
        """Load what another program has written since; returns whether it has.

        A file that nobody has asked for yet is left alone. Raises StoreError.
        """
        with self._swapping:
            if self._snapshot is None or not self._storage.changed():
                return False
            self._load()
            return True

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change records of this file; an exception inside leaves everything as it was.

        At its beginning the lock is taken and, if another program has written, the file read; at
        its end the file is written if anything was changed, durable when the block is left.
        Raises StoreError, with file and records as they were, and NewerError.
        """
        with self._writing:
            if self._busy:
                raise RuntimeError(f"a transaction on {self.path} is open already")
            self._busy = True
            try:
                with self._storage.locked():
                    with self._swapping:
                        if self._storage.changed() or not self._storage.is_sound:
                            self._load()
                    self._storage.writable()
                    transaction = Transaction(self, self.snapshot())
                    yield transaction
                    self._commit(transaction)
            finally:
                self._busy = False

    def _load(self) -> Snapshot:
        image = self._storage.load()
        records: dict[str, Mapping[str, Any]] = {}
        invalid: dict[str, dict[str, str]] = {}
        for table, codec in self._codecs.items():
            valid = {}
            for id_, raw in image.tables.get(table, {}).items():
                try:
                    valid[id_] = codec.decode(id_, raw)
                except ValueError as error:
                    invalid.setdefault(table, {})[id_] = str(error)
            records[table] = MappingProxyType(valid)
        self._snapshot = Snapshot(image, records, invalid)
        return self._snapshot

    def _replace(self, tables: Tables) -> None:
        with self._swapping:
            if tables != self.snapshot().image.tables:
                with self._storage.batch():
                    self._storage.write(tables)
                self._load()

    def _commit(self, transaction: Transaction) -> None:
        if transaction.tables is not None:
            self._replace(transaction.tables)
            return
        changes = {table: each for table, each in transaction.changes.items() if each}
        if not changes:
            return
        with self._swapping:
            with self._storage.batch():
                for table, each in changes.items():
                    raw = {id_: mapping for id_, (_, mapping) in each.puts.items()}
                    cast("RecordTable", self._database.table(table)).apply(raw, each.deletes)
            before = self.snapshot()
            after = {
                table: each.applied_to(before.records[table]) for table, each in changes.items()
            }
            image = self._storage.writable()
            self._snapshot = Snapshot(image, {**before.records, **after}, before.invalid)
            self._commits.append((before.image.stamp, image.stamp))


class Transaction:
    """Changes of one file that come about together or not at all."""

    def __init__(self, file: StoreFile, snapshot: Snapshot) -> None:
        self.changes: dict[str, _Changes] = defaultdict(_Changes)
        self.tables: Tables | None = None
        """What the file is to hold to the letter, whatever else is changed; see `replace`."""
        self._file = file
        self._snapshot = snapshot

    def get(self, repository: Repository[T], id_: str) -> T | None:
        """A record as it is within this transaction."""
        table = self._table(repository)
        changes = self.changes[table]
        if id_ in changes.puts:
            return cast("T", changes.puts[id_][0])
        return None if id_ in changes.deletes else self._snapshot.records[table].get(id_)

    def all(self, repository: Repository[T]) -> Mapping[str, T]:
        """The records of a repository as they are within this transaction."""
        table = self._table(repository)
        return self.changes[table].applied_to(self._snapshot.records[table])

    def put(self, repository: Repository[T], record: T) -> None:
        """Add a record, or replace the one of the same id.

        Raises StoreError where it could not be read again, or where a record that does not
        validate is kept under its id.
        """
        table = self._table(repository)
        id_ = repository.codec.key(record)
        self._check(table, id_)
        changes = self.changes[table]
        former = self._snapshot.image.tables.get(table, {}).get(id_)
        try:
            mapping = repository.codec.encode(record, former)
            valid = repository.codec.decode(id_, mapping)
        except (ValueError, TypeError, RecursionError) as error:
            raise files.not_saved(self._file.path, f"{table} {id_!r}: {error}") from error
        changes.deletes.discard(id_)
        if valid == self._snapshot.records[table].get(id_):
            changes.puts.pop(id_, None)
        else:
            changes.puts[id_] = valid, mapping

    def delete(self, repository: Repository[T], id_: str) -> None:
        """Remove a record; nothing happens where there is none. Raises StoreError as `put`."""
        table = self._table(repository)
        self._check(table, id_)
        changes = self.changes[table]
        changes.puts.pop(id_, None)
        if id_ in self._snapshot.records[table]:
            changes.deletes.add(id_)

    def replace(self, tables: Tables) -> None:
        """Hold these tables and no others; no single record is changed in the same transaction."""
        self.tables = tables

    def _table(self, repository: Repository[Any]) -> str:
        if repository.file is not self._file:
            raise ValueError(f"{repository.table} is not in {self._file.path}")
        return repository.table

    def _check(self, table: str, id_: str) -> None:
        if reason := self._snapshot.invalid.get(table, {}).get(id_):
            raise files.not_saved(
                self._file.path, f"what stands as {table} {id_!r} cannot be read ({reason})"
            )


class Repository(Generic[T]):
    """The records of one type, by id; reading is a look into a snapshot."""

    def __init__(self, file: StoreFile, table: str, codec: Codec[T]) -> None:
        self.file = file
        self.table = table
        self.codec = codec

    def get(self, id_: str) -> T | None:
        """The record with that id; raises StoreError where the file cannot be read."""
        return self.all().get(id_)

    def all(self) -> Mapping[str, T]:
        """Every record by id, unchangeable; raises StoreError where the file cannot be read."""
        return self.file.snapshot().records[self.table]

    def stamp(self) -> Stamp | None:
        """Which file its answers are from; None where there is none. Raises StoreError."""
        return self.file.snapshot().image.stamp
