"""Opening issues and places, going back and forward, keeping where one was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from textual import on
from textual.timer import Timer

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import Paths
from chinai_tui.ui.messages import LeftPage, Visit
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.display import Display
from chinai_tui.ui.screens.main.history import History, Spot
from chinai_tui.ui.screens.main.wording import shown_links
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.issue_list import IssueList
from chinai_tui.workspace import Workspace
from chinai_tui.workspace.quoting import voice_at

PREVIEW_SECONDS = 0.12
"""How long the cursor of the list rests on an issue before its text is shown."""
AHEAD_SECONDS = 0.05
"""How long after an issue has been shown its neighbours are read: when it has been painted."""
REST_SECONDS = 0.25
"""How much longer one stays at an issue before names that the catalogue lacks are looked for."""

NAMES_ORDER, BY_PLACE = "names", "place"
"""The value of the session that keeps how the names of an issue are ordered."""


class Navigation(Display):
    """The reader's ways: each leaves a trace, so that one can go back."""

    _preview: Timer | None = None
    _ahead: Timer | None = None
    _browsing = False
    """Whether the last move was one of many through the list, which leave one trace."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin without a past."""
        super().__init__(workspace, paths, settings)
        self.history = History()
        self.visit: Visit | None = None
        """The last list of passages one chose from."""
        self.is_at_result = False
        """Whether the issue on screen was come to from a search, or stepped to in its answer."""

    # Opening

    def show_issue(
        self,
        issue_id: str,
        role: DocumentRole | None = None,
        *,
        top: int | None = None,
        spot: Spot | None = None,
    ) -> bool:
        """Show a document where one left it, from the offset `top`, or as it stood at a place.

        False if it cannot be shown.
        """
        self.keep_position()
        try:
            opened = self.workspace.library.open(issue_id, role)
        except ChinaiError as error:
            self.say(str(error), warning=True)
            return False
        self.is_at_result = False
        self.show_opened(opened, opened.offset if top is None else top, spot)
        self.issues.go_to(issue_id)
        self._look_ahead()
        return True

    def _look_ahead(self) -> None:
        """Have the neighbours' texts read by the time one goes there."""
        if self._ahead is not None:
            self._ahead.stop()
        neighbours = [issue for issue in map(self.issues.neighbour, (1, -1)) if issue]

        def read() -> None:
            """Read in the thread; what comes of it is kept below."""
            for issue in neighbours:
                # What cannot be read is told when one goes there.
                with suppress(ChinaiError):
                    opened = self.workspace.library.open(issue)
                    self.workspace.entities.in_issue(issue, opened.role)
                    voice_at(opened, 0, 0)
                    self.reader.prepare(
                        opened.document, shown_links(opened), self.lead(opened), self.tail(opened)
                    )
                    self.look_for_suggestions(issue, opened.role)

        def start() -> None:
            """Read on; when one rests, look for what is not known of the document itself."""
            self.in_background(read, group="ahead", exclusive=True)
            self._ahead = self.set_timer(REST_SECONDS, self.show_suggestions)

        self._ahead = self.set_timer(AHEAD_SECONDS, start)

    def read(self, issue_id: str) -> None:
        """Go to an issue's text, also from a digest beside which the text has come in since."""
        opened = self.opened
        if opened is None or opened.issue.id != issue_id or opened.role is not opened.roles[0]:
            self.leave_trace()
            if not self.show_issue(issue_id):
                return
        self._browsing = False
        self.use_pane(Pane.READER)

    def is_open(self, issue_id: str) -> bool:
        """Whether an issue is the one on screen."""
        return self.opened is not None and self.opened.issue.id == issue_id

    def visit_place(self, visit: Visit) -> None:
        """Show a passage, remembering where one was and among which passages it stands."""
        self.visit = visit
        place = visit.place
        self.leave_trace(visit.left)
        opened = self.opened
        is_here = opened is not None and (opened.issue.id, opened.role) == (place.issue, place.role)
        if not is_here and not self.show_issue(place.issue, place.role, top=place.start):
            return
        self.is_at_result = bool(visit.query)
        self.use_pane(Pane.READER)
        self.reader.go_to(place.start, place.end)
        if visit.left:
            key = self.key_of("back_out" if visit.query else "back")
            self.say(f"{key} back to {visit.left[-1].name}".strip())

    @on(EntitySidebar.SuggestionOpened)
    def _show_suggestion(self, event: EntitySidebar.SuggestionOpened) -> None:
        """Go to the place where a name that the catalogue lacks stands first."""
        self.leave_trace()
        self.use_pane(Pane.READER)
        self.reader.go_to(event.suggestion.start, event.suggestion.end)

    @on(IssueList.Highlighted)
    def _follow_cursor(self, event: IssueList.Highlighted) -> None:
        self.preview(event.issue)

    def preview(self, issue_id: str) -> None:
        """Show an issue beside the list once the cursor rests on it.

        Where there is room for the list alone it is opened behind it, so that keys and status line
        are about the issue one sees the cursor on.
        """
        if self._preview is not None:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_SECONDS, lambda: self._browse_to(issue_id))

    def _browse_to(self, issue_id: str) -> None:
        current = self.issues.current
        if current is None or current.id != issue_id or self.is_open(issue_id):
            return
        if not self._browsing:
            self.leave_trace()
            self._browsing = True
        self.show_issue(issue_id)

    @on(IssueList.Opened)
    def _read_issue(self, event: IssueList.Opened) -> None:
        self.read(event.issue)

    # Neighbours

    def action_next_issue(self) -> None:
        """Open the next issue of the list."""
        self.open_neighbour(1)

    def action_previous_issue(self) -> None:
        """Open the issue before."""
        self.open_neighbour(-1)

    def open_neighbour(self, step: int, *, unread: bool = False) -> None:
        """Open the issue `step` rows away, or the next unread one that way."""
        issue_id = self.issues.neighbour(step, unread=unread)
        if not issue_id:
            which = "unread issue" if unread else "issue"
            self.say(f"no {'further' if step > 0 else 'earlier'} {which} in the list")
            return
        self.leave_trace()
        self.show_issue(issue_id)

    # Passages of the last list

    def action_next_passage(self) -> None:
        """Go to the next passage of the last list."""
        self._step_passage(1)

    def action_previous_passage(self) -> None:
        """Go to the passage before."""
        self._step_passage(-1)

    def _step_passage(self, step: int) -> None:
        if self.visit is None or not self.visit.among:
            self.say("search the library first, then step through its passages")
            return
        among = self.visit.among
        at = among.index(self.visit.place) if self.visit.place in among else -step
        if not 0 <= at + step < len(among):
            self.say("that was the last passage" if step > 0 else "that was the first passage")
            return
        self.visit_place(Visit(among[at + step], among, self.visit.query))
        self.say(f"passage {at + step + 1} of {len(among)}")

    # Back and forward

    @on(DocumentView.Leaping)
    def _leave_for_leap(self, event: DocumentView.Leaping) -> None:
        """Remember where one was before the beginning or the end of the text."""
        here = self.spot()
        if here is not None:
            self.history.leave(
                replace(here, top=event.top, above=event.above, current=event.current)
            )

    def leave_trace(self, pages: tuple[LeftPage, ...] = ()) -> None:
        """Remember the place one is about to leave, and the pages that lay over it."""
        here = self.spot()
        self._browsing = False
        if here is not None:
            self.history.leave(replace(here, pages=pages))

    async def action_back(self) -> None:
        """Go back to the place one came from, or to the page one chose this one on."""
        here = self.spot()
        await self.go_back(self.history.back(here) if here else None)

    async def go_back(self, spot: Spot | None) -> None:
        """Show a place of before, and over it the pages by way of which one left it."""
        with self.app.batch_update():
            self._go(spot, "nothing to go back to")
            if spot is not None and spot.pages:
                await self.reopen(spot.pages)

    async def reopen(self, pages: tuple[LeftPage, ...]) -> None:
        """Put pages one has left over the text again, the lowest first."""
        raise NotImplementedError

    def action_forward(self) -> None:
        """Go forward again."""
        here = self.spot()
        self._go(self.history.forward(here) if here else None, "nothing to go forward to")

    def _go(self, spot: Spot | None, otherwise: str) -> None:
        if spot is None:
            self.say(otherwise)
        else:
            self.show_issue(spot.issue, spot.role, spot=spot)

    # Keeping

    def keep_position(self) -> None:
        """Save where one is in the open document, if one has moved."""
        opened = self.opened
        if opened is None or self.reader.top_offset == opened.offset:
            return
        issue_id, role, offset = opened.issue.id, opened.role, self.reader.top_offset
        save = self.workspace.library.save_position
        self.in_background(lambda: save(issue_id, role, offset))

    def keep_session(self) -> None:
        """Save what the next start opens with."""
        opened = self.opened
        if opened is None:
            return
        values = {
            "issue": opened.issue.id,
            "role": opened.role.value,
            "entity": self.entity,
            NAMES_ORDER: BY_PLACE if self.names.by_place else "",
        }
        self.in_background(lambda: self.workspace.library.save_session(**values))
