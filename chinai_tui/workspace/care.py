"""Looking after the library: what is wrong with it, and what of the index waits to be made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic

from chinai_tui.domain.issue import Issue
from chinai_tui.errors import StoreError
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import Changed, Checkup, Progress

SHOWN_SECONDS = 2.0
"""How long after one look at what was indexed meanwhile the next one is due."""


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
        every = store.issues.all()
        empty = self._indexing.empty(every.values())
        issues = {id_: each for id_, each in every.items() if id_ not in empty}
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
        counts = (len(issues), texts, len(notes))
        return Checkup(
            *counts,
            wrong=tuple(dict.fromkeys(wrong)),
            awaited=sum(not issue.documents for issue in issues.values()),
            unbacked=self._unbacked(issues.values()),
            left_over=len(store.left_over()),
        )

    def _unbacked(self, issues: Iterable[Issue]) -> int:
        """How many texts of these issues have no original any more; none is read."""
        kept = self._core.store.originals.checksums()
        texts = (text for issue in issues for text in issue.documents.values())
        return sum(bool(text.original) and text.original not in kept for text in texts)

    @property
    def is_behind(self) -> bool:
        """Whether texts wait to be indexed, or to be marked with the catalogue as it is."""
        return self._core.index.is_behind()

    def catch_up(
        self,
        progress: Callable[[Progress], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Index and mark all that waits; returns when that is done or stopped.

        The work is done in other processes, the latest issues first; the listeners are told of it
        from time to time. What is done when it is stopped stays done.

        Raises:
            StoreError: It could not be done wholly.
        """
        from chinai_tui.workspace import upkeep

        index = self._core.index
        since, told = index.generation(), monotonic()
        total = len(index.waiting()) + len(index.behind())

        def show() -> None:
            """Tell the listeners what has been done since they were last told."""
            nonlocal since, told
            changed, since, told = index.touched(since), index.generation(), monotonic()
            if changed:
                self._core.emit(Changed(issues=changed, library=True))

        def tell(done: int) -> None:
            """Pass on how many issues are done; others may have come meanwhile."""
            if monotonic() - told > SHOWN_SECONDS:
                self._core.write(show)
            if progress is not None:
                progress(Progress(done, max(done, total)))

        if not total:
            return
        try:
            self._core.problems += upkeep.run(self._core.paths, upkeep.parts_for(total), tell, stop)
        finally:
            # A library that was closed meanwhile takes no more writes; nobody is to be told.
            with suppress(RuntimeError):
                self._core.write(show)
