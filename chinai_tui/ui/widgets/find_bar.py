"""The line at the bottom in which one types what to find, or how to filter the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from chinai_tui.ui.widgets.line_input import LineInput


class FindBar(Horizontal):
    """A prompt and a box; the `value` of the box is watched, so that hits are shown as one types.

    A message for each letter would come a frame late.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    @dataclass
    class Accepted(Message):
        """Enter was pressed."""

        text: str

    class Cancelled(Message):
        """Escape was pressed: one wants to be where one was."""

    @dataclass
    class Stepped(Message):
        """The next (1) or previous (-1) hit or row is wanted while typing."""

        step: int

    def __init__(self, prompt: str, value: str = "", placeholder: str = "") -> None:
        """Show a prompt, a text to begin with, and what stands while there is none."""
        super().__init__()
        self._prompt = prompt
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """The prompt and the box."""
        yield Static(f" {self._prompt} ", markup=False, classes="prompt")
        yield LineInput(self._value, placeholder=self._placeholder)

    @property
    def box(self) -> LineInput:
        """What one types in."""
        return self.query_one(LineInput)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell that it is what is meant."""
        event.stop()
        self.post_message(self.Accepted(event.value))

    def on_line_input_stepped(self, event: LineInput.Stepped) -> None:
        """Hand a step on, as one whatever its size."""
        event.stop()
        self.post_message(self.Stepped(1 if event.rows > 0 else -1))

    def action_cancel(self) -> None:
        """Tell that one wants to be where one was."""
        self.post_message(self.Cancelled())
