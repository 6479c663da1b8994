"""Commits changes of annotations and memos, each as a step that can be undone and made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation, Memo
from chinai_tui.errors import CatalogueError, NotFoundError, OutdatedError
from chinai_tui.workspace import steps
from chinai_tui.workspace.core import TIME, Core, timestamp
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.own_entities import OwnEntities
from chinai_tui.workspace.records import Changed

if TYPE_CHECKING:
    from chinai_tui.store.records import UndoStep
    from chinai_tui.store.repository import Transaction

Annotations = tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written: annotations by id, None for one that goes, and memos."""

    annotations: Mapping[str, Annotation | None] = field(default_factory=dict)
    memos: tuple[Memo, ...] = ()


class Undoing:
    """The one way to change annotations; what is taken away rests in the bin.

    A record is changed as it is on disk at that moment, so that what another program has written
    since is not lost. An annotation is either there or in the bin.
    """

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing
        self._own = OwnEntities(core.paths.entities)

    def add(self, title: str, annotations: list[Annotation]) -> list[Annotation]:
        """Commit new annotations."""
        self.commit(title, lambda _: Change({each.id: each for each in annotations}))
        return annotations

    def change(
        self, title: str, ids: Iterable[str], change: Callable[[Annotation], Annotation | None]
    ) -> None:
        """Commit a change of some annotations; one that it leaves as it is is not touched.

        Raises:
            NotFoundError: One of them is not there.
        """
        wanted = tuple(dict.fromkeys(ids))

        def _changed(tx: Transaction) -> Change:
            after: dict[str, Annotation | None] = {}
            for each in wanted:
                present = tx.get(self._core.store.annotations, each)
                if present is None:
                    raise not_found(each)
                made = change(present)
                if made is not None and made != present:
                    made = replace(made, updated=timestamp())
                after[each] = made
            return Change(after)

        self.commit(title, _changed)

    def commit(self, title: str, change_of: Callable[[Transaction], Change]) -> None:
        """Commit what a function finds to be changed, with the step that takes it back."""

        def _commit() -> None:
            store = self._core.store
            self._catch_up()
            with store.annotations_file.transaction() as tx:
                change = change_of(tx)
                annotations, wanted = store.annotations, self._at_home(change.annotations)
                before = {each: tx.get(annotations, each) for each in wanted}
                other = [each for each in wanted if before[each] != wanted[each]]
                old = tuple(found for each in other if (found := before[each]) is not None)
                new = tuple(made for each in other if (made := wanted[each]) is not None)
                memos = tuple(
                    each for each in change.memos if tx.get(store.memos, each.tag) != each
                )
                if not (old or new or memos):
                    return
                former = [tx.get(store.memos, each.tag) for each in memos]
                memos_before = tuple(each for each in former if each is not None)
                self._write(tx, old, new)
                self._write_memos(tx, memos_before, memos)
                steps.remember(store, tx, title, (old, new), (memos_before, memos))
            self._mirror(old, new)

        self._core.write(_commit)

    def _at_home(
        self, annotations: Mapping[str, Annotation | None]
    ) -> Mapping[str, Annotation | None]:
        """The same on the issues that stand for the records they are on, where these are gone."""
        goes = self._core.homes({each.issue for each in annotations.values() if each})
        return {
            id_: replace(each, issue=goes[each.issue]) if each and each.issue in goes else each
            for id_, each in annotations.items()
        }

    def undo(self) -> str | None:
        """Take back the last change; what it was, or None when there is nothing to take back.

        What has been changed since by another program is left, and the answer says so.

        Raises:
            OutdatedError: Nothing of the step can be taken back any more; it is forgotten.
            CatalogueError: The user's entity file has a fault, or would have one.
            StoreError: Something could not be saved.
        """
        return self._core.write(lambda: self._travel(forward=False))

    def redo(self) -> str | None:
        """Do again what was taken back last; what it was, or None; for the rest see `undo`."""
        return self._core.write(lambda: self._travel(forward=True))

    def _travel(self, forward: bool) -> str | None:
        step: UndoStep | None = None
        others = 0
        store = self._core.store
        self._catch_up()
        try:
            # What holds the entity file ends last, so that it is restored if nothing is saved.
            with ExitStack() as held, store.annotations_file.transaction() as tx:
                step = steps.next_step(store, tx, forward)
                if step is None:
                    return None
                if step.correction:
                    held.enter_context(self._own.changing())
                    step = self._corrected(step, forward)
                else:
                    step, others = self._moved(tx, step, forward)
                tx.put(store.undo, replace(step, undone=forward is False))
        except OutdatedError as error:
            if step is not None:
                steps.forget(store, step)
                self._indexing.remember()
            raise OutdatedError(f"{error}; this step is forgotten") from error
        if step.correction:
            self._indexing.take_correction(step.issue)
        else:
            self._mirror(*(step.before, step.after)[:: 1 if forward else -1])
        return f"{step.title}; {_left(others)}" if others else step.title

    def _moved(self, tx: Transaction, step: UndoStep, forward: bool) -> tuple[UndoStep, int]:
        """Put back or make again what is as the step left it; the step with the rest left out."""
        store = self._core.store
        rest, others = steps.untouched(store, tx, step)
        pairs = (rest.before, rest.after), (rest.memos_before, rest.memos_after)
        if not any(each for pair in pairs for each in pair):
            raise OutdatedError(f"{step.title}: {_left(others)}")
        turn = 1 if forward else -1
        self._write(tx, *pairs[0][::turn])
        self._write_memos(tx, *pairs[1][::turn])
        return rest, others

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

    def _write(self, tx: Transaction, old: Annotations, new: Annotations) -> None:
        """Put the new annotations in the place of the old; what goes, goes into the bin."""
        from chinai_tui.store.records import BIN_DAYS, Deleted

        store, now = self._core.store, timestamp()
        limit = (datetime.now(UTC) - timedelta(days=BIN_DAYS)).strftime(TIME)
        for each in store.deleted.all().values():
            if each.deleted < limit:
                tx.delete(store.deleted, each.annotation.id)
        present = {each.id for each in new}
        for annotation in old:
            if annotation.id not in present:
                tx.delete(store.annotations, annotation.id)
                tx.put(store.deleted, Deleted(annotation, now))
        for annotation in new:
            tx.put(store.annotations, annotation)
            tx.delete(store.deleted, annotation.id)

    def _write_memos(self, tx: Transaction, old: tuple[Memo, ...], new: tuple[Memo, ...]) -> None:
        memos = self._core.store.memos
        for tag in {each.tag for each in old} - {each.tag for each in new}:
            tx.delete(memos, tag)
        for memo in new:
            tx.put(memos, memo)

    def _catch_up(self) -> None:
        """Take in what another program has written: what follows vouches for all of the file."""
        changed = self._indexing.catch_up()
        if changed is not None:
            self._core.emit(Changed(issues=changed, annotations=True, library=True))

    def _mirror(self, old: Annotations, new: Annotations) -> None:
        """Bring the index up to date with what was committed, and tell who listens."""
        if gone := {each.id for each in old} - {each.id for each in new}:
            self._core.index.remove_annotations(gone)
        issues = frozenset(each.issue for each in (*old, *new) if each.issue)
        # Before the annotations, whose marks stand on the list.
        relisted = self._indexing.list_awaited(issues)
        self._indexing.put_annotations(new)
        self._indexing.remember()
        self._core.emit(Changed(issues=issues, annotations=True, library=bool(relisted)))


def not_found(annotation_id: str) -> NotFoundError:
    """The error of an id that no annotation has."""
    return NotFoundError(f"{annotation_id}: no such note; `chinai notes` names them all")


def _left(count: int) -> str:
    if count == 1:
        return "1 record was changed since and is left as it is"
    return f"{count} records were changed since and are left as they are"
