"""A list to choose from: commands, voices, names; headings between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from textual.message import Message
from textual.strip import Strip

from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, cut, line


@dataclass(frozen=True, slots=True)
class Choice:
    """One row; without an id it is a heading that the cursor passes over."""

    id: str
    text: str
    detail: str = ""
    """Behind the text, in the dim strength."""
    key: str = ""
    """Before the text, in the accent."""
    role: str = "ink"
    """The colour of the text."""


class ChoiceList(LineList):
    """Rows of one line; a box above may have the focus while its keys move the cursor here."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a choice."""

        id: str

    @dataclass
    class Chosen(Message):
        """A choice was made."""

        id: str

    def __init__(
        self,
        *,
        key_width: int = 0,
        text_width: int = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Begin empty; so many cells are kept for the keys and for the texts, to align them."""
        super().__init__(id=id)
        self.text_width = text_width
        self.choices: Sequence[Choice] = ()
        self.key_width = key_width
        self.empty = ""

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        if self.cursor >= len(self.choices) or not self.choices[self.cursor].id:
            return None
        return self.choices[self.cursor]

    def set_choices(self, choices: Sequence[Choice], *, current: str = "", empty: str = "") -> None:
        """Show other rows, the cursor on `current` or on the first; `empty` stands for none."""
        self.choices = choices
        self.empty = empty
        rows = [n for n, choice in enumerate(choices) if choice.id]
        wanted = [n for n in rows if choices[n].id == current]
        self.cursor = (wanted or rows or [0])[0]
        self.top = 0
        self.redraw()

    def row_count(self) -> int:
        """The number of rows."""
        return len(self.choices)

    def is_selectable(self, row: int) -> bool:
        """Whether the row is not a heading."""
        return bool(self.choices[row].id)

    def head(self, pens: Pens) -> list[Strip]:
        """What is said where there is nothing to choose."""
        if self.choices or not self.empty:
            return []
        return [line(self.size.width, [(f"  {self.empty}", pens("faint"))], fill=pens())]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading or a choice."""
        choice = self.choices[row]
        width = self.size.width
        if not choice.id:
            heading = (f" {choice.text}", pens("strong", bold=True))
            return line(width, [heading], fill=pens())
        is_current = row == self.cursor
        ground = "current-row" if is_current else self.ground
        pieces: list[Piece] = [("▌ " if is_current else "  ", pens("accent", on=ground))]
        if self.key_width:
            key = _padded(choice.key, self.key_width)
            pieces.append((f"{key} ", pens("accent", on=ground, bold=True)))
        text = _padded(choice.text, self.text_width)
        pieces.append((text, pens(choice.role, on=ground, bold=is_current)))
        if choice.detail:
            pieces.append((f"  {choice.detail}", pens("dim", on=ground)))
        return line(width, pieces, fill=pens(on=ground))

    def moved(self) -> None:
        """Tell of the choice the cursor has come to."""
        if self.current:
            self.post_message(self.Highlighted(self.current.id))

    def opened(self) -> None:
        """Tell of the choice that was made."""
        if self.current:
            self.post_message(self.Chosen(self.current.id))


def _padded(text: str, width: int) -> str:
    """The text in exactly that many cells; as it is where no width is asked for."""
    return set_cell_size(cut(text, width), width) if width else text
