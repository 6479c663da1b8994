"""Every command in one list: to be found by name and run, or to read the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from chinai_tui.text.fold import fold
from chinai_tui.ui.commands import COMMANDS, Command, Scope
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.choice_list import Choice, ChoiceList
from chinai_tui.ui.widgets.flow import Row
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.strips import wrapped

KEY_WIDTH = 10
TITLE_WIDTH = 19
WHOLE_LINES = 2
"""Lines below the list for what does not fit in a row."""


class CommandsScreen(ModalScreen[str | None]):
    """A box and the commands that have its words; dismissed with the id of the one to run."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss(None)", show=False)]

    DEFAULT_CSS = "CommandsScreen LinesPane { height: 3; padding: 1 0 0 0; }"

    placeholder = ""
    empty = "no command has these words"

    def __init__(self, keymap: Mapping[str, str]) -> None:
        """Take the user's keys, so that the list tells the ones that work."""
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The box and the list."""
        with Vertical(classes="dialog"):
            yield LineInput(placeholder=self.placeholder)
            yield ChoiceList(key_width=KEY_WIDTH, text_width=TITLE_WIDTH)
            yield LinesPane(self._draw_whole)

    def on_mount(self) -> None:
        """List everything."""
        self._narrow("")

    def offered(self, words: list[str]) -> list[Choice]:
        """The rows that have all the words."""
        raise NotImplementedError

    def choice(self, command: Command) -> Choice:
        """A command as a row."""
        keys = " ".join(labels_of(command, self._keymap))
        return Choice(command.id, command.title, command.help, keys)

    def fits(self, command: Command, words: list[str]) -> bool:
        """Whether a command has all the words in its name, title, help or keys."""
        keys = labels_of(command, self._keymap)
        if len(words) == 1 and words[0] in map(str.lower, keys):
            return True
        text = fold(f"{command.id} {command.title} {command.help} {command.scope.value}")
        return all(word in text for word in words)

    def _narrow(self, text: str) -> None:
        choices = self.offered(fold(text).split())
        self.query_one(ChoiceList).set_choices(choices, empty=self.empty)
        self._tell_whole()

    def _draw_whole(self, width: int, pens: Pens) -> list[Row]:
        """What the command under the cursor does, which its row may have no room for."""
        current = self.query_one(ChoiceList).current
        told = wrapped(current.detail, width, WHOLE_LINES) if current else []
        return [Row([(each, pens("ink"))]) for each in told]

    @on(ChoiceList.Highlighted)
    def _tell_whole(self) -> None:
        self.query_one(LinesPane).show(self._draw_whole)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what is typed."""
        self._narrow(event.value)

    def on_line_input_stepped(self, event: LineInput.Stepped) -> None:
        """Move the cursor of the list."""
        choices = self.query_one(ChoiceList)
        choices.move_to(choices.cursor + event.rows, step=1 if event.rows > 0 else -1)

    def on_input_submitted(self) -> None:
        """Choose the row under the cursor."""
        self.query_one(ChoiceList).action_open()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Answer with the command."""
        self.dismiss(event.id)


class PaletteScreen(CommandsScreen):
    """The commands one may want by name."""

    placeholder = "a command"

    def offered(self, words: list[str]) -> list[Choice]:
        """Those whose title begins with the words first."""
        found = [c for c in COMMANDS if c.palette and self.fits(c, words)]
        found.sort(key=lambda command: not fold(command.title).startswith(" ".join(words)))
        return [self.choice(command) for command in found]


class HelpScreen(CommandsScreen):
    """Every key, by the place where it works."""

    placeholder = "a key or a word"
    empty = "no key does that"

    def offered(self, words: list[str]) -> list[Choice]:
        """The commands under the headings of their scopes."""
        choices: list[Choice] = []
        for scope in Scope:
            found = [c for c in COMMANDS if c.scope is scope and self.fits(c, words)]
            if found:
                heading = Choice("", scope.value.capitalize())
                choices += [heading, *(self.choice(command) for command in found)]
        return choices

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Run what can be run by name; a motion is only shown."""
        runs = any(command.id == event.id and command.palette for command in COMMANDS)
        self.dismiss(event.id if runs else None)
