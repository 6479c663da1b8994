"""Files, folders, archives and mailboxes on this machine, as bytes to be read."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from chinai_tui.errors import InputError
from chinai_tui.ingest import mailboxes
from chinai_tui.ingest.decode import refusal
from chinai_tui.ingest.detect import Format, carries_pictures, detect_bytes
from chinai_tui.ingest.reading import (
    PAGE_LIMIT,
    SIZE_LIMIT,
    Skipped,
    Source,
    has_page,
    is_part,
    pages_of,
    too_large,
)
from chinai_tui.text.sanitise import clean_line

STANDARD_INPUT = "-"
"""What is named to have standard input read."""

Found: TypeAlias = Source | InputError | Skipped
Fetch: TypeAlias = Callable[[str], Source]
"""Gets what is at an address; raises InputError."""

_ONLY_HTTP = "is an address of another kind; only http and https are fetched"
_CHUNK = 1024 * 1024
_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of an archive on standard input up to which it is held in memory, not in a file."""
_PIPED = 1024 * 1024 * 1024
"""Bytes of the largest archive on standard input."""
_OUTSIDE = "link that leads out of its folder; name what it leads to"
"""Why a link is left alone."""
_HEAD = 4096
"""Bytes by which a file is told to hold many texts."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file or folder that holds many texts."""

    holds: Callable[[Path, bytes], bool]
    """Whether a path is one; told by the beginning of a file, which is empty for a folder."""
    open: Callable[[Path], Iterator[Found]]
    """Its texts, never more than one of them in memory; raises InputError."""


def _is_archive(path: Path, head: bytes) -> bool:
    """Whether a file is a zip archive and not one document, as those of offices and EPUB are."""
    is_document = (
        b"[Content_Types].xml" in head[:64]
        or head[30:38] == b"mimetype"
        or path.suffix.lower() == ".epub"
    )
    return head.startswith(b"PK\x03\x04") and not is_document


def _members(path: Path) -> Iterator[Found]:
    from chinai_tui.ingest import archives

    return archives.members(path, _place(path), PAGE_LIMIT)


CONTAINERS = (
    Container(_is_archive, _members),
    Container(mailboxes.is_mailbox, mailboxes.messages),
)
"""In the order in which they are tried; what is none of them is one text, or a mere folder."""


def walk(paths: Iterable[Path | str], fetch: Fetch | None = None) -> Iterator[Found]:
    """The texts of these paths: of files, of archives, of folders and everything below.

    One at a time, in the order of names. What cannot be a text comes as an `InputError` with its
    place and the reason, and the rest goes on: missing, empty, binary, unreadable, larger than
    `SIZE_LIMIT`, a folder without texts. Hidden files are left out unless they are named; a folder
    reached twice is read once.

    Args:
        paths: Where to look; `-` is standard input, a string with `https://` is fetched.
        fetch: What gets a page.
    """
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _standard_input()
        elif isinstance(path, str) and _ADDRESS.match(path):
            yield _fetched(path, fetch)
        elif isinstance(path, str) and _OTHER_ADDRESS.match(path):
            yield InputError(clean_line(path, 1000), _ONLY_HTTP)
        else:
            yield from _below(Path(path))


def count(paths: Iterable[Path | str]) -> int:
    """How many texts `walk` has in all, at most; 0 where only reading could tell."""
    total = 0
    for path in paths:
        if str(path) == STANDARD_INPUT or (isinstance(path, str) and _ADDRESS.match(path)):
            return 0
        for each in _files(Path(path)):
            if isinstance(each, Path) and _holds_many(each):
                return 0
            total += 1
    return total


def _holds_many(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return stat.S_ISDIR(mode)
        with path.open("rb") as file:
            return _container(path, file.read(_HEAD)) is not None
    except (OSError, ValueError):
        return False


def _below(path: Path) -> Iterator[Found]:
    """What there is at a path; a folder without any text is an error itself."""
    found = False
    for each in _files(path):
        if not isinstance(each, Path):
            yield each
            continue
        for source in _texts(each, "" if each == path else _place(path)):
            found = found or not isinstance(source, InputError)
            yield source
    if not found and path.is_dir():
        yield _error(path, "is a folder without texts; name one with .txt, .md or .html files")


def _texts(path: Path, within: str) -> Iterator[Found]:
    """The texts of a file, or of a folder that is a container.

    `within` is the place of the folder in which it was come upon, empty where it was named.
    """
    try:
        opened = _opened(path, within)
        yield from map(_met, opened.open(path)) if isinstance(opened, Container) else (opened,)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield _error(path, _reason(error))


def _met(found: Found) -> Found:
    """What a container holds; a mail in it is one among others."""
    if not isinstance(found, Source) or found.among_mail:
        return found
    size = len(found.data)
    if size > (limit := _limit(found.data, found.name, size)):
        return InputError(found.place, too_large(size, limit))
    return replace(found, among_mail=_is_mail(detect_bytes(found.data, found.name)))


def _is_mail(form: Format | None) -> bool:
    return form is not None and form.name == "mail"


def _files(top: Path) -> Iterator[Path | InputError | Skipped]:
    """The files at or below a path, and the folders that are containers.

    Links to what is in the folder are followed, but never in a circle, others left alone: what is
    named is the folder, not the rest of the machine. Pictures and styles beside or below a page are
    parts of it.
    """
    seen: set[tuple[int, int]] = set()
    paged: set[Path] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if path != top and path.is_symlink() and not _is_inside(path, top):
                yield Skipped(_place(path), _OUTSIDE)
                continue
            if not path.is_dir() or _container(path, b""):
                yield path
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = _names(path)
            if path.parent in paged or has_page(names):
                paged.add(path)
                names = [name for name in names if not is_part(name)]
        except (OSError, ValueError) as error:
            yield _error(path, _reason(error))
            continue
        waiting += [path / name for name in reversed(names)]


def _is_inside(link: Path, top: Path) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(top))


def _names(folder: Path) -> list[str]:
    """What is in a folder and to be looked at, in order: not what a browser saves with a page."""
    names = {name for name in os.listdir(folder) if not name.startswith(".")}
    return sorted(name for name in names if names.isdisjoint(pages_of(name)))


def _container(path: Path, head: bytes) -> Container | None:
    return next((each for each in CONTAINERS if each.holds(path, head)), None)


def _opened(path: Path, within: str) -> Container | Source | InputError:
    """What a path is: a container, or one text with its bytes.

    Only a regular file is opened, since a pipe may never answer.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        return _container(path, b"") or _error(path, "is a mere folder")
    if not stat.S_ISREG(status.st_mode):
        return _error(path, "is no regular file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if container := _container(path, head):
            return container
        limit = _limit(head, path.name, status.st_size)
        if status.st_size > limit:
            return _error(path, too_large(status.st_size, limit))
        rest = file.read(limit + 1 - len(head))
    return _source(_place(path), path.name, head + rest, within)


def _source(place: str, name: str, data: bytes, within: str = "") -> Source | InputError:
    limit = _limit(data, name, len(data))
    if len(data) > limit:
        return InputError(place, too_large(len(data), limit))
    form = detect_bytes(data, name)
    if form is None and (reason := refusal(data)):
        return InputError(place, reason)
    among_mail = bool(within) and _is_mail(form)
    return Source(place, clean_line(name, 300), data, within=within, among_mail=among_mail)


def _limit(head: bytes, name: str, size: int) -> int:
    """How many bytes a text of a size may have, by its beginning and the name of its file."""
    return PAGE_LIMIT if size > SIZE_LIMIT and carries_pictures(head, name) else SIZE_LIMIT


def _standard_input() -> Iterator[Found]:
    """What stands on standard input: a text, an archive, or an mbox however large."""
    place = "standard input"
    try:
        head = sys.stdin.buffer.read(_HEAD)
        if _is_archive(Path(), head):
            yield from _piped_archive(head, place)
        elif mailboxes.is_separator(head):
            yield from mailboxes.streamed(sys.stdin.buffer, head, place)
        else:
            rest = sys.stdin.buffer.read(_limit(head, "", PAGE_LIMIT) + 1 - len(head))
            yield _source(place, "", head + rest)
    except OSError as error:
        yield InputError(place, _reason(error))


def _piped_archive(head: bytes, place: str) -> Iterator[Found]:
    """The members of an archive that comes as a stream, while its list stands at its end."""
    from tempfile import SpooledTemporaryFile

    from chinai_tui.ingest import archives

    with SpooledTemporaryFile(_IN_MEMORY) as file:
        for chunk in chain([head], iter(lambda: sys.stdin.buffer.read(_CHUNK), b"")):
            file.write(chunk)
            if file.tell() > _PIPED:
                yield InputError(place, too_large(file.tell(), _PIPED))
                return
        try:
            yield from map(_met, archives.members(file, place, PAGE_LIMIT))
        except InputError as error:
            yield error


def _fetched(address: str, fetch: Fetch | None) -> Source | InputError:
    if fetch is None:
        return InputError(clean_line(address, 1000), "is an address, and here nothing is fetched")
    try:
        return fetch(address)
    except InputError as error:
        return error


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"


def _place(path: Path) -> str:
    return clean_line(str(path), 1000)


def _error(path: Path, reason: str) -> InputError:
    return InputError(_place(path), reason)
