"""Zip archives, whose members are read by name and never written to disk.

The archive that Substack gives to the owner of a publication is known by its `posts.csv`: a row a
post, `post_id` being the name of its page below `posts/`. Columns are found by their names, since
their number differs. Of what else such an archive holds, the lists of subscribers among it,
nothing is read.
"""

from __future__ import annotations

import csv
import html
import io
import struct
import zlib
from collections.abc import Container, Iterator, Mapping
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import UNTOLD, Skipped, Source, has_page, is_part, pages_of
from chinai_tui.text.sanitise import clean_line

MEMBERS = 100_000
"""The most members an archive may have."""
TOTAL = 4 * 1024 * 1024 * 1024
"""Bytes that all members together may come to."""

_RATIO = 200
"""How many times its compressed size a member may have; text comes to a tenth of that."""
_RATIO_FROM = 1024 * 1024
"""Bytes up to which the ratio of a member does not matter."""
_DAMAGE = (
    BadZipFile, OSError, ValueError, EOFError, RuntimeError, MemoryError, struct.error, zlib.error,
    LZMAError,
)  # fmt: skip
"""What the ways of compression raise: by damage, by a password, by a method that is not known."""
_POSTS = "posts.csv"
_UNPUBLISHED = "is a draft that was not published"
_WITHOUT_PAGE = "has no page in the archive"


def members(
    file: Path | IO[bytes], place: str, limit: int
) -> Iterator[Source | InputError | Skipped]:
    """The texts of a zip archive, one at a time, in the order of their names.

    A member that cannot be read is named, and the rest goes on. `limit` is the size in bytes of
    the largest that is read. Raises `InputError` where the archive as a whole cannot be.
    """
    try:
        with ZipFile(file) as archive:
            found = checked(archive, place)
            posts = next((name for name in found if PurePosixPath(name).name == _POSTS), "")
            if posts and len(PurePosixPath(posts).parts) <= 2:
                yield from _Export(archive, found, posts, place, limit).posts()
                return
            for info in _without_parts(found):
                yield read_member(archive, info, place, limit)
    except _DAMAGE as error:
        raise InputError(
            place, f"is a damaged zip archive ({clean_line(str(error), 100)})"
        ) from error


def checked(archive: ZipFile, place: str) -> dict[str, ZipInfo]:
    """The members that may be read, by name and in its order, folders and hidden files apart."""
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise InputError(place, f"has {len(infos):,} members, at most {MEMBERS:,} are read")
    if sum(info.file_size for info in infos) > TOTAL:
        raise InputError(place, f"unpacks to more than {TOTAL / 2**30:.0f} GB; import its parts")
    named = (info for info in infos if info.filename and not info.is_dir())
    found = sorted(named, key=lambda info: info.filename)
    seen = {info.filename: info for info in found if not _is_hidden(info.filename)}
    return {name: info for name, info in seen.items() if not _is_of_page(name, seen)}


def _is_hidden(name: str) -> bool:
    parts = (part for part in PurePosixPath(name).parts if part != "..")
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _is_of_page(name: str, names: Container[str]) -> bool:
    """Whether a member is in the folder that a browser saves beside a page."""
    folders = (str(folder) for folder in PurePosixPath(name).parents)
    pages = (page for folder in folders for page in pages_of(folder))
    return any(page in names for page in pages)


def _without_parts(found: Mapping[str, ZipInfo]) -> Iterator[ZipInfo]:
    """The members without the pictures and styles beside or below a page."""
    paged = {PurePosixPath(name).parent for name in found if has_page([name])}
    for name, info in found.items():
        if not is_part(name) or paged.isdisjoint(PurePosixPath(name).parents):
            yield info


def read_member(
    archive: ZipFile, info: ZipInfo, archive_place: str, limit: int, told: Metadata = UNTOLD
) -> Source | InputError:
    """A member, unless it is larger than it may be, encrypted or damaged."""
    place = clean_line(f"{archive_place}, {info.filename}", 1000)
    if info.flag_bits & 1:
        return InputError(place, "is encrypted; unpack it and import the file")
    if info.file_size > limit:
        return InputError(place, f"is too large ({info.file_size / 2**20:.0f} MB)")
    if info.file_size > max(_RATIO_FROM, _RATIO * info.compress_size):
        return InputError(place, "unpacks to far more than any text does")
    try:
        with archive.open(info) as member:
            data = member.read(limit + 1)
    except _DAMAGE as error:
        return InputError(place, f"is damaged ({clean_line(str(error), 100)})")
    if len(data) > limit:
        return InputError(place, "is larger than it says")
    return Source(
        place, clean_line(PurePosixPath(info.filename).name, 300), data, told, within=archive_place
    )


class _Export:
    """The archive that the owner of a publication on Substack gets of it."""

    def __init__(
        self, archive: ZipFile, found: Mapping[str, ZipInfo], posts: str, place: str, limit: int
    ) -> None:
        self._archive = archive
        self._found = found
        self._posts = posts
        self._place = place
        self._limit = limit

    def posts(self) -> Iterator[Source | InputError | Skipped]:
        """The posts, in the order of the list."""
        table = read_member(self._archive, self._found[self._posts], self._place, self._limit)
        if isinstance(table, InputError):
            yield table
            return
        rows = csv.DictReader(io.StringIO(table.data.decode("utf-8-sig", "replace"), newline=""))
        try:
            for row in rows:
                yield self._post(
                    {key: value for key, value in row.items() if _are_words(key, value)}
                )
        except csv.Error as error:
            yield InputError(table.place, f"is damaged in line {rows.line_num} ({error})")

    def _post(self, row: Mapping[str, str]) -> Source | InputError | Skipped:
        id_ = row.get("post_id", "").strip()
        name = str(PurePosixPath(self._posts).parent / "posts" / f"{id_}.html")
        if row.get("is_published", "true").strip().lower() != "true":
            return Skipped(clean_line(f"{self._place}, {name}", 1000), _UNPUBLISHED)
        info = self._found.get(name)
        if info is None:
            return Skipped(clean_line(f"{self._place}, {name}", 1000), _WITHOUT_PAGE)
        return read_member(self._archive, info, self._place, self._limit, _told(row, id_))


def _are_words(key: object, value: object) -> bool:
    """Whether a cell stands in a column; cells beyond the last one, and missing ones, do not."""
    return isinstance(key, str) and isinstance(value, str)


def _told(row: Mapping[str, str], id_: str) -> Metadata:
    """What the list says of a post; words may be escaped as in HTML."""
    date = read_stamp(row.get("post_date", ""))
    number = id_.partition(".")[0]
    return Metadata(
        title=html.unescape(row.get("title", "")).strip(),
        subtitle=html.unescape(row.get("subtitle", "")).strip(),
        date=date,
        date_source=DateSource.FEED if date else DateSource.NONE,
        post_id=number if number.isdecimal() else "",
        audio=clean_url(row.get("podcast_url", "")),
    )
