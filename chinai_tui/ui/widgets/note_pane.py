"""A small pane to write a note in, beside what it is about; no words are lost.

A screen mounts it by `WritingScreen.write` (`ui/screens/writing.py`), which hands in a
`Writing` and places the pane: beside the list or text where there is room (`-beside`), else
below it, a third of the height (`-below`). What became of the words comes up as
`NotePane.Closed`, after which the screen takes the pane away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean, clean_line
from chinai_tui.ui import external_editor, jobs
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Row, flow
from chinai_tui.ui.widgets.lines_pane import LinesPane

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

_OPEN = re.compile(r"(?:(?<![\w#&/])(?P<tag>#)|(?P<name>\[\[))(?P<typed>[^\n\[\]|#]{0,60})$")

Write = Callable[[str], object]
"""Takes the words; returns when they are on disk."""
Offer = Callable[[str], Sequence[str]]
"""The best completions of a few letters, the best first."""


def _nothing(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Writing:
    """What one writes, and what becomes of the words."""

    save: Write
    keep: Write
    """Keeps the words as a draft; none at all forget it."""
    title: str = "Note"
    quote: str = ""
    """The passage, where it is not on screen beside the pane."""
    text: str = ""
    """The words as they were saved."""
    draft: str = ""
    """The words that one did not save the last time."""
    tags: Offer = _nothing
    names: Offer = _nothing
    said: str = "noted"
    """What is said when the note is on disk."""
    saved: Callable[[], None] = lambda: None
    """Called then."""


class Outcome(Enum):
    """What became of the words."""

    SAVED = "saved"
    DRAFT = "kept as a draft"
    NOTHING = "nothing was written"
    THROWN = "thrown away"


class NotePane(Vertical):
    """A title, the passage where there is room, and the box."""

    DEFAULT_CSS = """
    NotePane { background: $pane; padding: 1 1 0 1; }
    NotePane.-below { height: 33%; min-height: 6; }
    NotePane.-below, NotePane.-under { padding: 0 1; }
    NotePane.-below LinesPane { display: none; }
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

    @dataclass
    class Written(Message):
        """The note is on disk."""

    @dataclass
    class Failed(Message):
        """The note could not be written."""

        reason: str

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
        self._is_saving = self._is_over = self._is_asked = False
        self._offered: tuple[str, ...] = ()
        self._turn = 0
        """How often one has asked for another of what is offered."""

    def compose(self) -> ComposeResult:
        """The title, the passage, the box, what is to be said."""
        yield Static(clean_line(self.writing.title), markup=False, classes="title")
        if self.writing.quote:
            yield LinesPane(self._draw_quote, ground="pane")
        yield TextArea(self._first, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Static(BROUGHT_BACK if self.writing.draft else "", markup=False, classes="state")

    def on_mount(self) -> None:
        """Put the cursor behind what is there; it stands still, as in the other boxes."""
        self.box.cursor_blink = False
        self.box.move_cursor(self.box.document.end)

    @property
    def box(self) -> TextArea:
        """The box."""
        return self.query_one(TextArea)

    def take_keys(self) -> None:
        """Write on."""
        self.screen.set_focus(self.box, scroll_visible=False)

    def _draw_quote(self, width: int, pens: Pens) -> list[Row]:
        quote = f"“{clean_line(self.writing.quote, 2000)}”"
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
        if self._keeping is None:
            self._keeping = self.set_timer(DRAFT_SECONDS, self._keep_behind)

    def _keep_behind(self) -> None:
        self._keeping = None
        self.run_worker(self._keep_draft, group=jobs.WRITE, thread=True, exit_on_error=False)

    def _keep_draft(self) -> None:
        """Runs in a thread: keep the words as they are by then."""
        with self._lock:
            words = self.unsaved
            if self._is_over or words == self._kept:
                return
            try:
                self.writing.keep(words)
            except Exception as error:
                self.post_message(self.Failed(f"draft {_reason(error)}"))
            else:
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

    def action_edit_outside(self) -> bool:
        """Go on in the user's own editor; False where that was not to be had."""
        if self._is_saving:
            return False
        self._keep_draft()
        try:
            text = external_editor.edit(self.app, self.box.text)
        except ChinaiError as error:
            self.tell(str(error))
            return False
        if text != self.box.text:
            self.box.text = text
            self.box.move_cursor(self.box.document.end)
        return True

    # Ends

    def action_save(self) -> None:
        """Write the note and close; with nothing new written, only close."""
        if self._is_saving:
            return
        self._written = self.box.text
        if not self.unsaved:
            self._forget_and_close(Outcome.NOTHING)
            return
        self._is_saving = True
        self.box.read_only = True
        self.tell("saving …")
        self.app.run_worker(
            self._save, group=jobs.WRITE, thread=True, exit_on_error=False, exclusive=False
        )

    def _save(self) -> None:
        """Runs in a thread; whatever fails, the words are kept and one is told."""
        with self._lock:
            try:
                self.writing.save(self.unsaved)
            except Exception as error:
                self.post_message(self.Failed(_reason(error)))
                return
            self._is_over = True
            # A draft that outlives its note is brought back beside it: nothing is lost.
            with suppress(Exception):
                self.writing.keep("")
        self.post_message(self.Written())

    def on_note_pane_written(self) -> None:
        """Close: the words are safe."""
        self.writing.saved()
        self._close(Outcome.SAVED)

    def on_note_pane_failed(self, event: Failed) -> None:
        """Say why, and let one go on."""
        self._is_saving = False
        self.box.read_only = False
        self.tell(f"not saved: {event.reason}")

    def action_leave(self) -> None:
        """Close; what was written is kept as a draft."""
        if self._is_saving:
            return
        self._written = self.box.text
        if not self.unsaved:
            self._forget_and_close(Outcome.NOTHING)
            return
        self._keep_draft()
        if self._kept == self.unsaved:
            self._close(Outcome.DRAFT)

    def action_throw_away(self) -> None:
        """Close without saving; words that would be lost need the key twice."""
        if self._is_saving:
            return
        if self._is_asked or not self.unsaved:
            self._forget_and_close(Outcome.THROWN if self.unsaved else Outcome.NOTHING)
            return
        self._is_asked = True
        self.tell("^G again throws these words away")

    def _forget_and_close(self, outcome: Outcome) -> None:
        """Close without a draft."""
        with self._lock:
            self._is_over = True
            if self._kept:
                with suppress(Exception):
                    self.writing.keep("")
        self._close(outcome)

    def _close(self, outcome: Outcome) -> None:
        self._is_over = True
        self.post_message(self.Closed(self, outcome))

    def on_unmount(self) -> None:
        """Keep the words when the reader is left while one writes."""
        self._keep_draft()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
