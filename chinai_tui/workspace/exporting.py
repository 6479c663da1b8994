"""Writes notes into a folder, or as one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.document import DocumentRole, count_words
from chinai_tui.domain.issue import issue_name
from chinai_tui.errors import NotFoundError
from chinai_tui.export import names, pages, profiles, w3c
from chinai_tui.export.model import ExportNote, Page, Source
from chinai_tui.export.profiles.form import Profile
from chinai_tui.export.walk import Walker
from chinai_tui.text.tags import key
from chinai_tui.workspace.export_folder import ANNOTATIONS, ExportFolder, Found, Rendered, Saved
from chinai_tui.workspace.gathering import Gathering
from chinai_tui.workspace.records import ExportBy, ExportReport, ExportTarget

if TYPE_CHECKING:
    from chinai_tui.workspace.citing import Citing
    from chinai_tui.workspace.core import Core

QUOTED_AT_MOST = 300
"""Words quoted from one issue above which one is warned: more is hardly an excerpt."""

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
    """The pages of an export, and the files of the pages that names in them lead to."""

    pages: Sequence[Page]
    files: dict[str, str]

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
        outdated = list(self._outdated(target, profile, place.besides(rendered), folder))
        # Without notes there is nothing to write, unless a file still holds earlier ones.
        some = [
            page
            for page, source in zip(rendered, content.pages, strict=True)
            if source.notes or _is_linked(source, content) or place.has(page)
        ]
        mended = Walker(profile, self._with_links(outdated, target, profile).files)
        some += [_rendered(page, mended) for page in outdated]
        saved = place.save(some)
        notes = content.notes
        # What was exported and has become private leaves the side files too.
        has_side_files = bool(notes) or (folder / ANNOTATIONS).exists()
        beside = Saved()
        if has_side_files:
            beside = place.save_beside(
                self._side_files(target, notes, folder), self._citing.given()
            )
        return ExportReport(
            files=saved.files,
            notes=len(notes),
            written=(*saved.written, *beside.written),
            told=(*saved.told, *beside.told, *_too_long(notes)),
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
        return "\n".join(texts), ExportReport((), len(notes), told=tuple(_too_long(notes)))

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
        tags = {key(tag): tag for each in wanted for tag in each.tags}
        if target.tag:
            tags = {each: tag for each, tag in tags.items() if each == key(target.tag)}
        every = self._gathering.annotations()
        for each, tag in sorted(tags.items()):
            of_tag = [note for note in every if each in map(key, note.tags)]
            notes = self._gathering.describe(self._in_order(tag, of_tag), keyed=True)
            yield pages.tag_page(tag, notes)

    def _with_links(
        self, found: Sequence[Page], target: ExportTarget, profile: Profile
    ) -> _Content:
        """The pages, and those of the entities that names on them lead to.

        Which names are links does not depend on what else is exported, so that a page is the same
        whatever it is written with.
        """
        noted = [each for each in self._gathering.annotations() if each.entity]
        linked = {e.id: e for page in found for note in page.notes for e in note.mentions}
        if not profile.links_all:
            own = {each.entity for each in noted} if target.by is ExportBy.ISSUE else set()
            linked = {id_: entity for id_, entity in linked.items() if id_ in own}
        there = {page.id for page in found if page.type == "entity-note"}
        own_notes: dict[str, list[ExportNote]] = {
            id_: [] for id_ in sorted(linked) if id_ not in there
        }
        for note in self._gathering.describe([each for each in noted if each.entity in own_notes]):
            own_notes[note.annotation.entity].append(note)
        more = [pages.entity_page(linked[id_], notes) for id_, notes in own_notes.items()]
        files = {id_: names.entity_name(entity) for id_, entity in linked.items()}
        return _Content([*found, *more], files)

    def _outdated(
        self, target: ExportTarget, profile: Profile, others: Sequence[Found], folder: Path
    ) -> Iterator[Page]:
        """The present pages of other files that have notes which may not leave, or are gone.

        Where everything is exported, those whose last note is gone are among them.
        """
        if not others:
            return
        emptied = _TYPES.get(target.by, ()) if _is_all(target) else ()
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
        every = {each.id: each for each in _exported(folder / ANNOTATIONS)}
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

    def _side_files(
        self, target: ExportTarget, notes: Sequence[ExportNote], folder: Path
    ) -> dict[str, str]:
        """The bibliographies and the notes themselves: those exported, and those that were.

        What was exported before and is no longer there, or has become private, is left out.
        """
        ids = {note.annotation.id for note in notes}
        before = set() if _is_all(target) else {e.id for e in _exported(folder / ANNOTATIONS)}
        every = self._gathering.annotations()
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


def _exported(file: Path) -> list[Annotation]:
    """The annotations in a side file, without lines that cannot be read."""
    found: list[Annotation] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return found
    for line in lines:
        with suppress(ValueError):
            found.append(w3c.read(line)[0])
    return found


def _rendered(page: Page, walker: Walker) -> Rendered:
    return Rendered(page.type, page.id, page.name, page.title, walker.render(page))


def _is_linked(page: Page, content: _Content) -> bool:
    """Whether names lead to a page, which then is written though it has no notes."""
    return page.type == "entity-note" and page.id in content.files


def _too_long(notes: Iterable[ExportNote]) -> Iterator[str]:
    """Of which issues so much is quoted that it is hardly an excerpt; a passage counts once."""
    quoted: dict[str, tuple[Source, set[str]]] = {}
    for note in notes:
        anchor = note.annotation.anchor
        if note.source and anchor and anchor.role is not DocumentRole.DIGEST:
            _, passages = quoted.setdefault(note.source.issue.id, (note.source, set()))
            passages.add(anchor.exact)
    for source, passages in quoted.values():
        words = sum(map(count_words, passages))
        if words > QUOTED_AT_MOST:
            name = issue_name(source.issue, source.publication)
            yield f"{name}: {words} words are quoted; ask its author before you share so many"
