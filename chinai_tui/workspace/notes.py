"""Bookmarks, highlights and notes: found, made, changed, taken away and brought back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import (
    Anchor,
    AnchorState,
    Annotation,
    AnnotationKind,
    Voice,
)
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError, OutdatedError
from chinai_tui.text.sanitise import clean, clean_line
from chinai_tui.text.tags import retagged, tags_of, untagged
from chinai_tui.workspace.core import Core, moment, timestamp
from chinai_tui.workspace.drafting import Drafting
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.note_reading import NoteReading
from chinai_tui.workspace.quoting import Passage, Quoting
from chinai_tui.workspace.search import Search
from chinai_tui.workspace.undoing import Change, Undoing

if TYPE_CHECKING:
    from chinai_tui.store.repository import Transaction


class Notes(NoteReading, Quoting, Drafting):
    """What readers have marked and written; each change is on disk when its method returns."""

    def __init__(self, core: Core, indexing: Indexing, search: Search, undoing: Undoing) -> None:
        self._core = core
        self._indexing = indexing
        self._search = search
        self._undoing = undoing

    # Making

    def bookmark(
        self, issue_id: str, role: DocumentRole, start: int, end: int, name: str = ""
    ) -> Annotation | None:
        """Bookmark a passage, or take away the bookmark that is there and return None.

        One with a name takes the place of another of that name, wherever that is.
        """
        if not name:
            return next(iter(self.bookmark_all([(issue_id, role, start, end)])), None)
        made = self._made(AnnotationKind.BOOKMARK, issue_id, role, start, end, name=name)
        self._undoing.commit(f"bookmark {name}", lambda tx: self._named(tx, made))
        return made

    def bookmark_all(self, passages: Sequence[Passage]) -> list[Annotation]:
        """Bookmark those of some passages that have no bookmark, in one step: all or none.

        Where each has one these are taken away instead, and none is returned; for the rest see
        `highlight_all`.
        """
        annotations = self._everything()
        bookmarks = [each for each in annotations if each.kind is AnnotationKind.BOOKMARK]
        there = {each: _first_at(bookmarks, each) for each in passages}
        made = [self._made(AnnotationKind.BOOKMARK, *each) for each in there if there[each] is None]
        if made:
            return self._undoing.add(_counted("bookmark", made), made)
        gone = [each.id for each in there.values() if each is not None]
        self._undoing.change(_counted("bookmark taken away", gone), gone, lambda _: None)
        return []

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
        return self.highlight_all([(issue_id, role, start, end)], color)[0]

    def highlight_all(
        self, passages: Sequence[Passage], color: str = "", voice: Voice | None = None
    ) -> list[Annotation]:
        """Highlight passages in one step: all or none.

        Args:
            passages: Where.
            color: One of `Color`, or none.
            voice: Whose words they are; what the rules propose for each where it is not told.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: A document cannot be read, or nothing could be saved.
        """
        made = [self._made(AnnotationKind.HIGHLIGHT, *each, color=color) for each in passages]
        if voice is not None:
            made = [replace(each, voice=voice) for each in made]
        return self._undoing.add(_counted("highlight", made), made)

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
        return self.note_all([(issue_id, role, start, end)], text, color, tags)[0]

    def note_all(
        self,
        passages: Sequence[Passage],
        text: str,
        color: str = "",
        tags: Sequence[str] = (),
    ) -> list[Annotation]:
        """Write the same note on passages; for the rest see `highlight_all`."""
        made = [self._made(AnnotationKind.NOTE, *each, color=color) for each in passages]
        return self._write(made, text, tags)

    def issue_note(self, issue_id: str, text: str, tags: Sequence[str] = ()) -> Annotation:
        """Write a note on an issue itself.

        Raises:
            NotFoundError: There is no such issue.
        """
        made = self._blank(AnnotationKind.NOTE, issue=self._core.issue(issue_id).id)
        return self._write([made], text, tags)[0]

    def entity_note(self, entity_id: str, text: str, tags: Sequence[str] = ()) -> Annotation:
        """Write a note on an entity itself."""
        return self._write([self._blank(AnnotationKind.NOTE, entity=entity_id)], text, tags)[0]

    def _write(
        self, made: Sequence[Annotation], text: str, tags: Sequence[str]
    ) -> list[Annotation]:
        text = clean(text)
        all_tags = retagged(tags_of(text), map(clean_line, tags), ())
        written = [replace(each, text=text, tags=all_tags) for each in made]
        return self._undoing.add(_counted("note", written), written)

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

        issue = self._core.issue(issue_id)
        document = self._core.document(issue.id, role)
        return replace(
            self._blank(kind, issue=issue.id),
            anchor=make(document, role, start, end),
            name=name,
            color=color,
            voice=voice_of(document, role, start, end, issue.authors),
        )

    def _blank(self, kind: AnnotationKind, issue: str = "", entity: str = "") -> Annotation:
        """A new annotation by whom the settings name."""
        created, updated = moment(), timestamp()
        creator = self._core.settings.creator
        return Annotation(
            _new_id(), kind, issue, entity, creator=creator, created=created, updated=updated
        )

    # Changing

    def edit(self, annotation_id: str, text: str, seen: str | None = None) -> None:
        """Change the words of a note; the tags that did not come from its words stay.

        Args:
            annotation_id: The note.
            text: Its new words.
            seen: The words that the new ones are made of; where the note has others by now it is
                left as it is. None replaces whatever it says.

        Raises:
            NotFoundError: There is no such note.
            OutdatedError: It has been changed elsewhere.
        """
        text = clean(text)

        def _edited(note: Annotation) -> Annotation:
            if seen not in (None, note.text):
                raise OutdatedError("changed elsewhere; save again to replace it")
            others = retagged(note.tags, (), tags_of(note.text))
            return replace(note, text=text, tags=retagged(tags_of(text), others, ()))

        self._undoing.change("edit", [annotation_id], _edited)

    def set_voice(self, ids: Sequence[str], voice: Voice) -> None:
        """Say whose words annotated passages are.

        Raises:
            NotFoundError: One of them is not there.
        """
        self._change_some("change of speaker", ids, lambda each: replace(each, voice=voice))

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
            tags = retagged(each.tags, map(clean_line, add), remove)
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
        anchor = self._anchor(self.get(annotation_id).issue, role, start, end)
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
        self.confirm_all([annotation_id])
        return self.get(annotation_id)

    def confirm_all(self, ids: Sequence[str]) -> None:
        """Take the places of annotations as right in one step: all or none.

        Raises:
            NotFoundError: One of them is not there.
            OutdatedError: The passage of one has no place.
        """
        anchors = {each: self._anchor_now(self.get(each)) for each in ids}
        self._change_some("new place", ids, lambda each: replace(each, anchor=anchors[each.id]))

    def _anchor_now(self, annotation: Annotation) -> Anchor:
        """An anchor made where the passage of an annotation is now."""
        place, anchor = self.placement(annotation), annotation.anchor
        if anchor is None or place is None or place.state is AnchorState.ORPHAN:
            raise OutdatedError(f"{annotation.id}: its passage is not in the text any more")
        return self._anchor(annotation.issue, anchor.role, place.start, place.end)

    def _anchor(self, issue_id: str, role: DocumentRole, start: int, end: int) -> Anchor:
        from chinai_tui.annotate.anchors import make

        return make(self._core.document(issue_id, role), role, start, end)

    def _change_some(
        self, title: str, ids: Sequence[str], change: Callable[[Annotation], Annotation]
    ) -> None:
        self._undoing.change(_counted(title, ids), ids, change)

    # Taking away and bringing back

    def delete(self, annotation_ids: Sequence[str]) -> None:
        """Put annotations into the bin, where they stay for 30 days; `undo` brings them back.

        One that is gone already is passed over.
        """
        change = Change(dict.fromkeys(annotation_ids))
        self._undoing.commit(_counted("deletion", annotation_ids), lambda _: change)

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

        self._undoing.commit(_counted("restoring", annotation_ids), _restored)

    def undo(self) -> str | None:
        """Take back the last change, see `Undoing.undo`."""
        return self._undoing.undo()

    def redo(self) -> str | None:
        """Do again what was taken back last, see `Undoing.redo`."""
        return self._undoing.redo()


def _counted(title: str, of: Sequence[object]) -> str:
    """The title of a step that changes these."""
    return title if len(of) == 1 else f"{title} of {len(of)}"


def _first_at(annotations: Iterable[Annotation], passage: Passage) -> Annotation | None:
    """The first annotation that shares a place with a passage, either of them perhaps empty."""
    issue_id, role, start, end = passage
    for each in annotations:
        at = each.anchor
        if (
            each.issue == issue_id
            and at is not None
            and at.role is role
            and at.start < max(end, start + 1)
            and start < max(at.end, at.start + 1)
        ):
            return each
    return None


def _new_id() -> str:
    """An id of 64 random bits, so that notes of two machines do not meet."""
    return secrets.token_hex(8)
