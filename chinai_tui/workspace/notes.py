"""Bookmarks, highlights and notes: made, changed, taken back, and told whose words they quote."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Voice
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import CatalogueError, NotFoundError, OutdatedError
from chinai_tui.text.fold import fold
from chinai_tui.text.tags import tags_of
from chinai_tui.workspace import steps
from chinai_tui.workspace.core import Core, timestamp
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.own_entities import OwnEntities
from chinai_tui.workspace.records import Changed, OpenedIssue

if TYPE_CHECKING:
    from chinai_tui.store.records import UndoStep
    from chinai_tui.store.repository import Transaction

Annotations = tuple[Annotation, ...]


class Notes:
    """What readers have marked and written; each change is on disk when its method returns."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing
        self._own = OwnEntities(core.paths.entities)

    # Reading

    def get(self, annotation_id: str) -> Annotation:
        """The annotation with that id.

        Raises:
            NotFoundError: There is none.
        """
        annotation = self._core.store.annotations.get(annotation_id)
        if annotation is None:
            raise NotFoundError(f"{annotation_id}: no such note; `chinai notes` names them all")
        return annotation

    def some(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        """Those of these annotations that there are, in that order."""
        found = map(self._core.store.annotations.get, annotation_ids)
        return [each for each in found if each is not None]

    def all(self, query: str = "") -> list[Annotation]:
        """The annotations, latest first; with words, those that say or quote all of them."""
        words = fold(query).split()
        found = [each for each in self._everything() if _says(each, words)]
        return sorted(found, key=lambda each: (each.created, each.id), reverse=True)

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

    # Making

    def bookmark(
        self, issue_id: str, role: DocumentRole, start: int, end: int, name: str = ""
    ) -> Annotation | None:
        """Bookmark a passage, or take away the bookmark that is there and return None."""
        for each in self.of_issue(issue_id):
            if each.kind is AnnotationKind.BOOKMARK and each.anchor is not None:
                same = each.anchor.role is role and each.anchor.start < max(end, start + 1)
                if same and start < max(each.anchor.end, each.anchor.start + 1):
                    self._apply("bookmark taken away", {each.id: None})
                    return None
        made = self._made(AnnotationKind.BOOKMARK, issue_id, role, start, end, name=name)
        return self._add("bookmark", made)

    def highlight(self, issue_id: str, role: DocumentRole, start: int, end: int) -> Annotation:
        """Highlight a passage."""
        made = self._made(AnnotationKind.HIGHLIGHT, issue_id, role, start, end)
        return self._add("highlight", made)

    def note(
        self,
        issue_id: str,
        role: DocumentRole,
        start: int,
        end: int,
        text: str,
    ) -> Annotation:
        """Write a note on a passage; its words that start with `#` are its tags."""
        made = self._made(AnnotationKind.NOTE, issue_id, role, start, end)
        return self._add("note", replace(made, text=text, tags=tags_of(text)))

    def entity_note(self, entity_id: str, text: str) -> Annotation:
        """Write a note on an entity itself."""
        now = timestamp()
        made = Annotation(
            id=_new_id(),
            kind=AnnotationKind.NOTE,
            entity=entity_id,
            text=text,
            tags=tags_of(text),
            creator=self._core.settings.creator,
            created=now,
            updated=now,
        )
        return self._add("note", made)

    def _made(
        self,
        kind: AnnotationKind,
        issue_id: str,
        role: DocumentRole,
        start: int,
        end: int,
        name: str = "",
    ) -> Annotation:
        from chinai_tui.annotate.anchors import make
        from chinai_tui.annotate.voices import voice_of

        document = self._core.document(issue_id, role)
        now = timestamp()
        return Annotation(
            id=_new_id(),
            kind=kind,
            issue=issue_id,
            anchor=make(document, role, start, end),
            name=name,
            voice=voice_of(document, role, start, end, self._core.issue(issue_id).authors),
            creator=self._core.settings.creator,
            created=now,
            updated=now,
        )

    def _add(self, title: str, annotation: Annotation) -> Annotation:
        self._apply(title, {annotation.id: annotation})
        return annotation

    # Changing

    def edit(self, annotation_id: str, text: str) -> None:
        """Change the words of a note.

        Raises:
            NotFoundError: There is no such note.
        """
        changed = replace(
            self.get(annotation_id), text=text, tags=tags_of(text), updated=timestamp()
        )
        self._apply("edit", {annotation_id: changed})

    def set_voice(self, annotation_id: str, voice: Voice) -> None:
        """Say whose words an annotated passage is.

        Raises:
            NotFoundError: There is no such annotation.
        """
        changed = replace(self.get(annotation_id), voice=voice, updated=timestamp())
        self._apply("change of speaker", {annotation_id: changed})

    def delete(self, annotation_ids: Sequence[str]) -> None:
        """Take annotations away; `undo` brings them back."""
        title = "deletion" if len(annotation_ids) == 1 else f"deletion of {len(annotation_ids)}"
        self._apply(title, dict.fromkeys(annotation_ids))

    # Taking back

    def undo(self) -> str | None:
        """Take back the last change; what it was, or None when there is nothing to take back.

        Raises:
            OutdatedError: The lines of a correction are gone; the step is forgotten.
            CatalogueError: The user's entity file has a fault, or would have one.
            StoreError: Something could not be saved.
        """
        return self._travel(forward=False)

    def redo(self) -> str | None:
        """Do again what was taken back last; what it was, or None.

        Raises:
            OutdatedError: A correction fits the entity file no more; the step is forgotten.
            CatalogueError: The user's entity file has a fault.
            StoreError: Something could not be saved.
        """
        return self._travel(forward=True)

    def _travel(self, forward: bool) -> str | None:
        def _commit() -> str | None:
            step: UndoStep | None = None
            store = self._core.store
            try:
                # What holds the entity file ends last, so that it is restored if nothing is saved.
                with ExitStack() as held, store.annotations_file.transaction() as tx:
                    step = steps.next_step(store, tx, forward)
                    if step is None:
                        return None
                    old, new = (step.before, step.after) if forward else (step.after, step.before)
                    self._write(tx, old, new)
                    if step.correction:
                        held.enter_context(self._own.changing())
                        step = self._corrected(step, forward)
                    tx.put(store.undo, replace(step, undone=not forward))
            except OutdatedError as error:
                if step is not None:
                    steps.forget(store, step)
                    self._indexing.remember()
                raise OutdatedError(f"{error}; this step is forgotten") from error
            if step.correction:
                self._indexing.take_correction(step.issue)
            else:
                self._mirror(old, new)
            return step.title

        return self._core.write(_commit)

    def _corrected(self, step: UndoStep, forward: bool) -> UndoStep:
        """Make the correction of a step in the user's entity file again, or take it back."""
        if not forward:
            self._own.remove(step.correction)
            return step
        try:
            return replace(step, correction=self._own.append(step.correction))
        except CatalogueError as error:
            # A fault of the file itself can be mended; these lines never fit it as it is now.
            if self._own.is_sound():
                raise OutdatedError(f"{error.file}: {error.reason}") from error
            raise

    def _apply(self, title: str, changes: Mapping[str, Annotation | None]) -> None:
        """Commit changes, None for a deletion, with the step that takes them back."""

        def _commit() -> None:
            store = self._core.store
            with store.annotations_file.transaction() as tx:
                present = (store.annotations.get(each) for each in changes)
                before = tuple(each for each in present if each is not None)
                after = tuple(each for each in changes.values() if each is not None)
                self._write(tx, before, after)
                steps.remember(store, tx, title, before, after)
            self._mirror(before, after)

        self._core.write(_commit)

    def _write(self, tx: Transaction, old: Annotations, new: Annotations) -> None:
        """Put the new annotations in the place of the old."""
        annotations = self._core.store.annotations
        for each in {each.id for each in old} - {each.id for each in new}:
            tx.delete(annotations, each)
        for annotation in new:
            tx.put(annotations, annotation)

    def _mirror(self, old: Annotations, new: Annotations) -> None:
        """Bring the index up to date with what was committed, and tell who listens."""
        kept = {each.id for each in new}
        self._core.index.remove_annotations(each.id for each in old if each.id not in kept)
        self._core.index.set_annotations(new, replace_all=False)
        self._indexing.remember()
        issues = frozenset(each.issue for each in (*old, *new) if each.issue)
        self._core.emit(Changed(issues=issues, annotations=True))

    # Quoting

    def voice(self, opened: OpenedIssue, offset: int) -> Voice:
        """Whose words stand at a place of an open issue, as far as rules can tell."""
        from chinai_tui.annotate.voices import voice_at

        return voice_at(opened.document, opened.role, offset, opened.issue.authors)

    def cite(self, annotation: Annotation) -> str:
        """The citation of an annotated passage.

        Raises:
            NotFoundError: It is not on an issue, or the issue is gone.
        """
        from chinai_tui.export.citations import cite

        issue = self._core.issue(annotation.issue)
        return cite(issue, self._indexing.publication(issue.publication), annotation.voice)

    def cite_annotation(self, annotation: Annotation) -> str:
        """The passage of an annotation in quotation marks, with its citation.

        Raises:
            NotFoundError: It is not on an issue, or the issue is gone.
        """
        from chinai_tui.export.citations import quote_with_citation

        quote = annotation.anchor.exact if annotation.anchor else annotation.text
        return quote_with_citation(quote, self.cite(annotation))

    def cite_passage(self, opened: OpenedIssue, start: int, end: int) -> str:
        """A passage of an open issue in quotation marks, with its citation."""
        from chinai_tui.annotate.voices import voice_of
        from chinai_tui.export.citations import cite, quote_with_citation

        voice = voice_of(opened.document, opened.role, start, end, opened.issue.authors)
        citation = cite(opened.issue, opened.publication, voice)
        return quote_with_citation(opened.document.text[start:end], citation)


def _says(annotation: Annotation, words: Sequence[str]) -> bool:
    """Whether an annotation's words, quotation or tags hold all of these words."""
    if not words:
        return True
    quote = annotation.anchor.exact if annotation.anchor else ""
    text = fold(" ".join((annotation.text, quote, *annotation.tags)))
    return all(word in text for word in words)


def _new_id() -> str:
    """An id of 64 random bits, so that notes of two machines do not meet."""
    return secrets.token_hex(8)
