"""Mailboxes as a row of mails: mbox files and Maildir folders, however large."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from chinai_tui.errors import InputError
from chinai_tui.ingest.reading import SIZE_LIMIT, Several, Source
from chinai_tui.text.sanitise import clean_line

_CHUNK = 1024 * 1024
_SEPARATOR = re.compile(
    rb"From [^\r\n]{1,300}\d:\d\d[^\r\n]{0,60}\r?\n(?=(?:>From [^\r\n]*\r?\n)?[!-9;-~]+:)"
)
"""The line in front of a mail, with a time in it, and behind it the first header."""
_LINE = 1200
"""Bytes of the longest separator, with the beginning of the line behind it."""
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MAILS = ("cur", "new")


def is_mailbox(path: Path, head: bytes | None = None) -> bool:
    """Whether a path is an mbox file, a Maildir, or a folder of hidden ones as Maildir++ has them.

    A folder of Maildirs with other names is none: whoever walks it meets each of them. `head` is
    the beginning of a file, where it is known; raises OSError where the path cannot be read.
    """
    if path.is_dir():
        hidden = (path / name for name in os.listdir(path) if name.startswith("."))
        return _is_maildir(path) or any(map(_is_maildir, hidden))
    if head is None:
        with path.open("rb") as file:
            head = file.read(_LINE)
    return is_separator(head)


def is_separator(head: bytes) -> bool:
    """Whether this is the beginning of an mbox: the line in front of a mail, and a header."""
    return _SEPARATOR.match(head) is not None


def read(data: bytes) -> Several:
    """The mails of an mbox that came as a whole; those over the limit are left out."""
    found = _mbox(BytesIO(data), "mailbox")
    return Several(tuple(each for each in found if isinstance(each, Source)))


def messages(path: Path) -> Iterator[Source | InputError]:
    """The mails of a mailbox in its order, each as a source of the format `mail`.

    Of a folder, those of all Maildirs in it. A mail that cannot be read, or is larger than
    `SIZE_LIMIT`, comes as an `InputError` with its place, and the rest goes on; raises OSError
    where the mailbox itself cannot be read. Never more than one mail is held.
    """
    if path.is_dir():
        yield from _maildirs(path)
        return
    with path.open("rb") as file:
        yield from _mbox(file, clean_line(str(path), 1000))


def streamed(file: BinaryIO, head: bytes, place: str) -> Iterator[Source | InputError]:
    """The mails of an mbox as they come, after its beginning, which has been read."""
    return _mbox(file, place, head)


def _maildirs(path: Path) -> Iterator[Source | InputError]:
    for folder, names, _files in os.walk(path):
        names.sort()
        if _is_maildir(Path(folder)):
            names[:] = [name for name in names if name not in (*_MAILS, "tmp")]
            for part in _MAILS:
                yield from _mails(Path(folder, part))


def _is_maildir(path: Path) -> bool:
    return all((path / name).is_dir() for name in _MAILS)


def _mails(folder: Path) -> Iterator[Source | InputError]:
    """The files of a folder, each of which is a mail."""
    for name in sorted(os.listdir(folder)):
        path = folder / name
        place = clean_line(str(path), 1000)
        try:
            if name.startswith(".") or not path.is_file():
                continue
            with path.open("rb") as file:
                data = file.read(SIZE_LIMIT + 1)
        except OSError as error:
            yield InputError(place, f"cannot be read ({error.strerror or error})")
        else:
            yield _mail(place, name, data)


def _mbox(file: BinaryIO, place: str, head: bytes = b"") -> Iterator[Source | InputError]:
    """The mails of an mbox, split where a blank line, a separator and a header follow each other.

    Forms mboxo and mboxrd: a line of a mail that began with `From ` begins with `>From `.
    """
    for number, data in enumerate(_split(file, head), start=1):
        name = f"message {number}"
        yield _mail(f"{place}, {name}", f"{name}.eml", _QUOTED.sub(rb"\1", data))


def _split(file: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The mails of an mbox; of one over the limit, as much as shows that it is."""
    buffer = bytearray(b"\n\n" + head)
    searched = 0
    more = True
    while more:
        chunk = file.read(_CHUNK)
        more = bool(chunk)
        buffer += chunk
        while (found := _separator(buffer, searched)) is not None:
            start, end = found
            if mail := bytes(buffer[:start]).strip(b"\r\n"):
                yield mail
            del buffer[:end]
            searched = 0
        if len(buffer) > SIZE_LIMIT + _CHUNK:
            del buffer[SIZE_LIMIT + 1 : -_LINE]
        searched = max(len(buffer) - _LINE, 0)
    if mail := bytes(buffer).strip(b"\r\n"):
        yield mail


def _separator(buffer: bytearray, at: int) -> tuple[int, int] | None:
    """Where the next line in front of a mail begins and ends, from an offset on."""
    while (at := buffer.find(b"\nFrom ", at)) >= 0:
        above = bytes(buffer[max(at - 2, 0) : at + 1])
        if above.endswith((b"\n\n", b"\n\r\n")) and (match := _SEPARATOR.match(buffer, at + 1)):
            return match.span()
        at += 1
    return None


def _mail(place: str, name: str, data: bytes) -> Source | InputError:
    if len(data) > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024 // 1024
        return InputError(place, f"is too large (over {limit} MB); save its text as a file")
    return Source(place, clean_line(name), data, format="mail", within=place, among_mail=True)
