"""What the user corrects in the records of issues; no text that comes in later changes it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TypeAlias

from chinai_tui.domain.annotation import AnchorState
from chinai_tui.domain.issue import DateSource, Told
from chinai_tui.errors import ChinaiError, ContraryError
from chinai_tui.workspace.annotations_in import AnnotationImporter
from chinai_tui.workspace.backup import Backup
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.identity import address_keys
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.issue_record import (
    CORRECTABLE,
    as_told,
    corrected,
    corrections,
    number_key,
)
from chinai_tui.workspace.joining import Joining, contrary, with_other
from chinai_tui.workspace.records import Changed, Joined

Edited: TypeAlias = dict[str, tuple[Told, Told]]
"""Of each field that was edited, what stood in it and what does."""


class Editing:
    """Corrections of records."""

    def __init__(self, core: Core, indexing: Indexing, backup: Backup) -> None:
        self._core = core
        self._indexing = indexing
        self._backup = backup

    def edit(
        self, issue_id: str, values: Mapping[str, Told], reset: Collection[str] = ()
    ) -> Edited:
        """Put values in fields of an issue, or back what its texts say there.

        Args:
            issue_id: The issue; its id stays, whatever it is called.
            values: What the user says, by field, of those in `issue_record.CORRECTABLE`.
            reset: The fields whose corrections are given up.

        Raises:
            NotFoundError: There is no such issue.
            StoreError: It could not be saved.
        """
        id_ = self._core.issue(issue_id).id

        def _commit() -> Edited:
            store = self._core.store
            with store.issues_file.transaction() as tx:
                before = tx.all(store.issues)[id_]
                kept = {**corrections(before), **_with_source(values)}
                gone = {*reset, *(["date_source"] if "date" in reset else ())}
                rest = {name: value for name, value in kept.items() if name not in gone}
                after = corrected(as_told(before), rest)
                if after != before:
                    tx.put(store.issues, after)
            if after != before:
                self._indexing.put([after])
                self._core.emit(Changed(issues=frozenset({id_}), library=True))
            return {
                name: (getattr(before, name), getattr(after, name))
                for name in CORRECTABLE
                if name in values or name in reset
            }

        return self._core.write(_commit)

    def alike(self, issue_id: str) -> dict[str, str]:
        """Other issues with the number of one in its publication, or at its address.

        By their ids, each with what it shares.
        """
        own = self._core.issue(issue_id)
        every = self._core.store.issues.all().values()
        found = {}
        for each in every:
            if each.id == own.id:
                continue
            if address_keys(own.url) & address_keys(each.url):
                found[each.id] = own.url
            elif number_key(own) and number_key(own) == number_key(each):
                found[each.id] = f"number {own.number}"
        return found

    def join(
        self, keep: str, other: str, *, insist: bool = False, rehearse: bool = False
    ) -> Joined:
        """Make one of two records of which the user says that they are of one issue.

        The id of the other leads to the first from then on, as do its texts when they come again.

        Args:
            keep: The record whose id stays.
            other: The one that becomes part of it.
            insist: Whether they are joined though they seem to be of two issues.
            rehearse: Whether nothing is to be written, only told.

        Raises:
            NotFoundError: There is no such issue.
            ContraryError: They are one already, or seem to be of two issues.
            StoreError: A text of either cannot be read; it could not be saved.
        """
        own, gone = self._core.issue(keep), self._core.issue(other)
        if own.id == gone.id:
            raise ContraryError(f"{own.id}: both names lead to this one issue; give two")
        if not insist and (reason := contrary(own, gone)):
            raise ContraryError(f"{reason}; --force joins them all the same")
        for each in (own, gone):
            for role, reference in each.documents.items():
                # From disk: one that is at hand may be damaged there.
                self._core.documents.get(each.id, role, reference.revision)
        there = self._core.store.annotations.all().values()
        notes = sum(each.issue == gone.id for each in there)
        if rehearse:
            return Joined(with_other(own, gone), gone, notes)
        safety = self._backup.before("join", (own.id, gone.id))
        self._core.write(partial(self._join, own.id, gone.id))
        return Joined(self._core.issue(own.id), gone, notes, self._orphaned(own.id), safety)

    def _join(self, keep: str, other: str) -> None:
        Joining(self._core, self._indexing).join([keep, other])
        # Annotations may have come before their text did.
        AnnotationImporter(self._core, self._indexing).place_waiting([keep])

    def _orphaned(self, issue_id: str) -> tuple[str, ...]:
        """The annotations on an issue whose words its texts do not have."""
        from chinai_tui.annotate.anchors import place

        found = []
        for each in self._core.store.annotations.all().values():
            if each.issue != issue_id or each.anchor is None:
                continue
            try:
                document = self._core.document(issue_id, each.anchor.role)
            except ChinaiError:
                # What it quotes cannot be shown any more than where it stands nowhere.
                found.append(each.id)
                continue
            if place(each.anchor, document).state is AnchorState.ORPHAN:
                found.append(each.id)
        return tuple(sorted(found))


def _with_source(values: Mapping[str, Told]) -> dict[str, Told]:
    """The values, a date with who says it."""
    return {**values, **({"date_source": DateSource.USER} if "date" in values else {})}
