"""The reader on screen: the only package that draws with Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.ui import collector

if TYPE_CHECKING:
    from chinai_tui.config import Settings
    from chinai_tui.paths import Paths
    from chinai_tui.workspace import Workspace


def run(workspace: Workspace, paths: Paths, settings: Settings) -> None:
    """Open the reader on a workspace and return when one leaves it."""
    collector.pause()
    from chinai_tui.ui.app import ChinaiApp

    try:
        ChinaiApp(workspace, paths, settings).run()
    finally:
        collector.resume()
