"""The main screen: what it is made of, how it starts, how one backs out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.layout import Layout

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.rows import IssueRow
from chinai_tui.paths import Paths
from chinai_tui.ui import collector
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.listing import is_sample
from chinai_tui.ui.screens.main.mending import MendActions
from chinai_tui.ui.screens.main.navigation import BY_PLACE, NAMES_ORDER
from chinai_tui.ui.screens.main.panes import PanesLayout
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.issue_list import IssueList
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.margin_list import MarginList
from chinai_tui.ui.widgets.reader_header import ReaderHeader
from chinai_tui.ui.widgets.reader_text import ReaderText
from chinai_tui.ui.widgets.status_bar import StatusBar
from chinai_tui.ui.widgets.term_list import TermList
from chinai_tui.workspace import Workspace

FIRST_NUMBER = 94
"""The issue that the first start opens on."""
FIRST_ENTITY = "cloudwalk"
FIRST_HINT = "try: c 商汤"


class MainScreen(MendActions):
    """Issues, text and names side by side, as many as fit."""

    BLANK = True

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.MAIN)]
    AUTO_FOCUS = ""

    def __init__(
        self,
        workspace: Workspace,
        paths: Paths,
        settings: Settings,
        keymap: Mapping[str, str],
        problems: Sequence[str] = (),
    ) -> None:
        """Hold what the application was started with; `problems` are told at the start."""
        super().__init__(workspace, paths, settings)
        self.keymap = keymap
        self._problems = problems
        self._panes_layout = PanesLayout(self.regions)

    @property
    def layout(self) -> Layout:
        """What places the panes."""
        return self._panes_layout

    def compose(self) -> ComposeResult:
        """Three panes over two lines."""
        yield IssueList()
        yield ReaderHeader()
        yield ReaderText(skip_title=True, numbered=self.settings.link_numbers == "on")
        yield EntitySidebar()
        yield TermList()
        yield MarginList()
        yield StatusBar()
        yield KeyFooter(self.keymap)

    def on_mount(self) -> None:
        """Lay the panes out empty; they are filled before anything is painted."""
        session = self.workspace.library.session()
        self.set_measure(self.settings.measure)
        self.reader.found = lambda: self.hits.current
        self.watch(self.reader, "position", self.follow_text, init=False)
        self.tell_keys()
        self.names.set_by_place(session.get(NAMES_ORDER) == BY_PLACE)
        self.use_pane(Pane.READER if session.get("issue") else Pane.LIST)
        painting = ExitStack()
        painting.enter_context(self.app.batch_update())
        # The reader's queue holds its first size by then: the text is laid out once.
        fill = partial(self._fill, session, painting)
        self.call_after_refresh(self.reader.call_later, fill)

    def _fill(self, session: Mapping[str, str], painting: ExitStack) -> None:
        """Fill the panes as one left them, then let them be painted."""
        with painting:
            self.fill_list(session.get("issue", ""))
            rows = self.issues.listing.rows
            again = any(row.id == session.get("issue") for row in rows)
            samples = is_sample(self.issues.listing)
            first = self.issues.current if again else _first(rows, samples=samples)
            self.entity = session.get("entity", "") if again else FIRST_ENTITY if samples else ""
            if first is not None:
                self.show_issue(first.id, _role(session.get("role", "") if again else ""))
            if samples:
                self.status.say(FIRST_HINT, seconds=0)
            if self._problems:
                more = f" (and {len(self._problems) - 1} more)" if len(self._problems) > 1 else ""
                self.say(self._problems[0] + more, warning=True)
        self.watch_workspace()
        self.call_after_refresh(collector.resume)
        self.call_after_refresh(self.keep_up)

    async def action_back_out(self) -> None:
        """Back out by one level; at the list, of its filter."""
        if not await self._back_out() and self.filter_text:
            self.set_filter("")

    async def action_stop_or_back_out(self) -> None:
        """Stop fetching; where nothing is fetched, back out by one level."""
        if not self.stop_fetching():
            await self.action_back_out()

    async def action_close(self) -> None:
        """Back out by one level; at the top, leave the reader."""
        if not await self._back_out():
            self.app.call_later(self.app.action_quit)

    async def _back_out(self) -> bool:
        if self.pane is Pane.READER and (await self.return_to_results() or self.clear_hits()):
            return True
        return self.close_second() or self.back_out_of_pane()

    def keep_everything(self) -> None:
        """Save where one is, for the next start."""
        self.keep_position()
        self.keep_session()


def _first(rows: tuple[IssueRow, ...], *, samples: bool) -> IssueRow | None:
    """The issue that a first start opens on: one of the samples, else the newest unread one."""
    fits = (row for row in rows if (row.number == FIRST_NUMBER if samples else not row.read))
    return next(fits, rows[0] if rows else None)


def _role(name: str) -> DocumentRole | None:
    return DocumentRole(name) if name in set(DocumentRole) else None
