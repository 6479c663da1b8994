"""What the user corrects in the records of issues; no text that comes in later changes it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from chinai_tui.domain.issue import DateSource, Told
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.issue_record import CORRECTABLE, as_told, corrected, corrections
from chinai_tui.workspace.records import Changed

Edited: TypeAlias = dict[str, tuple[Told, Told]]
"""Of each field that was edited, what stood in it and what does."""


class Editing:
    """Corrections of records."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

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


def _with_source(values: Mapping[str, Told]) -> dict[str, Told]:
    """The values, a date with who says it."""
    return {**values, **({"date_source": DateSource.USER} if "date" in values else {})}
