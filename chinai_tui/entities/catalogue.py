"""Reads the catalogue of entities from TOML files and checks it as a whole.

A file has `[[entity]]` and `[[claim]]` tables, whose keys are the fields of `Entity` and `Claim`;
`[[alias]]` tables, which add a name to an entity; and `[[not]]` tables, which say where words do
not mean one. An alias within an entity is a string, or a table with the fields of `Alias`. Faults
are told with file, line and key, so that they can be mended by hand.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from chinai_tui.entities import drafting, tables
from chinai_tui.entities.checks import Draft, check
from chinai_tui.entities.tables import Place, Tables
from chinai_tui.errors import CatalogueError
from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chinai_tui.domain.entity import Claim, Entity, Exclusion

_ADDITION = Path("addition")
"""What tables go by that are not in a file yet."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entities by id, and all claims and exclusions in the order of the files."""

    entities: Mapping[str, Entity]
    claims: tuple[Claim, ...]
    exclusions: tuple[Exclusion, ...] = ()
    checked: str = ""
    """The latest day to which the claims of a file were checked, YYYY-MM-DD; empty if none says."""


def load(files: Iterable[Path], own: Path | None = None) -> Catalogue:
    """The catalogue in these files, checked.

    `own` is the user's file, which may be missing. An entity there that has the id of one in the
    other files replaces only the keys that it gives, or switches it off with `off = true`.
    Raises CatalogueError for the first fault: a file that cannot be read, an unknown key, kind or
    status, a wrong type or date, an id of the wrong form or given twice, a name that is missing or
    means two, pinyin that does not fit the characters, a parent, a party of a claim or the
    owner of a name that does not exist, parents in a circle.
    """
    draft = Draft()
    for fault in _faults(files, own, draft):
        raise fault
    return Catalogue(
        MappingProxyType(draft.entities),
        tuple(claim for claim, _ in draft.claims),
        tuple(exclusion for exclusion, _ in draft.exclusions),
        draft.checked,
    )


def problems(files: Iterable[Path], own: Path | None = None) -> list[str]:
    """All faults for which `load` would refuse these files, one line for each.

    A line reads `file:line: entity id.key: reason`. Of one table the first fault is told.
    """
    return [str(fault) for fault in _faults(files, own, Draft())]


def fault_of(data: bytes, files: Iterable[Path], own: Path) -> CatalogueError | None:
    """The first fault there would be if the user's file held these bytes."""
    return next(_faults(files, own, Draft(), data), None)


def problem_of(
    addition: str, entities: Mapping[str, Entity], exclusions: Iterable[Exclusion] = ()
) -> str:
    """Why tables cannot be added to a catalogue of these entities; empty if they can.

    Takes milliseconds, since no file is read: what the files hold beside is not looked at.
    """
    draft = Draft(dict(entities), own=str(_ADDITION))
    draft.places |= dict.fromkeys(entities, Place("", 1, ""))
    draft.exclusions += [(each, Place("", 1, "")) for each in exclusions]
    try:
        found = tables.parse(addition.encode("utf-8", "replace"), _ADDITION)
    except CatalogueError as fault:
        return fault.reason
    faults = [*_take(found, draft), *check(draft)]
    return faults[0].reason if faults else ""


def ids_in(path: Path) -> set[str]:
    """The ids that a file names, whatever else is wrong with it; none if it cannot be read."""
    try:
        rows = tables.parse(tables.read(path), path).rows["entity"]
    except CatalogueError:
        return set()
    return {place.owner.removeprefix("entity ") for _, place in rows}


def _faults(
    files: Iterable[Path], own: Path | None, draft: Draft, data: bytes | None = None
) -> Iterator[CatalogueError]:
    """The faults of the files, in their order; on the way the draft is filled with the rest.

    With `data` the user's file is read as if it held these bytes.
    """
    for path in files:
        yield from _read(path, draft)
    if own is not None and (data is not None or os.path.lexists(own)):
        draft.own = clean_line(str(own))
        yield from _read(own, draft, data)
    yield from check(draft)


def _read(path: Path, draft: Draft, data: bytes | None = None) -> Iterator[CatalogueError]:
    try:
        found = tables.parse(tables.read(path) if data is None else data, path)
    except CatalogueError as fault:
        yield fault
        return
    yield from _take(found, draft)


def _take(found: Tables, draft: Draft) -> Iterator[CatalogueError]:
    """Put what stands in a file into the draft; yields what is wrong with its tables."""
    for key in found.unknown:
        known = ", ".join((*tables.TABLES, tables.CHECKED))
        place = Place(found.place.file, 1, clean_line(key))
        yield place.error("", f"unknown key; there are {known}")
    try:
        draft.checked = max(draft.checked, drafting.day(found.checked, found.place))
    except CatalogueError as fault:
        yield fault
    for table, place in found.rows["entity"]:
        try:
            draft.add(table, place)
        except CatalogueError as fault:
            draft.faulty.add(place.owner.removeprefix("entity "))
            yield fault
    for name, keep in (
        ("alias", draft.add_alias),
        ("not", draft.add_exclusion),
        ("claim", draft.add_claim),
    ):
        for table, place in found.rows[name]:
            try:
                keep(table, place)
            except CatalogueError as fault:
                yield fault
