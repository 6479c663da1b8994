"""The terms that an issue gives in Chinese, and the place of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.gloss import Gloss
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, cut, line, wrapped

NONE_HERE = "This issue gives no term in Chinese."
FEWEST_ROWS = 8
"""Rows of terms that what is told below them leaves on screen, and at least half of the pane."""
LONGEST_TERM = 16
"""Cells of a term before what it means is told beside it."""
LONGEST_TOLD = 4
"""Lines in which a term, its pinyin or its English is told."""


class TermList(LineList):
    """The terms of an issue in the order of the text and, below them, the current one in full."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SIDEBAR)]

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
        self.compact = False
        self.hint = ""

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

    def set_compact(self, compact: bool) -> None:
        """Spare the blank lines at the top."""
        if compact != self.compact:
            self.compact = compact
            self.redraw()

    # Drawing

    def row_count(self) -> int:
        """The number of terms."""
        return len(self.terms)

    def head(self, pens: Pens) -> list[Strip]:
        """How many terms there are, or that there are none."""
        width, fill = self.size.width, pens()
        count = len(self.terms)
        noun = "term" if count == 1 else "terms"
        pieces = [(" Terms", pens("strong", bold=True)), (f" · {count} {noun}", pens("dim"))]
        if not count:
            pieces = pieces[:1]
        blank = [] if self.compact else [Strip.blank(width, fill)]
        lines = [*blank, line(width, pieces, fill=fill), *blank]
        if not count:
            lines += self._told(NONE_HERE, "dim", pens)
        return lines

    def foot(self, pens: Pens) -> list[Strip]:
        """The current term in full, as much of it as leaves room for the others."""
        term = self.current
        if term is None:
            return []
        width, fill = self.size.width, pens()
        hint = [line(width, [(f" {self.hint}", pens("faint"))], fill=fill)] if self.hint else []
        below = self.size.height - (1 if self.compact else 3)
        rows = min(len(self.terms), max(FEWEST_ROWS, below // 2))
        room = max(0, below - rows - len(hint) - 2)
        if not room:
            return []
        told = [
            *self._told(term.han, "strong", pens),
            *self._told(term.pinyin, "faint", pens),
            *self._told(term.english, "ink", pens),
        ]
        if not term.english and term.lead:
            told += self._told(f"… {term.lead}", "dim", pens)
        rule = line(width, [(" " + "─" * max(0, width - 2), pens("rule"))], fill=fill)
        blank = [Strip.blank(width, fill)] if hint else []
        return [rule, *told[:room], *blank, *hint]

    def _told(self, text: str, role: str, pens: Pens) -> list[Strip]:
        width, fill = self.size.width, pens()
        parts = wrapped(text, width - 2, LONGEST_TOLD)
        return [line(width, [(" ", fill), (part, pens(role))], fill=fill) for part in parts]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A term with its English; without, with its pinyin or the end of what comes before."""
        term = self.terms[row]
        is_current = row == self.cursor
        ground = "current-row" if is_current else "pane"
        tick_role = "accent" if self.has_focus else "faint"
        role = "strong" if is_current else "ink"
        beside = term.english or term.pinyin
        han = cut(term.han, LONGEST_TERM) if beside else term.han
        left: list[Piece] = [
            ("▌" if is_current else " ", pens(tick_role, on=ground)),
            (" ", pens(on=ground)),
            (han, pens(role, on=ground, bold=is_current)),
            (" ", pens(on=ground)),
        ]
        if beside:
            left.append((f" {beside}", pens("dim", on=ground)))
        elif term.lead and cell_len(han) <= LONGEST_TERM:
            room = self.size.width - cell_len(han) - 7
            left.append((f" … {_tail(term.lead, room)}", pens("faint", on=ground)))
        return line(self.size.width, left, fill=pens(on=ground))

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
