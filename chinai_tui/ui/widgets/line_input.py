"""A box of one line to type in."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from chinai_tui.text.sanitise import clean_line


class LineInput(Input):
    """Textual's input without a frame; up and down belong to the list that it narrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False),
        Binding("up,ctrl+p", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
    ]

    class Stepped(Message):
        """The cursor of the list below is to move by so many rows."""

        def __init__(self, rows: int) -> None:
            """Take the number of rows, below zero for up."""
            super().__init__()
            self.rows = rows

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        highlighter: Highlighter | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Begin with a text; `placeholder` stands while there is none."""
        super().__init__(
            value, placeholder=placeholder, highlighter=highlighter, compact=True, id=id
        )
        self.cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The line; a blank one once it is taken away, as there are no styles to draw it in."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def _on_paste(self, event: events.Paste) -> None:
        """Make what is pasted one line without control codes; Textual then inserts it."""
        event.text = clean_line(event.text)

    def action_step(self, rows: int) -> None:
        """Ask for the list's cursor to move."""
        self.post_message(self.Stepped(rows))
