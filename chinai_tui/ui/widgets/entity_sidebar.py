"""Who is in this issue, by kind, and what is known of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.entity import EntityKind
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.rows import EntityCount, EntitySummary
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.entity_summary import Calendar, suggestion_lines, summary_lines
from chinai_tui.ui.widgets.side_list import Line, SideList
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
NONE_HERE = "No known name here."
UNKNOWN = "Not in the catalogue"
MOST_SUGGESTED = 8
"""Names that the catalogue lacks which are shown."""


class Heading(NamedTuple):
    """A line above the names of a kind."""

    text: str
    role: str
    names: int = 0
    """Told at the right edge; 0 is not."""


class EntitySidebar(SideList):
    """The names of an issue, those the catalogue lacks last, and a summary of the current one."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to an entity."""

        entity: str

    @dataclass
    class Opened(Message):
        """An entity was chosen to be shown on its page."""

        entity: str

    @dataclass
    class SuggestionOpened(Message):
        """A name that the catalogue lacks was chosen to be shown where it stands."""

        suggestion: Suggestion

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.counts: Sequence[EntityCount] = ()
        """What it was given to show."""
        self.suggestions: Sequence[Suggestion] = ()
        self.fresh: Set[str] = frozenset()
        """The ids of entities to which the document is news."""
        self.by_place = False
        """Whether names stand in the order of the text within their kind, or as given."""
        self.summary: EntitySummary | None = None
        self.calendar = Calendar()
        self.suggestion_hint = ""
        """The keys that work on a name the catalogue lacks."""
        self._rows: list[Heading | EntityCount | Suggestion] = []

    # State, handed down by the screen

    @property
    def current(self) -> EntityCount | None:
        """The entity under the cursor."""
        row = self._current_row
        return row if isinstance(row, EntityCount) else None

    @property
    def suggestion(self) -> Suggestion | None:
        """The name under the cursor, if the catalogue lacks it."""
        row = self._current_row
        return row if isinstance(row, Suggestion) else None

    @property
    def _current_row(self) -> Heading | EntityCount | Suggestion | None:
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def entities(self) -> list[EntityCount]:
        """The entities in the order in which they are shown."""
        return [row for row in self._rows if isinstance(row, EntityCount)]

    def set_entities(
        self,
        counts: Sequence[EntityCount],
        current: str = "",
        *,
        suggestions: Sequence[Suggestion] = (),
    ) -> None:
        """Show the entities of another document, the cursor on `current` or on the first.

        `suggestions` are names that the catalogue lacks. Posts nothing: who sets the rows knows.
        What is told of an entity, and which of them are fresh, is to be set anew.
        """
        self.counts, self.suggestions = counts, suggestions
        self.fresh = frozenset()
        self.cursor = self.top = 0
        self.summary = None
        self._arrange(current)
        self.redraw()

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show names that the catalogue lacks below the others; the cursor stays on its name."""
        if suggestions != self.suggestions:
            shown = self.top + self.room if self.size else 0
            before = self._rows[:shown]
            self.suggestions = suggestions
            self._arrange()
            # They mostly stand below what is on screen: then there is nothing to draw.
            if self._rows[:shown] != before or len(self._rows) < shown:
                self.redraw()

    def set_fresh(self, fresh: Set[str]) -> None:
        """Put a dot to the entities of these ids, to which the document is news."""
        if fresh != self.fresh:
            self.fresh = fresh
            self.redraw()

    def set_by_place(self, by_place: bool) -> None:
        """Order the names by place in the text or as given; the cursor stays on its name."""
        if by_place != self.by_place:
            self.by_place = by_place
            self._arrange()
            self.redraw()

    def go_to(self, entity: str) -> bool:
        """Put the cursor on an entity without a message; False if it is not in this issue."""
        row = self._row_of(entity)
        if row is not None and row != self.cursor:
            self.cursor = row
            self.redraw()
        return row is not None

    def set_summary(self, summary: EntitySummary | None, calendar: Calendar | None = None) -> None:
        """Show what is known of an entity below the names, over the time of the library."""
        calendar = calendar or self.calendar
        if summary != self.summary or calendar != self.calendar:
            self.summary, self.calendar = summary, calendar
            self.redraw()

    def _arrange(self, current: str = "") -> None:
        """Make the rows, the cursor on `current`, or where it is, or on the first name."""
        held = self.suggestion
        current = current or (self.current.entity.id if self.current else "")
        self._rows = []
        for kind, text in HEADINGS.items():
            names = [count for count in self.counts if count.entity.kind is kind]
            if self.by_place:
                names.sort(key=lambda count: count.first)
            if names:
                self._rows += [Heading(text, KIND_ROLES[kind]), *names]
        if self.suggestions:
            heading = Heading(UNKNOWN, "dim", len(self.suggestions))
            self._rows += [heading, *self.suggestions[:MOST_SUGGESTED]]
        row = self._row_of(current)
        if held is not None and held in self._rows:
            row = self._rows.index(held)
        self.cursor = row or min(1, max(0, len(self._rows) - 1))

    def _row_of(self, entity: str) -> int | None:
        rows = enumerate(self._rows)
        found = (n for n, row in rows if isinstance(row, EntityCount) and row.entity.id == entity)
        return next(found, None)

    # Drawing

    def row_count(self) -> int:
        """The number of names and headings."""
        return len(self._rows)

    def is_selectable(self, row: int) -> bool:
        """Whether the row is a name."""
        return not isinstance(self._rows[row], Heading)

    def title(self) -> tuple[str, Sequence[str]]:
        """How many entities there are, and how they are ordered if not by count."""
        count = len(self.counts)
        noun = "entity" if count == 1 else "entities"
        order = " · by place" if self.by_place else ""
        return "In this issue", [f"{count} {noun}{order}", f"{count}{order}"]

    def nothing(self) -> str:
        """That there are none."""
        return NONE_HERE

    def told(self, width: int, room: int, pens: Pens) -> list[Line]:
        """The summary of the current entity, or what is known of a name outside the catalogue."""
        if self.suggestion is not None:
            return suggestion_lines(self.suggestion, width, pens)
        if self.summary is None:
            return []
        return summary_lines(self.summary, self.calendar, width, room, pens)

    def hints(self) -> str:
        """The keys of an entity, or of a name that the catalogue lacks."""
        return self.suggestion_hint if self.suggestion is not None else self.hint

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading, or a name with its count."""
        shown = self._rows[row]
        if isinstance(shown, Heading):
            told = [(str(shown.names), pens("dim"))] if shown.names else []
            text = (f" {shown.text}", pens(shown.role, bold=True))
            return line(self.size.width, [text], told, fill=pens())
        is_current = row == self.cursor
        ground = self.row_ground(row)
        if isinstance(shown, EntityCount):
            name, han, role = shown.entity.name, shown.entity.han, KIND_ROLES[shown.entity.kind]
            is_fresh = shown.entity.id in self.fresh
        else:
            name, han, role, is_fresh = shown.name, shown.han, "ink", False
        left: list[Piece] = [(name, pens(role, on=ground, bold=is_current))]
        if han and han != name:
            left.append((f" {han}", pens("dim", on=ground)))
        right = [(str(shown.count), pens("strong" if is_current else "dim", on=ground))]
        if is_fresh:
            right.insert(0, ("● ", pens("accent", on=ground)))
        return self.row_line(row, left, right, pens)

    # Messages up

    def moved(self) -> None:
        """Tell of the entity the cursor has come to; what was told stands until there is more."""
        self.summary = None
        if self.current:
            self.post_message(self.Highlighted(self.current.entity.id))
        else:
            self.redraw()

    def opened(self) -> None:
        """Tell of the entity that was chosen, or of the name that the catalogue lacks."""
        if self.current:
            self.post_message(self.Opened(self.current.entity.id))
        elif self.suggestion:
            self.post_message(self.SuggestionOpened(self.suggestion))
