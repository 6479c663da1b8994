"""Annotations as they are: looked up, found by a query, and what each is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind, Placement
from chinai_tui.domain.issue import Issue
from chinai_tui.workspace.records import FoundDeleted, FoundNotes
from chinai_tui.workspace.undoing import not_found

if TYPE_CHECKING:
    from chinai_tui.domain.entity import Entity
    from chinai_tui.store.records import Deleted
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.indexing import Indexing
    from chinai_tui.workspace.search import Search


class NoteReading:
    """What can be asked of the annotations, and of the bin."""

    _core: Core
    _indexing: Indexing
    _search: Search

    def get(self, annotation_id: str) -> Annotation:
        """The annotation with that id.

        Raises:
            NotFoundError: There is none.
        """
        annotation = self._core.store.annotations.get(annotation_id)
        if annotation is None:
            raise not_found(annotation_id)
        return annotation

    def some(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        """Those of these annotations that there are, in that order."""
        known = self._core.store.annotations.all()
        return [known[each] for each in annotation_ids if each in known]

    def all(self) -> list[Annotation]:
        """The annotations, latest first."""
        return sorted(self._everything(), key=attrgetter("created", "id"), reverse=True)

    def find(self, source: str) -> FoundNotes:
        """The annotations that fit a query, the latest first or in the order it asks for."""
        query = self._search.parse(source)
        if query.is_empty:
            return FoundNotes(query, tuple(self.all()))
        found, undated = self._core.index.annotations(query)
        return FoundNotes(query, tuple(self.some(found)), undated)

    def bookmarks(self) -> list[Annotation]:
        """The bookmarks, latest first."""
        return [each for each in self.all() if each.kind is AnnotationKind.BOOKMARK]

    def of_issue(self, issue_id: str) -> list[Annotation]:
        """The annotations on an issue, in the order of its text."""
        found = [each for each in self._everything() if each.issue == issue_id]
        return sorted(found, key=lambda each: each.anchor.start if each.anchor else -1)

    def of_entity(self, entity_id: str) -> list[Annotation]:
        """The notes on an entity itself, oldest first."""
        found = [each for each in self._everything() if each.entity == entity_id]
        return sorted(found, key=lambda each: each.created)

    def _everything(self) -> Iterable[Annotation]:
        return self._core.store.annotations.all().values()

    def placement(self, annotation: Annotation) -> Placement | None:
        """Where the passage of an annotation is now.

        None where it is not on a passage, or the document cannot be read.
        """
        return self._indexing.placing.placement(annotation)

    def entities_of(self, annotation: Annotation) -> list[Entity]:
        """The entity an annotation is on, those its passage names, and those its text links."""
        known = map(self._core.index.entity, self._entity_ids(annotation))
        return [each for each in known if each is not None]

    def issues_of(self, annotation: Annotation) -> list[Issue]:
        """The issues that the text of an annotation links, in its order."""
        found = self._indexing.placing.links.targets(annotation.text).values()
        return list({each.id: each for each in found if isinstance(each, Issue)}.values())

    def _entity_ids(self, annotation: Annotation) -> list[str]:
        found = [annotation.entity, *self._passage_names(annotation)]
        found += self._indexing.placing.linked(annotation)
        return list(dict.fromkeys(found))

    def _passage_names(self, annotation: Annotation) -> list[str]:
        """The entities that a passage names, in its order."""
        anchor, place = annotation.anchor, self.placement(annotation)
        if anchor is None or place is None or place.state is AnchorState.ORPHAN:
            return []
        return [
            mention.entity
            for mention in self._core.index.mentions(annotation.issue, anchor.role)
            if mention.start < place.end and place.start < mention.end
        ]

    def deleted(self) -> list[Deleted]:
        """What is in the bin, with when it got there, the latest first."""
        found = self._core.store.deleted.all().values()
        return sorted(found, key=lambda each: (each.deleted, each.annotation.id), reverse=True)

    def find_deleted(self, source: str) -> FoundDeleted:
        """What is in the bin and fits a query, the latest first.

        A field that asks for what is not known of deleted annotations is a problem of the query.
        """
        from chinai_tui.text.fitting import fits, problems

        query = self._search.parse(source)
        query = replace(query, problems=(*query.problems, *problems(query.root)))
        issues = self._core.store.issues

        def is_wanted(note: Annotation) -> bool:
            """Whether it fits."""
            entities = partial(self._entity_ids, note)
            return fits(query.root, note, issues.get(note.issue), entities)

        return FoundDeleted(query, tuple(d for d in self.deleted() if is_wanted(d.annotation)))
