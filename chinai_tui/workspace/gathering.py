"""Gathers notes with all that an export says about them.

Every export takes its notes from here: those that are private never leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chinai_tui.annotate.anchors import place
from chinai_tui.domain.annotation import AnchorState, Annotation, Placement
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind, Mention
from chinai_tui.domain.issue import Issue
from chinai_tui.export import names
from chinai_tui.export.model import ExportNote, Source, place_of
from chinai_tui.text import wiki
from chinai_tui.text.tags import is_private
from chinai_tui.workspace.citing import Citing
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities
from chinai_tui.workspace.indexing import Indexing

_GONE = Placement(AnchorState.ORPHAN, 0, 0, 0.0)
"""Where a passage is whose document is not in the library."""

_NOBODY: Mapping[str, Entity] = {}


class Gathering:
    """Finds notes and describes them."""

    def __init__(self, core: Core, indexing: Indexing, entities: Entities, citing: Citing) -> None:
        self._core = core
        self._indexing = indexing
        self._entities = entities
        self._citing = citing

    def annotations(self) -> list[Annotation]:
        """Those that may leave, in the order in which they were made."""
        every = self._core.store.annotations.all().values()
        found = (each for each in every if not is_private(each))
        return sorted(found, key=lambda each: (each.created, each.id))

    def blocks(self) -> dict[str, str]:
        """The ids of the blocks of all annotations, by theirs."""
        return names.block_ids(self._core.store.annotations.all().values())

    def about(self, entity_id: str) -> list[ExportNote]:
        """The notes on an entity, and those that link to it or are on passages that name it."""
        named: dict[tuple[str, DocumentRole], bool] = {}

        def may(each: Annotation) -> bool:
            """Whether it is worth being placed, which takes longer."""
            if each.entity == entity_id or wiki.links(each.text):
                return True
            if each.anchor is None:
                return False
            document = (each.issue, each.anchor.role)
            if document not in named:
                mentions = self._core.index.mentions(*document)
                named[document] = any(mention.entity == entity_id for mention in mentions)
            return named[document]

        notes = self.describe([each for each in self.annotations() if may(each)])
        return [note for note in notes if is_about(note, entity_id)]

    def describe(
        self, annotations: Sequence[Annotation], *, keyed: bool = False
    ) -> list[ExportNote]:
        """Annotations with all that is said about them, in the same order.

        Args:
            annotations: what is to be described.
            keyed: whether their issues get keys for bibliographies, where they have none yet.

        Raises:
            StoreError: A text cannot be read, or a new key could not be saved.
        """
        blocks = self.blocks()
        on_issues: dict[str, list[Annotation]] = {}
        found: dict[str, ExportNote] = {}
        for each in annotations:
            if each.entity:
                entity = self.entity(each.entity)
                found[each.id] = self._note(each, blocks[each.id], entity=entity)
            else:
                on_issues.setdefault(each.issue, []).append(each)
        sources = self._sources(on_issues, keyed=keyed)
        for issue_id, group in on_issues.items():
            for note in self._on_issue(sources[issue_id], group, blocks):
                found[note.annotation.id] = note
        return [found[each.id] for each in annotations]

    def entity(self, entity_id: str) -> Entity:
        """An entity; one that the catalogue no longer has goes by its id."""
        gone = Entity(entity_id, EntityKind.COMPANY, entity_id)
        return self._core.index.entities().get(entity_id, gone)

    def source(self, issue_id: str) -> Source:
        """An issue as it is cited, with its key; one that is gone goes by its id."""
        return self._sources([issue_id], keyed=True)[issue_id]

    def _sources(self, issue_ids: Iterable[str], *, keyed: bool) -> dict[str, Source]:
        issues = {each: self._core.index.issue(each) for each in issue_ids}
        there = [each for each, issue in issues.items() if issue is not None]
        keys = self._citing.keys(there) if keyed else {}
        sources = {}
        for issue_id, found in issues.items():
            issue = found or Issue(issue_id, "", "")
            sources[issue_id] = Source(
                issue,
                self._indexing.publication(issue.publication),
                keys.get(issue_id, ""),
                self._citing.original(issue_id) if found else None,
            )
        return sources

    def _on_issue(
        self, source: Source, annotations: Iterable[Annotation], blocks: Mapping[str, str]
    ) -> Iterator[ExportNote]:
        """The annotations on an issue, with where their passages are and whom these name."""
        issue, known = source.issue, self._core.index.entities()
        read: dict[DocumentRole, tuple[Document, tuple[Mention, ...]]] = {}
        for each in annotations:
            block, anchor = blocks[each.id], each.anchor
            if anchor is None or anchor.role not in issue.documents:
                placement = _GONE if anchor else None
                yield self._note(each, block, placement=placement, source=source)
                continue
            role = anchor.role
            if role not in read:
                mentions = self._core.index.mentions(issue.id, role)
                read[role] = self._core.document(issue.id, role), mentions
            document, mentions = read[role]
            placement = place(anchor, document)
            section, paragraph, named = "", 0, {}
            if placement.state is not AnchorState.ORPHAN:
                section, paragraph = place_of(document, placement.start)
                ids = dict.fromkeys(_named(mentions, placement))
                named = {id_: known[id_] for id_ in ids if id_ in known}
            yield self._note(
                each,
                block,
                named,
                placement=placement,
                section=section,
                paragraph=paragraph,
                accessed=issue.documents[role].accessed,
                source=source,
            )

    def _note(
        self,
        annotation: Annotation,
        block: str,
        named: Mapping[str, Entity] = _NOBODY,
        **told: Any,
    ) -> ExportNote:
        """A note with the entities that its passage names, and those that it links to."""
        links = self._links(annotation) if "[[" in annotation.text else _NOBODY
        creator = annotation.creator
        return ExportNote(
            annotation,
            block=block,
            by=creator if creator != self._core.settings.creator else "",
            mentions=tuple({**named, **{each.id: each for each in links.values()}}.values()),
            links=links,
            **told,
        )

    def _links(self, annotation: Annotation) -> dict[str, Entity]:
        """The entities that a note links to, by what it calls them; of several it is none."""
        found = {
            link.target: self._entities.resolve(link.target) for link in wiki.links(annotation.text)
        }
        return {target: some[0] for target, some in found.items() if len(some) == 1}


def is_about(note: ExportNote, entity_id: str) -> bool:
    """Whether a note is on an entity, or on a passage that names it, or links to it."""
    return note.annotation.entity == entity_id or any(e.id == entity_id for e in note.mentions)


def _named(mentions: Iterable[Mention], placement: Placement) -> Iterator[str]:
    for mention in mentions:
        if mention.start < placement.end and placement.start < mention.end:
            yield mention.entity
