"""The list of the browser of notes, and beside it the one under the cursor in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.messages import LeftPage
from chinai_tui.ui.screens.filtering import FilteringScreen
from chinai_tui.ui.screens.notes import preview
from chinai_tui.ui.screens.notes.reading import Listed, Reading, View, read, total
from chinai_tui.ui.screens.passage_screen import Standing
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredNote, ListRow, TextRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace

BESIDE = 100
"""Columns from which a note is shown in full beside the list; below, on demand."""
EMPTY = {
    Listed.NOTES: (
        "Nothing marked yet. In a text, on the paragraph with the tick or on a selection (v):",
        "m  bookmark",
        "a  note",
        "H  highlight",
        "y  copy with citation",
    ),
    Listed.BOOKMARKS: ("No bookmark yet. In a text, m bookmarks the paragraph with the tick.",),
    Listed.BIN: ("The bin is empty. What is deleted stays here for 30 days.",),
}
PLACEHOLDER = "words of notes and passages, tag:ipo, company:商汤, color:red, is:orphan"
BIN_PLACEHOLDER = "words of notes and passages, tag:ipo, company:商汤, color:red, is:bookmark"
NOTHING_FITS = "Nothing fits. Esc takes the filter away."
MOST_PROBLEMS = 2
"""Lines that tell what of a filter cannot be read, at most."""
NOTES_GROUP = "notes"
READ_AT_ONCE = 20_000
"""Notes up to which a filter is read between two frames; a thread takes longer to answer."""
REST, TYPING_REST = 0.05, 0.3
"""Seconds for which one stays at a note before it is read in full; reading it holds up keys."""


class NotesList(PassageList):
    """The rows of annotations, with what can be done with them besides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(each for each in bindings(Scope.NOTES) if not each.action.startswith("screen."))
    ]


class NotesListing(FilteringScreen):
    """Shows what a view lists."""

    DEFAULT_CSS = """
    NotesListing #body { height: 1fr; }
    NotesListing PassageList { width: 1fr; height: 1fr; background: $ground; }
    NotesListing #preview { width: 44%; height: 1fr; background: $pane; display: none; }
    NotesListing.-previewing #preview { display: block; }
    NotesListing.-writing-beside #preview { display: none; }
    NotesListing.-below #body { layout: vertical; }
    NotesListing.-below #preview { width: 100%; height: 55%; }
    """

    placeholder = PLACEHOLDER

    def __init__(
        self, workspace: Workspace, view: View, standing: Standing | None, is_wanted: bool | None
    ) -> None:
        """Show a view, standing in it as before; `is_wanted` tells of the preview, if one said."""
        super().__init__(workspace)
        self.view = view
        self.filter_text = view.text
        self.reading: Reading | None = None
        self._total: int | None = None
        self._before = standing
        self._is_wanted = is_wanted
        self._previewed = ""
        """The annotation that is shown in full."""
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list, and the pane beside it."""
        with Horizontal(id="body"):
            yield NotesList()
            yield LinesPane(id="preview")
        yield StatusBar()
        yield KeyFooter(self.keymap)

    @property
    def list(self) -> NotesList:
        """The list."""
        return self.query_one(NotesList)

    @property
    def filtered(self) -> PassageList:
        """There is one list."""
        return self.list

    def on_mount(self) -> None:
        """Read the notes."""
        self.set_focus(self.list, scroll_visible=False)
        self.told(None)
        self.refresh_notes()

    # Reading

    def refresh_notes(self) -> None:
        """Read the notes anew."""
        self._total = None
        self._previewed = ""
        self.look_at(replace(self.view, text=self.filter_text))

    def refilter(self) -> None:
        """Show what the filter leaves, in one frame with the letter that was typed."""
        view = replace(self.view, text=self.filter_text)
        if self._total is None or self._total > READ_AT_ONCE:
            self.look_at(view)
            return
        self.workers.cancel_group(self, NOTES_GROUP)
        self.view = view
        try:
            self._show((read(self.workspace, view), self._total))
        except ChinaiError as error:
            self.say(clean_line(f"not done: {error}"), warning=True)

    def look_at(self, view: View) -> None:
        """Show another view, read behind."""
        if view.listed is not self.view.listed:
            self._total = None
        self.view = view
        self.placeholder = BIN_PLACEHOLDER if view.listed is Listed.BIN else PLACEHOLDER
        known, workspace = self._total, self.workspace

        def job() -> tuple[Reading, int]:
            """What there is, and how many without the filter; these are counted once."""
            reading = read(workspace, view)
            return reading, total(workspace, reading) if known is None else known

        self.in_background(job, self._show, group=NOTES_GROUP, exclusive=True)

    def _show(self, found: tuple[Reading, int]) -> None:
        reading, self._total = found
        self.reading = reading
        self.list.set_title(AIR, *self._title(reading), RULE)
        listed = reading.view.listed
        empty = EMPTY[listed] if not self._total else (NOTHING_FITS,)
        nothing = [TextRow(each, gap=not number) for number, each in enumerate(empty)]
        self.list.set_rows(reading.rows or nothing)
        if self._before is not None and self._before.take(self.list):
            self._before = None
        # Told at once, in one frame with the list; the list's own message comes a frame later.
        self.told(self.list.current)
        self.show_keys_here()

    def _title(self, reading: Reading) -> Iterator[tuple[Part, ...]]:
        """What is listed and how, what the filter leaves out, what of it cannot be read."""
        text, shown = reading.view.text, len(reading.rows)
        count = f"{shown:,} of {self._total:,}" if text else f"{self._total:,}"
        undated = f" · {reading.undated:,} undated left out" if reading.undated else ""
        yield (
            Part(reading.view.listed, "strong", bold=True),
            Part(f"  {count}", "ink" if text else "dim"),
            Part(f" · {reading.order}{undated}", "dim"),
        )
        if text:
            yield Part(f"“{text}”", "ink"), Part("  Esc clears", "faint")
        for problem in reading.query.problems[:MOST_PROBLEMS]:
            yield (Part(clean_line(problem.reason), "state"),)

    def told(self, row: ListRow | None) -> None:
        """Tell which of them one is at, and show it in full where there is room."""
        name, section = self.view.listed.lower(), ""
        if isinstance(row, DeferredNote):
            section = f"{self.list.cursor + 1:,} of {len(self.list.rows):,}"
        self.status.show(Status(library=name, section=section))
        self._preview_soon()

    # The preview

    @property
    def is_previewing(self) -> bool:
        """Whether the note under the cursor is shown in full."""
        if self._is_wanted is None:
            return self.size.width >= BESIDE
        return self._is_wanted

    def on_resize(self) -> None:
        """Show the note in full where there is room."""
        self._arrange()

    def action_preview(self) -> None:
        """Show the note under the cursor in full, or no longer."""
        self._is_wanted = not self.is_previewing
        self._arrange()

    def _arrange(self) -> None:
        self.set_class(self.is_previewing, "-previewing")
        self.set_class(self.size.width < BESIDE, "-below")
        self.show_preview()

    def _preview_soon(self) -> None:
        """Show the note under the cursor in full once one rests at it."""
        if self._resting is not None:
            self._resting.stop()
        rest = TYPING_REST if self.is_typing else REST
        self._resting = self.set_timer(rest, self.show_preview)

    def show_preview(self) -> None:
        """Show the note under the cursor in full, read behind."""
        row = self.list.current
        shown = row.id if isinstance(row, DeferredNote) and self.is_previewing else ""
        if shown == self._previewed:
            return
        self._previewed = shown
        if not shown:
            self.query_one("#preview", LinesPane).show(None)
            return
        self.in_background(
            lambda: self._preview(shown), self._show_preview, group="preview", exclusive=True
        )

    def _preview(self, annotation_id: str) -> preview.Preview | None:
        """Runs in a thread; none where the note is gone by now."""
        notes = self.workspace.notes
        found = notes.some([annotation_id])
        if self.view.listed is Listed.BIN:
            in_bin = (each.annotation for each in notes.deleted())
            found = [each for each in in_bin if each.id == annotation_id]
        note = next(iter(found), None)
        try:
            return preview.read(self.workspace, note) if note else None
        except ChinaiError:
            # The list tells what is wrong with its place.
            return None

    def _show_preview(self, found: preview.Preview | None) -> None:
        draw = partial(preview.draw, found) if found else None
        self.query_one("#preview", LinesPane).show(draw)

    # Leaving

    def left_page(self) -> LeftPage:
        """The list as it stands."""
        workspace, view, wanted = self.workspace, self.view, self._is_wanted
        standing = Standing.of(self.list)
        make = type(self)
        return LeftPage(
            view.listed.lower(), lambda: make(workspace, view, standing, is_wanted=wanted)
        )
