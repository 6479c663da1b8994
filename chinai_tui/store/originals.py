"""The bytes that documents were read from, so that a better reader can read them again."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterable
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

    def checksums(self) -> set[str]:
        """The SHA-256 of all that is kept, by the names of the files alone."""
        try:
            names = os.listdir(self._folder)
        except OSError:
            return set()
        return {name.partition(".")[0] for name in names if name.endswith(".gz")}

    def get(self, checksum: str) -> bytes:
        """The bytes with that SHA-256.

        Raises DamagedError where they are missing or others, and StoreError.
        """
        if not _CHECKSUM.fullmatch(checksum):
            raise StoreError(f"{checksum!r} is not a checksum")
        reason = "it is missing"
        for path in sorted(self._folder.glob(f"{checksum}.*.gz")):
            try:
                data = gzip.decompress(files.read(path)[0])
            except (OSError, EOFError, zlib.error) as error:
                reason = str(error)
                continue
            if hashlib.sha256(data).hexdigest() == checksum:
                return data
            reason = "it holds other bytes"
        raise DamagedError(f"{self._folder / checksum}: {reason}")
