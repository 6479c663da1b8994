"""A storage for TinyDB in which what was written stays written.

TinyDB rewrites the whole file for each operation. Here the operations of one batch work on
memory, and the batch ends in one write that either comes about whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from tinydb.storages import Storage

from chinai_tui.errors import DamagedError, NewerError, StoreError
from chinai_tui.store import backups, files
from chinai_tui.store.envelope import Form, Sealed
from chinai_tui.store.files import Stamp
from chinai_tui.store.migrations import MIGRATIONS, Registry, migrate

if TYPE_CHECKING:
    from filelock import FileLock

Tables = dict[str, dict[str, Any]]

LOCK_SECONDS = 10.0
"""How long a write waits for another program's."""
_LOCK_POLL_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Image:
    """What a store file held at one moment; the tables are never changed in place."""

    stamp: Stamp | None
    """Which file it was read from; None where there was none."""
    schema: int
    generation: int
    tables: Tables
    sound: bool = True
    """False where a damaged file is still in its place, which must not be written over."""


class AtomicStorage(Storage):
    """One store file: locked, checked, written whole and durably, with its generations.

    `read` and `write` are TinyDB's. Within `batch()` they work on memory; outside of it nothing
    can be written.
    """

    def __init__(
        self, path: Path, form: Form, backups: Path, migrations: Registry = MIGRATIONS
    ) -> None:
        self.path = path
        self.form = form
        self.image: Image | None = None
        self.problems: list[str] = []
        """What was wrong with the file, and where it is now."""
        self._backups = backups
        self._migrations = migrations
        self._working: Tables | None = None
        self._lock: FileLock | None = None

    def read(self) -> Tables | None:
        """The tables as the batch has them so far, else as they were last loaded."""
        if self._working is not None:
            return self._working
        return dict(self.image.tables) if self.image else None

    def write(self, data: Tables) -> None:
        """Take over the tables into the batch."""
        if self._working is None:
            raise RuntimeError(f"{self.path} is written outside of a batch")
        self._working = data

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other programs from writing; the same thread may come in again.

        Raises StoreError when another program does not let go.
        """
        from filelock import FileLock, Timeout

        with files.saving(self.path):
            for folder in files.make_folder(self.path.parent):
                files.sync_folder(folder)
            if self._lock is None:
                self._lock = FileLock(
                    f"{self.path}.lock",
                    timeout=LOCK_SECONDS,
                    mode=files.FILE_MODE,
                    poll_interval=_LOCK_POLL_SECONDS,
                )
            try:
                held = self._lock.acquire()
            except Timeout as error:
                raise files.not_saved(self.path, "another program is writing to it") from error
        with held:
            yield

    @property
    def is_sound(self) -> bool:
        """Whether it was loaded, and no damaged file is in its place."""
        return self.image is not None and self.image.sound

    def stamp(self) -> Stamp | None:
        """Which file is on disk; None where there is none. Raises StoreError."""
        try:
            return files.stamp(self.path)
        except OSError as error:
            raise self._unreadable(error) from error

    def changed(self) -> bool:
        """Whether the file is another one than was last loaded; raises StoreError."""
        return self.image is None or self.stamp() != self.image.stamp

    def load(self) -> Image:
        """Read the file, and mend it where it is damaged.

        A file that is not there is a new store only while it has no generations in the backups.
        Raises StoreError where it cannot be read for another reason.
        """
        try:
            try:
                self.image = self._load()
            except DamagedError as damage:
                self.image = self._mend(str(damage))
        except OSError as error:
            raise self._unreadable(error) from error
        if self.image.schema > self.form.schema:
            self._tell(f"{self._newer(self.image.schema)}; it is opened for reading only")
        return self.image

    def writable(self) -> Image:
        """What was loaded; raises NewerError or StoreError where the file must stay as it is."""
        image = self.image or self.load()
        if image.schema > self.form.schema:
            raise NewerError(f"{self._newer(image.schema)}; this one cannot change it")
        if not image.sound:
            raise files.not_saved(self.path, "it is damaged and could not be mended")
        return image

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Work on the tables in memory, and write them once at the end if all went well.

        The caller holds the lock and has loaded what is on disk. Raises StoreError where the
        file could not be written, which then is as it was, and NewerError for a newer schema.
        """
        image = self.writable()
        self._working = dict(image.tables)
        try:
            yield
            self.image = self._commit(self._working, image.generation + 1)
        finally:
            self._working = None

    def _commit(self, tables: Tables, generation: int) -> Image:
        try:
            payload = msgspec.json.encode(tables)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise files.not_saved(self.path, f"it cannot be written as JSON ({error})") from error
        with files.saving(self.path):
            stamp = self._replace(self.form.seal(payload, generation), generation)
        return Image(stamp, self.form.schema, generation, tables)

    def _replace(self, data: bytes, generation: int) -> Stamp:
        also = backups.place(self._backups, self.path.stem, generation, datetime.now(UTC))
        stamp = files.replace(self.path, data, also)
        if generation % backups.THINNED_EVERY == 0:
            backups.thin(self._backups, self.path.stem)
        return stamp

    def _load(self) -> Image:
        try:
            data, stamp = files.read(self.path)
        except FileNotFoundError:
            has_been = self.image is not None and self.image.generation
            if has_been or backups.generations(self._backups, self.path.stem):
                raise DamagedError("it is missing") from None
            return Image(None, self.form.schema, 0, {})
        except files.NotAFileError as error:
            raise DamagedError(str(error)) from None
        return self._image(self.form.unseal(data), stamp)

    def _image(self, sealed: Sealed, stamp: Stamp | None) -> Image:
        schema = max(sealed.schema, self.form.schema)
        try:
            payload = msgspec.json.decode(sealed.payload, type=dict[str, Any])
            tables = migrate(
                payload, self.form.format, sealed.schema, self.form.schema, self._migrations
            )
            return Image(stamp, schema, sealed.generation, msgspec.convert(tables, Tables))
        except (ValueError, RecursionError) as error:
            raise DamagedError(f"it does not hold tables ({error})") from error

    def _mend(self, damage: str) -> Image:
        try:
            with self.locked():
                try:
                    return self._load()  # another program may have mended it by now
                except DamagedError as error:
                    return self._restore(str(error))
        except (StoreError, OSError) as error:
            self._tell(f"{self.path}: {damage}, and it could not be mended: {error}")
            image = self._newest_good()[1]
            return replace(image, stamp=files.stamp(self.path), sound=False)

    def _restore(self, damage: str) -> Image:
        sealed, image = self._newest_good()
        if os.path.lexists(self.path):
            aside = files.move_aside(self.path, f"damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
            damage = f"{damage} and is kept as {aside.name}"
        # Above the numbers of all that is damaged, so that what follows counts as newer.
        kept = backups.generations(self._backups, self.path.stem)
        number = 1 + max([image.generation, *(generation.number for generation in kept)])
        if not image.generation:
            self._tell(f"{self.path}: {damage}; there is no good backup, so it starts empty")
            return replace(image, generation=number)
        self._tell(f"{self.path}: {damage}; generation {image.generation} stands in its place")
        stamp = self._replace(self.form.seal(sealed.payload, number, sealed.schema), number)
        return replace(image, stamp=stamp, generation=number, sound=True)

    def _newest_good(self) -> tuple[Sealed, Image]:
        # What is in memory was good when it was read, and may be newer than every backup.
        held = self.image if self.image and self.image.generation else None
        for generation in backups.generations(self._backups, self.path.stem):
            if held and generation.number <= held.generation:
                break
            with suppress(DamagedError, OSError):
                sealed = self.form.unseal(files.read(generation.path)[0])
                return sealed, self._image(sealed, None)
        image = held or Image(None, self.form.schema, 0, {})
        return Sealed(image.schema, image.generation, msgspec.json.encode(image.tables)), image

    def _unreadable(self, error: OSError) -> StoreError:
        return StoreError(f"{self.path} cannot be read: {error.strerror or error}")

    def _newer(self, schema: int) -> str:
        return f"{self.path} is of schema {schema}, which a newer version wrote"

    def _tell(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)
