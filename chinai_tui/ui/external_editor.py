"""Writing in the user's own editor, `$VISUAL` or `$EDITOR`, which has the terminal meanwhile."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App, SuspendNotSupported

from chinai_tui.errors import InputError
from chinai_tui.text.sanitise import clean

FILE = "note.md"
"""The name of the file that is edited, which tells the editor that it is Markdown."""


def edit(app: App[object], text: str) -> str:
    """The text as it was left in the editor; the program rests until that is closed.

    The file is in a folder of its own that nobody else may read and that is removed.

    Raises:
        InputError: There is no editor, it could not be started, or it failed.
    """
    command = _command()
    with TemporaryDirectory(prefix="chinai-") as folder:
        file = Path(folder, FILE)
        file.write_text(f"{text}\n" if text else "", "utf-8")
        try:
            with app.suspend():
                # The user's own words say what is run, an argument each: no shell reads them.
                done = subprocess.run([*command, str(file)], check=False)  # noqa: S603
            if done.returncode:
                raise InputError(command[0], f"ended with {done.returncode}; nothing was taken")
            return clean(file.read_text("utf-8", errors="replace")).rstrip("\n")
        except (OSError, SuspendNotSupported) as error:
            reason = getattr(error, "strerror", None) or "could not be given the terminal"
            raise InputError(command[0], f"{reason}; see VISUAL and EDITOR") from error


def _command() -> list[str]:
    """The editor and its arguments."""
    name = next((each for each in ("VISUAL", "EDITOR") if os.environ.get(each, "").strip()), "")
    if not name:
        raise InputError("no editor", "set VISUAL or EDITOR to the one you use")
    try:
        return shlex.split(os.environ[name])
    except ValueError as error:
        raise InputError(name, f"{error}; mend its quotation marks") from error
