"""Writing in the user's own editor, `$VISUAL` or `$EDITOR`, which has the terminal meanwhile."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App, SuspendNotSupported

from chinai_tui.errors import InputError
from chinai_tui.text.sanitise import clean

FILE = "note.md"
"""The name of the file that is edited, which tells the editor that it is Markdown."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of it."""

    text: str
    """The words as they were left in the file."""
    failure: str = ""
    """How the editor ended, where it says that it failed; the words may be half of them."""


def edit(app: App[object], text: str) -> Edited:
    """The text as it was left in the editor; the program rests until that is closed.

    The file is in a folder of its own that nobody else may read and that is removed.

    Raises:
        InputError: There is no editor, it could not be started, or it failed and left the text
            as it was.
    """
    command = _command()
    with TemporaryDirectory(prefix="chinai-") as folder:
        file = Path(folder, FILE)
        file.write_text(f"{text}\n" if text else "", "utf-8")
        try:
            with app.suspend():
                ended = _run([*command, str(file)])
            if isinstance(ended, OSError):
                raise ended
            left = clean(file.read_text("utf-8", errors="replace")).rstrip("\n")
        except (OSError, SuspendNotSupported) as error:
            reason = getattr(error, "strerror", None) or "could not be given the terminal"
            raise InputError(command[0], f"{reason}; see VISUAL and EDITOR") from error
    if not ended:
        return Edited(left)
    failure = f"ended with {ended}"
    if left == clean(text).rstrip("\n"):
        raise InputError(command[0], f"{failure}; nothing was taken")
    return Edited(left, f"{command[0]}: {failure}")


def _run(command: list[str]) -> int | OSError:
    """The exit code; or why it could not be started, since what is raised keeps the terminal."""
    try:
        # The user's own words say what is run, an argument each: no shell reads them.
        return subprocess.run(command, check=False).returncode  # noqa: S603
    except OSError as error:
        return error


def _command() -> list[str]:
    """The editor and its arguments."""
    name = next((each for each in ("VISUAL", "EDITOR") if os.environ.get(each, "").strip()), "")
    if not name:
        raise InputError("no editor", "set VISUAL or EDITOR to the one you use")
    try:
        return shlex.split(os.environ[name])
    except ValueError as error:
        raise InputError(name, f"{error}; mend its quotation marks") from error
