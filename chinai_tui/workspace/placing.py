"""Annotations as they are indexed: where they are in the texts at hand, and whom they link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.domain.annotation import AnchorState, Annotation, Placement
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.index import AnnotationEntry

if TYPE_CHECKING:
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.wiki_links import WikiLinks

_GONE = Placement(AnchorState.ORPHAN, 0, 0, 0.0)
"""Where a passage is whose document is not in the library."""


class Placing:
    """Places annotations; what it finds depends on the documents and the catalogue at hand."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @cached_property
    def links(self) -> WikiLinks:
        """What the links in notes lead to."""
        from chinai_tui.workspace.entities import Entities
        from chinai_tui.workspace.wiki_links import WikiLinks

        return WikiLinks(self._core, Entities(self._core))

    def linked(self, annotation: Annotation) -> list[str]:
        """The entities that the text of an annotation links, in its order."""
        if "[[" not in annotation.text:
            return []
        return [entity.id for entity in self.links.entities(annotation.text)]

    def placement(self, annotation: Annotation) -> Placement | None:
        """Where the passage of an annotation is now.

        None where it is not on a passage, or the document cannot be read, which `doctor` tells.
        """
        anchor = annotation.anchor
        if anchor is None:
            return None
        revision = self._revision(annotation)
        if not revision:
            return _GONE
        if revision == anchor.revision:
            return Placement(AnchorState.EXACT, anchor.start, anchor.end, 1.0)
        from chinai_tui.annotate.anchors import place

        try:
            return place(anchor, self._core.document(annotation.issue, anchor.role))
        except StoreError:
            return None

    def entry(self, annotation: Annotation) -> AnnotationEntry:
        """What is indexed of an annotation."""
        place, anchor = self.placement(annotation), annotation.anchor
        state = place.state if place else AnchorState.EXACT
        entry = AnnotationEntry(annotation, state, tuple(self.linked(annotation)))
        if anchor is not None and place is None:
            return entry  # without a fingerprint, so that it is tried again
        entry = replace(entry, fingerprint=self.fingerprint(annotation))
        if anchor is None or place is None or state in (AnchorState.EXACT, AnchorState.ORPHAN):
            return entry
        block = self._core.document(annotation.issue, anchor.role).block_at(place.start)
        placed = replace(anchor, start=place.start, end=place.end, block=block)
        return replace(entry, annotation=replace(annotation, anchor=placed))

    def fingerprint(self, annotation: Annotation) -> str:
        """What tells whether anything that is indexed of an annotation may have changed."""
        catalogue = self._core.index.catalogue_key() if "[[" in annotation.text else ""
        parts = (msgspec.json.encode(annotation), self._revision(annotation), catalogue)
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def stale(self, annotations: Iterable[Annotation]) -> Iterator[Annotation]:
        """Those of which the index has not what it should have."""
        indexed = self._core.index.annotation_fingerprints()
        return (each for each in annotations if indexed.get(each.id) != self.fingerprint(each))

    def _revision(self, annotation: Annotation) -> str:
        """That of the document at hand in which the passage is looked for; empty if none is."""
        if annotation.anchor is None:
            return ""
        try:
            issue = self._core.issue(annotation.issue)
        except NotFoundError:
            return ""
        reference = issue.documents.get(annotation.anchor.role)
        return reference.revision if reference else ""
