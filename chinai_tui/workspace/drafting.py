"""Keeps what is being typed as a note until it is saved as one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import ChinaiError

if TYPE_CHECKING:
    from chinai_tui.store.records import SessionValue
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.indexing import Indexing

_DRAFT = "draft:"
"""Before the key of a draft in the name of the session value that keeps it."""
_NOTE = "note:"
_PASSAGE = re.compile(r"passage:(?P<issue>[^:]+):(?P<role>[^:]+):(?P<start>\d+)-(?P<end>\d+)")


class Drafting:
    """Drafts of notes, by keys of their writers' choice.

    Each is kept as the note that it would become, so that the passage of `note:<id>` and
    `passage:<issue>:<role>:<start>-<end>` is found again when the text has changed.
    """

    _core: Core
    _indexing: Indexing

    def draft(self, key: str) -> str:
        """What was typed under a key and not yet saved as a note; empty if nothing was."""
        kept = self._core.store.session.get(_DRAFT + key)
        return _read(kept).text if kept else ""

    def drafts(self, issue_id: str) -> list[Annotation]:
        """The drafts on passages of an issue as the notes they would become, keys for ids.

        Other words for a note that there is are not among them.
        """
        store = self._core.store
        there = store.annotations.all()
        values = store.session.all().values()
        found = (_read(each) for each in values if each.id.startswith(_DRAFT))
        return [
            each
            for each in found
            if each.issue == issue_id and each.anchor and each.id.removeprefix(_NOTE) not in there
        ]

    def keep_draft(self, key: str, text: str) -> None:
        """Keep what is being typed, on disk when this returns; an empty text forgets it."""
        from chinai_tui.store.records import SessionValue

        def _commit() -> None:
            store = self._core.store
            with store.reading_file.transaction() as tx:
                if text:
                    kept = tx.get(store.session, _DRAFT + key)
                    former = _read(kept) if kept else None
                    # Its place is that of the text as it was when one began to write.
                    begun = former if former and former.anchor else self._begun(key)
                    value = msgspec.json.encode(replace(begun, text=text)).decode()
                    tx.put(store.session, SessionValue(_DRAFT + key, value))
                else:
                    tx.delete(store.session, _DRAFT + key)
            self._indexing.mirror_session()
            self._indexing.remember()

        self._core.write(_commit)

    def _begun(self, key: str) -> Annotation:
        """An empty draft on what its key names."""
        begun = Annotation(key, AnnotationKind.NOTE)
        if note := self._core.store.annotations.get(key.removeprefix(_NOTE)):
            return replace(begun, issue=note.issue, entity=note.entity, anchor=note.anchor)
        if found := _PASSAGE.match(key):
            return replace(begun, issue=found["issue"], anchor=self._anchor_at(found))
        return begun

    def _anchor_at(self, found: re.Match[str]) -> Anchor | None:
        """An anchor to the passage a key names; None where it is not in the text."""
        from chinai_tui.annotate.anchors import make

        try:
            role = DocumentRole(found["role"])
            document = self._core.document(found["issue"], role)
            return make(document, role, int(found["start"]), int(found["end"]))
        except (ChinaiError, ValueError):
            return None


def _read(kept: SessionValue) -> Annotation:
    """A draft as it was kept; an older program kept nothing but the words."""
    try:
        return msgspec.json.decode(kept.value, type=Annotation)
    except msgspec.DecodeError:
        key = kept.id.removeprefix(_DRAFT)
        return Annotation(key, AnnotationKind.NOTE, text=kept.value)
