"""A small list to say whose words a passage is."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.ui.widgets.choice_list import Choice, ChoiceList


class VoiceScreen(ModalScreen[Voice | None]):
    """The kinds of voice; dismissed with the one that was chosen."""

    DEFAULT_CSS = "VoiceScreen ChoiceList { margin: 1 0 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h", "dismiss(None)", show=False),
        Binding("j,down", "step(1)", show=False),
        Binding("k,up", "step(-1)", show=False),
        Binding("W", "step(1)", show=False),
        Binding("enter,l", "choose", show=False),
    ]

    def __init__(self, voice: Voice) -> None:
        """Begin at the voice that is proposed, or that was chosen before."""
        super().__init__()
        self._voice = voice

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="dialog small"):
            yield Static(" Whose words?", markup=False, classes="question")
            yield ChoiceList()

    def on_mount(self) -> None:
        """List the kinds, the cursor on the present one."""
        who = ", ".join(filter(None, (self._voice.speaker, self._voice.outlet)))
        choices = [
            Choice(kind.value, kind.value, who if kind is self._voice.kind else "")
            for kind in VoiceKind
        ]
        voices = self.query_one(ChoiceList)
        voices.set_choices(choices, current=self._voice.kind.value)
        voices.focus()

    def action_step(self, step: int) -> None:
        """Go to the next kind, around at the end."""
        voices = self.query_one(ChoiceList)
        voices.move_to((voices.cursor + step) % voices.row_count(), step=step)

    def action_choose(self) -> None:
        """Answer with the kind under the cursor."""
        self.query_one(ChoiceList).action_open()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Answer with the chosen kind; the speaker stays while the kind does."""
        kind = VoiceKind(event.id)
        if kind is self._voice.kind:
            self.dismiss(self._voice)
        else:
            self.dismiss(replace(self._voice, kind=kind, speaker="", outlet=""))
