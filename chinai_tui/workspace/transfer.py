"""Texts in, notes and issues out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from chinai_tui import ingest
from chinai_tui.annotate.anchors import place
from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import Annotation, Placement, Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, Entity, EntityKind
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import BrokenMarkersError, NotFoundError, StoreError
from chinai_tui.export import markdown, names
from chinai_tui.export.dossier import Dossier, DossierPassage, render
from chinai_tui.export.issue import render_issue
from chinai_tui.export.model import ExportNote, place_of
from chinai_tui.store import files
from chinai_tui.text.find import find
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities
from chinai_tui.workspace.importing import Importer
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import (
    ExportReport,
    ExportTarget,
    ImportOptions,
    ImportReport,
    Progress,
)

_REMEDY = "choose another folder"


class Transfer:
    """What comes in from files and goes out to them."""

    def __init__(
        self, core: Core, indexing: Indexing, importer: Importer, entities: Entities
    ) -> None:
        self._core = core
        self._indexing = indexing
        self._importer = importer
        self._entities = entities

    def import_paths(
        self,
        paths: Iterable[Path],
        options: ImportOptions | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> ImportReport:
        """Bring in files, and the files of folders; what cannot be read is in the report.

        Raises:
            StoreError: Something could not be saved.
        """
        return self._importer.run(ingest.walk(paths), options or ImportOptions(), progress)

    def export(self, target: ExportTarget, folder: Path) -> ExportReport:
        """Write notes as Markdown into a folder: a file for each issue, or entity, with notes.

        What stands outside the markers of a file that is there already stays.

        Raises:
            NotFoundError: There is no such issue or entity.
            StoreError: A file cannot be written.
        """
        notes = [self._described(each) for each in self._wanted(target)]
        if target.single_file:
            written = {names.ALL_NOTES: markdown.render_all(notes)}
        elif target.entity:
            entity = self._core.index.entity(target.entity)
            if entity is None:
                raise NotFoundError(f"{target.entity}: the catalogue has no such entity")
            written = {names.entity_file_name(entity): markdown.render_entity(entity, notes)}
        elif target.issue:
            issue = self._core.issue(target.issue)
            publication = self._indexing.publication(issue.publication)
            text = markdown.render(issue, publication, notes)
            written = {names.file_name(issue, publication): text}
        else:
            written = dict(self._by_target(notes))
        if not notes:
            # Without notes there is nothing to write, unless a file still holds earlier ones.
            written = {name: text for name, text in written.items() if (folder / name).exists()}
        return ExportReport(self._save(folder, written), len(notes))

    def save_issue(self, issue_id: str, folder: Path, role: DocumentRole | None = None) -> Path:
        """Write a document of an issue as Markdown; the file.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The file cannot be written.
        """
        issue = self._core.issue(issue_id)
        publication = self._indexing.publication(issue.publication)
        role = role or issue.main_role
        document = self._core.document(issue_id, role)
        name = names.file_name(issue, publication).removesuffix(".md") + ".issue.md"
        target = folder / name
        with files.saving(target, _REMEDY):
            folder.mkdir(parents=True, exist_ok=True)
            text = render_issue(issue, publication, document, role)
            files.replace_many([(target, text.encode("utf-8"))])
        return target

    def export_dossier(self, entity_id: str, folder: Path) -> Path:
        """Write all that the library says of an entity as Markdown into a folder; the file.

        What stands outside the markers of a file that is there already stays.

        Raises:
            NotFoundError: The catalogue has no such entity.
            StoreError: The file, or a text, cannot be read or written.
        """
        name = names.dossier_file_name(self._entities.get(entity_id))
        (file,) = self._save(folder, {name: self.dossier(entity_id)})
        return file

    def dossier(self, entity_id: str) -> str:
        """All that the library says of an entity, as Markdown; opens every text that names it.

        Raises:
            NotFoundError: The catalogue has no such entity.
            StoreError: A text cannot be read.
        """
        summary = self._entities.summary(entity_id)
        notes = [self._described(each) for each in self._wanted(ExportTarget(entity=entity_id))]
        through = {
            group.id: self._passages_of(group.id)
            for group in self._entities.groups_meaning(entity_id)
        }
        passages = self._passages_of(entity_id)
        spoken_of = {point.issue for point in summary.timeline}
        spoken_of |= {claim.issue for claim in summary.claims}
        for found in (passages, *through.values()):
            spoken_of |= {passage.issue for passage in found}
        issues = {each: self._core.index.issue(each) for each in sorted(spoken_of)}
        return render(
            Dossier(
                summary=summary,
                entities=self._core.index.entities(),
                issues={
                    each: (issue, self._indexing.publication(issue.publication))
                    for each, issue in issues.items()
                    if issue is not None
                },
                passages=passages,
                through=through,
                notes=notes,
                voices=dict(self._claim_voices(summary.claims)),
            )
        )

    def _claim_voices(self, claims: Iterable[Claim]) -> Iterator[tuple[Claim, Voice]]:
        """Claims with the voice of the passage that has their words.

        Left out are those whose words the text does not have, that rest on a digest, or whose
        speaker no rule is sure of: then who says it is told by the claim alone.
        """
        for claim in claims:
            issue = self._core.index.issue(claim.issue)
            role = DocumentRole.TEXT
            if not claim.words or issue is None or role not in issue.documents:
                continue
            document = self._core.document(issue.id, role)
            for start, end in find(document.text, fold(claim.words))[:1]:
                voice = voice_of(document, role, start, end, issue.authors)
                if voice.kind is not VoiceKind.UNCONFIRMED:
                    yield claim, voice

    def _passages_of(self, entity_id: str) -> list[DossierPassage]:
        """The passages that name an entity, by date, with place and voice."""
        found = []
        for passage in self._entities.passages(entity_id):
            issue = self._core.issue(passage.issue)
            document = self._core.document(passage.issue, passage.role)
            start, end = passage.start, passage.end
            section, paragraph = place_of(document, start)
            found.append(
                DossierPassage(
                    text=passage.text,
                    issue=passage.issue,
                    voice=voice_of(document, passage.role, start, end, issue.authors),
                    section="" if section == passage.text else section,
                    paragraph=paragraph,
                )
            )
        return found

    def _wanted(self, target: ExportTarget) -> list[Annotation]:
        """The annotations to write, in the order in which they were made."""
        found: Iterable[Annotation] = self._core.store.annotations.all().values()
        if target.issue:
            found = [each for each in found if each.issue == self._core.issue(target.issue).id]
        elif target.entity:
            found = [each for each in found if self._is_about(each, target.entity)]
        return sorted(found, key=lambda each: (each.created, each.id))

    def _is_about(self, annotation: Annotation, entity_id: str) -> bool:
        """Whether it is on an entity, or on a passage that names it."""
        return annotation.entity == entity_id or entity_id in self._mentioned(annotation)

    def _mentioned(self, annotation: Annotation) -> tuple[str, ...]:
        """The entities named in an annotated passage, in the order of the text."""
        placement = self._placed(annotation)
        if annotation.anchor is None or placement is None:
            return ()
        found = self._core.index.mentions(annotation.issue, annotation.anchor.role)
        named = (m.entity for m in found if m.start < placement.end and placement.start < m.end)
        return tuple(dict.fromkeys(named))

    def _placed(self, annotation: Annotation) -> Placement | None:
        """Where an annotated passage is in the present text; None where there is none."""
        anchor, issue = annotation.anchor, self._core.index.issue(annotation.issue)
        if anchor is None or issue is None or anchor.role not in issue.documents:
            return None
        return place(anchor, self._core.document(issue.id, anchor.role))

    def _described(self, annotation: Annotation) -> ExportNote:
        """An annotation with all that is said about it in a file."""
        entities = self._core.index.entities()
        if annotation.entity:
            gone = Entity(annotation.entity, EntityKind.COMPANY, annotation.entity)
            return ExportNote(annotation, entity=entities.get(annotation.entity, gone))
        issue = self._core.index.issue(annotation.issue) or Issue(annotation.issue, "", "")
        publication = self._indexing.publication(issue.publication)
        placement = self._placed(annotation)
        if annotation.anchor is None or placement is None:
            return ExportNote(annotation, issue=issue, publication=publication)
        document = self._core.document(issue.id, annotation.anchor.role)
        section, paragraph = place_of(document, placement.start)
        return ExportNote(
            annotation=annotation,
            placement=placement,
            section=section,
            paragraph=paragraph,
            issue=issue,
            publication=publication,
            mentions=tuple(
                entities[each].name for each in self._mentioned(annotation) if each in entities
            ),
        )

    def _by_target(self, notes: Iterable[ExportNote]) -> Iterator[tuple[str, str]]:
        """A file name and its text for each issue, and for each entity noted by itself."""
        of_issue: dict[str, list[ExportNote]] = {}
        of_entity: dict[str, list[ExportNote]] = {}
        for note in notes:
            target = of_issue if note.issue else of_entity
            target.setdefault(note.annotation.issue or note.annotation.entity, []).append(note)
        for group in of_issue.values():
            issue, publication = group[0].issue, group[0].publication
            if issue is not None and publication is not None:
                text = markdown.render(issue, publication, group)
                yield names.file_name(issue, publication), text
        for group in of_entity.values():
            if group[0].entity is not None:
                text = markdown.render_entity(group[0].entity, group)
                yield names.entity_file_name(group[0].entity), text

    def _save(self, folder: Path, written: Mapping[str, str]) -> tuple[Path, ...]:
        """Write files, each merged with what is there; all of them or an error."""
        merged = {}
        for name, text in written.items():
            file = folder / name
            try:
                with files.saving(file, _REMEDY):
                    existing = files.read(file)[0].decode("utf-8") if file.exists() else ""
                merged[file] = markdown.merge(existing, text).encode("utf-8")
            except UnicodeDecodeError as error:
                raise StoreError(f"{file} not saved: it is not UTF-8; move it") from error
            except BrokenMarkersError as error:
                raise StoreError(f"{file} not saved: {error}") from error
        with files.saving(folder, _REMEDY):
            folder.mkdir(parents=True, exist_ok=True)
            files.replace_many(
                (file, data) for file, data in merged.items() if not files.holds(file, data)
            )
        return tuple(merged)
