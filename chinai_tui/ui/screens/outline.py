"""The headings of the open document."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from chinai_tui.domain.document import BlockRole, Document
from chinai_tui.text.fold import fold
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.menu_list import MenuList

KEYS = (("j k", "move"), ("Enter", "go"), ("/", "narrow"), ("q", "back"))


class OutlineScreen(ModalScreen[int | None]):
    """Headings and label lines, the one above the current paragraph marked; one is chosen.

    Dismissed with the number of its block.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back_out", show=False),
        Binding("t", "back_out", show=False),
        Binding("slash", "narrow", show=False),
    ]

    def __init__(self, document: Document, current: int = 0) -> None:
        """Take the document, and the number of its current block."""
        super().__init__()
        self._document = document
        self._current = current

    def compose(self) -> ComposeResult:
        """A box and a list."""
        with Vertical(classes="dialog"):
            yield LineInput(placeholder="/ narrows the headings")
            yield MenuList()
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Show all headings, the cursor on the current one."""
        self.query_one(KeyFooter).show_hints(KEYS)
        self._show("")
        self.set_focus(self.headings, scroll_visible=False)

    @property
    def headings(self) -> MenuList:
        """The list."""
        return self.query_one(MenuList)

    def _show(self, words: str) -> None:
        section = self._document.section_of(self._current) if self._document.blocks else None
        wanted = fold(words).split()
        choices = [
            self._choice(number, number == section)
            for number in self._document.headings()
            if all(word in fold(self._document.text_of(number)) for word in wanted)
        ]
        empty = "no heading has these words" if words else "this text has no headings"
        self.headings.set_choices(choices, current=str(section), empty=empty)

    def _choice(self, number: int, is_current: bool) -> Choice:
        block = self._document.blocks[number]
        is_label = block.role is BlockRole.LABEL
        indent = "  " * (1 if is_label else min(3, max(0, block.level - 2)))
        return Choice(
            id=str(number),
            text=indent + self._document.text_of(number).rstrip(":："),
            detail="you are here" if is_current else "",
            role="ink" if is_label or block.level > 2 else "strong",
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.headings.action_open()

    @on(LineInput.Stepped)
    def _stepped(self, event: LineInput.Stepped) -> None:
        self.headings.move_to(self.headings.cursor + event.rows, step=1 if event.rows > 0 else -1)

    @on(MenuList.Chosen)
    def _chosen(self, event: MenuList.Chosen) -> None:
        self.dismiss(int(event.id))

    def action_narrow(self) -> None:
        """Go to the box."""
        self.query_one(LineInput).focus()

    def action_back_out(self) -> None:
        """Leave the box and show all headings again, or leave the list."""
        box = self.query_one(LineInput)
        if box.has_focus or box.value:
            box.value = ""
            self.headings.focus()
        else:
            self.dismiss(None)
