"""Memos: the annotations of a tag in an order made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation, Memo
from chinai_tui.text.tags import is_within, key
from chinai_tui.workspace.undoing import Change, Undoing

if TYPE_CHECKING:
    from chinai_tui.store.repository import Transaction
    from chinai_tui.workspace.core import Core


class Memos:
    """Every tag is a memo; the case of a tag does not count."""

    def __init__(self, core: Core, undoing: Undoing) -> None:
        self._core = core
        self._undoing = undoing

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with how many annotations bear it, the most used first."""
        return self._core.index.tags()

    def ordered(self, tag: str) -> list[Annotation]:
        """The annotations of a tag and those below it, in the order made by hand.

        Those that were not put in order come after the others, the oldest first.
        """
        store = self._core.store
        return _ordered(tag, store.annotations.all().values(), store.memos.get(key(tag)))

    def move(self, tag: str, ids: Sequence[str], by: int) -> None:
        """Move annotations of a tag together, down by so many places or up if it is negative.

        They stop at the ends. `notes.undo` takes it back.
        """
        store = self._core.store

        def _moved(tx: Transaction) -> Change:
            annotations = tx.all(store.annotations).values()
            order = [each.id for each in _ordered(tag, annotations, tx.get(store.memos, key(tag)))]
            moving = [each for each in order if each in ids]
            if not moving:
                return Change()
            rest = [each for each in order if each not in ids]
            at = max(0, min(len(rest), order.index(moving[0]) + by))
            after = [*rest[:at], *moving, *rest[at:]]
            return Change(memos=(Memo(key(tag), tuple(after)),) if after != order else ())

        self._undoing.commit("change of order", _moved)


def _ordered(tag: str, annotations: Iterable[Annotation], memo: Memo | None) -> list[Annotation]:
    places = {each: place for place, each in enumerate(memo.order)} if memo else {}
    found = (each for each in annotations if any(is_within(own, tag) for own in each.tags))
    last = len(places)
    return sorted(found, key=lambda each: (places.get(each.id, last), each.created, each.id))
