"""The very lines that go into the user's entity file, and where that file is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from chinai_tui.domain.mending import Correction
from chinai_tui.text.layout.breaking import wrap
from chinai_tui.ui.screens.mend.standing import Standing
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Row
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.strips import Piece, wrapped

INDENT = "    "
"""Before the rest of a line that is longer than the box."""


class LineScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls the lines where the box is low."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", show=False),
        Binding("up,k", "scroll_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("pageup,b", "page_up", show=False),
        Binding("q,h,left", "screen.back_out", show=False),
    ]


class CorrectionPane(Vertical):
    """A correction before it is written, and below it what Enter does or why it does nothing."""

    DEFAULT_CSS = """
    CorrectionPane { height: 1fr; }
    CorrectionPane LineScroll { height: 1fr; scrollbar-size-vertical: 1; }
    CorrectionPane LinesPane { height: auto; }
    CorrectionPane > LinesPane { max-height: 5; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", show=False)]

    class Confirmed(Message):
        """The lines are to be written."""

    def __init__(self, file: Path, undo: str, *, id: str) -> None:  # noqa: A002
        """Take the file the lines go into, and the key that takes them back."""
        super().__init__(id=id)
        self._file = file
        self._undo = undo
        self.correction = Correction("", "")
        self._standings: Sequence[Standing] = ()

    def compose(self) -> ComposeResult:
        """The lines, and what can be done."""
        with LineScroll():
            yield LinesPane(self._draw_lines)
        yield LinesPane(self._draw_told)

    @property
    def scroll(self) -> LineScroll:
        """What has the focus."""
        return self.query_one(LineScroll)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The keys that work here."""
        write = [] if self.correction.problem else [("Enter", "write")]
        return [*write, ("Esc", "back")]

    def show(self, correction: Correction) -> None:
        """Show a correction from its first line."""
        self.correction = correction
        self._standings = ()
        drawn = (self._draw_lines, self._draw_told)
        for pane, draw in zip(self.query(LinesPane), drawn, strict=True):
            pane.show(draw)
        self.scroll.scroll_home(animate=False)

    def tell(self, standings: Sequence[Standing]) -> None:
        """Tell besides how often the words stand in the library."""
        self._standings = standings
        self.query(LinesPane).last().show(self._draw_told)

    def action_write(self) -> None:
        """Have the lines written, if they can be."""
        if not self.correction.problem:
            self.post_message(self.Confirmed())

    def _draw_lines(self, width: int, pens: Pens) -> list[Row]:
        """The lines as they are written, and the file."""
        if not self.correction.lines:
            return []
        rows: list[list[Piece]] = []
        for text in self.correction.lines.strip("\n").split("\n"):
            rows += toml_rows(text, width, pens)
        rows += [[], *([(each, pens("dim"))] for each in wrapped(f"in {self._file}", width))]
        return [Row(row) for row in rows]

    def _draw_told(self, width: int, pens: Pens) -> list[Row]:
        """What Enter does, or why it does nothing."""
        told, role = self.correction.problem, "state"
        if not told:
            told, role = f"Enter writes this; {self._undo} in the text takes it back", "strong"
        rows = [
            Row([(line, pens("dim" if each.issues else "state"))])
            for each in self._standings
            for line in wrapped(each.told, width, 1)
        ]
        return rows + [Row([(each, pens(role, bold=True))]) for each in wrapped(told, width, 3)]


def toml_rows(text: str, width: int, pens: Pens) -> list[list[Piece]]:
    """A line of a TOML file, its key in the dim strength, in lines of a width."""
    room = max(len(INDENT) + 2, width)
    parts = [text[start:end] for start, end in wrap(text, 0, room - len(INDENT), cell_len)]
    key, equals, _ = text.partition(" = ")
    rows: list[list[Piece]] = []
    for number, part in enumerate(parts):
        if number:
            rows.append([(INDENT, pens()), (part, pens("ink"))])
        elif equals and part.startswith(key + equals):
            rows.append([(key + equals, pens("dim")), (part[len(key + equals) :], pens("ink"))])
        else:
            rows.append([(part, pens("accent" if part.startswith("[") else "ink"))])
    return rows
