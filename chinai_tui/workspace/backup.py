"""The whole library in one file, and back: what a move to another machine takes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from chinai_tui import config
from chinai_tui.errors import ConfigError, DamagedError, NewerError, StoreError
from chinai_tui.store import archive, files
from chinai_tui.workspace.annotations_in import AnnotationImporter
from chinai_tui.workspace.core import Core, timestamp
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.merging import Merging
from chinai_tui.workspace.own_entities import OwnEntities
from chinai_tui.workspace.records import BackupReport, Changed, RestoreReport

if TYPE_CHECKING:
    from chinai_tui.domain.issue import Issue
    from chinai_tui.store.repository import Transaction
    from chinai_tui.store.store import Store

_UNPACKED = "restoring-"
"""How the folders begin in which a backup is unpacked."""
_LEFT_SECONDS = 3600
"""After how long nobody is at work in such a folder any more."""


class Backup:
    """Writes backups and restores them; the index is not in them, since it can be made again."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def write(self, target: Path, *, force: bool = False) -> BackupReport:
        """Write all that is the user's into one file, as it is at this moment.

        Raises:
            StoreError: Something is there already, unless it is to be replaced; a file cannot be
                read or written.
        """
        if os.path.lexists(target) and not force:
            raise StoreError(f"{target} is there already; choose another name, or say --force")
        return self._write(target, *self._core.write(self._records))

    def before(self, work: str, issue_ids: Collection[str]) -> Path:
        """Back up what work on some issues is going to change, and give the place.

        All records are in it and the texts of these issues, so that `restore` with `replace` makes
        this library what it was; texts of others are where they were.

        Raises:
            StoreError: It could not be written, or a text of these issues cannot be read.
        """
        target = self._safety_place(work)
        records, issues = self._core.write(self._records)
        report = self._write(target, records, [each for each in issues if each.id in issue_ids])
        if report.problems:
            target.unlink(missing_ok=True)
            raise StoreError("; ".join(report.problems))
        return target

    def _write(self, target: Path, records: dict[str, bytes], issues: list[Issue]) -> BackupReport:
        problems: list[str] = []
        manifest = archive.write(target, self._members(records, issues, problems), timestamp())
        needed = (name for name, is_needed in _files_of(issues).items() if is_needed)
        texts = sum(name in manifest.members for name in needed)
        notes = len(self._core.store.annotations.all())
        return BackupReport(target, len(issues), texts, notes, tuple(problems))

    def _records(self) -> tuple[dict[str, bytes], list[Issue]]:
        """The files of records at one moment, and the issues they tell of."""
        with self._held():
            return self._records_held()

    def _records_held(self) -> tuple[dict[str, bytes], list[Issue]]:
        store = self._core.store
        present = [each.path for each in store.files if each.stamp() is not None]
        found = {path.name: _bytes_of(path) for path in present}
        return found, list(store.issues.all().values())

    @contextmanager
    def _held(self) -> Iterator[list[Transaction]]:
        """Transactions on all files of records; what is done in them is written last first."""
        with ExitStack() as held:
            yield [held.enter_context(each.transaction()) for each in self._core.store.files]

    def _members(
        self, records: dict[str, bytes], issues: list[Issue], problems: list[str]
    ) -> Iterator[tuple[str, bytes]]:
        """The files of a backup with their names in it, in the same order each time."""
        paths = self._core.paths
        yield from sorted(records.items())
        for name, path in ((archive.SETTINGS, paths.settings), (archive.ENTITIES, paths.entities)):
            if path.is_file():
                yield name, _bytes_of(path)
        # A text that another one has replaced may be gone.
        for name, is_needed in sorted(_files_of(issues).items()):
            try:
                yield name, files.read(paths.data / name)[0]
            except OSError as error:
                if is_needed:
                    problems.append(f"{name} is not in the backup: {error.strerror or error}")
        wanted = {ref.original for issue in issues for ref in issue.documents.values()}
        wanted |= {source.original for issue in issues for source in issue.sources}
        for path in sorted((paths.data / "originals").glob("*.gz")):
            if path.name.partition(".")[0] in wanted:
                yield f"originals/{path.name}", _bytes_of(path)

    def restore(self, source: Path, *, replace: bool = False) -> RestoreReport:
        """Take in what a backup holds, or make the library what it was when that was written.

        Taken in, it is put beside what is here: of two notes with one id the later stays and the
        other becomes a copy, one that was deleted here since stays in the bin, an issue is read if
        it was in either, settings and entities of one's own come in only where there are none.
        Replaced, what was here is backed up first. Cut off, either can be begun again.

        Raises:
            InputError: The file is no backup.
            StoreError: It is damaged or of a newer version; something could not be saved.
        """
        self._core.paths.cache.mkdir(parents=True, exist_ok=True, mode=files.FOLDER_MODE)
        self._remove_leavings()
        with TemporaryDirectory(prefix=_UNPACKED, dir=self._core.paths.cache) as name:
            folder = Path(name)
            manifest = archive.unpack(source, folder)
            there = _opened(folder, source)
            work = self._replace if replace else self._merge
            report = self._core.write(partial(work, folder, there, sorted(manifest.members)))
        return report

    def _remove_leavings(self) -> None:
        """Remove what earlier ones that were cut off have unpacked."""
        limit = time.time() - _LEFT_SECONDS
        for folder in self._core.paths.cache.glob(f"{_UNPACKED}*"):
            with suppress(OSError):
                if folder.stat().st_mtime < limit:
                    shutil.rmtree(folder, ignore_errors=True)

    def _merge(self, folder: Path, there: Store, names: list[str]) -> RestoreReport:
        originals = (name for name in names if name.startswith("originals/"))
        archive.copy(originals, folder, self._core.paths.data)
        # Entities before the notes on them, as issues before the notes on those.
        beside = list(self._lay_beside(folder))
        merged = Merging(self._core.store, there).run()
        self._take_in()
        AnnotationImporter(self._core, self._indexing).place_waiting(merged.issues_updated)
        return RestoreReport(
            issues_added=tuple(merged.issues_added),
            issues_updated=tuple(merged.issues_updated),
            notes_added=tuple(merged.notes_added),
            notes_updated=tuple(merged.notes_updated),
            notes_deleted=tuple(merged.notes_deleted),
            copies=tuple(merged.copies),
            beside=tuple(beside),
            problems=(*there.problems, *merged.problems),
        )

    def _lay_beside(self, folder: Path) -> Iterator[Path]:
        """Put the settings and entities where there are none, else beside; the latter's files."""
        paths = self._core.paths
        for name, own in ((archive.SETTINGS, paths.settings), (archive.ENTITIES, paths.entities)):
            if not (folder / name).is_file():
                continue
            data = _bytes_of(folder / name)
            target = own
            if os.path.lexists(own) or not _is_sound(folder / name):
                target = own.with_name(f"{own.stem}.restored{own.suffix}")
            if files.holds(own, data):
                continue
            with files.saving(target, archive.REMEDY):
                files.replace_many([(target, data)])
            if target != own:
                yield target

    def _replace(self, folder: Path, there: Store, names: list[str]) -> RestoreReport:
        store, paths = self._core.store, self._core.paths
        safety = self._safety_place("restore")
        # Nobody may write from the safety copy on: that would be neither here nor in it. The
        # entities are let go last, so that they are what they were if the records are.
        with ExitStack() as last, self._held() as transactions:
            last.enter_context(OwnEntities(paths.entities).changing())
            self._write(safety, *self._records_held())
            last.enter_context(_naming(safety))
            archive.copy((name for name in names if "/" in name), folder, paths.data)
            self._replace_settings(folder)
            for own, other in zip(transactions, there.files, strict=True):
                own.replace(other.snapshot().image.tables)
        self._take_in()
        issues, notes = tuple(store.issues.all()), tuple(store.annotations.all())
        return RestoreReport(issues, notes_added=notes, safety=safety, problems=())

    def _safety_place(self, work: str) -> Path:
        folder = self._core.paths.data / "backups"
        stem = f"before-{work}-{timestamp().replace(':', '')}"
        names = (f"{stem}.zip" if n == 1 else f"{stem}-{n}.zip" for n in range(1, 1000))
        return next(folder / name for name in names if not os.path.lexists(folder / name))

    def _replace_settings(self, folder: Path) -> None:
        paths = self._core.paths
        with files.saving(paths.config, archive.REMEDY):
            for name, own in (
                (archive.SETTINGS, paths.settings),
                (archive.ENTITIES, paths.entities),
            ):
                if (folder / name).is_file():
                    files.replace_many([(own, _bytes_of(folder / name))])
                else:
                    own.unlink(missing_ok=True)

    def _take_in(self) -> None:
        """Bring the index in step with what came; the texts are indexed by `care.catch_up`."""
        self._indexing.compile_catalogue()
        self._indexing.synchronise()
        issues = frozenset(self._core.store.issues.all())
        self._core.emit(Changed(issues=issues, annotations=True, library=True))


@contextmanager
def _naming(safety: Path) -> Iterator[None]:
    """Have what goes wrong say where a safety copy is."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{error}; all that was here before is in {safety}") from error


def _opened(folder: Path, source: Path) -> Store:
    """The records of an unpacked backup.

    Raises:
        NewerError: A newer version wrote them.
        DamagedError: They are not what such files hold.
    """
    from chinai_tui.store.store import SCHEMA, Store

    present = [each for each in Store(folder).files if each.path.is_file()]
    store = Store(folder)
    for each in store.files:
        if each.snapshot().image.schema > SCHEMA:
            raise NewerError(f"{source}: a newer version of chinai wrote it; update this one first")
    if not all(each.path.is_file() for each in present):
        # What cannot be read has been moved aside, and nothing stands in its place.
        raise DamagedError(f"{source}: its records cannot be read; take another backup")
    return store


def _files_of(issues: list[Issue]) -> dict[str, bool]:
    """The names of the files of documents, below the data folder, and whether each is needed."""
    return {
        f"documents/{issue.id}/{role}-{revision}.json": revision == reference.revision
        for issue in issues
        for role, reference in issue.documents.items()
        for revision in (reference.revision, *(each.revision for each in reference.earlier))
    }


def _is_sound(settings: Path) -> bool:
    """Whether a file of settings can be put in force; faults among entities are told anyway."""
    if settings.name != archive.SETTINGS:
        return True
    try:
        config.load(settings)
    except ConfigError:
        return False
    return True


def _bytes_of(path: Path) -> bytes:
    try:
        return files.read(path)[0]
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
