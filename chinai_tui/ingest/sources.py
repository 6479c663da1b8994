"""Files and folders on this machine, as bytes to be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from chinai_tui.errors import InputError
from chinai_tui.ingest.decode import refusal
from chinai_tui.ingest.reading import Source
from chinai_tui.text.sanitise import clean_line

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes of the largest file that is read."""


def walk(paths: Iterable[Path]) -> Iterator[Source | InputError]:
    """The files of these paths and, for folders, of everything below, in the order of names.

    What cannot be a text comes as an `InputError` with its path and the reason, and the rest goes
    on: missing, empty, binary, unreadable, larger than `SIZE_LIMIT`, a folder without texts.
    Hidden files are left out unless they are named; a folder reached twice is read once.
    """
    for path in paths:
        found = False
        folder = path.is_dir()
        for file in _files(path) if folder else (path,):
            source = file if isinstance(file, InputError) else _open(file)
            found = found or isinstance(source, Source)
            yield source
        if folder and not found:
            yield _error(path, "is a folder without texts; name one with .txt, .md or .html files")


def _files(folder: Path) -> Iterator[Path | InputError]:
    """The files below a folder; links to folders are followed, but never in a circle."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield path
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as error:
            yield _error(path, _reason(error))
            continue
        waiting += [path / name for name in reversed(names)]


def _open(path: Path) -> Source | InputError:
    """The bytes of a file; only a regular file is opened, since a pipe may never answer."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _error(path, "is no regular file")
        if status.st_size > SIZE_LIMIT:
            return _error(path, _too_large(status.st_size))
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        return _error(path, _reason(error))
    if len(data) > SIZE_LIMIT:
        return _error(path, _too_large(len(data)))
    if reason := refusal(data):
        return _error(path, reason)
    return Source(clean_line(str(path), 1000), path.name, data)


def _too_large(size: int) -> str:
    return (
        f"is too large ({size / 1024 / 1024:.0f} MB, at most {SIZE_LIMIT // 1024 // 1024} MB); "
        "split it into one file an issue"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"


def _error(path: Path, reason: str) -> InputError:
    return InputError(clean_line(str(path), 1000), reason)
