"""Work in the background: run in a thread, answer on the screen, never end in a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.messages import Say

T = TypeVar("T")

WRITE = "write"
"""The group of jobs that leaving waits for; they go on when their screen is gone."""


def start(
    screen: Screen[Any],
    job: Callable[[], T],
    done: Callable[[T], None] | None = None,
    *,
    group: str,
    exclusive: bool = False,
    failed: Callable[[], None] | None = None,
) -> Worker[None]:
    """Run a job in a thread and hand its result to `done` in the screen's own time.

    With `exclusive` the result of an earlier job of the group is dropped. A job that fails says
    one line in the status bar; this is the one place where that is decided. `failed` is called
    then too, where something waits for the result on screen.
    """

    def fail(reason: str) -> None:
        """Say why, and tell what waits for the result."""
        _answer(screen, partial(_say, screen, f"not done{reason}"))
        if failed is not None and not get_current_worker().is_cancelled:
            _answer(screen, failed)

    def work() -> None:
        """Do the job in the thread."""
        try:
            result = job()
        except ChinaiError as error:
            fail(f": {error}")
        except Exception as error:
            # Whatever fails behind is told, not thrown: the reader must stay on screen.
            fail(f", a fault of chinai: {type(error).__name__}: {error}")
        else:
            if done is not None and not get_current_worker().is_cancelled:
                _answer(screen, partial(done, result))

    # Textual gives up the jobs of a screen that is left; a write is still to be waited for.
    owner = screen.app if group == WRITE else screen
    return owner.run_worker(
        work, group=group, exclusive=exclusive, thread=True, exit_on_error=False
    )


def _answer(screen: Screen[Any], callback: Callable[[], None]) -> None:
    """Call back on the screen; without waiting, so that a screen that is gone holds nothing up."""
    if screen.is_running:
        screen.call_later(callback)


def _say(screen: Screen[Any], text: str) -> None:
    screen.post_message(Say(clean_line(text), warning=True))
