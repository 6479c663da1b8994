"""The user's entity file as the program writes it: lines are added and taken out, nothing else.

It is the user's own, so every other byte stays, and a file with a fault is left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from chinai_tui.errors import CatalogueError, OutdatedError
from chinai_tui.store import files
from chinai_tui.workspace import bundled

if TYPE_CHECKING:
    from pathlib import Path

LOCK_SECONDS = 10.0
"""How long a write waits for another program's."""
_REMEDY = "nothing was written, try again"
_HEADER = re.compile(rb"\[\[?\s*[\w-]+\s*\]")


class OwnEntities:
    """The file at a path, which need not be there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written: bytes | None = None
        """What the file was made to hold within `changing`."""

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep other programs from writing; if the body raises, the file is what it was before.

        Raises:
            StoreError: Another program does not let go, or the file cannot be written.
            CatalogueError: The file cannot be read.
        """
        from filelock import FileLock, Timeout

        with files.saving(self.path, _REMEDY):
            files.make_folder(self.path.parent)
            lock = FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS, mode=files.FILE_MODE)
            try:
                held = lock.acquire()
            except Timeout as error:
                reason = "another program is writing to it"
                raise files.not_saved(self.path, reason, _REMEDY) from error
        with held:
            before, self._written = self._read(), None
            try:
                yield
            except BaseException:
                self._restore(before)
                raise

    def append(self, lines: str) -> str:
        """Add lines at the end; what was written, to the letter. Only within `changing`.

        Raises:
            CatalogueError: The file has a fault, or would have one; it stays as it is.
            OutdatedError: The lines stand there already.
            StoreError: It cannot be written.
        """
        data = self._read() or b""
        _, found, tail = data.replace(b"\r\n", b"\n").rpartition(lines.strip().encode("utf-8"))
        if found and tail[:1] in (b"", b"\n") and _ends_table(tail):
            raise OutdatedError(f"{self.path} not changed: these lines stand there already")
        newline = "\r\n" if b"\r\n" in data else "\n"
        text = lines.replace("\r\n", "\n").strip("\n") + "\n"
        if data:
            text = ("\n" if data.endswith(b"\n") else "\n\n") + text
        text = text.replace("\n", newline)
        self._write(data + text.encode("utf-8"))
        return text

    def remove(self, text: str) -> None:
        """Take out what `append` wrote. Only within `changing`.

        Raises:
            OutdatedError: It does not stand there any more.
            StoreError: The file cannot be written.
            CatalogueError: The file has a fault, or would have one; it stays as it is.
        """
        data = self._read() or b""
        head, found, tail = data.rpartition(text.encode("utf-8"))
        is_whole = not head or head.endswith(b"\n") or text[0] in "\r\n"
        if not found or not is_whole or not _ends_table(tail):
            reason = "these lines do not stand there any more; take out by hand what they became"
            raise OutdatedError(f"{self.path}: {reason}")
        if head and tail and not head.endswith(b"\n"):
            head += b"\r\n" if b"\r\n" in found else b"\n"
        self._write(head + tail)

    def is_sound(self) -> bool:
        """Whether the file has no fault as it is."""
        from chinai_tui.entities import catalogue

        return not catalogue.fault_of(self._read() or b"", bundled.catalogue_files(), self.path)

    def _read(self) -> bytes | None:
        """The bytes of the file; None if there is none."""
        from chinai_tui.entities import tables

        return tables.read(self.path) if os.path.lexists(self.path) else None

    def _write(self, data: bytes) -> None:
        from chinai_tui.entities import catalogue

        fault = catalogue.fault_of(data, bundled.catalogue_files(), self.path)
        if fault is not None:
            reason = f"{fault.reason}; mend that, nothing was written"
            raise CatalogueError(fault.file, fault.line, fault.key, reason)
        with files.saving(self.path, _REMEDY):
            mode = self.path.stat().st_mode & 0o777 if self.path.exists() else files.FILE_MODE
            files.replace(self.path, data)
            self._written = data
            with suppress(OSError):
                self.path.chmod(mode)

    def _restore(self, before: bytes | None) -> None:
        """Take back what was written, unless somebody has changed it since."""
        if self._written is None or not files.holds(self.path, self._written):
            return
        with files.saving(self.path, "undo what was added to it by hand"):
            if before is None:
                self.path.unlink(missing_ok=True)
            else:
                files.replace(self.path, before)


def _ends_table(tail: bytes) -> bool:
    """Whether a table ends before what follows it: at another table, or at the file's end.

    A header with a dot, as `[[entity.aliases]]`, goes on with the table before it.
    """
    lines = (line.strip() for line in tail.splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return not first or _HEADER.match(first) is not None
