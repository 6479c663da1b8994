"""Bookmarks, highlights and notes: found, made, changed, taken away and brought back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import (
    Anchor,
    AnchorState,
    Annotation,
    AnnotationKind,
    Placement,
    Voice,
)
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError, OutdatedError
from chinai_tui.text.tags import retagged, tags_of, untagged
from chinai_tui.workspace.core import Core, timestamp
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.quoting import Quoting
from chinai_tui.workspace.records import FoundNotes
from chinai_tui.workspace.search import Search
from chinai_tui.workspace.undoing import Change, Undoing, not_found

if TYPE_CHECKING:
    from chinai_tui.domain.entity import Entity
    from chinai_tui.store.records import Deleted
    from chinai_tui.store.repository import Transaction

_DRAFT = "draft:"
"""Before the key of a draft in the name of the session value that keeps it."""


class Notes(Quoting):
    """What readers have marked and written; each change is on disk when its method returns."""

    def __init__(self, core: Core, indexing: Indexing, search: Search, undoing: Undoing) -> None:
        self._core = core
        self._indexing = indexing
        self._search = search
        self._undoing = undoing

    # Reading

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
        found = [annotation.entity, *self._passage_names(annotation)]
        found += self._indexing.placing.linked(annotation)
        known = map(self._core.index.entity, dict.fromkeys(found))
        return [each for each in known if each is not None]

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

    # Making

    def bookmark(
        self, issue_id: str, role: DocumentRole, start: int, end: int, name: str = ""
    ) -> Annotation | None:
        """Bookmark a passage, or take away the bookmark that is there and return None.

        One with a name takes the place of another of that name, wherever that is.
        """
        made = self._made(AnnotationKind.BOOKMARK, issue_id, role, start, end, name=name)
        if name:
            self._undoing.commit(f"bookmark {name}", lambda tx: self._named(tx, made))
            return made
        for each in self.of_issue(issue_id):
            if each.kind is AnnotationKind.BOOKMARK and _is_at(each.anchor, role, start, end):
                self._undoing.change("bookmark taken away", [each.id], lambda _: None)
                return None
        return self._undoing.add("bookmark", made)

    def _named(self, tx: Transaction, made: Annotation) -> Change:
        """A bookmark in place of those that have its name, and of a plain one at its place."""
        anchor = made.anchor
        former = (
            each.id
            for each in tx.all(self._core.store.annotations).values()
            if each.kind is AnnotationKind.BOOKMARK
            and (each.name == made.name or (not each.name and each.anchor == anchor))
        )
        return Change({**dict.fromkeys(former), made.id: made})

    def highlight(
        self, issue_id: str, role: DocumentRole, start: int, end: int, color: str = ""
    ) -> Annotation:
        """Highlight a passage, in a colour of `Color` or none."""
        made = self._made(AnnotationKind.HIGHLIGHT, issue_id, role, start, end, color=color)
        return self._undoing.add("highlight", made)

    def note(
        self,
        issue_id: str,
        role: DocumentRole,
        start: int,
        end: int,
        text: str,
        color: str = "",
        tags: Sequence[str] = (),
    ) -> Annotation:
        """Write a note on a passage; its words that start with `#` are tags too."""
        made = self._made(AnnotationKind.NOTE, issue_id, role, start, end, color=color)
        return self._write(made, text, tags)

    def issue_note(self, issue_id: str, text: str, tags: Sequence[str] = ()) -> Annotation:
        """Write a note on an issue itself.

        Raises:
            NotFoundError: There is no such issue.
        """
        made = self._blank(AnnotationKind.NOTE, issue=self._core.issue(issue_id).id)
        return self._write(made, text, tags)

    def entity_note(self, entity_id: str, text: str, tags: Sequence[str] = ()) -> Annotation:
        """Write a note on an entity itself."""
        return self._write(self._blank(AnnotationKind.NOTE, entity=entity_id), text, tags)

    def _write(self, made: Annotation, text: str, tags: Sequence[str]) -> Annotation:
        written = replace(made, text=text, tags=retagged(tags_of(text), tags, ()))
        return self._undoing.add("note", written)

    def _made(
        self,
        kind: AnnotationKind,
        issue_id: str,
        role: DocumentRole,
        start: int,
        end: int,
        name: str = "",
        color: str = "",
    ) -> Annotation:
        from chinai_tui.annotate.anchors import make
        from chinai_tui.annotate.voices import voice_of

        document = self._core.document(issue_id, role)
        return replace(
            self._blank(kind, issue=issue_id),
            anchor=make(document, role, start, end),
            name=name,
            color=color,
            voice=voice_of(document, role, start, end, self._core.issue(issue_id).authors),
        )

    def _blank(self, kind: AnnotationKind, issue: str = "", entity: str = "") -> Annotation:
        """A new annotation by whom the settings name."""
        now = timestamp()
        creator = self._core.settings.creator
        return Annotation(_new_id(), kind, issue, entity, creator=creator, created=now, updated=now)

    # Changing

    def edit(self, annotation_id: str, text: str) -> None:
        """Change the words of a note; the tags that did not come from its words stay.

        Raises:
            NotFoundError: There is no such note.
        """

        def _edited(note: Annotation) -> Annotation:
            others = retagged(note.tags, (), tags_of(note.text))
            return replace(note, text=text, tags=retagged(tags_of(text), others, ()))

        self._undoing.change("edit", [annotation_id], _edited)

    def set_voice(self, annotation_id: str, voice: Voice) -> None:
        """Say whose words an annotated passage is.

        Raises:
            NotFoundError: There is no such annotation.
        """
        self._undoing.change(
            "change of speaker", [annotation_id], lambda each: replace(each, voice=voice)
        )

    def recolor(self, ids: Sequence[str], color: str) -> None:
        """Give annotations a colour of `Color`, or take it away.

        Raises:
            NotFoundError: One of them is not there.
        """
        self._change_some("change of colour", ids, lambda each: replace(each, color=color))

    def retag(self, ids: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> None:
        """Give annotations tags and take others away, `#` before them or not.

        A tag that goes loses its `#` where it is a word of the note.

        Raises:
            NotFoundError: One of them is not there.
        """

        def _retagged(each: Annotation) -> Annotation:
            tags = retagged(each.tags, add, remove)
            return replace(each, tags=tags, text=untagged(each.text, remove))

        self._change_some("change of tags", ids, _retagged)

    def place_again(
        self, annotation_id: str, role: DocumentRole, start: int, end: int
    ) -> Annotation:
        """Tie an annotation to another passage of its issue; it as it is then.

        Raises:
            NotFoundError: There is no such annotation or document.
            StoreError: The document cannot be read.
        """
        from chinai_tui.annotate.anchors import make

        anchor = make(self._core.document(self.get(annotation_id).issue, role), role, start, end)
        self._undoing.change(
            "new place", [annotation_id], lambda each: replace(each, anchor=anchor)
        )
        return self.get(annotation_id)

    def confirm(self, annotation_id: str) -> Annotation:
        """Take the place that a passage was moved to as the right one; the annotation then.

        Raises:
            NotFoundError: There is no such annotation.
            OutdatedError: Its passage has no place.
        """
        annotation = self.get(annotation_id)
        place, anchor = self.placement(annotation), annotation.anchor
        if anchor is None or place is None or place.state is AnchorState.ORPHAN:
            raise OutdatedError(f"{annotation_id}: its passage is not in the text any more")
        return self.place_again(annotation_id, anchor.role, place.start, place.end)

    def _change_some(
        self, title: str, ids: Sequence[str], change: Callable[[Annotation], Annotation]
    ) -> None:
        self._undoing.change(title if len(ids) == 1 else f"{title} of {len(ids)}", ids, change)

    # Taking away and bringing back

    def delete(self, annotation_ids: Sequence[str]) -> None:
        """Put annotations into the bin, where they stay for 30 days; `undo` brings them back.

        One that is gone already is passed over.
        """
        title = "deletion" if len(annotation_ids) == 1 else f"deletion of {len(annotation_ids)}"
        self._undoing.commit(title, lambda _: Change(dict.fromkeys(annotation_ids)))

    def deleted(self) -> list[Deleted]:
        """What is in the bin, with when it got there, the latest first."""
        found = self._core.store.deleted.all().values()
        return sorted(found, key=lambda each: (each.deleted, each.annotation.id), reverse=True)

    def restore(self, annotation_ids: Sequence[str]) -> None:
        """Bring annotations back from the bin.

        Raises:
            NotFoundError: One of them is not in it.
        """

        def _restored(tx: Transaction) -> Change:
            found = {each: tx.get(self._core.store.deleted, each) for each in annotation_ids}
            for each, kept in found.items():
                if kept is None:
                    reason = "not in the bin; `chinai notes --deleted` names what is"
                    raise NotFoundError(f"{each}: {reason}")
            return Change({each: kept.annotation for each, kept in found.items() if kept})

        many = len(annotation_ids) != 1
        self._undoing.commit(
            f"restoring of {len(annotation_ids)}" if many else "restoring", _restored
        )

    def undo(self) -> str | None:
        """Take back the last change, see `Undoing.undo`."""
        return self._undoing.undo()

    def redo(self) -> str | None:
        """Do again what was taken back last, see `Undoing.redo`."""
        return self._undoing.redo()

    # Drafts

    def draft(self, key: str) -> str:
        """What was typed under a key and not yet saved as a note; empty if nothing was."""
        kept = self._core.store.session.get(_DRAFT + key)
        return kept.value if kept else ""

    def keep_draft(self, key: str, text: str) -> None:
        """Keep what is being typed, on disk when this returns; an empty text forgets it."""
        from chinai_tui.store.records import SessionValue

        def _commit() -> None:
            store = self._core.store
            with store.reading_file.transaction() as tx:
                if text:
                    tx.put(store.session, SessionValue(_DRAFT + key, text))
                else:
                    tx.delete(store.session, _DRAFT + key)
            self._indexing.mirror_session()
            self._indexing.remember()

        self._core.write(_commit)


def _is_at(anchor: Anchor | None, role: DocumentRole, start: int, end: int) -> bool:
    """Whether an anchor and a range, either of them perhaps empty, share a place."""
    if anchor is None or anchor.role is not role:
        return False
    return anchor.start < max(end, start + 1) and start < max(anchor.end, anchor.start + 1)


def _new_id() -> str:
    """An id of 64 random bits, so that notes of two machines do not meet."""
    return secrets.token_hex(8)
