"""The annotations of the open document, and the one under the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind, Placement
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.rendering.highlights import ink_of, sign_of
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.side_list import BLANK, Line, RowList, text_lines
from chinai_tui.ui.widgets.strips import Piece

NONE_HERE = "Nothing is marked here."
STATES = {AnchorState.UNSURE: "check", AnchorState.ORPHAN: "lost"}
"""What is told of an annotation that does not stand for certain where it was made."""
TOLD = {
    AnchorState.UNSURE: "The text has changed: P says that the place is right.",
    AnchorState.ORPHAN: "These words are no more in the text: P, then select where they belong.",
}
DRAFT = "draft"
QUOTE_LINES, NOTE_LINES = 4, 6


@dataclass(frozen=True, slots=True)
class MarginRow:
    """An annotation of the open issue; without a place it is on the issue itself."""

    annotation: Annotation
    placement: Placement | None = None
    is_draft: bool = False
    """Whether it was begun and not saved; it is not an annotation yet."""

    @property
    def state(self) -> AnchorState | None:
        """What became of its place, if it has one."""
        return self.placement.state if self.placement else None

    @property
    def is_orphan(self) -> bool:
        """Whether its passage is no more in the text."""
        return self.state is AnchorState.ORPHAN

    @property
    def quote(self) -> str:
        """The words it is on."""
        return self.annotation.anchor.exact if self.annotation.anchor else ""

    @property
    def what(self) -> str:
        """What it is: `highlight, green`."""
        note = self.annotation
        more = note.color if note.kind is AnnotationKind.HIGHLIGHT else note.name
        target = "" if note.anchor else "on the issue"
        kind = DRAFT if self.is_draft else note.kind.value
        return ", ".join(filter(None, (kind, more, target)))


class MarginList(RowList[MarginRow]):
    """A face of the sidebar: what one has marked in the issue, in the order of its text."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.MARGIN)]

    @dataclass
    class Highlighted(RowList.Highlighted):
        """The cursor has come to an annotation."""

        row: MarginRow

    @dataclass
    class Opened(RowList.Opened):
        """An annotation was chosen to be shown where it stands."""

        row: MarginRow

    # State, handed down by the screen

    def set_notes(self, rows: Sequence[MarginRow]) -> None:
        """Show other annotations, the cursor on the same one or in the same row.

        Posts nothing: who sets the rows knows.
        """
        kept = self.current.annotation.id if self.current else ""
        self.rows = rows
        same = (number for number, row in enumerate(rows) if row.annotation.id == kept)
        self.cursor = next(same, min(self.cursor, max(0, len(rows) - 1)))
        self.redraw()

    def go_to(self, annotation_id: str) -> None:
        """Put the cursor on an annotation."""
        found = (n for n, row in enumerate(self.rows) if row.annotation.id == annotation_id)
        self.cursor = next(found, self.cursor)
        self.redraw()

    # Drawing

    def title(self) -> tuple[str, Sequence[str]]:
        """How many there are, and how many of them are to be looked after."""
        open_ends = sum(row.state in STATES and not row.is_draft for row in self.rows)
        count = str(len(self.rows))
        amounts = [f"{count} · {open_ends} to check", count] if open_ends else [count]
        return "Notes here", amounts if self.rows else []

    def nothing(self) -> str:
        """That there are none."""
        return NONE_HERE

    def told(self, width: int, room: int, pens: Pens) -> list[Line]:  # noqa: ARG002
        """The current annotation: what it is, its words, its tags, and what is to be done."""
        if (row := self.current) is None:
            return []
        note = row.annotation
        tags = " ".join(f"#{tag}" for tag in note.tags)
        sign: Line = ([(f"{sign_of(note)} ", pens(ink_of(note))), (row.what, pens("dim"))], [])
        state = TOLD.get(row.state) if row.state and not row.is_draft else None
        quote = text_lines(f"“{row.quote}”", width, pens("dim"), QUOTE_LINES) if row.quote else []
        return [
            sign,
            *text_lines(state or "", width, pens("state")),
            *text_lines(note.text, width, pens("ink"), NOTE_LINES),
            *quote,
            *text_lines(tags, width, pens("dim"), 2),
            BLANK,
        ]

    def hints(self) -> str:
        """The keys that work on the current one."""
        row = self.current
        if row is None:
            return ""
        if row.is_draft:
            return "Enter write on"
        verbs = {AnchorState.UNSURE: "P right so  ", AnchorState.ORPHAN: "P place again  "}
        edit = "a edit  " if row.annotation.kind is AnnotationKind.NOTE else ""
        go = "" if row.is_orphan or row.placement is None else "Enter there  "
        return f"{go}{verbs.get(row.state, '') if row.state else ''}{edit}d delete"

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """The sign, the first words of note or passage, tags, and what is wrong with the place."""
        shown = self.rows[row]
        note = shown.annotation
        ground = self.row_ground(row)
        is_current = row == self.cursor
        role = "strong" if is_current else "dim" if shown.is_orphan else "ink"
        words = note.text or shown.quote
        left: list[Piece] = [
            (sign_of(note), pens(ink_of(note), on=ground)),
            (f"{note.name or ' '} ", pens("accent", on=ground)),
            (words, pens(role, on=ground, italic=not note.text)),
        ]
        right: list[Piece] = []
        if shown.is_draft:
            right = [(DRAFT, pens("state", on=ground))]
        elif shown.state in STATES:
            right = [(STATES[shown.state], pens("state", on=ground))]
        elif note.tags:
            right = [(f"#{note.tags[0]}", pens("dim", on=ground))]
        return self.row_line(row, left, right, pens)
