"""The terms that an issue gives in Chinese, and the place of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.gloss import Gloss
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.side_list import Line, SideList, text_lines
from chinai_tui.ui.widgets.strips import Piece, cut

NONE_HERE = "This issue gives no term in Chinese."
LONGEST_TERM = 16
"""Cells of a term before what it means is told beside it."""
LONGEST_TOLD = 4
"""Lines in which a term, its pinyin or its English is told."""


class TermList(SideList):
    """The terms of an issue in the order of the text and, below them, the current one in full."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a term."""

        term: Gloss

    @dataclass
    class Opened(Message):
        """A term was chosen to be shown where it stands."""

        term: Gloss

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.terms: Sequence[Gloss] = ()
        """What it was given to show."""

    # State, handed down by the screen

    @property
    def current(self) -> Gloss | None:
        """The term under the cursor."""
        return self.terms[self.cursor] if self.cursor < len(self.terms) else None

    def set_terms(self, terms: Sequence[Gloss]) -> None:
        """Show the terms of another document, the cursor on the same term or on the first.

        Posts nothing: who sets the rows knows.
        """
        han = self.current.han if self.current else ""
        self.terms = terms
        self.cursor = next((row for row, term in enumerate(terms) if term.han == han), 0)
        self.top = 0
        self.redraw()

    # Drawing

    def row_count(self) -> int:
        """The number of terms."""
        return len(self.terms)

    def title(self) -> tuple[str, Sequence[str]]:
        """How many terms there are."""
        count = len(self.terms)
        noun = "term" if count == 1 else "terms"
        return "Terms", [f"{count} {noun}"] if count else []

    def nothing(self) -> str:
        """That there are none."""
        return NONE_HERE

    def told(self, width: int, room: int, pens: Pens) -> list[Line]:  # noqa: ARG002
        """The current term with its pinyin and its English, or with the words before it."""
        term = self.current
        if term is None:
            return []
        told = [(term.han, "strong"), (term.pinyin, "faint"), (term.english, "ink")]
        if not term.english and term.lead:
            told.append((f"… {term.lead}", "dim"))
        return [
            each
            for text, role in told
            for each in text_lines(text, width, pens(role), LONGEST_TOLD)
        ]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A term with its English; without, with its pinyin or the end of what comes before."""
        term = self.terms[row]
        is_current = row == self.cursor
        ground = self.row_ground(row)
        role = "strong" if is_current else "ink"
        beside = term.english or term.pinyin
        han = cut(term.han, LONGEST_TERM) if beside else term.han
        left: list[Piece] = [
            (han, pens(role, on=ground, bold=is_current)),
            (" ", pens(on=ground)),
        ]
        if beside:
            left.append((f" {beside}", pens("dim", on=ground)))
        elif term.lead and cell_len(han) <= LONGEST_TERM:
            room = self.size.width - cell_len(han) - 7
            left.append((f" … {_tail(term.lead, room)}", pens("faint", on=ground)))
        return self.row_line(row, left, (), pens)

    # Messages up

    def moved(self) -> None:
        """Tell of the term the cursor has come to."""
        self.redraw()
        if self.current:
            self.post_message(self.Highlighted(self.current))

    def opened(self) -> None:
        """Tell of the term that was chosen."""
        if self.current:
            self.post_message(self.Opened(self.current))


def _tail(text: str, width: int) -> str:
    """The last words of a text that fit into that many cells."""
    words = text.split()
    while len(words) > 1 and cell_len(" ".join(words)) > width:
        del words[0]
    return " ".join(words)
