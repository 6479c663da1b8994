"""A folder that notes are exported to: which files in it are whose, and what is written there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

from chinai_tui.domain.annotation import Annotation
from chinai_tui.errors import BrokenMarkersError
from chinai_tui.export import markers, names, profiles, side_files, w3c
from chinai_tui.export.front_matter import YAML, Head
from chinai_tui.store import files

_REMEDY = "choose another folder"
_BESIDE = " (chinai)"
ANNOTATIONS = "notes.annotations.jsonl"
"""The side file with the notes themselves."""


@dataclass(frozen=True)
class Rendered:
    """A page as it is to be written."""

    type: str
    id: str
    name: str
    """Of its file, without the ending."""
    title: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from any other page."""
        return self.type, self.id

    @cached_property
    def data(self) -> bytes:
        """Its file, where there is none yet."""
        return self.text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of pages."""

    files: tuple[Path, ...] = ()
    """Where each page is, in their order."""
    written: tuple[Path, ...] = ()
    """The files that are not what they were."""
    told: tuple[str, ...] = ()
    """What the user is to know, a line each."""


class Found:
    """A file in the folder."""

    def __init__(self, path: Path, data: bytes | None, head: Head) -> None:
        """Without data it cannot be read, or is not there yet."""
        self.path = path
        self.data = data
        self._head = head

    @property
    def name(self) -> str:
        """Its name, the same whatever the case of the letters: some systems do not tell them."""
        return self.path.name.casefold()

    @cached_property
    def fields(self) -> Mapping[str, str] | None:
        """Those at its head; None where it is no export, or its markers are broken."""
        if self.data is None:
            return None
        try:
            text = self.data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return markers.fields_of(text, self._head)

    @property
    def marks(self) -> tuple[str, ...]:
        """Those of the notes that it has, in their order."""
        return markers.marks_of((self.data or b"").decode("utf-8"), self._head)

    @property
    def profile(self) -> str:
        """The profile it is in; empty where it is no export with notes."""
        try:
            return markers.profile_of((self.data or b"").decode("utf-8"))
        except UnicodeDecodeError:
            return ""

    @property
    def key(self) -> tuple[str, str]:
        """Of which page it is; empty where it does not say so."""
        fields = self.fields or {}
        return fields.get("type", ""), fields.get("id", "")

    def belongs_to(self, page: Rendered) -> bool:
        """Whether it is the file of a page; one that is unchanged need not be taken apart."""
        return self.data == page.data or self.key == page.key


@dataclass
class ExportFolder:
    """The files of one ending in a folder, read when it is made."""

    folder: Path
    head: Head
    ending: str
    _found: dict[str, Found] = field(init=False, default_factory=dict)
    """By their names."""
    _told: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Read what is there; raises StoreError where the folder cannot be listed."""
        with files.saving(self.folder, _REMEDY):
            entries = sorted(self.folder.iterdir()) if self.folder.exists() else []
        for path in entries:
            if path.suffix == self.ending and not path.name.startswith("."):
                found = Found(path, _read(path), self.head)
                self._found[found.name] = found

    def besides(self, pages: Sequence[Rendered]) -> list[Found]:
        """The files of pages other than these."""
        by_name = {f"{page.name}{self.ending}".casefold(): page for page in pages}
        keys = {("", ""), *(page.key for page in pages)}
        others = []
        for name, found in self._found.items():
            page = by_name.get(name)
            if not (page and found.belongs_to(page)) and found.key not in keys:
                others.append(found)
        return others

    def has(self, page: Rendered) -> bool:
        """Whether there is a file of this page."""
        return self._own(page) is not None or self._file(page.name) is not None

    def save(self, pages: Sequence[Rendered]) -> Saved:
        """Write pages, each merged with the file that it has; all that changed, or an error.

        A file whose title is another now moves; one that somebody renamed stays where it is. What
        is not ours is never overwritten: the page is written beside it, and that is told.

        Raises:
            StoreError: A file cannot be written.
        """
        self._told = []
        with files.saving(self.folder, _REMEDY):
            for page in pages:
                self._move(page)
        placed = [self._place(page) for page in pages]
        together = list(zip(pages, placed, strict=True))
        changed, late = self._write_merged(together)
        again, lost = self._write_merged([each for each in together if self._is_late(*each, late)])
        for path in lost:
            self._told.append(f"{path.name} changes while it is written and stays; export again")
        written = tuple(
            path for path in changed if path not in lost and (path not in late or path in again)
        )
        paths = tuple(found.path for found in placed)
        return Saved(paths, written, tuple(self._told))

    def _write_merged(
        self, together: Iterable[tuple[Rendered, Found]]
    ) -> tuple[list[Path], list[Path]]:
        """Write pages into their files; the files that were to change, and those left.

        Left are those that are no longer as they were read.
        """
        changed, read = {}, {}
        for page, found in together:
            if found.data == page.data:
                continue
            existing = (found.data or b"").decode("utf-8")
            data = markers.merge(existing, page.text, self.head).encode("utf-8")
            if data != found.data:
                changed[found.path], read[found.path] = data, found.data
        return list(changed), self._write(changed, read)

    def _is_late(self, page: Rendered, found: Found, late: Collection[Path]) -> bool:
        """Whether a page is to be merged once more, with what its file holds by now."""
        if found.path not in late:
            return False
        now = Found(found.path, _read(found.path), self.head)
        is_own = now.fields is not None and now.key in (page.key, ("", ""))
        if is_own or not os.path.lexists(found.path):
            found.data = now.data
            return True
        self._told.append(f"{found.path.name} has become another file meanwhile and stays")
        return False

    def save_beside(self, written: Mapping[str, str], keys: Collection[str]) -> Saved:
        """Write side files, which are generated as a whole; one of somebody else stays.

        Args:
            written: their texts by their names.
            keys: all that were handed out for bibliographies, by which ours are told.

        Raises:
            StoreError: A file cannot be written.
        """
        places, told, read = {}, [], {}
        for name, text in written.items():
            path, data = self.folder / name, text.encode("utf-8")
            beside = path.with_stem(path.stem + _BESIDE)
            now = _read(path)
            ours = now == data or side_files.is_generated(name, now, keys)
            foreign = not ours and os.path.lexists(path)
            if foreign or beside.exists():
                path = beside
                told.append(f"{name} is not from an export and stays; written beside: {path.name}")
            places[path], read[path] = data, _read(path)
        changed = {path: data for path, data in places.items() if data != read[path]}
        left = self._write(changed, read)
        told += [
            f"{path.name} changes while it is written and stays; export again" for path in left
        ]
        written_now = tuple(path for path in changed if path not in left)
        return Saved(tuple(places), written_now, tuple(told))

    def _write(
        self, changed: Mapping[Path, bytes], read: Mapping[Path, bytes | None]
    ) -> list[Path]:
        """Write files that still hold what was read, or are still not there; the others."""
        if not changed:
            return []

        def may(path: Path) -> bool:
            was = read[path]
            return not os.path.lexists(path) if was is None else _read(path) == was

        with files.saving(self.folder, _REMEDY):
            self.folder.mkdir(parents=True, exist_ok=True)
            return files.replace_many(changed.items(), plain=True, may=may)

    def _file(self, name: str) -> Found | None:
        return self._found.get(f"{name}{self.ending}".casefold())

    def _own(self, page: Rendered) -> Found | None:
        """The file of a page, by what its head says; the one with the right name first."""
        right = self._file(page.name)
        if right is not None and right.belongs_to(page):
            return right
        return next((found for found in self._found.values() if found.key == page.key), None)

    def _move(self, page: Rendered) -> None:
        """Give the file of a page its name, where the page was renamed and the name is free."""
        own = self._own(page)
        if own is None or self._file(page.name) is not None:
            return
        renamed = (own.fields or {}).get("title") != page.title
        if renamed or own.path.stem.endswith(_BESIDE):
            new = self.folder / f"{page.name}{self.ending}"
            if os.path.lexists(new):
                return
            own.path.rename(new)
            self._told.append(f"{own.path.name} is now {new.name}")
            del self._found[own.name]
            own.path = new
            self._found[own.name] = own

    def _place(self, page: Rendered) -> Found:
        """The file that a page goes to; one that is new has no data yet."""
        own, right = self._own(page), self._file(page.name)
        if own is not None:
            if right is not None and right is not own and right.fields is None:
                self._told.append(self._why(right, page))
            return own
        for name in _possible(page):
            found = self._file(name)
            if found is None:
                found = Found(self.folder / f"{name}{self.ending}", None, self.head)
                found.fields = {}
                self._found[found.name] = found
            elif found.fields is None and name == page.name:
                self._told.append(self._why(found, page))
            if found.fields is not None and found.key in (page.key, ("", ""), (page.type, "")):
                found.fields = {"type": page.type, "id": page.id, "title": page.title}
                return found
        raise AssertionError("names never end")

    def _why(self, found: Found, page: Rendered) -> str:
        """Why a page is not written where it belongs, and where it is instead."""
        try:
            markers.merge((found.data or b"\xff").decode("utf-8"), page.text, self.head)
        except UnicodeDecodeError:
            reason = "it cannot be read as UTF-8; move it"
        except BrokenMarkersError as error:
            reason = str(error)
        return f"{found.path.name} stays as it is, the notes are in a file beside it: {reason}"


def exported(folder: Path) -> list[Annotation]:
    """The annotations in the side file of a folder, without lines that cannot be read."""
    found: list[Annotation] = []
    try:
        lines = (folder / ANNOTATIONS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return found
    for line in lines:
        with suppress(ValueError):
            found.append(w3c.read(line)[0])
    return found


def profiles_beside(folder: Path, done: Collection[Path]) -> set[str]:
    """The profiles of the files with notes in a folder, but for those that are done.

    Raises:
        StoreError: The folder cannot be listed.
    """
    endings = {profiles.load(name).ending for name in profiles.PROFILES}
    with files.saving(folder, _REMEDY):
        paths = set(folder.iterdir() if folder.exists() else ()) - set(done)
    found = (Found(path, _read(path), YAML) for path in paths if path.suffix in endings)
    return {each.profile for each in found} - {""}


def _read(path: Path) -> bytes | None:
    try:
        return files.read(path)[0]
    except OSError:
        return None


def _possible(page: Rendered) -> Iterable[str]:
    """Names for the file of a page, the right one first."""
    yield page.name
    yield page.name + _BESIDE
    yield names.told_apart(page.name, page.id)
    for number in count(2):
        yield f"{page.name}{_BESIDE[:-1]} {number})"
