"""Who is in this issue, by kind, and what is known of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.entity import EntityKind
from chinai_tui.domain.rows import EntityCount, EntitySummary
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.entity_summary import summary_lines
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line

HEADINGS = {
    EntityKind.COMPANY: "Companies",
    EntityKind.AGENCY: "State",
    EntityKind.UNIVERSITY: "Research",
    EntityKind.PERSON: "People",
    EntityKind.GROUP: "Groups",
    EntityKind.PLACE: "Places",
    EntityKind.PRODUCT: "Products",
}
FEWEST_ROWS = 8
"""Rows of names that a summary leaves on screen, and at least half of the pane."""


class EntitySidebar(LineList):
    """The names of an issue and, below them, a summary of the current one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SIDEBAR)]

    @dataclass
    class Highlighted(Message):
        """The cursor has come to an entity."""

        entity: str

    @dataclass
    class Opened(Message):
        """An entity was chosen to be shown on its page."""

        entity: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.counts: Sequence[EntityCount] = ()
        """What it was given to show."""
        self._rows: list[EntityKind | EntityCount] = []
        self.summary: EntitySummary | None = None
        self.compact = False
        self.hint = ""

    # State, handed down by the screen

    @property
    def current(self) -> EntityCount | None:
        """The entity under the cursor."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return row if isinstance(row, EntityCount) else None

    @property
    def entities(self) -> list[EntityCount]:
        """The entities in the order in which they are shown."""
        return [row for row in self._rows if isinstance(row, EntityCount)]

    def set_entities(self, counts: Sequence[EntityCount], current: str = "") -> None:
        """Show the entities of another document, the cursor on `current` or on the first.

        Posts nothing: who sets the rows knows. What is told of an entity is to be set anew.
        """
        self.counts = counts
        self._rows = []
        for kind in HEADINGS:
            of_kind = [count for count in counts if count.entity.kind is kind]
            if of_kind:
                self._rows += [kind, *of_kind]
        self.cursor = self._row_of(current) or min(1, max(0, len(self._rows) - 1))
        self.top = 0
        self.summary = None
        self.redraw()

    def go_to(self, entity: str) -> bool:
        """Put the cursor on an entity without a message; False if it is not in this issue."""
        row = self._row_of(entity)
        if row is not None and row != self.cursor:
            self.cursor = row
            self.redraw()
        return row is not None

    def _row_of(self, entity: str) -> int | None:
        return next(
            (
                number
                for number, row in enumerate(self._rows)
                if isinstance(row, EntityCount) and row.entity.id == entity
            ),
            None,
        )

    def set_summary(self, summary: EntitySummary | None) -> None:
        """Show what is known of an entity below the names."""
        if summary != self.summary:
            self.summary = summary
            self.redraw()

    def set_compact(self, compact: bool) -> None:
        """Spare the blank line at the top."""
        if compact != self.compact:
            self.compact = compact
            self.redraw()

    # Drawing

    def row_count(self) -> int:
        """The number of names and headings."""
        return len(self._rows)

    def is_selectable(self, row: int) -> bool:
        """Whether the row is a name."""
        return isinstance(self._rows[row], EntityCount)

    def head(self, pens: Pens) -> list[Strip]:
        """How many entities there are."""
        width, fill = self.size.width, pens()
        count = len(self.entities)
        noun = "entity" if count == 1 else "entities"
        pieces = [
            (" In this issue", pens("strong", bold=True)),
            (f" · {count} {noun}", pens("dim")),
        ]
        lines = [] if self.compact else [Strip.blank(width, fill)]
        lines.append(line(width, pieces, fill=fill))
        if not self.compact:
            lines.append(Strip.blank(width, fill))
        return lines

    def foot(self, pens: Pens) -> list[Strip]:
        """The summary of the current entity, as much of it as leaves room for the names."""
        if self.summary is None:
            return []
        width, fill = self.size.width, pens()
        below = self.size.height - (1 if self.compact else 3)
        names = min(len(self._rows), max(FEWEST_ROWS, below // 2))
        hint = [line(width, [(f" {self.hint}", pens("faint"))], fill=fill)] if self.hint else []
        room = max(0, below - names - len(hint) - 2)
        if not room:
            return []
        rule = line(width, [(" " + "─" * (width - 2), pens("rule"))], fill=fill)
        told = [
            line(width, [(" ", fill), *left], right, fill=fill)
            for left, right in summary_lines(self.summary, width - 2, room, pens)
        ]
        blank = [Strip.blank(width, fill)] if hint else []
        return [rule, *told, *blank, *hint]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading, or a name with its count."""
        width = self.size.width
        shown = self._rows[row]
        if isinstance(shown, EntityKind):
            heading = (f" {HEADINGS[shown]}", pens(KIND_ROLES[shown], bold=True))
            return line(width, [heading], fill=pens())
        is_current = row == self.cursor
        ground = "current-row" if is_current else "pane"
        entity = shown.entity
        tick_role = "accent" if self.has_focus else "faint"
        left: list[Piece] = [
            ("▌" if is_current else " ", pens(tick_role, on=ground)),
            (" ", pens(on=ground)),
            (entity.name, pens(KIND_ROLES[entity.kind], on=ground, bold=is_current)),
        ]
        if entity.han and entity.han != entity.name:
            left.append((f" {entity.han}", pens("dim", on=ground)))
        right = [(str(shown.count), pens("strong" if is_current else "dim", on=ground))]
        return line(width, left, right, fill=pens(on=ground))

    # Messages up

    def moved(self) -> None:
        """Tell of the entity the cursor has come to."""
        if self.current:
            self.summary = None
            self.post_message(self.Highlighted(self.current.entity.id))

    def opened(self) -> None:
        """Tell of the entity that was chosen."""
        if self.current:
            self.post_message(self.Opened(self.current.entity.id))
