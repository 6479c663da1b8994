"""The list of issues: number, title, date, what is unread, marked and noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from chinai_tui.domain.rows import IssueList as Listing
from chinai_tui.domain.rows import IssueRow, SavedSearch
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.line_list import LineList
from chinai_tui.ui.widgets.strips import Piece, line, wrapped

COMPACT_BELOW = 30
"""Lines of the screen below which a row takes one line."""
DATED_FROM = 70
"""Cells of the list from which a row of one line tells the date too."""

SAVED_COMMAND = "list.saved"
"""The command of the digits, each of which is bound by itself."""
SAVED = 9
"""Saved searches that stand above the list, each with its digit; as many as a quarter holds."""

EMPTY = Listing(rows=(), total=0, unread=0)


class IssueList(LineList):
    """Issues, newest first, with a cursor that stays on its issue whatever happens around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings(Scope.LIST) if binding.id != SAVED_COMMAND),
        *(Binding(str(digit), f"saved({digit})", show=False) for digit in range(SAVED + 1)),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor has come to an issue."""

        issue: str

    @dataclass
    class Opened(Message):
        """An issue was chosen to be read."""

        issue: str

    @dataclass
    class ReadToggled(Message):
        """An issue is to be marked read, or unread."""

        issue: str
        read: bool

    @dataclass
    class SavedChosen(Message):
        """The issues of a saved search are to be shown; all again for an empty query."""

        query: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty; `id` is Textual's."""
        super().__init__(id=id)
        self.listing = EMPTY
        self.saved: Sequence[SavedSearch] = ()
        self.notice = ""
        self.filter_text = ""
        self.problem = ""
        self.hidden = ""
        self.compact = False
        self._number_width = 3

    # State, handed down by the screen

    @property
    def row_height(self) -> int:  # type: ignore[override]
        """Lines a row takes."""
        return 1 if self.compact else 2

    @property
    def current(self) -> IssueRow | None:
        """The row under the cursor."""
        rows = self.listing.rows
        return rows[self.cursor] if self.cursor < len(rows) else None

    def row(self, issue: str) -> IssueRow | None:
        """The row of an issue, if it is in the list."""
        return next((row for row in self.listing.rows if row.id == issue), None)

    def set_compact(self, compact: bool) -> None:
        """Draw one line a row, or two."""
        if compact != self.compact:
            self.compact = compact
            self.redraw()

    def set_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Show other saved searches above the list."""
        if [*saved] != [*self.saved]:
            self.saved = saved
            self.redraw()

    @property
    def shown_saved(self) -> Sequence[SavedSearch]:
        """The saved searches for which there is room."""
        return self.saved[: min(SAVED, self.size.height // 4)]

    def set_notice(self, text: str) -> None:
        """Say something above the list; an empty text takes it away."""
        if text != self.notice:
            self.notice = text
            self.redraw()

    def set_hidden(self, text: str) -> None:
        """Say what the filter hides."""
        if text != self.hidden:
            self.hidden = text
            self.redraw()

    def set_listing(
        self,
        listing: Listing,
        *,
        current: str = "",
        filter_text: str = "",
        problem: str = "",
    ) -> None:
        """Show other rows, the cursor on the issue `current`, or where it was.

        While the filter stays the same the cursor's row stays too, even if it no longer fits, and
        keeps its place on screen. Posts nothing: who sets the rows knows.
        """
        held = self.current
        wanted = current or (held.id if held else "")
        rows = listing.rows
        at = next((n for n, row in enumerate(rows) if row.id == wanted), None)
        is_same = filter_text == self.filter_text
        if at is None and held is not None and held.id == wanted and is_same:
            at = min(self.cursor, len(rows))
            listing = replace(listing, rows=(*rows[:at], held, *rows[at:]))
        state = (listing, filter_text, problem, at)
        if state == (self.listing, self.filter_text, self.problem, self.cursor):
            return
        if is_same and at is not None:
            self.top = max(0, self.top + at - self.cursor)
            is_held = held is not None and held.id == wanted and bool(self.size)
            self.held_top = self.top if is_held and self.top > len(rows) - self.room else 0
        self.listing = listing
        self.filter_text = filter_text
        self.problem = problem
        self.cursor = at if at is not None else 0
        highest = max((row.number or 0 for row in listing.rows), default=0)
        self._number_width = max(3, len(str(highest)))
        self.redraw()

    def go_to(self, issue: str) -> bool:
        """Put the cursor on an issue without a message; False if it is not in the list."""
        at = next((n for n, row in enumerate(self.listing.rows) if row.id == issue), None)
        if at is None:
            return False
        if at != self.cursor:
            old, self.cursor = self.cursor, at
            self._refresh_rows(old, at)
            self.show_cursor()
        return True

    def neighbour(self, step: int, *, unread: bool = False) -> str:
        """The id of the issue `step` rows away, the next unread one if asked; empty if none."""
        rows = self.listing.rows
        at = self.cursor + step
        while 0 <= at < len(rows):
            if not (unread and rows[at].read):
                return rows[at].id
            at += step
        return ""

    # Drawing

    def row_count(self) -> int:
        """The number of issues shown."""
        return len(self.listing.rows)

    def head(self, pens: Pens) -> list[Strip]:
        """How many issues there are, what is hidden, and what is said above the list."""
        width = self.size.width
        faint, dim, fill = pens("faint"), pens("dim"), pens()
        shown = len(self.listing.rows)
        total, unread = self.listing.total, self.listing.unread
        count: list[Piece] = [(" Issues", pens("strong", bold=True)), (f" · {total:,}", dim)]
        if unread:
            count.append((f" · {unread:,} unread", dim))
        lines = [] if self.compact else [Strip.blank(width, fill)]
        above = [(f"↑ {self.held_top}", dim)] if self.held_top else []
        lines.append(line(width, count, above, fill=fill))
        lines += [self._saved_line(n, each, pens) for n, each in enumerate(self.shown_saved, 1)]
        if self.filter_text:
            lines += self._filter_lines(pens)
        if self.problem:
            lines += [
                line(width, [(f" {part}", pens("state"))], fill=fill)
                for part in wrapped(self.problem, width - 2, 2)
            ]
        if self.notice:
            lines += [
                line(width, [(f" {part}", pens("accent" if not n else "dim"))], fill=fill)
                for n, part in enumerate(wrapped(self.notice, width - 2, 4))
            ]
        if not self.compact:
            lines.append(Strip.blank(width, fill))
        if not shown:
            lines.append(line(width, [(" nothing fits", faint)], fill=fill))
        return lines

    def _saved_line(self, digit: int, saved: SavedSearch, pens: Pens) -> Strip:
        """A saved search with its digit and its counts; the one in force stands out."""
        is_shown = saved.query == self.filter_text
        name: list[Piece] = [
            (" ▸" if is_shown else "  ", pens("accent")),
            (f"{digit} ", pens("accent", bold=True)),
            (saved.name, pens("strong" if is_shown else "ink", bold=is_shown)),
        ]
        counts = [(f" {saved.issues}", pens("dim"))]
        if saved.new:
            counts.insert(0, (f" {saved.new} new", pens("accent")))
        return line(self.size.width, name, counts, fill=pens())

    def _filter_lines(self, pens: Pens) -> list[Strip]:
        """The filter, and behind it, or below where it does not fit, what it hides."""
        width, fill = self.size.width, pens()
        asked = [(" / ", pens("accent", bold=True)), (self.filter_text, pens("strong"))]
        if cell_len(self.filter_text) + cell_len(self.hidden) + 6 <= width:
            return [line(width, [*asked, (f"  {self.hidden}", pens("dim"))], fill=fill)]
        told = wrapped(self.hidden, width - 4, 2)
        below = [line(width, [(f"   {part}", pens("dim"))], fill=fill) for part in told]
        return [line(width, asked, fill=fill), *below]

    def draw(self, row: int, part: int, pens: Pens) -> Strip:
        """One of the lines of an issue."""
        issue = self.listing.rows[row]
        is_current = row == self.cursor
        ground = "current-row" if is_current else "pane"
        fill = pens(on=ground)
        tick = "▌" if is_current else " "
        tick_role = "accent" if self.has_focus else "faint"
        left: list[Piece] = [(tick, pens(tick_role, on=ground))]
        indent = self._number_width + 3
        if part:
            left.append((" " * indent, fill))
            left.append((self._when(issue), pens("faint", on=ground)))
            left += self._marks(issue, pens, ground)
            return line(self.size.width, left, fill=fill)
        number = str(issue.number) if issue.number is not None else "—"
        strong = is_current or not issue.read
        left.append(("●" if not issue.read else " ", pens("accent", on=ground)))
        left.append((f" {number:>{self._number_width}} ", pens("dim", on=ground)))
        left.append((issue.title, pens("strong" if strong else "ink", on=ground, bold=strong)))
        right = self._marks(issue, pens, ground) if self.compact else []
        if self.compact and self.size.width >= DATED_FROM:
            right.append((f" {self._when(issue)}", pens("faint", on=ground)))
        return line(self.size.width, left, right, fill=fill)

    def _when(self, issue: IssueRow) -> str:
        """Date and minutes; beside the date the outlet instead, where no number tells it."""
        date = spelled(issue.date) if issue.date else about(issue.near) if issue.near else ""
        minutes = f"{issue.minutes} min" if issue.minutes else "no text yet"
        parts = (date, minutes) if issue.number is not None else (date or minutes, issue.outlet)
        return " · ".join(filter(None, parts))

    @staticmethod
    def _marks(issue: IssueRow, pens: Pens, ground: str) -> list[Piece]:
        marks: list[Piece] = []
        if issue.notes:
            marks.append((f" ▸{issue.notes}", pens("company", on=ground)))
        if issue.bookmarks:
            marks.append((" ★", pens("accent", on=ground)))
        return marks

    # Messages up

    def moved(self) -> None:
        """Tell of the issue the cursor has come to."""
        if self.current:
            self.post_message(self.Highlighted(self.current.id))

    def opened(self) -> None:
        """Tell of the issue that was chosen."""
        if self.current:
            self.post_message(self.Opened(self.current.id))

    def action_toggle_read(self) -> None:
        """Ask for the issue under the cursor to be marked read, or unread again."""
        if self.current:
            self.post_message(self.ReadToggled(self.current.id, not self.current.read))

    def action_next_unread(self) -> None:
        """Go to the next unread issue."""
        self._to_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the unread issue before."""
        self._to_unread(-1)

    def _to_unread(self, step: int) -> None:
        issue = self.neighbour(step, unread=True)
        if issue and self.go_to(issue):
            self.moved()

    # Saved searches

    def action_saved(self, number: int) -> None:
        """Show the saved search of that number; nought means all issues."""
        if not number:
            self.post_message(self.SavedChosen(""))
        elif number <= len(self.shown_saved):
            self.post_message(self.SavedChosen(self.shown_saved[number - 1].query))

    def on_click(self, event: events.Click) -> None:
        """Show a saved search that was clicked; a click elsewhere means the rows."""
        first = 1 if self.compact else 2
        if first <= event.y < first + len(self.shown_saved):
            self.post_message(self.SavedChosen(self.shown_saved[event.y - first].query))
            event.prevent_default()
