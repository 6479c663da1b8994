"""Opens a screen over the main one, and keeps what it is dismissed with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

TRIES = 200


async def ready(pilot: Pilot[None]) -> None:
    """Wait for what is written and read in the background, and for what follows from it."""
    for _ in range(3):
        await pilot.pause()
        while any(not worker.is_finished for worker in pilot.app.workers):
            await pilot.pause(0.01)
    await pilot.pause()


async def over(pilot: Pilot[None], screen: Screen[Any]) -> list[Any]:
    """Show a screen; the list that is returned takes its answer."""
    answers: list[Any] = []
    await ready(pilot)
    pilot.app.push_screen(screen, answers.append)
    await ready(pilot)
    return answers


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that a timer brings about."""
    for _ in range(TRIES):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not come about")


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text."""
    names = {" ": "space", '"': "quotation_mark", ":": "colon", "*": "asterisk", "\n": "enter"}
    await pilot.press(*(names.get(char, char) for char in text))
