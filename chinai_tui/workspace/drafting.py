"""Keeps what is being typed as a note until it is saved as one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import ChinaiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chinai_tui.store.records import SessionValue
    from chinai_tui.store.repository import Transaction
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.indexing import Indexing

_DRAFT = "draft:"
"""Before the key of a draft in the name of the session value that keeps it."""
_NOTE = "note:"
_ON_ISSUES = ("passage", "issue")
"""How keys begin that go on with the id of an issue."""
_ISSUE = "issue:"
_PASSAGE = re.compile(r"passage:(?P<issue>[^:]+):(?P<role>[^:]+):(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class Draft(Annotation):
    """The note that a draft would become; its id is the draft's key."""

    seen: str | None = None
    """The words of the note that it was made of; None where it is a note of its own."""


class Drafting:
    """Drafts of notes, by keys of their writers' choice.

    Each is kept as the note that it would become, so that the passage of `note:<id>` and
    `passage:<issue>:<role>:<start>-<end>` is found again when the text has changed. `issue:<id>`
    is on the issue itself.
    """

    _core: Core
    _indexing: Indexing

    def draft(self, key: str) -> str:
        """What was typed under a key and not yet saved as a note; empty if nothing was."""
        kept = self._kept(key)
        self._typed[key] = _read(kept).text if kept else ""
        return self._typed[key]

    def draft_seen(self, key: str) -> str | None:
        """The words of a note that its draft was made of; None where that is not known."""
        kept = self._kept(key)
        return _read(kept).seen if kept else None

    def _kept(self, key: str) -> SessionValue | None:
        issue = _issue_of(key)
        return self._core.store.session.get(_DRAFT + _moved_key(key, {issue: self._home(issue)}))

    def _home(self, issue_id: str) -> str:
        """The issue that stands for a record, its own where it is there."""
        # The index tells of most, which saves loading the records.
        if not issue_id or self._core.index.issue(issue_id) is not None:
            return issue_id
        return self._core.homes([issue_id]).get(issue_id, issue_id)

    def drafts(self, issue_id: str) -> list[Draft]:
        """The drafts on an issue and on passages of it, in no order.

        Other words for a note that there is are not among them.
        """
        store = self._core.store
        there = store.annotations.all()
        values, home = store.session.all().values(), self._home(issue_id)
        found = (_read(each) for each in values if each.id.startswith(_DRAFT))
        return [
            each
            for each in found
            if each.issue == home and each.id.removeprefix(_NOTE) not in there
        ]

    def keep_draft(self, key: str, text: str, seen: str | None = None) -> None:
        """Keep what is being typed, on disk when this returns; an empty text forgets it.

        `seen` are the words of the note that is being changed, as they were when one began.
        """

        def _commit() -> None:
            with self._core.store.reading_file.transaction() as tx:
                self._keep(tx, key, text, seen)
            self._typed[key] = text
            self._indexing.mirror_session()
            self._indexing.remember()

        self._core.write(_commit)

    def _keep(self, tx: Transaction, typed: str, text: str, seen: str | None) -> None:
        from chinai_tui.store.records import SessionValue

        session, issue = self._core.store.session, _issue_of(typed)
        homes = self._core.homes([issue]) if issue else {}
        key = _moved_key(typed, homes)
        kept = tx.get(session, _DRAFT + key)
        former = _read(kept) if kept else None
        if former and homes:
            # What joined the records has put it behind what was typed on the issue that stays.
            text = _with_end(former.text, self._typed.get(typed, ""), text)
        if not text:
            tx.delete(session, _DRAFT + key)
            return
        # Its place is that of the text as it was when one began to write.
        is_placed = former and (former.issue or former.entity)
        begun = former if former and is_placed else self._begun(typed)
        begun = replace(begun, id=key, issue=homes.get(begun.issue, begun.issue))
        value = msgspec.json.encode(replace(begun, text=text, seen=seen)).decode()
        tx.put(session, SessionValue(_DRAFT + key, value))

    @cached_property
    def _typed(self) -> dict[str, str]:
        """What their writers know of the drafts, by key."""
        return {}

    def _begun(self, key: str) -> Draft:
        """An empty draft on what its key names."""
        begun = Draft(key, AnnotationKind.NOTE)
        if note := self._core.store.annotations.get(key.removeprefix(_NOTE)):
            return replace(begun, issue=note.issue, entity=note.entity, anchor=note.anchor)
        if found := _PASSAGE.match(key):
            return replace(begun, issue=found["issue"], anchor=self._anchor_at(found))
        if key.startswith(_ISSUE):
            return replace(begun, issue=key.removeprefix(_ISSUE))
        return begun

    def _anchor_at(self, found: re.Match[str]) -> Anchor | None:
        """An anchor to the passage a key names; None where it is not in the text."""
        from chinai_tui.annotate.anchors import make

        try:
            role = DocumentRole(found["role"])
            document = self._core.shown(found["issue"], role)
            return make(document, role, int(found["start"]), int(found["end"]))
        except (ChinaiError, ValueError):
            return None


def moved(kept: SessionValue, ids: Mapping[str, str]) -> SessionValue:
    """A session value as it is in a library that has other ids for some issues.

    Only drafts speak of issues; notes and entities have the same ids everywhere.
    """
    if not kept.id.startswith(_DRAFT):
        return kept
    draft, key = _read(kept), _moved_key(kept.id.removeprefix(_DRAFT), ids)
    draft = replace(draft, id=key, issue=ids.get(draft.issue, draft.issue))
    return replace(kept, id=_DRAFT + key, value=msgspec.json.encode(draft).decode())


def _moved_key(key: str, ids: Mapping[str, str]) -> str:
    issue = _issue_of(key)
    kind, _, rest = key.partition(":")
    return f"{kind}:{ids[issue]}{rest.removeprefix(issue)}" if issue in ids and issue else key


def _issue_of(key: str) -> str:
    """The id of the issue in a key; empty where it goes on with something else."""
    kind, _, rest = key.partition(":")
    return rest.partition(":")[0] if kind in _ON_ISSUES else ""


def _with_end(kept: str, before: str, after: str) -> str:
    """A draft with other words for those it ends with; they come behind it if it does not."""
    rest = kept.removesuffix(before).rstrip("\n")
    return "\n\n".join(filter(None, (rest, after)))


def joined(own: SessionValue, other: SessionValue) -> SessionValue:
    """One draft with the words of two that have come under one key, its own first."""
    mine, theirs = _read(own), _read(other)
    if theirs.text == mine.text:
        return own
    both = replace(mine, text=f"{mine.text}\n\n{theirs.text}")
    return replace(own, value=msgspec.json.encode(both).decode())


def _read(kept: SessionValue) -> Draft:
    """A draft as it was kept; an older program kept nothing but the words."""
    try:
        return msgspec.json.decode(kept.value, type=Draft)
    except msgspec.DecodeError:
        key = kept.id.removeprefix(_DRAFT)
        return Draft(key, AnnotationKind.NOTE, text=kept.value)
