"""Gathers notes with all that an export says about them.

Every export takes its notes from here: those that are private never leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from chinai_tui.workspace.indexing import Indexing

_GONE = Placement(AnchorState.ORPHAN, 0, 0, 0.0)
"""Where a passage is whose document is not in the library."""

_BESIDE = 200
"""Characters of what is beside a passage: some words of any length."""

_NOBODY: Mapping[str, Entity] = {}


@dataclass(frozen=True, slots=True)
class _Seen:
    """All annotations in one state of the store."""

    records: Mapping[str, Annotation]
    """They never change: the store gives others after a write."""
    open: Sequence[Annotation]
    """Those that may leave."""
    blocks: Mapping[str, str]


class Gathering:
    """Finds notes and describes them."""

    def __init__(self, core: Core, indexing: Indexing, citing: Citing) -> None:
        self._core = core
        self._indexing = indexing
        self._citing = citing
        self._seen = _Seen({}, (), {})

    def annotations(self) -> list[Annotation]:
        """Those that may leave, in the order in which they were made."""
        return [*self._present().open]

    def blocks(self) -> Mapping[str, str]:
        """The ids of the blocks of all annotations, by theirs."""
        return self._present().blocks

    def _present(self) -> _Seen:
        """What is found out of all annotations; an export asks for it several times."""
        records, seen = self._core.store.annotations.all(), self._seen
        if records is not seen.records:
            every = sorted(records.values(), key=lambda each: (each.created, each.id))
            open_ = tuple(each for each in every if not is_private(each))
            seen = self._seen = _Seen(records, open_, names.block_ids(every))
        return seen

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
        for source, group in zip(sources, on_issues.values(), strict=True):
            for note in self._on_issue(source, group, blocks):
                found[note.annotation.id] = note
        targets = self._targets(annotations)
        return [_linked(found[each.id], targets) for each in annotations]

    def entity(self, entity_id: str) -> Entity:
        """An entity; one that the catalogue no longer has goes by its id."""
        gone = Entity(entity_id, EntityKind.COMPANY, entity_id)
        return self._core.index.entities().get(entity_id, gone)

    def source(self, issue_id: str) -> Source:
        """An issue as it is cited, with its key; one that is gone goes by its id."""
        return next(self._sources([issue_id], keyed=True))

    def _sources(self, issue_ids: Iterable[str], *, keyed: bool) -> Iterator[Source]:
        """These issues, each looked into when it is asked for: then its texts are at hand."""
        issues = {each: self._core.index.issue(each) for each in issue_ids}
        there = [each for each, issue in issues.items() if issue is not None]
        keys = self._citing.keys(there) if keyed else {}
        for issue_id, found in issues.items():
            issue = found or Issue(issue_id, "", "")
            yield Source(
                issue,
                self._indexing.publication(issue.publication),
                keys.get(issue_id, ""),
                self._citing.original(issue_id) if found else None,
            )

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
            section, paragraph, named, beside = "", 0, {}, ("", "")
            if placement.state is not AnchorState.ORPHAN:
                section, paragraph = place_of(document, placement.start)
                beside = _beside(document.text, placement.start, placement.end)
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
                beside=beside,
                source=source,
            )

    def _note(
        self,
        annotation: Annotation,
        block: str,
        named: Mapping[str, Entity] = _NOBODY,
        **told: Any,
    ) -> ExportNote:
        """A note with the entities that its passage names."""
        creator = annotation.creator
        return ExportNote(
            annotation,
            block=block,
            by=creator if creator != self._core.settings.creator else "",
            mentions=tuple(named.values()),
            **told,
        )

    def _targets(self, annotations: Iterable[Annotation]) -> dict[str, Entity | Source]:
        """The entities and issues that notes link to, by what these call them."""
        called = {link.target for each in annotations for link in wiki.links(each.text)}
        return {
            name: Source(target, self._indexing.publication(target.publication))
            if isinstance(target, Issue)
            else target
            for name, target in self._indexing.placing.links.find(called).items()
        }


def _linked(note: ExportNote, targets: Mapping[str, Entity | Source]) -> ExportNote:
    """A note with what it links to; the entities are among those it mentions."""
    called = [link.target for link in wiki.links(note.annotation.text) if link.target in targets]
    if not called:
        return note
    links = {name: targets[name] for name in called}
    linked = {each.id: each for each in links.values() if isinstance(each, Entity)}
    mentions = {each.id: each for each in note.mentions} | linked
    return replace(note, links=links, mentions=tuple(mentions.values()))


def is_about(note: ExportNote, entity_id: str) -> bool:
    """Whether a note is on an entity, or on a passage that names it, or links to it."""
    return note.annotation.entity == entity_id or any(e.id == entity_id for e in note.mentions)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """What is before and after a passage whose words stand several times; else nothing."""
    words = text[start:end]
    if text.find(words, text.find(words) + 1) < 0:
        return "", ""
    return text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]


def _named(mentions: Iterable[Mention], placement: Placement) -> Iterator[str]:
    for mention in mentions:
        if mention.start < placement.end and placement.start < mention.end:
            yield mention.entity
