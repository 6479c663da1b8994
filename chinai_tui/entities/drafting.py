"""Turns the tables of an entity file into entities, names, exclusions and claims.

Types, unknown keys and the form of each value are checked here; what concerns several tables is
checked once all files are read.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import msgspec

from chinai_tui.domain.document import is_han
from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind, Exclusion
from chinai_tui.domain.issue import ISSUE_ID
from chinai_tui.entities.tables import Place
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line, safe_url

_TEXT_LIMIT = 2000
"""Characters of the longest string that is kept."""

_KEY = re.compile(r" - at `\$\.?(.*)`$")
_VOWELS = re.compile("[aeiou]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class _AliasRow(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    case: bool = False
    needs: tuple[str, ...] = ()
    search_only: bool = False


class _NameRow(_AliasRow, forbid_unknown_fields=True, kw_only=True):
    entity: str


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
    off: bool = False


class _ExclusionRow(msgspec.Struct, forbid_unknown_fields=True):
    entity: str
    text: str
    issue: str = ""
    before: str = ""
    after: str = ""


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
    words: str = ""
    url: str = ""


_Row = TypeVar("_Row", bound=msgspec.Struct)


def switched_off(table: object, place: Place) -> str | None:
    """The id of the entity that an `[[entity]]` table switches off, if it does.

    Raises CatalogueError for an unknown key; the other keys are not looked at.
    """
    if not isinstance(table, dict) or table.get("off") is not True:
        return None
    kept = {key: value for key, value in table.items() if key == "id"}
    known = _EntityRow.__struct_fields__
    for key in table.keys() - set(known):
        kept[key] = table[key]
    return _convert({"kind": EntityKind.COMPANY, "name": "off", **kept}, _EntityRow, place).id


def entity(table: object, place: Place) -> Entity:
    """The entity of an `[[entity]]` table; raises CatalogueError."""
    row = _convert(table, _EntityRow, place)
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
        _inner_alias(each, place, f"aliases[{number}]") for number, each in enumerate(row.aliases)
    )
    values = {item.name: getattr(row, item.name) for item in fields(Entity)}
    return Entity(**{**values, "aliases": aliases})


def alias(table: object, place: Place) -> tuple[str, Alias]:
    """The entity and the name of an `[[alias]]` table; raises CatalogueError."""
    row = _convert(table, _NameRow, place)
    return row.entity, _alias(row, place, "text", "needs")


def exclusion(table: object, place: Place) -> Exclusion:
    """The exclusion of a `[[not]]` table; raises CatalogueError."""
    row = _convert(table, _ExclusionRow, place)
    if not any(map(str.isalnum, row.text)):
        raise place.error("text", "has no letter" if row.text else "empty")
    _check_issue(row.issue, place)
    return Exclusion(row.entity, row.text, row.issue, row.before, row.after)


def claim(table: object, place: Place) -> Claim:
    """The claim of a `[[claim]]` table; raises CatalogueError."""
    row = _convert(table, _ClaimRow, place)
    if not row.relation:
        raise place.error("relation", "missing")
    if not (row.object or row.value or row.text):
        raise place.error("object", "a claim needs an object, a value or a text")
    for key, text in (("as_of", row.as_of), ("until", row.until)):
        if text and not _DATE.fullmatch(text):
            raise place.error(key, "not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    if row.url and safe_url(row.url) != row.url:
        raise place.error("url", "not a link that can be opened")
    _check_issue(row.issue, place)
    return Claim(**{item.name: getattr(row, item.name) for item in fields(Claim)})


def day(value: object, place: Place) -> str:
    """The day that a file was checked, YYYY-MM-DD; raises CatalogueError."""
    if value == "":
        return ""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise place.error("checked", 'not a day; write it as "YYYY-MM-DD", in quotation marks')


def _convert(table: object, row: type[_Row], place: Place, key: str = "") -> _Row:
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
        raise place.error(path, reason) from None
    _clean(result)
    return result


def _clean(row: msgspec.Struct) -> None:
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if type(value) is str:
            setattr(row, name, clean_line(value, _TEXT_LIMIT))
        elif isinstance(value, tuple):
            parts = (clean_line(part, _TEXT_LIMIT) if type(part) is str else part for part in value)
            setattr(row, name, tuple(parts))


def _inner_alias(value: object, place: Place, key: str) -> Alias:
    table = {"text": value} if isinstance(value, str) else value
    return _alias(_convert(table, _AliasRow, place, key), place, key, f"{key}.needs")


def _alias(row: _AliasRow, place: Place, key: str, needs: str) -> Alias:
    _check_name(row.text, key, place, required=True, marks=not row.search_only)
    _check_needs(row.needs, needs, place)
    return Alias(row.text, row.case, row.needs, row.search_only)


def _check_issue(issue: str, place: Place) -> None:
    if issue and not ISSUE_ID.fullmatch(issue):
        raise place.error("issue", "not the id of an issue")


def _check_name(text: str, key: str, place: Place, *, required: bool, marks: bool = True) -> None:
    if not any(map(str.isalnum, text)):
        if required or text:
            raise place.error(key, "empty" if not text else "has no letter")
        return
    if marks and len(text) == 1 and is_han(text):
        raise place.error(key, "one Chinese character is too little to know a name by")


def _check_pinyin(row: _EntityRow, place: Place) -> None:
    # Each run of vowels is a syllable, since an apostrophe keeps a vowel from the one before.
    if row.pinyin and not row.han:
        raise place.error("pinyin", "of no name; give `han` too")
    if not row.pinyin or re.search("[A-Za-z]", row.han):
        return
    syllables, characters = len(_VOWELS.findall(fold(row.pinyin))), sum(map(is_han, row.han))
    if syllables != characters:
        reason = f"{syllables} syllables for {characters} characters; mind the apostrophes"
        raise place.error("pinyin", reason)


def _check_needs(words: tuple[str, ...], key: str, place: Place) -> None:
    if not all(any(map(str.isalnum, word)) for word in words):
        raise place.error(key, "empty word")
