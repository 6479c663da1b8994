"""Files on disk that hold either what they held before or what was written, whatever happens.

The order of calls is write, sync of the file, replace, sync of the folder: without the first
sync a power cut leaves an unreadable file, without the second it brings back the old one.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chinai_tui.errors import StoreError
from chinai_tui.store.leavings import temporary

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Stamp = tuple[int, int, int]
"""Which file this is: time of its last change in nanoseconds, size in bytes, inode."""

FOLDER_MODE = 0o700
FILE_MODE = 0o600

_BINARY = getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | _BINARY
# A pipe in the place of a file would hold up the opening until somebody writes to it.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY
_FOLDER = getattr(os, "O_DIRECTORY", None)
# Fewer than the 256 files that macOS lets a program have open.
_OPEN_AT_ONCE = 64
_SYNCED_AT_ONCE = 16
_WORTH_THREADS = 4


class NotAFileError(OSError):
    """A folder, pipe or device stands where a file should be."""


if sys.platform == "darwin":
    import errno
    import fcntl

    def _sync(descriptor: int) -> None:
        # fsync on macOS leaves the data in the drive's cache; volumes that cannot do better say so.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
            os.fsync(descriptor)
else:

    def _sync(descriptor: int) -> None:
        os.fsync(descriptor)


EDIT_KEPT = "your edit is kept, try again or export it to another place"


@contextmanager
def saving(place: Path, remedy: str = EDIT_KEPT) -> Iterator[None]:
    """Tell a failure to write as a StoreError that names place, reason and way out."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise not_saved(place, reason, remedy) from error


def not_saved(place: Path, reason: str, remedy: str = EDIT_KEPT) -> StoreError:
    """The error of a write that did not come about."""
    return StoreError(f"{place} not saved: {reason}; {remedy}")


def stamp(path: Path) -> Stamp | None:
    """Which file is at the path; None where there is none.

    Raises OSError where that cannot be told.
    """
    try:
        return _stamp(os.stat(path))
    except FileNotFoundError:
        return None


def stamps(paths: Iterable[Path]) -> tuple[Stamp | None, ...]:
    """Which files are at these paths, by their status alone; raises StoreError."""
    found = []
    for path in paths:
        try:
            found.append(stamp(path))
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror}; mend that first") from error
    return tuple(found)


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino


def read(path: Path) -> tuple[bytes, Stamp]:
    """The bytes of a file, and which file they are from.

    Raises NotAFileError where something else is in its place, and OSError.
    """
    descriptor = os.open(path, _READ)
    with ExitStack() as stack:
        stack.callback(os.close, descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError("it is not a file")
        parts = []
        while part := os.read(descriptor, max(65536, status.st_size + 1)):
            parts.append(part)
        return b"".join(parts), _stamp(status)


def holds(path: Path, data: bytes) -> bool:
    """Whether a file is there and holds just these bytes."""
    try:
        return os.stat(path).st_size == len(data) and read(path)[0] == data
    except OSError:
        return False


def replace(path: Path, data: bytes, also: Path | None = None) -> Stamp:
    """Put a new file in the place of the old one, durably; the caller holds the file's lock.

    `also` is a second name of the new file: a hard link, or a copy where there are no links.
    Returns which file it is. On an OSError the old file stands, unless only the sync of the
    folder failed: then the new one does.
    """
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    grown = make_folder(path.parent)
    # One writer at a time: what bears this name is left over from one that was killed.
    staged = path.with_name(f".{path.name}.tmp")
    with suppress(FileNotFoundError):
        os.unlink(staged)
    made = [staged]
    try:
        written = _write(staged, data)
        if also is not None:
            grown |= make_folder(also.parent)
            made.append(also)
            _second_name(staged, also, data)
        os.replace(staged, path)
    except BaseException:
        remove(made)
        raise
    for folder in grown | {path.parent}:
        sync_folder(folder)
    return written


def replace_many(
    items: Iterable[tuple[Path, bytes]],
    *,
    plain: bool = False,
    may: Callable[[Path], bool] = lambda _: True,
) -> list[Path]:
    """Put many new files in their places, durably, in any number of folders; needs no lock.

    All are synced before the first is put in its place. On an OSError some may be in place.

    Args:
        items: paths, of which links lead to the file that is meant, and what is to be there.
        plain: whether they are such as any program writes: each keeps its permissions, and a new
            one has those that the system gives.
        may: asked right before a file is put in its place.

    Returns the paths that were left as they are since `may` said no.
    """
    given = {Path(os.path.realpath(path)): (path, data) for path, data in items}
    files = {path: data for path, (_, data) in given.items()}
    left = []
    staged = {path: temporary(path) for path in files}
    folders = {path.parent for path in files}
    grown = set().union(*map(make_folder, folders))
    try:
        for some in _batches([*files]):
            _stage([(staged[path], files[path], plain and path) for path in some])
        for path in files:
            if may(given[path][0]):
                os.replace(staged[path], path)
            else:
                left.append(given[path][0])
                os.unlink(staged[path])
    except BaseException:
        remove(staged.values())
        raise
    _sync_folders(folders | grown)
    return left


class Growing:
    """A new file that is written bit by bit and cannot be read yet."""

    def __init__(self, descriptor: int) -> None:
        """Take what `replacing` has opened."""
        self._descriptor = descriptor

    def write(self, data: bytes) -> int:
        """Add bytes at the end; raises OSError."""
        _write_all(self._descriptor, data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits in memory."""


@contextmanager
def replacing(path: Path) -> Iterator[Growing]:
    """Write a file too large for memory, which takes its place durably when the block is left.

    If the block raises, what stood there before stands, and so after an OSError here, unless only
    the sync of the folder failed.
    """
    grown = make_folder(path.parent)
    staged = temporary(path)
    with suppress(FileNotFoundError):
        os.unlink(staged)
    try:
        descriptor = os.open(staged, _CREATE, FILE_MODE)
        try:
            yield Growing(descriptor)
            _sync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(staged, path)
    except BaseException:
        remove([staged])
        raise
    _sync_folders(grown | {path.parent})


def remove(paths: Iterable[Path]) -> list[Path]:
    """Take files away, and return those that are gone; one that cannot be is left."""
    gone = []
    for path in paths:
        with suppress(OSError):
            os.unlink(path)
            gone.append(path)
    return gone


def make_folder(folder: Path) -> set[Path]:
    """Make a folder and those above it, for the user alone.

    Returns the folders that have a new entry, which the caller has yet to sync.
    """
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    grown = set()
    for path in reversed(missing):
        try:
            os.mkdir(path, FOLDER_MODE)
        except FileExistsError:
            if not path.is_dir():
                raise
        grown.add(path.parent)
    return grown


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if _FOLDER is None:
        return
    descriptor = os.open(folder, os.O_RDONLY | _FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_aside(path: Path, mark: str) -> Path:
    """Rename a file to `<name>.<mark>`, or with a number behind where that is taken."""
    target = path.with_name(f"{path.name}.{mark}")
    number = 1
    while os.path.lexists(target):
        number += 1
        target = path.with_name(f"{path.name}.{mark}-{number}")
    os.rename(path, target)
    return target


def _write(path: Path, data: bytes) -> Stamp:
    descriptor = os.open(path, _CREATE, FILE_MODE)
    try:
        _write_all(descriptor, data)
        _sync(descriptor)
        return _stamp(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _sync_all(descriptors: Sequence[int], sync: Callable[[int], None] = _sync) -> None:
    """Sync what is open at these descriptors, all at once.

    A file system writes what waits together in one go: ten times as fast as one after the other.
    """
    if len(descriptors) < _WORTH_THREADS:
        for descriptor in descriptors:
            sync(descriptor)
        return
    from concurrent.futures import wait

    under_way = [_syncing().submit(sync, descriptor) for descriptor in descriptors]
    try:
        for each in under_way:
            each.result()
    finally:
        # Whatever has failed: none may be closed before it is done.
        wait(under_way)


@cache
def _syncing() -> ThreadPoolExecutor:
    # Kept, since an import syncs so often that the starts of threads add up.
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_SYNCED_AT_ONCE, "chinai-sync")


def _sync_folders(folders: Iterable[Path]) -> None:
    if _FOLDER is None:
        return
    for some in _batches([*folders]):
        with ExitStack() as stack:
            descriptors = []
            for folder in some:
                descriptors.append(os.open(folder, os.O_RDONLY | _FOLDER))
                stack.callback(os.close, descriptors[-1])
            _sync_all(descriptors, os.fsync)


def _batches(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """A few at a time, as many as may be open."""
    for first in range(0, len(paths), _OPEN_AT_ONCE):
        yield paths[first : first + _OPEN_AT_ONCE]


def _stage(files: Iterable[tuple[Path, bytes, Path | Literal[False]]]) -> None:
    """Write and sync files; one that has a third part may be read by whom that lets read it."""
    with ExitStack() as stack:
        descriptors = []
        for path, data, like in files:
            with suppress(FileNotFoundError):
                os.unlink(path)
            there = os.stat(like) if like and like.exists() else None
            mode = 0o666 if like and there is None else FILE_MODE
            descriptor = os.open(path, _CREATE, mode)
            stack.callback(os.close, descriptor)
            if there is not None:
                os.chmod(path, stat.S_IMODE(there.st_mode))
            _write_all(descriptor, data)
            descriptors.append(descriptor)
        _sync_all(descriptors)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _second_name(path: Path, also: Path, data: bytes) -> None:
    with suppress(FileNotFoundError):
        os.unlink(also)
    try:
        os.link(path, also)
    except OSError:
        _write(also, data)
