"""The steps that can be undone, as they are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.workspace.core import timestamp

if TYPE_CHECKING:
    from chinai_tui.domain.annotation import Annotation
    from chinai_tui.store.records import UndoStep
    from chinai_tui.store.repository import Transaction
    from chinai_tui.store.store import Store


def remember(
    store: Store,
    tx: Transaction,
    title: str,
    before: tuple[Annotation, ...] = (),
    after: tuple[Annotation, ...] = (),
    correction: str = "",
    issue: str = "",
) -> None:
    """Add the step that takes a change back; the way forward ends, the oldest steps go."""
    from chinai_tui.store.records import UNDO_LIMIT, UndoStep, step_id

    undo = store.undo
    steps = sorted(undo.all())
    number = int(steps[-1]) + 1 if steps else 1
    for each in steps:
        step = undo.get(each)
        if step is None or step.undone or int(each) <= number - UNDO_LIMIT:
            tx.delete(undo, each)
    made = UndoStep(
        step_id(number), title, before, after, timestamp(), correction=correction, issue=issue
    )
    tx.put(undo, made)


def next_step(store: Store, tx: Transaction, forward: bool) -> UndoStep | None:
    """The step that is taken back next, or made again next; None if there is none."""
    found = sorted(tx.all(store.undo).values(), key=lambda step: step.id)
    open_steps = [step for step in found if step.undone is forward]
    return open_steps[0 if forward else -1] if open_steps else None


def forget(store: Store, step: UndoStep) -> None:
    """Leave out a step that leads nowhere any more, so that those behind it can be reached."""
    with store.annotations_file.transaction() as tx:
        tx.delete(store.undo, step.id)
