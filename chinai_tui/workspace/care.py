"""Looking after the library: what is wrong with it, and what of the index waits to be made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from chinai_tui.domain.issue import Issue
from chinai_tui.errors import StoreError
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import Changed, Checkup, Progress

SHOWN_SECONDS = 2.0
"""How long after one look at what was indexed meanwhile the next one is due."""
_ORIGINAL_REMEDY = "delete it and import {} again, or `chinai restore` a backup that has it"


class Care:
    """The state of the library's files."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def problems(self) -> list[str]:
        """What was found wrong since the library was opened, one line each."""
        return self._core.found_wrong

    def check(self, progress: Callable[[Progress], None] | None = None) -> Checkup:
        """Read the catalogue, every text with its original, and every note; tell what is wrong.

        Nothing is changed, but temporary files of imports that were killed are taken away.
        `progress` is told how many issues have been read.
        """
        store = self._core.store
        every = store.issues.all()
        empty = self._indexing.empty(every.values())
        issues = {id_: each for id_, each in every.items() if id_ not in empty}
        wrong = [*self.problems()]
        faults = self._indexing.catalogue_faults()
        wrong += [fault for fault in faults if not any(fault in each for each in wrong)]
        originals = store.originals.kept()
        gone: list[str] = []
        for number, issue in enumerate(issues.values(), 1):
            gone += self._look_at(issue, originals, wrong)
            if progress is not None:
                progress(Progress(number, len(issues)))
        wrong += self._strays(issues)
        removed = self._without_left_over()
        return Checkup(
            len(issues),
            sum(len(issue.documents) for issue in issues.values()),
            len(store.annotations.all()),
            wrong=tuple(dict.fromkeys(wrong)),
            gone=tuple(gone),
            awaited=sum(not issue.documents for issue in issues.values()),
            unbacked=_unbacked(issues.values(), originals),
            left_over=len(store.left_over()),
            removed=tuple(map(str, removed)),
        )

    def _look_at(
        self, issue: Issue, originals: Mapping[str, Sequence[Path]], wrong: list[str]
    ) -> Iterator[str]:
        """Add what is wrong with the texts of an issue and with what they were read from.

        Yields those that others have replaced and that are gone.
        """
        from chinai_tui.store.documents import EARLIER_REMEDY

        for role, reference in issue.documents.items():
            try:
                self._core.documents.get(issue.id, role, reference.revision)
            except StoreError as error:
                wrong.append(str(error))
            for past in reference.earlier:
                try:
                    self._core.documents.get(issue.id, role, past.revision, EARLIER_REMEDY)
                except StoreError as error:
                    if isinstance(error.__cause__, FileNotFoundError):
                        yield str(error)
                    else:
                        wrong.append(str(error))
            if paths := originals.get(reference.original):
                fault = self._core.store.originals.fault(reference.original, paths)
                if fault:
                    remedy = _ORIGINAL_REMEDY.format(reference.name or issue.id)
                    wrong.append(f"{fault}; {remedy}")

    def _strays(self, issues: Container[str]) -> Iterator[str]:
        """The notes on what is not there."""
        notes = self._core.store.annotations.all().values()
        for each in notes:
            if each.issue and each.issue not in issues:
                yield (
                    f"note {each.id}: it is on {each.issue}, which is not in the library;"
                    " import the issue and it is there again"
                )
        known = self._core.index.entities()
        for each in notes:
            if known and each.entity and each.entity not in known:
                yield (
                    f"note {each.id}: it is on entity {each.entity}, which the catalogue does not"
                    " have; add or switch on the entity and it is there again"
                )

    def _without_left_over(self) -> list[Path]:
        """Take away what killed imports have left behind, where the library can be written to."""
        try:
            return self._core.write(self._core.store.clear_left_over)
        except StoreError:
            return []

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


def _unbacked(issues: Iterable[Issue], originals: Container[str]) -> int:
    """How many texts of these issues have no original any more."""
    texts = (text for issue in issues for text in issue.documents.values())
    return sum(bool(text.original) and text.original not in originals for text in texts)
