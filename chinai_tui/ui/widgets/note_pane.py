"""A small pane to write a note in, beside what it is about; no words are lost.

A screen mounts it by `WritingScreen.write` (`ui/screens/writing.py`), which hands in a
`Writing` and places the pane: beside the list or text where there is room (`-beside`), else
below it, a third of the height (`-below`). What became of the words comes up as
`NotePane.Closed`, after which the screen takes the pane away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean, clean_line
from chinai_tui.ui import external_editor, jobs
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Row, flow
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.note_box import NoteBox
from chinai_tui.ui.widgets.note_writing import Outcome, Writing

KEYS = (
    ("^S", "save"),
    ("Esc", "keep as draft"),
    ("^G", "throw away"),
    ("^E", "own editor"),
    ("#", "tag"),
    ("[[", "name"),
)
"""The keys that work while one writes, for the footer."""
DRAFT_SECONDS = 1.0
"""How often what one types is kept as a draft, at most."""
QUOTE_LINES = 4
MOST_OFFERED = 5
"""Tags or names that are offered at a time."""
BROUGHT_BACK = "draft brought back"
OUTDATED = "draft; the note has changed"

_OPEN = re.compile(r"(?:(?<![\w#&/])(?P<tag>#)|(?P<name>\[\[))(?P<typed>[^\n\[\]|#]{0,60})$")


class NotePane(Vertical):
    """A title, the passage where there is room, and the box."""

    DEFAULT_CSS = """
    NotePane { background: $pane; padding: 1 1 0 1; }
    NotePane.-below { height: 33%; min-height: 6; }
    NotePane.-below, NotePane.-under { padding: 0 1; }
    NotePane.-below LinesPane { display: none; }
    NotePane.-under LinesPane { margin: 0; }
    NotePane.-beside { dock: right; width: 42; height: 100%; margin: 0 0 2 0; }
    NotePane .title { height: 1; color: $strong; text-style: bold; }
    NotePane LinesPane { height: auto; max-height: 5; margin: 1 0 0 0; }
    NotePane TextArea, NotePane TextArea:focus {
        height: 1fr;
        margin: 1 0 0 0;
        border: none;
        padding: 0 1;
        background: $ground;
        color: $strong;
    }
    NotePane.-below TextArea, NotePane.-below TextArea:focus { margin: 0; }
    NotePane.-under TextArea, NotePane.-under TextArea:focus { margin: 0; }
    NotePane .state { height: auto; min-height: 1; max-height: 4; color: $accent; }
    NotePane.-below .state, NotePane.-under .state { max-height: 2; }
    .-writing-beside > StatusBar { dock: bottom; margin: 0 0 1 0; }
    .-writing-beside > KeyFooter { dock: bottom; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", priority=True, show=False),
        Binding("escape", "leave", priority=True, show=False),
        Binding("ctrl+g", "throw_away", priority=True, show=False),
        Binding("ctrl+e", "edit_outside", priority=True, show=False),
        Binding("tab", "complete", priority=True, show=False),
    ]

    keys = KEYS

    @dataclass
    class Closed(Message):
        """One has done with the words."""

        pane: NotePane
        outcome: Outcome

    def __init__(self, writing: Writing) -> None:
        """Begin with the draft, or else with the words as they were saved."""
        super().__init__()
        self.writing = writing
        self._first = clean(writing.draft or writing.text)
        self._written = self._first
        """What stands in the box."""
        self._keeping: Timer | None = None
        self._kept = self._first if writing.draft else ""
        """What is on disk as a draft."""
        self._lock = Lock()
        """Held while words go to disk: a draft never comes after the note."""
        self._is_busy = self._is_over = self._is_asked = False
        self._offered: tuple[str, ...] = ()
        self._turn = 0
        """How often one has asked for another of what is offered."""

    def compose(self) -> ComposeResult:
        """The title, the passage, the box, what is to be said."""
        yield Static(clean_line(self.writing.title), markup=False, classes="title")
        if self.writing.quote or self.writing.is_outdated:
            yield LinesPane(self._draw_quote, ground="pane")
        yield NoteBox(self._first, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Static(self._begun(), markup=False, classes="state")

    def on_mount(self) -> None:
        """Put the cursor behind what is there; it stands still, as in the other boxes."""
        self.box.cursor_blink = False
        self.box.move_cursor(self.box.document.end)

    @property
    def box(self) -> NoteBox:
        """The box."""
        return self.query_one(NoteBox)

    def take_keys(self) -> None:
        """Write on."""
        self.screen.set_focus(self.box, scroll_visible=False)

    def _begun(self) -> str:
        """What is told of the words one begins with."""
        if self.writing.is_outdated:
            return OUTDATED
        return BROUGHT_BACK if self.writing.draft else ""

    def _draw_quote(self, width: int, pens: Pens) -> list[Row]:
        """The passage; or the words of a note that is not any more as the draft's writer saw it."""
        quote = f"“{clean_line(self.writing.quote, 2000)}”"
        if self.writing.is_outdated:
            quote = f"now: {clean_line(self.writing.text, 2000)}"
        return [Row(each) for each in flow(quote, width, pens, role="dim", limit=QUOTE_LINES)]

    def tell(self, text: str) -> None:
        """Say one line below the box."""
        self.query_one(".state", Static).update(clean_line(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab leads on to the text where there is nothing to complete."""
        if action == "complete":
            return bool(self._offered)
        return super().check_action(action, parameters)

    # While one types

    def on_text_area_changed(self) -> None:
        """Keep the words in a while, and offer how a tag or name may go on."""
        if self.box.text == self._written:
            return
        self._is_asked = False
        self._written = self.box.text
        if self._turn == 0 or not self._is_turned():
            self._offer()
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._keeping is None:
            self._keeping = self.set_timer(DRAFT_SECONDS, self._keep_behind)

    def _keep_behind(self) -> None:
        self._keeping = None

        def work() -> None:
            """Runs in a thread; one types on meanwhile."""
            try:
                self._keep_draft()
            except Exception as error:
                self.call_later(self._tell_failure, _reason(error))

        self.run_worker(work, group=jobs.WRITE, thread=True, exit_on_error=False)

    def _keep_draft(self) -> None:
        """Keep the words as they are by then."""
        with self._lock:
            words = self.unsaved
            if self._is_over or words == self._kept:
                return
            self.writing.keep(words)
            self._kept = words

    @property
    def unsaved(self) -> str:
        """The words that would be lost; none where nothing new was written."""
        words = clean(self._written).strip()
        return "" if words == clean(self.writing.text).strip() else words

    # Tags and names

    def _offer(self) -> None:
        """Offer what the letters before the cursor may become."""
        self._turn = 0
        found = _OPEN.search(self._before_cursor())
        self._offered = ()
        if found is not None and (found["name"] or not re.search(r"\s", found["typed"])):
            offer = self.writing.names if found["name"] else self.writing.tags
            self._offered = tuple(clean_line(each) for each in offer(found["typed"]))
            self._offered = self._offered[:MOST_OFFERED]
        self.tell(f"Tab {' · '.join(self._offered)}" if self._offered else "")

    def _before_cursor(self) -> str:
        row, column = self.box.cursor_location
        return str(self.box.document.get_line(row))[:column]

    def _is_turned(self) -> bool:
        """Whether the cursor stands behind what was completed last."""
        return self._before_cursor().endswith(self._ending(self._turn - 1))

    def _ending(self, turn: int) -> str:
        """What stands there once an offer is taken."""
        word = self._offered[turn % len(self._offered)]
        return f"[[{word}]]" if "[[" in self._sign else f"#{word}"

    _sign = "#"
    """What what is completed begins with."""

    def action_complete(self) -> None:
        """Take what is offered first; again, the next."""
        row, column = self.box.cursor_location
        before = self._before_cursor()
        if self._turn and self._is_turned():
            start = column - len(self._ending(self._turn - 1))
        elif (found := _OPEN.search(before)) is not None:
            self._sign = "[[" if found["name"] else "#"
            self._turn, start = 0, found.start()
        else:
            return
        ending = self._ending(self._turn)
        self._turn += 1
        end = column
        if ending.endswith("]]") and self.box.document.get_line(row)[column:].startswith("]]"):
            end += 2
        self.box.replace(ending, (row, start), (row, end), maintain_selection_offset=False)
        self.box.move_cursor((row, start + len(ending)))

    # In another editor

    def action_edit_outside(self) -> None:
        """Go on in the user's own editor."""
        self.edit_outside()

    def edit_outside(self, *, is_all: bool = False) -> None:
        """Go on in the user's own editor once the words are kept.

        With `is_all` the note is saved when that ends well.
        """
        self._written = self.box.text
        edit = partial(self._edit_outside, is_all)
        self._behind(self._keep_draft, edit, "keeping …", failed=edit)

    def _edit_outside(self, is_all: bool) -> None:
        try:
            edited = external_editor.edit(self.app, self.box.text)
        except ChinaiError as error:
            self.tell(str(error))
            return
        if edited.text != self.box.text:
            self.box.text = edited.text
            self.box.move_cursor(self.box.document.end)
            self._written = self.box.text
            self._keep_soon()
        if edited.failure:
            self.tell(f"{edited.failure}; the words are here, not saved")
        elif is_all:
            self.action_save()

    # Ends

    def _behind(
        self,
        job: Callable[[], None],
        then: Callable[[], None],
        told: str,
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Write in a thread, as another program may hold the file, and go on with `then`.

        The words rest meanwhile. What fails is told, and `failed` is called.
        """
        if self._is_busy:
            return
        self._is_busy = self.box.read_only = True
        self.tell(told)

        def work() -> None:
            """Runs in a thread; the rest in the pane's own time."""
            try:
                job()
            except Exception as error:
                self.call_later(end, failed, _reason(error))
            else:
                self.call_later(end, then, "")

        def end(call: Callable[[], None], reason: str) -> None:
            """Let one go on."""
            self._is_busy = self.box.read_only = False
            self.tell("")
            if reason:
                self._tell_failure(reason)
            call()

        # The write goes on when the screen is left, and leaving the program waits for it.
        self.app.run_worker(work, group=jobs.WRITE, thread=True, exit_on_error=False)

    def _tell_failure(self, reason: str) -> None:
        self.tell(f"not saved: {reason}")

    def action_save(self) -> None:
        """Write the note and close; with nothing new written, only close."""
        if self._is_busy:
            return
        self._written = self.box.text
        if self.unsaved:
            self._behind(self._save, self._saved, "saving …")
        else:
            self._forget_and_close(Outcome.NOTHING)

    def _save(self) -> None:
        with self._lock:
            self.writing.save(self.unsaved)
            self._is_over = True
            # A draft that outlives its note is brought back beside it: nothing is lost.
            with suppress(Exception):
                self.writing.keep("")

    def _saved(self) -> None:
        self.writing.saved()
        self._close(Outcome.SAVED)

    def action_leave(self) -> None:
        """Close; what was written is kept as a draft."""
        if self._is_busy:
            return
        self._written = self.box.text
        if self.unsaved:
            self._behind(self._keep_draft, partial(self._close, Outcome.DRAFT), "keeping …")
        else:
            self._forget_and_close(Outcome.NOTHING)

    def action_throw_away(self) -> None:
        """Close without saving; words that would be lost need the key twice."""
        if self._is_busy:
            return
        if self._is_asked or not self.unsaved:
            self._forget_and_close(Outcome.THROWN if self.unsaved else Outcome.NOTHING)
            return
        self._is_asked = True
        self.tell("^G again throws these words away")

    def _forget_and_close(self, outcome: Outcome) -> None:
        """Close without a draft."""
        self._behind(self._forget, partial(self._close, outcome), "closing …")

    def _forget(self) -> None:
        with self._lock:
            self._is_over = True
            if self._kept:
                with suppress(Exception):
                    self.writing.keep("")

    def _close(self, outcome: Outcome) -> None:
        self._is_over = True
        self.post_message(self.Closed(self, outcome))

    def on_unmount(self) -> None:
        """Keep the words when the reader is left while one writes."""
        # There is no more screen to tell a failure on.
        with suppress(Exception):
            self._keep_draft()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
