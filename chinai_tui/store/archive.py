"""A backup: the user's files in one zip, with a manifest that vouches for each of them.

The manifest is written last, so that a zip that has one is whole. Everything is checked before
anything of it is used: the zip may come from anywhere.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

import msgspec

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import ISSUE_ID
from chinai_tui.errors import DamagedError, InputError, NewerError, StoreError
from chinai_tui.store import RECORD_FILES, files

SETTINGS, ENTITIES = "config.toml", "entities.toml"
"""The members that are not of the data folder."""
REMEDY = "choose another place"

_FORMAT = "chinai/backup"
_VERSION = 1
_MANIFEST = "manifest.json"
_MANIFEST_LIMIT = 100_000_000
_MOST_RATIO = 100
"""How many times as large as the zip its contents may be; ours are at most 30 times."""
_ALLOWANCE = 10_000_000
"""Bytes that contents may have whatever the size of the zip."""
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_COPIED_AT_ONCE = 256
_NAME = re.compile(
    "|".join(
        (
            *map(re.escape, (*RECORD_FILES, SETTINGS, ENTITIES)),
            rf"documents/{ISSUE_ID.pattern}/(?:{'|'.join(DocumentRole)})-[0-9a-f]{{64}}\.json",
            r"originals/[0-9a-f]{64}\.[a-z0-9]{1,8}\.gz",
        )
    )
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What `zipfile` raises for a zip that is damaged, encrypted or packed in another way."""


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself."""

    format: str
    version: int
    made: str = ""
    """When, ISO 8601 in UTC."""
    members: dict[str, Member] = field(default_factory=dict)


def write(target: Path, members: Iterable[tuple[str, bytes]], made: str) -> Manifest:
    """Write a backup durably, the members in the order they come; raises StoreError.

    What stands at the target is replaced when everything is on disk, and not before.
    """
    told: dict[str, Member] = {}
    with (
        files.saving(target, REMEDY),
        files.replacing(target) as growing,
        zipfile.ZipFile(cast("IO[bytes]", growing), "w") as packed,
    ):
        for name, data in members:
            told[name] = Member(len(data), sha256(data).hexdigest())
            _pack(packed, name, data)
        manifest = Manifest(_FORMAT, _VERSION, made, told)
        _pack(packed, _MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


def _pack(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
    info.external_attr = files.FILE_MODE << 16
    packed.writestr(info, data)


def unpack(source: Path, folder: Path) -> Manifest:
    """Check a backup and lay its files out in a folder, the settings beside the data.

    Raises:
        InputError: It is no backup.
        NewerError: A newer version wrote it.
        DamagedError: It is not as it was written.
        StoreError: It cannot be read, or the files cannot be written.
    """
    if not source.is_file():
        raise InputError(str(source), "is no file; name a backup that `chinai backup` wrote")
    try:
        with zipfile.ZipFile(source) as packed:
            _check_members(packed, source)
            manifest = _manifest(packed, source)
            for name, told in manifest.members.items():
                data = _read(packed, name, told.size)
                if len(data) != told.size or sha256(data).hexdigest() != told.sha256:
                    raise zipfile.BadZipFile(f"{name} is not as it was written")
                _lay_out(folder / name, data)
    except _BROKEN as error:
        raise DamagedError(f"{source}: is a damaged zip or none ({error}); take another") from error
    except OSError as error:
        raise StoreError(f"{source} cannot be unpacked: {error.strerror or error}") from error
    return manifest


def _manifest(packed: zipfile.ZipFile, source: Path) -> Manifest:
    """What the zip says about itself, if it holds just that."""
    foreign = InputError(str(source), "is no backup of chinai; nothing was restored")
    names = packed.namelist()
    if _MANIFEST not in names:
        raise foreign
    try:
        manifest = msgspec.json.decode(_read(packed, _MANIFEST, _MANIFEST_LIMIT), type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        raise foreign from error
    if manifest.format != _FORMAT:
        raise foreign
    if manifest.version > _VERSION:
        raise NewerError(f"{source}: a newer version of chinai wrote it; update this one first")
    if sorted(names) != sorted((*manifest.members, _MANIFEST)):
        raise zipfile.BadZipFile("it does not hold what it says")
    if strange := next((name for name in manifest.members if not _NAME.fullmatch(name)), ""):
        raise zipfile.BadZipFile(f"{strange[:100]!r} is no file of a library")
    return manifest


def _check_members(packed: zipfile.ZipFile, source: Path) -> None:
    """Refuse what is packed as no backup is, or would become far larger than one ever is."""
    members = packed.infolist()
    if any(each.compress_type not in _PACKED_AS for each in members):
        raise zipfile.BadZipFile("it is packed in another way")
    size = source.stat().st_size
    if sum(each.file_size for each in members) > _MOST_RATIO * size + _ALLOWANCE:
        raise zipfile.BadZipFile("it would be more than a hundred times as large unpacked")


def _read(packed: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The bytes of a member, of one that is larger one more than it may have."""
    with packed.open(name) as member:
        return member.read(max(0, size) + 1)


def _lay_out(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=files.FOLDER_MODE)
    path.write_bytes(data)


def copy(names: Iterable[str], source: Path, target: Path) -> None:
    """Copy files of one data folder to another, durably; what is there to the byte is left.

    Raises:
        StoreError: One cannot be read or written.
    """
    with files.saving(target, REMEDY):
        batch: dict[Path, bytes] = {}
        for name in names:
            data = files.read(source / name)[0]
            if not files.holds(target / name, data):
                batch[target / name] = data
            if len(batch) >= _COPIED_AT_ONCE:
                files.replace_many(batch.items())
                batch = {}
        files.replace_many(batch.items())
