"""The names, and the issues, that a few letters may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.rows import IssueRow, JumpHit, JumpRow
from chinai_tui.text.fold import fold
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line

NARROW = 50
"""Cells below which only the number of mentions stands behind a name."""


class JumpList(LineList):
    """Names in the colour of their kind and issues with their numbers, the best first."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a name or an issue."""

        row: JumpRow

    @dataclass
    class Opened(Message):
        """A name or an issue was chosen."""

        row: JumpRow

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.hits: Sequence[JumpRow] = ()
        self.typed = ""
        self.untyped = ""
        """What the names are while nothing is typed."""

    @property
    def current(self) -> JumpRow | None:
        """What is under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def set_hits(self, hits: Sequence[JumpRow], query: str) -> None:
        """Show other names and issues, the cursor on the first."""
        self.hits = hits
        self.typed = query
        self.cursor = self.top = 0
        self.redraw()
        self.moved()

    def row_count(self) -> int:
        """The number of names and issues."""
        return len(self.hits)

    def head(self, pens: Pens) -> list[Strip]:
        """What the list is, or that it is empty."""
        if self.typed and self.hits:
            return []
        text = self.untyped
        if self.typed:
            text = f"nothing like “{self.typed}”"
        elif not self.hits:
            text = "no names in the library yet"
        return [line(self.size.width, [(f" {text}", pens("faint"))], fill=pens())]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A name or an issue; the one under the cursor stands out."""
        each = self.hits[row]
        current = row == self.cursor
        ground = pens if not current else Pens(self.app, "current-row")
        tick = ("▌ " if current else "  ", ground("accent"))
        if isinstance(each, IssueRow):
            left, right = self._issue_pieces(each, current, ground)
        else:
            left, right = self._name_pieces(each, current, ground)
        return line(self.size.width, [tick, *left], right, fill=ground())

    def _name_pieces(
        self, hit: JumpHit, current: bool, pens: Pens
    ) -> tuple[list[Piece], list[Piece]]:
        """A name with its characters, the name that matched, its kind, how often it is named."""
        entity = hit.entity
        left: list[Piece] = [(entity.name, pens(KIND_ROLES[entity.kind], bold=current))]
        if entity.han:
            left.append((f" {entity.han}", pens("dim")))
        if self.typed and fold(hit.matched) not in {fold(entity.name), fold(entity.han)}:
            left.append((f"  {hit.matched}", pens("faint")))
        narrow = self.size.width < NARROW
        right: list[Piece] = [(_counted(hit, narrow), pens("dim"))]
        if not narrow:
            right.insert(0, (f"{entity.kind.value}  ", pens("faint")))
        return left, right

    def _issue_pieces(
        self, row: IssueRow, current: bool, pens: Pens
    ) -> tuple[list[Piece], list[Piece]]:
        """An issue with its number and date."""
        number = f"#{row.number} " if row.number is not None else ""
        left = [(number, pens("dim")), (row.title, pens("strong", bold=current))]
        date = spelled(row.date) if row.date else about(row.near) if row.near else "undated"
        return left, [(date, pens("dim"))] if self.size.width >= NARROW else []

    def moved(self) -> None:
        """Tell of the row the cursor has come to."""
        if self.current:
            self.post_message(self.Highlighted(self.current))

    def opened(self) -> None:
        """Tell of the row that was chosen."""
        if self.current:
            self.post_message(self.Opened(self.current))


def _counted(hit: JumpHit, short: bool) -> str:
    """`9 in 3 issues`, set in columns; short only `9`."""
    if short:
        return str(hit.mentions) if hit.mentions else "–"
    if not hit.mentions:
        return f"{'–':>12}"
    issues = "issue " if hit.issues == 1 else "issues"
    return f"{hit.mentions:>3} in {hit.issues:>2} {issues}"
