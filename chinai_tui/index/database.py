"""The file of the index: opened by each thread for itself, thrown away when it is no good."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chinai_tui.errors import ChinaiError, DamagedError, StoreError
from chinai_tui.index.schema import SCHEMA, VERSION

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_CIRCUMSTANCES = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_ROOM_NEEDED = (
    "what was saved is safe; make room on the disk, and the index is brought up to date"
    " at the next start"
)


class SearchInterrupted(ChinaiError):
    """A search was given up because `Database.interrupt` was called."""


class Running:
    """A search under way, which another thread may stop."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.stopped = False

    def check(self) -> None:
        """Raise `SearchInterrupted` if somebody stopped the search."""
        if self.stopped:
            raise SearchInterrupted("the search was interrupted")


class Database:
    """One SQLite file in WAL mode, with one connection a thread and one writer at a time.

    Nothing is created before the first write: until then reading finds an empty database. A file
    that was deleted or made anew, is damaged or of another version is noticed and never used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._open: dict[threading.Thread, tuple[sqlite3.Connection, tuple[int, int]]] = {}
        self._stale: list[sqlite3.Connection] = []
        self._running: set[Running] = set()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection.

        Raises:
            DamagedError: the file is damaged; it is gone, and the index to be filled again.
            StoreError: the file cannot be opened or read.
            SearchInterrupted: another thread called `interrupt`.
        """
        if self._file() is None:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            try:
                connection.executescript(SCHEMA)
                yield connection
            finally:
                connection.close()
            return
        with self._faults():
            yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One transaction, with the generation that it makes; undone if the body raises.

        Raises:
            DamagedError: as in `reading`.
            StoreError: the file cannot be written, or another program holds it for too long.
        """
        with self._writing, self._faults():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                later = generation(connection) + 1
                yield connection, later
                set_meta(connection, "generation", str(later))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def searching(self) -> Iterator[Running]:
        """This thread's connection for a search that `interrupt` may stop; raises as `reading`."""
        with self.reading() as connection:
            running = Running(connection)
            with self._lock:
                self._running.add(running)
            try:
                yield running
            finally:
                with self._lock:
                    self._running.discard(running)

    def interrupt(self) -> None:
        """Stop the searches that run at this moment, in whatever threads."""
        with self._lock:
            for running in self._running:
                running.stopped = True
                running.connection.interrupt()

    def close(self) -> None:
        """Close every thread's connection; none may be in use."""
        with self._lock:
            for connection in [*self._stale, *(entry[0] for entry in self._open.values())]:
                connection.close()
            self._stale.clear()
            self._open.clear()

    def _file(self) -> tuple[int, int] | None:
        """Which file stands at the path: device and inode."""
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection to the file that is there, which is made if there is none."""
        me = threading.current_thread()
        with self._lock:
            connection, file = self._open.get(me, (None, None))
            if connection is not None:
                if file == self._file():
                    return connection
                # A search of this thread may still be at work on it: closed with the others.
                self._stale.append(self._open.pop(me)[0])
            for thread in [thread for thread in self._open if not thread.is_alive()]:
                self._open.pop(thread)[0].close()
            connection = self._fit()
            self._open[me] = connection, self._file() or (0, 0)
            return connection

    def _fit(self) -> sqlite3.Connection:
        """A new connection to a file of this version, made anew unless it is one."""
        connection = self._connect()
        if connection is None:
            self._remove()
            connection = self._connect()
        if connection is None:
            raise StoreError(f"{self.path}: no index can be made here")
        return connection

    def _connect(self) -> sqlite3.Connection | None:
        """A connection, or `None` if the file is not a database or of another version."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Opening a file that is there and closing it again would drop the locks that other
            # connections of this process hold on it, as POSIX has it.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            pass
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}, no index can be kept") from error
        connection = sqlite3.connect(
            self.path, timeout=30, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16000")
            if _is_ready(connection):
                return connection
        except sqlite3.DatabaseError as error:
            if not _is(error, _DAMAGE):
                connection.close()
                raise
        connection.close()
        return None

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Tell what SQLite complains of in the words of the program; drop a damaged file."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if _is(error, (sqlite3.SQLITE_INTERRUPT,)):
                raise SearchInterrupted("the search was interrupted") from error
            if _is(error, _DAMAGE):
                with self._lock:
                    self._remove()
                reason = "damaged and therefore dropped; do it again, and it is made anew"
                raise DamagedError(f"{self.path}: {reason}") from error
            if _is(error, _NO_ROOM):
                raise StoreError(f"{self.path}: {error}; {_ROOM_NEEDED}") from error
            if _is(error, _CIRCUMSTANCES):
                raise StoreError(f"{self.path}: {error}") from error
            raise


def get_meta(connection: sqlite3.Connection, key: str) -> str:
    """The value kept under a key; empty if there is none."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under a key."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def generation(connection: sqlite3.Connection) -> int:
    """How many transactions have been committed; 0 in an empty index."""
    return int(get_meta(connection, "generation") or 0)


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one state, whatever is committed meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def _is(error: sqlite3.Error, codes: tuple[int, ...]) -> bool:
    """Whether an error is of one of these kinds, whatever its extended code says besides."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes


def _is_ready(connection: sqlite3.Connection) -> bool:
    """Whether the file is of this version; an empty one is made so first."""
    if _version(connection) == VERSION:
        return True
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        # One by one, because `executescript` would commit first and let another program in.
        for statement in SCHEMA.split(";\n"):
            connection.execute(statement)
    connection.execute("COMMIT")
    return _version(connection) == VERSION


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
