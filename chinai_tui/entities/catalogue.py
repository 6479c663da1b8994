"""Reads the catalogue of entities from TOML files and checks it as a whole.

A file has `[[entity]]` tables and `[[claim]]` tables; their keys are the fields of `Entity` and
`Claim`. An alias is a string, or a table with the fields of `Alias`. Faults are told with file,
line and key, so that they can be mended by hand.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from chinai_tui.domain.document import is_han
from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.issue import ISSUE_ID
from chinai_tui.errors import CatalogueError
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SIZE_LIMIT = 5_000_000
"""Bytes of the largest file that is read."""
_DOTS_LIMIT = 100
"""Dots in a line: tomllib takes seconds and gigabytes for a dotted key of many parts."""
_TEXT_LIMIT = 2000
"""Characters of the longest string that is kept."""

_ERROR_LINE = re.compile(r"\(at line (\d+),")
_KEY = re.compile(r" - at `\$\.?(.*)`$")
_VOWELS = re.compile("[aeiou]+")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entities by id, and all claims in the order of the files."""

    entities: Mapping[str, Entity]
    claims: tuple[Claim, ...]


class _AliasRow(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    case: bool = False
    needs: tuple[str, ...] = ()
    search_only: bool = False


class _EntityRow(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    kind: EntityKind
    name: str
    han: str = ""
    hant: str = ""
    pinyin: str = ""
    aliases: tuple[Any, ...] = ()
    parent: str = ""
    city: str = ""
    homepage: str = ""
    note: str = ""
    case: bool = False
    needs: tuple[str, ...] = ()
    checked: str = ""


class _ClaimRow(msgspec.Struct, forbid_unknown_fields=True):
    subject: str
    relation: str
    object: str = ""
    value: str = ""
    text: str = ""
    said_by: str = ""
    as_of: str = ""
    until: str = ""
    status: ClaimStatus = ClaimStatus.STATED
    issue: str = ""
    passage: str = ""


_Row = TypeVar("_Row", _AliasRow, _EntityRow, _ClaimRow)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands, for messages."""

    file: str
    line: int
    owner: str

    def error(self, key: str, reason: str) -> CatalogueError:
        return CatalogueError(self.file, self.line, f"{self.owner}.{key}".strip("."), reason)

    def convert(self, table: object, row: type[_Row], key: str = "") -> _Row:
        """The table with its types checked, its strings cleaned."""
        try:
            result = msgspec.convert(table, row)
        except msgspec.ValidationError as error:
            reason = str(error)
            inner = _KEY.search(reason)
            path = ".".join(filter(None, (key, inner[1] if inner else "")))
            reason = clean_line(_KEY.sub("", reason))
            if "unknown field" in reason:
                reason += f"; there are {', '.join(row.__struct_fields__)}"
            raise self.error(path, reason) from None
        _clean(result)
        return result


@dataclass(slots=True)
class _Draft:
    """What was read so far, with the place of each entity and claim."""

    entities: dict[str, Entity] = field(default_factory=dict)
    places: dict[str, _Place] = field(default_factory=dict)
    claims: list[tuple[Claim, _Place]] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    """Ids of entities left out for a fault; who refers to them has none."""

    def add(self, entity: Entity, place: _Place) -> None:
        """Keep an entity; raises CatalogueError if there is one of its id."""
        if entity.id in self.entities:
            first = self.places[entity.id]
            raise place.error("id", f"given before, in {first.file}:{first.line}")
        self.entities[entity.id] = entity
        self.places[entity.id] = place

    def has(self, entity: str) -> bool:
        """Whether there is such an entity, faulty or not."""
        return entity in self.entities or entity in self.faulty


def load(files: Iterable[Path], own: Path | None = None) -> Catalogue:
    """The catalogue in these files, checked.

    Entities of the file `own`, the user's, replace those with the same id; it may be missing.
    Raises CatalogueError for the first fault: a file that cannot be read, an unknown key, kind or
    status, a wrong type, an id of the wrong form or given twice, a name that is missing or
    belongs to two, pinyin that does not fit the characters, a parent or a party of a claim that
    does not exist, parents in a circle.
    """
    draft = _Draft()
    fault = next(_faults(files, own, draft), None)
    if fault is not None:
        raise fault
    return Catalogue(MappingProxyType(draft.entities), tuple(claim for claim, _ in draft.claims))


def problems(files: Iterable[Path], own: Path | None = None) -> list[str]:
    """All faults for which `load` would refuse these files, one line for each.

    A line reads `file:line: entity id.key: reason`. Of one table the first fault is told.
    """
    return [str(fault) for fault in _faults(files, own, _Draft())]


def _faults(files: Iterable[Path], own: Path | None, draft: _Draft) -> Iterator[CatalogueError]:
    """The faults of the files, in their order; on the way the draft is filled with the rest."""
    for path in files:
        yield from _read(path, draft)
    if own is not None and own.exists():
        additions = _Draft()
        yield from _read(own, additions)
        draft.entities |= additions.entities
        draft.places |= additions.places
        draft.claims += additions.claims
        draft.faulty |= additions.faulty
    yield from _check_parents(draft)
    yield from _check_names(draft)
    yield from _check_claims(draft)


def _read(path: Path, draft: _Draft) -> Iterator[CatalogueError]:
    file = clean_line(str(path))
    try:
        source = _source(path, file)
        data = _parsed(source, file)
        entities = _tables(data, "entity", "id", source, file)
        claims = _tables(data, "claim", "subject", source, file)
    except CatalogueError as fault:
        yield fault
        return
    for key in sorted(data.keys() - {"entity", "claim"}):
        yield CatalogueError(file, 1, clean_line(key), "unknown key; there are entity and claim")
    for table, place in entities:
        try:
            draft.add(_entity(table, place), place)
        except CatalogueError as fault:
            draft.faulty.add(place.owner.removeprefix("entity "))
            yield fault
    for table, place in claims:
        try:
            draft.claims.append((_claim(table, place), place))
        except CatalogueError as fault:
            yield fault


def _source(path: Path, file: str) -> str:
    try:
        if not path.is_file():
            raise CatalogueError(file, 1, "file", "not a file")
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise CatalogueError(file, 1, "file", error.strerror or "cannot be read") from None
    if len(data) > SIZE_LIMIT:
        raise CatalogueError(file, 1, "file", f"larger than {SIZE_LIMIT:,} bytes")
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


def _tables(
    data: dict[str, Any], name: str, key: str, source: str, file: str
) -> list[tuple[object, _Place]]:
    """The tables of one name, each with its place: the line of its `key`."""
    tables = data.get(name, [])
    if not isinstance(tables, list):
        raise CatalogueError(file, 1, name, f"write [[{name}]], not [{name}]")
    lines = _lines(source, name, key)
    if len(lines) != len(tables):
        lines = [1] * len(tables)
    placed: list[tuple[object, _Place]] = []
    for number, (table, line) in enumerate(zip(tables, lines, strict=True), 1):
        label = table.get(key) if isinstance(table, dict) else ""
        owner = clean_line(label, 80) if isinstance(label, str) else ""
        placed.append((table, _Place(file, line, f"{name} {owner or number}")))
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


def _clean(row: msgspec.Struct) -> None:
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if type(value) is str:
            setattr(row, name, clean_line(value, _TEXT_LIMIT))
        elif isinstance(value, tuple):
            parts = (clean_line(part, _TEXT_LIMIT) if type(part) is str else part for part in value)
            setattr(row, name, tuple(parts))


def _entity(table: object, place: _Place) -> Entity:
    row = place.convert(table, _EntityRow)
    if not ISSUE_ID.fullmatch(row.id):
        raise place.error("id", "must be of small letters, digits and dashes, 80 at most")
    if row.homepage and safe_url(row.homepage) != row.homepage:
        raise place.error("homepage", "not a link that can be opened")
    page = row.checked.startswith("http") and safe_url(row.checked) == row.checked
    if row.checked and not (page or ISSUE_ID.fullmatch(row.checked)):
        raise place.error("checked", "neither the address of a page nor the id of an issue")
    for key, text in (("han", row.han), ("hant", row.hant)):
        if text and not any(map(is_han, text)):
            raise place.error(key, "has no Chinese character")
    for key, text in (("name", row.name), ("han", row.han), ("hant", row.hant)):
        _check_name(text, key, place, required=key == "name")
    _check_pinyin(row, place)
    _check_needs(row.needs, "needs", place)
    aliases = tuple(
        _alias(alias, place, f"aliases[{number}]") for number, alias in enumerate(row.aliases)
    )
    values = {item.name: getattr(row, item.name) for item in fields(Entity)}
    return Entity(**{**values, "aliases": aliases})


def _alias(value: object, place: _Place, key: str) -> Alias:
    row = place.convert({"text": value} if isinstance(value, str) else value, _AliasRow, key)
    _check_name(row.text, key, place, required=True, marks=not row.search_only)
    _check_needs(row.needs, f"{key}.needs", place)
    return Alias(row.text, row.case, row.needs, row.search_only)


def _claim(table: object, place: _Place) -> Claim:
    row = place.convert(table, _ClaimRow)
    if not row.relation:
        raise place.error("relation", "missing")
    if not (row.object or row.value or row.text):
        raise place.error("object", "a claim needs an object, a value or a text")
    if row.issue and not ISSUE_ID.fullmatch(row.issue):
        raise place.error("issue", "not the id of an issue")
    return Claim(**{item.name: getattr(row, item.name) for item in fields(Claim)})


def _check_name(text: str, key: str, place: _Place, *, required: bool, marks: bool = True) -> None:
    if not any(map(str.isalnum, text)):
        if required or text:
            raise place.error(key, "empty" if not text else "has no letter")
        return
    if marks and len(text) == 1 and is_han(text):
        raise place.error(key, "one Chinese character is too little to know a name by")


def _check_pinyin(row: _EntityRow, place: _Place) -> None:
    # Each run of vowels is a syllable, since an apostrophe keeps a vowel from the one before.
    if row.pinyin and not row.han:
        raise place.error("pinyin", "of no name; give `han` too")
    if not row.pinyin or re.search("[A-Za-z]", row.han):
        return
    syllables, characters = len(_VOWELS.findall(fold(row.pinyin))), sum(map(is_han, row.han))
    if syllables != characters:
        reason = f"{syllables} syllables for {characters} characters; mind the apostrophes"
        raise place.error("pinyin", reason)


def _check_needs(words: tuple[str, ...], key: str, place: _Place) -> None:
    if not all(any(map(str.isalnum, word)) for word in words):
        raise place.error(key, "empty word")


def _check_parents(draft: _Draft) -> Iterator[CatalogueError]:
    for entity in draft.entities.values():
        place = draft.places[entity.id]
        if entity.parent and not draft.has(entity.parent):
            yield place.error(
                "parent", f"there is no entity {entity.parent}; add it or mend the id"
            )
        elif entity.id in _ancestors(entity, draft):
            yield place.error("parent", f"in a circle with {entity.parent}")


def _ancestors(entity: Entity, draft: _Draft) -> set[str]:
    ancestors: set[str] = set()
    parent = entity.parent
    while parent in draft.entities and parent not in ancestors:
        ancestors.add(parent)
        parent = draft.entities[parent].parent
    return ancestors


def _check_names(draft: _Draft) -> Iterator[CatalogueError]:
    """A name of two entities is a fault, unless both want their own capitals."""
    owners: dict[str, list[tuple[str, str, bool]]] = {}
    for entity in draft.entities.values():
        for key, text, case in _marking_names(entity):
            bearers = owners.setdefault(fold(text), [])
            for other, spelling, other_case in bearers:
                if other != entity.id and not (case and other_case and spelling != text):
                    reason = f"“{text}” is a name of {other} too; take it from one of them"
                    yield draft.places[entity.id].error(key, reason)
            bearers.append((entity.id, text, case))


def _marking_names(entity: Entity) -> Iterator[tuple[str, str, bool]]:
    """Key, spelling and case flag of each name that marks text."""
    yield "name", entity.name, entity.case
    if entity.han:
        yield "han", entity.han, False
    if entity.hant:
        yield "hant", entity.hant, False
    for number, alias in enumerate(entity.aliases):
        if not alias.search_only:
            yield f"aliases[{number}]", alias.text, alias.case


def _check_claims(draft: _Draft) -> Iterator[CatalogueError]:
    for claim, place in draft.claims:
        if not claim.subject:
            yield place.error("subject", "missing")
        for key, party in (("subject", claim.subject), ("object", claim.object)):
            if party and not draft.has(party):
                yield place.error(key, f"there is no entity {party}; add it or mend the id")
