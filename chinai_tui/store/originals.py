"""The bytes that documents were read from, so that a better reader can read them again."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from chinai_tui.errors import DamagedError, StoreError
from chinai_tui.store import files

_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_LEVEL = 4
"""How hard to compress: half the time of the hardest, for a few hundredths more bytes."""
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")


class OriginalStore:
    """Compressed files named by the SHA-256 of what they hold; writing needs no lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, extension: str) -> str:
        """Write bytes durably, unless they are there, and return their SHA-256.

        The extension (`html`, `md`) is for people who look into the folder. Raises StoreError.
        """
        return self.put_many([(data, extension)])[0]

    def put_many(self, items: Iterable[tuple[bytes, str]]) -> list[str]:
        """Write many durably and return their SHA-256 in order; raises StoreError."""
        checksums = []
        written = {}
        for data, extension in items:
            if not _EXTENSION.fullmatch(extension):
                raise StoreError(f"{extension!r} is not the extension of a file")
            checksum = hashlib.sha256(data).hexdigest()
            checksums.append(checksum)
            path = self._folder / f"{checksum}.{extension}.gz"
            packed = gzip.compress(data, _LEVEL, mtime=0)
            if not files.holds(path, packed):
                written[path] = packed
        with files.saving(self._folder, "import it again"):
            files.replace_many(written.items())
        return checksums

    def discard(self, checksums: Iterable[str]) -> None:
        """Take away what is kept with these SHA-256; what cannot be taken away stays."""
        kept = self.kept()
        files.remove(path for each in checksums for path in kept.get(each, ()))

    def checksums(self) -> set[str]:
        """The SHA-256 of all that is kept, by the names of the files alone."""
        return {*self.kept()}

    def kept(self) -> dict[str, list[Path]]:
        """The files of all that is kept, by the SHA-256 in their names; none is opened."""
        found: dict[str, list[Path]] = {}
        with suppress(OSError):
            for name in sorted(os.listdir(self._folder)):
                if name.endswith(".gz"):
                    found.setdefault(name.partition(".")[0], []).append(self._folder / name)
        return found

    def get(self, checksum: str) -> bytes:
        """The bytes with that SHA-256.

        Raises DamagedError where they are missing or others, and StoreError.
        """
        if not _CHECKSUM.fullmatch(checksum):
            raise StoreError(f"{checksum!r} is not a checksum")
        return _whole(checksum, sorted(self._folder.glob(f"{checksum}.*.gz")), self._folder)

    def fault(self, checksum: str, paths: Sequence[Path]) -> str:
        """What is wrong with the files that `kept` gives for a SHA-256; empty if one is whole.

        They are read whole.
        """
        try:
            _whole(checksum, paths, self._folder)
        except DamagedError as error:
            return str(error)
        return ""


def _whole(checksum: str, paths: Iterable[Path], folder: Path) -> bytes:
    """What the first of these files holds that is whole; raises DamagedError."""
    fault = f"{folder / checksum}: it is missing"
    for path in paths:
        try:
            return _unpacked(path, checksum)
        except DamagedError as error:
            fault = f"{path}: {error}"
    raise DamagedError(fault)


def _unpacked(path: Path, checksum: str) -> bytes:
    """What a file holds; raises DamagedError with the reason where that is not what it should."""
    try:
        data = gzip.decompress(files.read(path)[0])
    except EOFError as error:
        raise DamagedError("it is cut off") from error
    except (gzip.BadGzipFile, zlib.error, struct.error) as error:
        raise DamagedError("it cannot be unpacked") from error
    except OSError as error:
        raise DamagedError(f"it cannot be read: {error.strerror or error}") from error
    if hashlib.sha256(data).hexdigest() != checksum:
        raise DamagedError("it holds other bytes")
    return data
