"""All that the library says of an entity, gathered for its dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim
from chinai_tui.export import names
from chinai_tui.export.dossier import Dossier, DossierPassage, render
from chinai_tui.export.model import place_of
from chinai_tui.export.profiles.markdown import PROFILE
from chinai_tui.text.find import find
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities
from chinai_tui.workspace.export_folder import ExportFolder, Rendered
from chinai_tui.workspace.gathering import Gathering
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import ExportReport


class Dossiers:
    """Dossiers of entities, as text and as files."""

    def __init__(
        self, core: Core, indexing: Indexing, entities: Entities, gathering: Gathering
    ) -> None:
        self._core = core
        self._indexing = indexing
        self._entities = entities
        self._gathering = gathering

    def save(self, entity_id: str, folder: Path) -> ExportReport:
        """Write all that the library says of an entity as Markdown into a folder.

        What stands outside the markers of a file that is there already stays.

        Raises:
            NotFoundError: The catalogue has no such entity.
            StoreError: The file, or a text, cannot be read or written.
        """
        entity = self._entities.get(entity_id)
        text = self.text(entity_id)
        name = names.dossier_name(entity)
        page = Rendered("entity-dossier", entity.id, name, entity.name, text)
        saved = ExportFolder(folder, PROFILE.head, PROFILE.ending).save([page])
        return ExportReport(saved.files, 0, saved.written, saved.told)

    def text(self, entity_id: str) -> str:
        """All that the library says of an entity, as Markdown; opens every text that names it.

        Raises:
            NotFoundError: The catalogue has no such entity.
            StoreError: A text cannot be read.
        """
        summary = self._entities.summary(entity_id)
        notes = self._gathering.about(entity_id)
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
