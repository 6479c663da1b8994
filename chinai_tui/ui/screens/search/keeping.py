"""Asks for the name under which a query is kept above the issue list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.screens.working_screen import WorkingScreen
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput

FORGET = ""
"""The answer that the query is to be kept no longer."""


async def keep(
    screen: WorkingScreen[Any], query: str, then: Callable[[], None] = lambda: None
) -> None:
    """Keep a query under a name that is asked for; a kept one is renamed, or forgotten.

    `then` is called when that is on disk.
    """
    saved = screen.workspace.saved
    known = saved.name_of(query)

    def answered(name: str | None) -> None:
        """Do what was answered; nothing where one only backed out."""
        if name is None:
            return
        told = f"kept above the issue list: {name}" if name else f"no longer kept: {known}"

        def done(_: None) -> None:
            """Say what is on disk."""
            screen.say(clean_line(told))
            then()

        screen.in_background(lambda: saved.save(query, name) if name else saved.forget(query), done)

    await screen.app.push_screen(KeepingScreen(query, known), answered)


class KeepingScreen(ModalScreen[str | None]):
    """A box with the name; dismissed with it, with `FORGET`, or with nothing."""

    DEFAULT_CSS = """
    KeepingScreen > Vertical {
        width: 60;
        max-width: 100%;
        height: 8;
        margin: 2 0;
        padding: 1 0 0 0;
        background: $pane;
    }
    KeepingScreen Static { height: 1; margin: 0 2; }
    KeepingScreen .query { color: $dim; }
    KeepingScreen KeyFooter { margin: 0 1; }
    KeepingScreen LineInput, KeepingScreen LineInput:focus { margin: 1; background: $ground; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("ctrl+g", "forget", show=False, priority=True),
    ]

    def __init__(self, query: str, name: str = "") -> None:
        """Take the query, and its name if it is kept already."""
        super().__init__()
        self._query = query
        self._name = name

    def compose(self) -> ComposeResult:
        """The question, the query, the box, the keys."""
        question = "Rename this search" if self._name else "Keep this search as"
        with Vertical():
            yield Static(question, markup=False, classes="question")
            yield Static(clean_line(self._query, 200), markup=False, classes="query")
            yield LineInput(clean_line(self._name or self._query, 200))
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Put the cursor behind the name."""
        forget = [("^G", "forget it")] if self._name else []
        self.query_one(KeyFooter).show_hints([("Enter", "keep"), *forget], [("Esc", "back")])
        self.set_focus(self.query_one(LineInput), scroll_visible=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Answer with the name; without one the query is its own."""
        event.stop()
        self.dismiss(clean_line(event.value, 200).strip() or self._query)

    def action_forget(self) -> None:
        """Answer that a kept query is to be forgotten."""
        if self._name:
            self.dismiss(FORGET)
