"""Entity files as TOML tables, each with the file and the line where it stands.

A file is untrusted: too large a one, and what would keep the parser busy, is refused.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chinai_tui.errors import CatalogueError
from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 5_000_000
"""Bytes of the largest file that is read."""
_DOTS_LIMIT = 100
"""Dots in a line: tomllib takes seconds and gigabytes for a dotted key of many parts."""

TABLES = {"entity": "id", "alias": "entity", "not": "entity", "claim": "subject"}
"""The tables that a file may have, each with the key that says what it is about."""
CHECKED = "checked"
"""The one key outside of tables: the day to which the claims of a file were checked."""

_ERROR_LINE = re.compile(r"\(at line (\d+),")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands, for messages."""

    file: str
    line: int
    owner: str

    def error(self, key: str, reason: str) -> CatalogueError:
        """The fault of a key of the table; of the table itself for an empty one."""
        return CatalogueError(self.file, self.line, f"{self.owner}.{key}".strip("."), reason)


Row = tuple[object, Place]
"""A table as it was parsed, of whatever type, and its place."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What stands in one file."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    """The tables by their name, in the order of the file; a name of `TABLES` is always there."""
    checked: object = ""
    place: Place = Place("", 1, "")
    """The place of the file itself."""
    unknown: tuple[str, ...] = ()
    """Top-level keys that mean nothing."""


def read(path: Path) -> bytes:
    """The bytes of an entity file; raises CatalogueError if it cannot be read or is too large."""
    file = clean_line(str(path))
    try:
        if not path.is_file():
            raise CatalogueError(file, 1, "file", "not a file")
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise CatalogueError(file, 1, "file", error.strerror or "cannot be read") from None
    _check_size(data, file)
    return data


def parse(data: bytes, path: Path) -> Tables:
    """The tables in the bytes of a file; CatalogueError where they are too many or not TOML."""
    file = clean_line(str(path))
    _check_size(data, file)
    source = _decoded(data, file)
    parsed = _parsed(source, file)
    return Tables(
        rows={name: _rows(parsed, name, key, source, file) for name, key in TABLES.items()},
        checked=parsed.get(CHECKED, ""),
        place=Place(file, _line_of(source, CHECKED), ""),
        unknown=tuple(sorted(parsed.keys() - TABLES.keys() - {CHECKED})),
    )


def _check_size(data: bytes, file: str) -> None:
    if len(data) > SIZE_LIMIT:
        raise CatalogueError(file, 1, "file", f"larger than {SIZE_LIMIT:,} bytes")


def _decoded(data: bytes, file: str) -> str:
    try:
        source = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(file, line, "file", "not UTF-8") from None
    for number, line_text in enumerate(source.split("\n"), 1):
        if line_text.count(".") > _DOTS_LIMIT:
            raise CatalogueError(file, number, "file", f"more than {_DOTS_LIMIT} dots in a line")
    return source


def _parsed(source: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise CatalogueError(file, 1, "file", "tables or lists nested too deeply") from None
    except ValueError as error:
        where = _ERROR_LINE.search(str(error))
        line = int(where[1]) if where else source.count("\n") + 1
        raise CatalogueError(file, line, "file", clean_line(str(error))) from None


def _rows(data: dict[str, Any], name: str, key: str, source: str, file: str) -> list[Row]:
    """The tables of one name, each with its place: the line of its `key`."""
    tables = data.get(name, [])
    if not isinstance(tables, list):
        raise CatalogueError(file, 1, name, f"write [[{name}]], not [{name}]")
    lines = _lines(source, name, key)
    if len(lines) != len(tables):
        lines = [1] * len(tables)
    placed: list[Row] = []
    for number, (table, line) in enumerate(zip(tables, lines, strict=True), 1):
        label = table.get(key) if isinstance(table, dict) else ""
        owner = clean_line(label, 80) if isinstance(label, str) else ""
        placed.append((table, Place(file, line, f"{name} {owner or number}")))
    return placed


def _lines(source: str, name: str, key: str) -> list[int]:
    """The line of the key in each table of that name, of the header where the key is missing."""
    ends = [match.start() for match in re.finditer("\n", source)]
    headers = list(re.finditer(r"^[ \t]*\[.*", source, re.MULTILINE))
    limits = [header.start() for header in headers[1:]] + [len(source)]
    wanted = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
    assignment = re.compile(rf"^[ \t]*{key}[ \t]*=", re.MULTILINE)
    lines = []
    for header, limit in zip(headers, limits, strict=False):
        if wanted.match(header[0]):
            found = assignment.search(source, header.end(), limit) or header
            lines.append(bisect_right(ends, found.start()) + 1)
    return lines


def _line_of(source: str, key: str) -> int:
    """The first line that gives a key."""
    found = re.search(rf"^[ \t]*{key}[ \t]*=", source, re.MULTILINE)
    return source.count("\n", 0, found.start()) + 1 if found else 1
