"""The application: themes, keys, and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from textual.filter import LineFilter

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.ui import jobs
from chinai_tui.ui.key_order import KeyOrderApp
from chinai_tui.ui.keymap import checked
from chinai_tui.ui.no_color import NoColour
from chinai_tui.ui.screens.main.screen import MainScreen
from chinai_tui.ui.theme import NAMES, themes
from chinai_tui.workspace import Workspace


class ChinaiApp(KeyOrderApp[None]):
    """Holds the main screen; everything that is known of the library is behind it."""

    TITLE = "chinai"
    CSS_PATH = "chinai.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Take the open workspace, and the settings with the user's theme and keys."""
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = NAMES[settings.theme]
        keymap, problems = checked(settings.keys)
        self.set_keymap(keymap)
        self._no_colour = NoColour()
        self._main = MainScreen(workspace, paths, settings, keymap, problems)

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first one, so that no blank one is drawn before it."""
        return self._main

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colours where the user wants none; Textual itself would draw in greys."""
        return [self._no_colour] if self.no_color else super().get_line_filters()

    async def action_quit(self) -> None:
        """Leave once everything that was to be written is on disk."""
        self._main.keep_everything()
        await self.workers.wait_for_complete(
            [worker for worker in self.workers if worker.group == jobs.WRITE]
        )
        self.exit()

    def action_help_quit(self) -> None:
        """Say how one leaves, instead of leaving."""
        self._main.say("^Q leaves the reader")

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a text must not be able to have files written."""
