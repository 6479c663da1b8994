"""What every screen with a status line shares: jobs, undo, the last colour, where exports go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual.getters import query_one
from textual.screen import Screen, ScreenResultType
from textual.worker import Worker

from chinai_tui.domain.annotation import Color
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui import jobs
from chinai_tui.ui.rendering.highlights import color_of
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.status_bar import StatusBar
from chinai_tui.workspace import Workspace

T = TypeVar("T")

COLOR_KEY = "color"
"""The value of the session that keeps the last used colour."""


def shown_path(file: Path) -> str:
    """A file by its full path, the home folder as `~`."""
    whole, home = file.absolute(), Path.home()
    return clean_line(f"~/{whole.relative_to(home)}" if whole.is_relative_to(home) else str(whole))


class WorkingScreen(Screen[ScreenResultType]):
    """A screen over the library with a status line and a line of keys."""

    status = query_one(StatusBar)
    keys = query_one(KeyFooter)

    def __init__(self, workspace: Workspace) -> None:
        """Hold the library."""
        super().__init__()
        self.workspace = workspace

    @property
    def folder(self) -> Path:
        """Where exports go."""
        return Path(self.workspace.settings.export_folder).expanduser()

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say one line in the status bar."""
        self.status.say(text, warning=warning)

    @property
    def highlight_color(self) -> Color:
        """The colour of the next highlight: that which was chosen last."""
        return color_of(self.workspace.library.session().get(COLOR_KEY, Color.YELLOW))

    def keep_color(self, color: Color) -> None:
        """Have the next highlight in a colour; on disk when this returns."""
        self.workspace.library.save_session(**{COLOR_KEY: color})

    def in_background(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        group: str = jobs.WRITE,
        exclusive: bool = False,
        failed: Callable[[], None] | None = None,
    ) -> Worker[None]:
        """Run a job in a thread; see `jobs.start`."""
        return jobs.start(self, job, done, group=group, exclusive=exclusive, failed=failed)

    def follow_entity(self, entity_id: str, then: Callable[[], None] = lambda: None) -> None:
        """Follow an entity, or no longer; `then` is called when that is on disk."""
        news = self.workspace.news
        following = entity_id not in news.followed()
        name = self.workspace.entities.get(entity_id).name

        def done(_: None) -> None:
            """Say what it is good for."""
            told = f"following {name}: C tells of its passages" if following else f"{name} left"
            self.say(told)
            then()

        self.in_background(lambda: news.follow(entity_id, following), done)

    def action_undo(self) -> None:
        """Undo the last change to notes and bookmarks."""
        self.in_background(
            self.workspace.notes.undo,
            lambda title: self.say(f"undone: {title}" if title else "nothing to undo"),
        )

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.in_background(
            self.workspace.notes.redo,
            lambda title: self.say(f"done again: {title}" if title else "nothing to do again"),
        )
