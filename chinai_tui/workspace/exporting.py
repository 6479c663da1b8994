"""Writes notes into a folder, or as one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.entity import Entity
from chinai_tui.errors import NotFoundError
from chinai_tui.export import names, pages, profiles, w3c
from chinai_tui.export.excerpts import too_long
from chinai_tui.export.model import ExportNote, Page, Source, key_of
from chinai_tui.export.profiles.form import Profile
from chinai_tui.export.walk import Walker
from chinai_tui.text.sanitise import safe_url
from chinai_tui.text.tags import is_within, key
from chinai_tui.workspace.export_folder import (
    ANNOTATIONS,
    ExportFolder,
    Found,
    Rendered,
    Saved,
    exported,
    profiles_beside,
)
from chinai_tui.workspace.gathering import Gathering
from chinai_tui.workspace.records import ExportBy, ExportReport, ExportTarget

if TYPE_CHECKING:
    from chinai_tui.workspace.citing import Citing
    from chinai_tui.workspace.core import Core

_TYPES = {
    ExportBy.ISSUE: ("reading-note", "entity-note"),
    ExportBy.ENTITY: ("entity-notes",),
    ExportBy.TAG: ("tag-notes",),
}
"""The pages of which an export of everything writes all."""
_TAG = re.compile(r'tag:(?:[^\s"()]+|"[^"]*")')
"""A query for a tag alone, whose page is in the order made by hand."""


@dataclass(frozen=True, slots=True)
class _Content:
    """The pages of an export, and the files that links in them lead to, by the keys of pages."""

    pages: Sequence[Page]
    files: dict[tuple[str, str], str]

    @property
    def notes(self) -> list[ExportNote]:
        """The notes on the pages, each once."""
        return list({n.annotation.id: n for page in self.pages for n in page.notes}.values())


class Exporting:
    """Lays out what a target asks for, and writes it."""

    def __init__(
        self,
        core: Core,
        gathering: Gathering,
        citing: Citing,
        ordered: Callable[[str], list[Annotation]],
    ) -> None:
        """`ordered` gives the annotations of a tag in the order made by hand."""
        self._core = core
        self._gathering = gathering
        self._citing = citing
        self._ordered = ordered

    def export(self, target: ExportTarget, folder: Path) -> ExportReport:
        """Write notes into a folder: a file for each page, and the side files.

        The page of an issue, entity or tag is written if any of its notes is meant, and then with
        all of them. What stands outside the markers of a file that is there already stays, and a
        file that would be the same is not touched.

        Raises:
            NotFoundError: There is no such issue or entity.
            StoreError: A file cannot be written.
        """
        profile = profiles.load(target.profile)
        content = self._content(target, profile)
        place = ExportFolder(folder, profile.head, profile.ending)
        walker = Walker(profile, content.files)
        rendered = [_rendered(page, walker) for page in content.pages]
        emptied = _TYPES.get(target.by, ()) if _is_all(target) else ()
        others = [each for each in place.besides(rendered) if each.profile in (target.profile, "")]
        outdated = list(self._outdated(emptied, profile, others, folder))
        # Without notes there is nothing to write, unless a file still holds earlier ones.
        some = [
            page
            for page, source in zip(rendered, content.pages, strict=True)
            if source.notes or _is_linked(source, content) or place.has(page)
        ]
        done = {page.key for page in some}
        mended = self._mended(outdated, target, profile)
        some += [page for page in mended if page.key not in done]
        saved = place.save(some)
        elsewhere = list(self._mend_elsewhere(target, folder, saved.files))
        notes = content.notes
        # What was exported and has become private leaves the side files too.
        has_side_files = bool(notes) or (folder / ANNOTATIONS).exists()
        beside = Saved()
        if has_side_files:
            beside = place.save_beside(self._side_files(notes, folder), self._citing.given())
        return ExportReport(
            files=saved.files,
            notes=len(notes),
            written=tuple(path for each in (saved, *elsewhere, beside) for path in each.written),
            told=(
                *(line for each in (saved, *elsewhere, beside) for line in each.told),
                *self._left_out(target, notes),
                *too_long(notes),
            ),
        )

    def text(self, target: ExportTarget) -> tuple[str, ExportReport]:
        """The same as one text, page after page, without side files.

        Raises:
            NotFoundError: There is no such issue or entity.
            StoreError: A text cannot be read.
        """
        profile = profiles.load(target.profile)
        content = self._content(target, profile)
        notes = content.notes
        walker = Walker(profile, content.files)
        texts = [walker.render(page) for page in content.pages if page.notes]
        told = (*self._left_out(target, notes), *too_long(notes))
        return "\n".join(texts), ExportReport((), len(notes), told=told)

    def _left_out(self, target: ExportTarget, notes: Iterable[ExportNote]) -> Iterator[str]:
        """How many of the notes that are meant have no page, for want of what pages are made by."""
        count = len({each.id for each in self._wanted(target)} - {n.annotation.id for n in notes})
        want = {ExportBy.ENTITY: "a company or other entity", ExportBy.TAG: "a tag"}
        if count and target.by in want:
            of = "1 note is" if count == 1 else f"{count} notes are"
            yield f"{of} left out for want of {want[target.by]}; --by issue takes in all"

    def _content(self, target: ExportTarget, profile: Profile) -> _Content:
        match target.by:
            case ExportBy.ISSUE:
                found = list(self._by_issue(target))
            case ExportBy.ENTITY:
                found = list(self._by_entity(target))
            case ExportBy.TAG:
                found = list(self._by_tag(target))
            case ExportBy.ONE:
                wanted = self._in_order(target.tag, self._wanted(target))
                notes = self._gathering.describe(wanted, keyed=True)
                found = [pages.digest(notes, target.name, ordered=bool(target.tag))]
        return self._with_links(found, target, profile)

    def _wanted(self, target: ExportTarget) -> list[Annotation]:
        """The annotations that are meant, in the order in which they were made."""
        found = self._gathering.annotations()
        if target.issue:
            issue_id = self._core.issue(target.issue).id
            found = [each for each in found if each.issue == issue_id]
        if target.entity:
            about = {n.annotation.id for n in self._gathering.about(self._known(target.entity))}
            found = [each for each in found if each.id in about]
        if target.chosen is not None:
            found = [each for each in found if each.id in target.chosen]
        return found

    def _known(self, entity_id: str) -> str:
        if self._core.index.entity(entity_id) is None:
            raise NotFoundError(f"{entity_id}: the catalogue has no such entity")
        return entity_id

    def _in_order(self, tag: str, annotations: list[Annotation]) -> list[Annotation]:
        """Annotations in the order that those of a tag have, where they have one."""
        if not tag:
            return annotations
        found = {each.id: each for each in annotations}
        return [found[each.id] for each in self._ordered(tag) if each.id in found]

    def _by_issue(self, target: ExportTarget) -> Iterator[Page]:
        """A page for each issue, and for each entity noted by itself."""
        wanted = {(each.issue, each.entity) for each in self._wanted(target)}
        if target.issue and target.chosen is None:
            wanted.add((self._core.issue(target.issue).id, ""))
        return self._on(wanted)

    def _on(self, wanted: Collection[tuple[str, str]]) -> Iterator[Page]:
        """The pages of issues and of entities, each given as a pair of which one is empty."""
        every = self._gathering.annotations()
        together = [each for each in every if (each.issue, each.entity) in wanted]
        groups: dict[tuple[str, str], list[ExportNote]] = {each: [] for each in sorted(wanted)}
        for note in self._gathering.describe(together, keyed=True):
            groups[note.annotation.issue, note.annotation.entity].append(note)
        for (issue_id, entity_id), notes in groups.items():
            if entity_id:
                yield pages.entity_page(self._gathering.entity(entity_id), notes)
            else:
                source = notes[0].source if notes else self._gathering.source(issue_id)
                if source is not None:
                    yield pages.issue_page(source, notes)

    def _by_entity(self, target: ExportTarget) -> Iterator[Page]:
        if target.entity and target.chosen is None:
            entity = self._gathering.entity(self._known(target.entity))
            notes = self._gathering.about(entity.id)
            yield pages.entity_digest(entity, self._keyed(notes))
            return
        wanted = {each.id for each in self._wanted(target)}
        every = self._gathering.describe(self._gathering.annotations(), keyed=True)
        found: dict[str, list[ExportNote]] = {}
        meant: set[str] = set()
        for note in every:
            of = {*(each.id for each in note.mentions), note.annotation.entity} - {""}
            meant |= of if note.annotation.id in wanted else set()
            for each in of:
                found.setdefault(each, []).append(note)
        for entity_id in sorted({target.entity} if target.entity else meant):
            notes = found.get(entity_id, [])
            yield pages.entity_digest(self._gathering.entity(entity_id), notes)

    def _keyed(self, notes: Iterable[ExportNote]) -> list[ExportNote]:
        return self._gathering.describe([note.annotation for note in notes], keyed=True)

    def _by_tag(self, target: ExportTarget) -> Iterator[Page]:
        """A page for each tag of what is meant, in the order made by hand where there is one."""
        wanted = self._wanted(target)
        tags = {key(tag) for each in wanted for tag in each.tags}
        if target.tag:
            tags = {tag for tag in tags if is_within(tag, target.tag)}
        every = self._gathering.annotations()
        for tag in sorted(tags):
            of_tag = [note for note in every if tag in map(key, note.tags)]
            notes = self._gathering.describe(self._in_order(tag, of_tag), keyed=True)
            yield pages.tag_page(tag, notes)

    def _with_links(
        self, found: Sequence[Page], target: ExportTarget, profile: Profile
    ) -> _Content:
        """The pages, and those of the entities and issues that links on them lead to, and so on.

        Which names are links does not depend on what else is exported, so that a page is the same
        whatever it is written with.
        """
        noted = {(each.issue, each.entity) for each in self._gathering.annotations()}

        def has_page(to: Entity | Source) -> bool:
            """Whether there is to be a page; an issue without notes has just its address."""
            is_own = target.by is ExportBy.ISSUE and _pair(to) in noted
            if isinstance(to, Entity):
                return profile.links_all or is_own
            return is_own and (profile.links_all or not safe_url(to.issue.url))

        every = {page.key: page for page in found}
        files: dict[tuple[str, str], str] = {}
        new = list(found)
        while new:
            linked = {key_of(to): to for page in new for to in _links(page) if has_page(to)}
            new = list(self._on({_pair(to) for key, to in linked.items() if key not in every}))
            every |= {page.key: page for page in new}
            files |= {key: every[key].name for key in linked}
        return _Content(list(every.values()), files)

    def _mended(
        self, outdated: Sequence[Page], target: ExportTarget, profile: Profile
    ) -> list[Rendered]:
        """Pages of files that are outdated, and those that links on them lead to."""
        content = self._with_links(outdated, target, profile)
        walker = Walker(profile, content.files)
        return [_rendered(page, walker) for page in content.pages]

    def _mend_elsewhere(
        self, target: ExportTarget, folder: Path, done: Collection[Path]
    ) -> Iterator[Saved]:
        """Mend the files of other profiles that have notes which may not leave, each in its own."""
        for name in sorted(profiles_beside(folder, done) - {target.profile}):
            profile = profiles.load(name)
            place = ExportFolder(folder, profile.head, profile.ending)
            others = [found for found in place.besides(()) if found.profile == name]
            outdated = list(self._outdated((), profile, others, folder))
            yield place.save(self._mended(outdated, target, profile))

    def _outdated(
        self, emptied: Collection[str], profile: Profile, others: Sequence[Found], folder: Path
    ) -> Iterator[Page]:
        """The present pages of other files that have notes which may not leave, or are gone.

        Those of the types `emptied` are among them whatever they have.
        """
        if not others:
            return
        open_ = {each.id: each for each in self._gathering.annotations()}
        blocks = self._gathering.blocks()
        placed = {profile.mark(blocks[id_], id_): each for id_, each in open_.items()}
        marks = {found.key: found.marks for found in others}
        doubtful = {
            page: of
            for page, of in marks.items()
            if page[0] in emptied or not placed.keys() >= set(of)
        }
        stale = self._stale(profile, open_.keys(), folder) if doubtful else set()
        for page, of in doubtful.items():
            if page[0] in emptied or not stale.isdisjoint(of):
                yield from self._page_of(*page, [placed[mark] for mark in of if mark in placed])

    def _stale(self, profile: Profile, open_: Collection[str], folder: Path) -> set[str]:
        """The ids in files of annotations that were exported, but are private or gone by now."""
        store = self._core.store
        every = {each.id: each for each in exported(folder)}
        every |= {each.annotation.id: each.annotation for each in store.deleted.all().values()}
        every |= store.annotations.all()
        blocks = names.block_ids(every.values())
        return {profile.mark(blocks[id_], id_) for id_ in every if id_ not in open_}

    def _page_of(self, type_: str, id_: str, placed: Sequence[Annotation]) -> Iterator[Page]:
        """The page of a file with all its notes; where these were chosen, those `placed` there."""
        gathering = self._gathering
        every = gathering.annotations()
        match type_:
            case "reading-note":
                notes = gathering.describe([e for e in every if e.issue == id_], keyed=True)
                source = notes[0].source if notes else gathering.source(id_)
                if source is not None:
                    yield pages.issue_page(source, notes)
            case "entity-note":
                notes = gathering.describe([e for e in every if e.entity == id_], keyed=True)
                yield pages.entity_page(gathering.entity(id_), notes)
            case "entity-notes":
                notes = self._keyed(gathering.about(id_))
                yield pages.entity_digest(gathering.entity(id_), notes)
            case "tag-notes":
                wanted = [each for each in every if key(id_) in map(key, each.tags)]
                notes = gathering.describe(self._in_order(id_, wanted), keyed=True)
                yield pages.tag_page(id_, notes)
            case "reading-notes":
                notes = gathering.describe(placed if id_ else every, keyed=True)
                yield pages.digest(notes, id_, ordered=bool(_TAG.fullmatch(id_)))

    def _side_files(self, notes: Sequence[ExportNote], folder: Path) -> dict[str, str]:
        """The bibliographies and the notes themselves: those exported, and those that were.

        What was exported before and is no longer there, or has become private, is left out.
        """
        ids = {note.annotation.id for note in notes}
        every = self._gathering.annotations()
        # By entity or tag not every note has a page, and files of earlier exports cite the rest.
        before = {e.id for e in exported(folder)} if len(ids) < len(every) else set()
        kept = [each for each in every if each.id in ids or each.id in before]
        sources = {note.source.issue.id: note.source.issue for note in notes if note.source}
        for each in kept:
            if each.issue not in sources and (issue := self._core.index.issue(each.issue)):
                sources[each.issue] = issue
        lines = [w3c.write(each, sources.get(each.issue)) + "\n" for each in kept]
        there = [each for each in sources if self._core.index.issue(each) is not None]
        return {**self._citing.side_files(there), ANNOTATIONS: "".join(lines)}


def _is_all(target: ExportTarget) -> bool:
    """Whether everything is exported."""
    return target.chosen is None and not (target.issue or target.entity or target.tag)


def _rendered(page: Page, walker: Walker) -> Rendered:
    return Rendered(page.type, page.id, page.name, page.title, walker.render(page))


def _is_linked(page: Page, content: _Content) -> bool:
    """Whether links lead to a page, which then is written though it has no notes."""
    return page.key in content.files


def _pair(to: Entity | Source) -> tuple[str, str]:
    """The issue and the entity of notes on one of them, of which one is empty."""
    return ("", to.id) if isinstance(to, Entity) else (to.issue.id, "")


def _links(page: Page) -> Iterator[Entity | Source]:
    """What the names and links on a page lead to."""
    for note in page.notes:
        yield from note.mentions
        yield from note.links.values()
