"""Opens the reader."""

from __future__ import annotations

import sys

from chinai_tui import config
from chinai_tui.cli.session import library
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import default_paths


def read() -> None:
    """Open the reader on the library of this user.

    Raises:
        ChinaiError: There is no terminal, or the library cannot be opened.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ChinaiError("the reader needs a terminal; `chinai --help` names what works without")
    from chinai_tui.ui import collector

    collector.pause()
    paths = default_paths()
    settings = config.load(paths.settings)
    from chinai_tui import ui

    with library(current=False) as workspace:
        ui.run(workspace, paths, settings)
