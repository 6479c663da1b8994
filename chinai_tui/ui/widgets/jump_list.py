"""The names that a few letters may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.rows import JumpHit
from chinai_tui.text.fold import fold
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line

NARROW = 50
"""Cells below which only the number of mentions stands behind a name."""


class JumpList(LineList):
    """Names in the colour of their kind, the best first."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a name."""

        hit: JumpHit

    @dataclass
    class Opened(Message):
        """A name was chosen."""

        hit: JumpHit

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.hits: Sequence[JumpHit] = ()
        self.typed = ""

    @property
    def current(self) -> JumpHit | None:
        """The name under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def set_hits(self, hits: Sequence[JumpHit], query: str) -> None:
        """Show other names, the cursor on the first."""
        self.hits = hits
        self.typed = query
        self.cursor = self.top = 0
        self.redraw()
        self.moved()

    def row_count(self) -> int:
        """The number of names."""
        return len(self.hits)

    def head(self, pens: Pens) -> list[Strip]:
        """What the list is, or that it is empty."""
        if self.typed and self.hits:
            return []
        text = "most mentioned"
        if self.typed:
            text = f"no name like “{self.typed}”"
        elif not self.hits:
            text = "no names in the library yet"
        return [line(self.size.width, [(f" {text}", pens("faint"))], fill=pens())]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A name with its characters, the name that matched, its kind, how often it is named."""
        hit = self.hits[row]
        entity = hit.entity
        current = row == self.cursor
        ground = pens if not current else Pens(self.app, "current-row")
        pieces: list[Piece] = [("▌ " if current else "  ", ground("accent"))]
        pieces.append((entity.name, ground(KIND_ROLES[entity.kind], bold=current)))
        if entity.han:
            pieces.append((f" {entity.han}", ground("dim")))
        if self.typed and fold(hit.matched) not in {fold(entity.name), fold(entity.han)}:
            pieces.append((f"  {hit.matched}", ground("faint")))
        width = self.size.width
        right = [(_counted(hit, width < NARROW), ground("dim"))]
        if width >= NARROW:
            right.insert(0, (f"{entity.kind.value}  ", ground("faint")))
        return line(width, pieces, right, fill=ground())

    def moved(self) -> None:
        """Tell of the name the cursor has come to."""
        if self.current:
            self.post_message(self.Highlighted(self.current))

    def opened(self) -> None:
        """Tell of the name that was chosen."""
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
