"""Keys that come in one go act as if they had come one after the other."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from chinai_tui.ui.key_order import KeyOrderApp
from tests.ui.screens.over import ready, until


def send(app: App[None], *keys: str) -> None:
    """Send keys without waiting for what they do."""
    for key in keys:
        app.simulate_key(key)


async def in_text(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("enter", "right_curly_bracket")


@pytest.mark.parametrize("cut", range(5))
async def test_no_letter_of_a_note_is_lost_however_the_keys_are_cut(
    reader, workspace, cut: int
) -> None:
    keys = ["a", *"suq", "backspace", "enter", *"nj", "ctrl+s"]
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        send(reader, *keys[:cut])
        await pilot.pause()
        send(reader, *keys[cut:])
        await until(pilot, lambda: reader.screen.note_pane is None and workspace.notes.all())
        assert [note.text for note in workspace.notes.all()] == ["su\nnj"]


async def test_what_is_pasted_stands_between_the_keys_around_it(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        send(reader, "a", "x")
        reader.post_message(events.Paste("pasted"))
        send(reader, "y")
        await until(pilot, lambda: bool(reader.screen.note_pane))
        await until(pilot, lambda: reader.screen.note_pane.box.text.endswith("y"))
        assert reader.screen.note_pane.box.text == "xpastedy"


async def test_a_key_right_behind_the_enter_in_a_box_is_not_typed_into_it(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        send(reader, "slash", *"cloud", "enter", "v")
        await until(pilot, lambda: reader.screen.reader.selection is not None)
        assert reader.screen.hits.needle == "cloud"


class LosingBox(Input):
    """A box that goes with the first key, and with it what runs behind that."""

    def post_message(self, message: Message) -> bool:
        return isinstance(message, KeyOrderApp.Followed) or super().post_message(message)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.remove()


class Losing(KeyOrderApp[None]):
    """Keeps the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[str] = []

    def compose(self) -> ComposeResult:
        yield LosingBox()

    def key_y(self) -> None:
        self.reached.append("y")


async def test_a_widget_that_is_gone_does_not_hold_up_the_keys_behind() -> None:
    app = Losing()
    async with app.run_test() as pilot:
        send(app, "x", "y", "y")
        await until(pilot, lambda: len(app.reached) == 2)
        assert app.reached == ["y", "y"]
