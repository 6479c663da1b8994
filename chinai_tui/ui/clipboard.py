"""Copying: to the terminal's clipboard, and to that of the desktop where there is one.

The terminal is asked by OSC 52, which works over ssh, but not in every terminal. The desktop is
asked by `pyperclip`, in a process of its own: the programs it runs can block, and write to the
terminal they inherit. The process has no terminal, is given up on after a while, and what stays
of it, such as an `xclip` that serves the text, outlives the reader.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from chinai_tui.text.sanitise import clean

if TYPE_CHECKING:
    from textual.dom import DOMNode

SECONDS = 2.0
"""How long the desktop may take; leaving the reader waits for it."""

# -P: a file of that name in the current folder is not the one that is meant.
_COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "pyperclip", "--copy")

_turn = Lock()
"""One copy at a time, so that the last one is the one that stays."""


def copy(node: DOMNode, text: str) -> None:
    """Copy a text from an application, a screen or a widget; never waits and never raises.

    It is cleaned. The desktop's clipboard is reached in a thread, and passed over where there is
    none or where the application runs without a terminal, as in a test.
    """
    app = node.app
    text = clean(text)
    app.copy_to_clipboard(text)
    if not app.is_headless:
        app.run_worker(
            partial(_copy_in_turn, text),
            group="clipboard",
            exclusive=True,
            thread=True,
            exit_on_error=False,
        )


def _copy_in_turn(text: str) -> None:
    with _turn:
        if not get_current_worker().is_cancelled:
            copy_to_desktop(text)


def copy_to_desktop(text: str) -> bool:
    """Hand a text to the desktop's clipboard; False where there is none. May take seconds."""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603
            _COMMAND,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
        return done.returncode == 0
    return False
