"""The terms that an issue gives in Chinese, and the place of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.strip import Strip

from chinai_tui.domain.gloss import Gloss
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.side_list import Line, RowList, text_lines
from chinai_tui.ui.widgets.strips import Piece, cut

NONE_HERE = "This issue gives no term in Chinese."
LONGEST_TERM = 16
"""Cells of a term before what it means is told beside it."""
LONGEST_TOLD = 4
"""Lines in which a term, its pinyin or its English is told."""


class TermList(RowList[Gloss]):
    """The terms of an issue in the order of the text and, below them, the current one in full."""

    @dataclass
    class Highlighted(RowList.Highlighted):
        """The cursor has come to a term."""

        row: Gloss

    @dataclass
    class Opened(RowList.Opened):
        """A term was chosen to be shown where it stands."""

        row: Gloss

    # State, handed down by the screen

    def set_terms(self, terms: Sequence[Gloss]) -> None:
        """Show the terms of another document, the cursor on the same term or on the first.

        Posts nothing: who sets the rows knows.
        """
        han = self.current.han if self.current else ""
        self.rows = terms
        self.cursor = next((row for row, term in enumerate(terms) if term.han == han), 0)
        self.top = 0
        self.redraw()

    # Drawing

    def title(self) -> tuple[str, Sequence[str]]:
        """How many terms there are."""
        count = len(self.rows)
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
        term = self.rows[row]
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


def _tail(text: str, width: int) -> str:
    """The last words of a text that fit into that many cells."""
    words = text.split()
    while len(words) > 1 and cell_len(" ".join(words)) > width:
        del words[0]
    return " ".join(words)
