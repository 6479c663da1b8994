"""A list of choices that has the focus itself and moves as the lists of passages do."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.widgets.choice_list import ChoiceList

MOTIONS = frozenset(
    f"passages.{name}"
    for name in ("down", "up", "page_down", "page_up", "first", "last", "open", "back_out")
)
"""The commands of lists of passages that hold for any list."""


class MenuList(ChoiceList):
    """Choices one moves among with the keys of the lists of passages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings(Scope.PASSAGES) if binding.id in MOTIONS
    ]
