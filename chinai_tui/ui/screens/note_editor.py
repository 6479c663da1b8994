"""A box to write a note in; what was written is not lost when it cannot be saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from chinai_tui.text.sanitise import clean, clean_line
from chinai_tui.ui import jobs
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Row, flow
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from textual.widgets import TextArea

Save = Callable[[str], object]
"""Writes a note with these words; returns when it is on disk."""

QUOTE_LINES = 3
KEYS = (("Esc ^S", "save"), ("^G", "throw away"), ("#word", "is a tag"))


class NoteEditor(ModalScreen[str | None]):
    """The quoted passage and a box; dismissed with the words of the note, or with nothing.

    With `save` the note is written before the editor closes; if that fails, the editor stays
    open with the words and says why.
    """

    DEFAULT_CSS = """
    NoteEditor > Vertical {
        width: 84;
        max-width: 100%;
        height: 80%;
        max-height: 24;
        margin: 2 0;
        padding: 1 2 0 2;
        background: $pane;
    }
    NoteEditor LinesPane { height: auto; max-height: 3; margin: 0 0 1 0; }
    NoteEditor TextArea, NoteEditor TextArea:focus {
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $ground;
        color: $strong;
    }
    NoteEditor #state { height: 1; color: $accent; }
    NoteEditor.-short > Vertical { height: 100%; margin: 0; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", priority=True, show=False),
        Binding("ctrl+g", "throw_away", priority=True, show=False),
    ]

    class Saved(Message):
        """The note is on disk."""

    @dataclass
    class Failed(Message):
        """The note could not be written."""

        reason: str

    def __init__(
        self, quote: str, text: str = "", *, title: str = "Note", save: Save | None = None
    ) -> None:
        """Take the passage, the words to begin with, and how the note is written."""
        super().__init__()
        self._quote = clean_line(quote, 2000)
        self._text = clean(text)
        self._title = title
        self._save = save
        self._saving = False
        self._asked = False
        self._written = self._text
        """What stands in the box."""

    def compose(self) -> ComposeResult:
        """The passage, the box, what is to be said, the keys."""
        from textual.widgets import TextArea

        with Vertical():
            yield Static(clean_line(self._title), markup=False, classes="question")
            yield LinesPane(self._draw_quote, ground="pane")
            yield TextArea(
                self._text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus"
            )
            yield Static("", markup=False, id="state")
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Put the cursor behind what is there."""
        self.query_one(KeyFooter).show_hints(KEYS)
        self.box.move_cursor(self.box.document.end)
        self.set_focus(self.box, scroll_visible=False)

    def on_resize(self) -> None:
        """Take the whole screen where it is low."""
        self.set_class(self.size.height < 20, "-short")

    @property
    def box(self) -> TextArea:
        """The box."""
        from textual.widgets import TextArea

        return self.query_one(TextArea)

    def _draw_quote(self, width: int, pens: Pens) -> list[Row]:
        lines = flow(f"“{self._quote}”", width - 2, pens, role="dim", limit=QUOTE_LINES)
        return [Row(line) for line in lines] if self._quote else []

    def _tell(self, text: str) -> None:
        self.query_one("#state", Static).update(clean_line(text))

    def on_text_area_changed(self) -> None:
        """Take back what was said once one writes on."""
        self._asked = False
        self._written = self.box.text
        self._tell("")

    @property
    def unsaved(self) -> str:
        """The words that would be lost; none where nothing was written."""
        text = clean(self._written).strip()
        return "" if text == self._text.strip() else text

    def action_save(self) -> None:
        """Write the note and close; with nothing written, only close."""
        if self._saving:
            return
        if not self.unsaved:
            self._close(None)
        elif self._save is None:
            self._close(self.unsaved)
        else:
            self._write(self.unsaved, self._save)

    def _write(self, text: str, save: Save) -> None:
        def work() -> None:
            """Runs in a thread; whatever fails, the words are kept and one is told."""
            try:
                save(text)
            except Exception as error:
                self.post_message(self.Failed(str(error) or type(error).__name__))
            else:
                self.post_message(self.Saved())

        self._saving = True
        self.box.read_only = True
        self._tell("saving …")
        self.run_worker(work, group=jobs.WRITE, thread=True, exit_on_error=False)

    def on_note_editor_saved(self) -> None:
        """Close: the words are safe."""
        self._close(self.unsaved)

    def _close(self, text: str | None) -> None:
        self._save = None
        self.dismiss(text)

    def on_unmount(self) -> None:
        """Write the note when the reader is left while one writes."""
        if self._save is not None and not self._saving and self.unsaved:
            # A fault at this point has nobody it could be told to.
            with suppress(Exception):
                self._save(self.unsaved)

    def on_note_editor_failed(self, event: Failed) -> None:
        """Say why, and let one go on."""
        self._saving = False
        self.box.read_only = False
        self._tell(f"not saved: {event.reason}")

    def action_throw_away(self) -> None:
        """Close without saving; words that would be lost need the key twice."""
        if self._saving:
            return
        if self._asked or not self.unsaved:
            self._close(None)
            return
        self._asked = True
        self._tell("^G again throws these words away")
