"""What the parts of the main screen share: the widgets, the workspace, what is open.

The parts stand on each other in this order, each a concern with its state and its actions:
`MainBase`, `Panes`, `Sidebar`, `Display`, `Navigation`, `LinkActions`, `SecondTextActions`,
`Offers`, `PassageActions`, `NoteActions`, `Finding`, `ListActions`, `Dialogs`, `Upkeep`,
`Fetching`, `MendActions`, `MainScreen`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from textual.getters import query_one
from textual.screen import Screen

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.ui.commands import BY_ID
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.screens.main.hits import Hits
from chinai_tui.ui.screens.writing import WritingScreen
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.issue_list import IssueList
from chinai_tui.ui.widgets.margin_list import MarginList
from chinai_tui.ui.widgets.reader_header import ReaderHeader
from chinai_tui.ui.widgets.term_list import TermList
from chinai_tui.workspace import OpenedIssue, Workspace

T = TypeVar("T")


@dataclass
class SecondText:
    """Another text of the open issue, beside it."""

    opened: OpenedIssue
    header: ReaderHeader
    view: DocumentView
    in_step: bool = True
    """Whether it goes along with the first one."""
    beside: int = -1
    """The paragraph of the first one that it stands beside."""


Answer = Callable[[T | None], None] | Callable[[T | None], Awaitable[None]]
"""What takes the answer of a screen; `None` when one only backed out of it."""


class MainBase(WritingScreen[None]):
    """State and widgets of the main screen."""

    issues = query_one(IssueList)
    header = query_one(ReaderHeader)
    reader = query_one(DocumentView)
    names = query_one(EntitySidebar)
    terms = query_one(TermList)
    margin = query_one(MarginList)
    keymap: Mapping[str, str]
    """The user's keys."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Hold what the application was started with; nothing is open yet."""
        super().__init__(workspace)
        self.paths = paths
        self.settings = settings
        self.opened: OpenedIssue | None = None
        self.entity = ""
        """The id of the current entity, whose mentions `.` and `,` walk."""
        self.hits = Hits()
        self.second: SecondText | None = None

    def key_of(self, command: str) -> str:
        """The first key of a command; empty if the user has taken it away."""
        return " ".join(labels_of(BY_ID[command], self.keymap)[:1])

    def told_keys(self, does: Mapping[str, str]) -> list[str]:
        """What commands do, each behind its key; those are left out that have none."""
        return [f"{key} {what}" for command, what in does.items() if (key := self.key_of(command))]

    async def ask(self, screen: Screen[T], answered: Answer[T]) -> None:
        """Put a screen over this one; its first box has the keys when this returns."""
        await self.app.push_screen(screen, answered)
        if screen.focused is None and screen.focus_chain:
            screen.set_focus(screen.focus_chain[0])
