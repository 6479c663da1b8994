"""The steps that can be undone: how they are remembered, and what of them can still be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from chinai_tui.workspace.core import timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chinai_tui.domain.annotation import Annotation, Memo
    from chinai_tui.store.records import UndoStep
    from chinai_tui.store.repository import Repository, Transaction
    from chinai_tui.store.store import Store

T = TypeVar("T")
Records = tuple[T, ...]

RECORDS_KEPT = 20_000
"""Records in all steps, at most: each save writes them. The latest step stays whatever it has."""


def remember(
    store: Store,
    tx: Transaction,
    title: str,
    annotations: tuple[Records[Annotation], Records[Annotation]] = ((), ()),
    memos: tuple[Records[Memo], Records[Memo]] = ((), ()),
    correction: str = "",
    issue: str = "",
) -> None:
    """Add the step that takes a change back; the way forward ends, the oldest steps go.

    Args:
        store: Where the steps are kept.
        tx: The transaction of the change itself.
        title: What was done.
        annotations: Those that were changed, as they were before and as they are after it.
        memos: The same of memos.
        correction: What was added to the user's entity file instead.
        issue: The id of the issue at hand at a correction.
    """
    from chinai_tui.store.records import UndoStep, step_id

    undo = store.undo
    steps = sorted(undo.all())
    number = int(steps[-1]) + 1 if steps else 1
    made = UndoStep(
        step_id(number),
        title,
        *annotations,
        created=timestamp(),
        correction=correction,
        issue=issue,
        memos_before=memos[0],
        memos_after=memos[1],
    )
    _thin(store, tx, made)
    tx.put(undo, made)


def _thin(store: Store, tx: Transaction, made: UndoStep) -> None:
    """Forget what was undone, and the oldest steps where a new one makes them too many."""
    from chinai_tui.store.records import UNDO_LIMIT

    steps, records, is_full = 1, _size(made), False
    for each in sorted(store.undo.all().values(), key=lambda step: step.id, reverse=True):
        records += _size(each)
        steps += not each.undone
        is_full = is_full or steps > UNDO_LIMIT or records > RECORDS_KEPT
        if each.undone or is_full:
            tx.delete(store.undo, each.id)


def _size(step: UndoStep) -> int:
    return len(step.before) + len(step.after)


def next_step(store: Store, tx: Transaction, forward: bool) -> UndoStep | None:
    """The step that is taken back next, or made again next; None if there is none."""
    found = sorted(tx.all(store.undo).values(), key=lambda step: step.id)
    open_steps = [step for step in found if step.undone is forward]
    return open_steps[0 if forward else -1] if open_steps else None


def forget(store: Store, step: UndoStep) -> None:
    """Leave out a step that leads nowhere any more, so that those behind it can be reached."""
    with store.annotations_file.transaction() as tx:
        tx.delete(store.undo, step.id)


def untouched(store: Store, tx: Transaction, step: UndoStep) -> tuple[UndoStep, int]:
    """A step with only the records that still are as it left them, and how many others it had."""
    annotations = step.before, step.after
    memos = step.memos_before, step.memos_after
    same = _unchanged(tx, store.annotations, *annotations, step.undone)
    same_memos = _unchanged(tx, store.memos, *memos, step.undone)
    rest = replace(
        step,
        before=tuple(each for each in step.before if each.id in same),
        after=tuple(each for each in step.after if each.id in same),
        memos_before=tuple(each for each in step.memos_before if each.tag in same_memos),
        memos_after=tuple(each for each in step.memos_after if each.tag in same_memos),
    )
    count = len({each.id for pair in annotations for each in pair})
    count += len({each.tag for pair in memos for each in pair})
    return rest, count - len(same) - len(same_memos)


def _unchanged(
    tx: Transaction, kept: Repository[T], before: Sequence[T], after: Sequence[T], undone: bool
) -> set[str]:
    """The ids of the records that are as a step left them, be it that they are not there."""
    key = kept.codec.key
    left = {key(each): each for each in (before if undone else after)}
    ids = {key(each) for each in (*before, *after)}
    return {each for each in ids if tx.get(kept, each) == left.get(each)}
