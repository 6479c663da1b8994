"""Looking after the library: what is wrong with it, and making the index again."""

from __future__ import annotations

from collections.abc import Callable

from chinai_tui.errors import StoreError
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import Changed, Checkup, Progress


class Care:
    """The state of the library's files."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def problems(self) -> list[str]:
        """What was found wrong since the library was opened, one line each."""
        return self._core.found_wrong

    def check(self, progress: Callable[[Progress], None] | None = None) -> Checkup:
        """Read the catalogue, every text and every note, and tell what is wrong with any.

        Nothing is changed. `progress` is told how many issues have been read.
        """
        store = self._core.store
        issues = store.issues.all()
        wrong = [*self.problems()]
        faults = self._indexing.catalogue_faults()
        wrong += [fault for fault in faults if not any(fault in each for each in wrong)]
        texts = 0
        for number, issue in enumerate(issues.values(), 1):
            for role, reference in issue.documents.items():
                texts += 1
                try:
                    self._core.documents.get(issue.id, role, reference.revision)
                except StoreError as error:
                    wrong.append(str(error))
            if progress is not None:
                progress(Progress(number, len(issues)))
        notes = store.annotations.all()
        wrong += [
            f"note {each.id}: it is on {each.issue}, which is not in the library;"
            " import the issue and it is there again"
            for each in notes.values()
            if each.issue and each.issue not in issues
        ]
        known = self._core.index.entities()
        wrong += [
            f"note {each.id}: it is on entity {each.entity}, which the catalogue does not have;"
            " add or switch on the entity and it is there again"
            for each in notes.values()
            if known and each.entity and each.entity not in known
        ]
        return Checkup(len(issues), texts, len(notes), tuple(dict.fromkeys(wrong)))

    def rebuild(self) -> None:
        """Make the index again from the store and the catalogue."""

        def _commit() -> None:
            self._indexing.synchronise(everything=True)
            changed = frozenset(self._core.index.fingerprints())
            self._core.emit(Changed(issues=changed, annotations=True, library=True))

        self._core.write(_commit)
