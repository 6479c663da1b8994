"""The list of issues: its filter, what is read, and what changes behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.rows import IssueList as Listing
from chinai_tui.domain.rows import SavedSearch
from chinai_tui.text.hidden import hidden_told
from chinai_tui.ui.messages import WorkspaceChanged
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.finding import Finding
from chinai_tui.ui.screens.main.history import Spot
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.issue_list import IssueList

if TYPE_CHECKING:
    from chinai_tui.ui.widgets.find_bar import FindBar

POLL_SECONDS = 2.0
"""How often what another program has written is looked for."""
RELOAD_SECONDS = 0.1
"""How long a change waits for further ones before the list is read again."""
SAMPLE_NOTICE = "Sample digests in our words; yours: chinai import FOLDER; r fetches new issues"
"""Stands above digests that are all there is. It fits a line of 80 cells."""


class ListActions(Finding):
    """Rows come in from the background and never move what the reader looks at."""

    filter_text = ""
    """The filter in force."""
    _reloading: Timer | None = None
    _unsubscribe: Callable[[], None] | None = None

    def fill_list(self, current: str = "") -> None:
        """Read the rows at once and show them, the cursor on `current`."""
        self.show_rows(self.filter_text, self.workspace.library.rows(self.filter_text), current)

    def show_rows(self, text: str, listing: Listing, current: str = "") -> None:
        """Show the rows of a filter, the cursor on `current` or where it was."""
        asked = self.workspace.search.parse(text)
        problem = "; ".join(problem.reason for problem in asked.problems)
        if not text:
            self.issues.set_notice(SAMPLE_NOTICE if is_sample(listing) else "")
        self.issues.set_listing(listing, current=current, filter_text=text, problem=problem)
        # The list may hold a row that no longer fits: what is told is what it shows.
        self.issues.set_hidden(hidden_told(self.issues.listing, asked))
        self.refresh_status()

    # Filtering

    async def action_filter(self) -> None:
        """Open the box at the bottom for a filter of the list."""
        if self.has_bar:
            return
        self.use_pane(Pane.LIST)
        placeholder = "words, company:商汤, is:unread, after:2019"
        await self.open_bar(self.filter_text, placeholder)

    def set_filter(self, text: str) -> None:
        """Filter the list; what cannot be read of the query is told above it."""
        text = text.strip()
        if text != self.filter_text:
            self.filter_text = text
            self._read_rows(text)

    def _read_rows(self, text: str) -> None:
        self.in_background(
            lambda: self.workspace.library.rows(text),
            lambda listing: self._take_rows(text, listing),
            group="rows",
            exclusive=True,
        )

    def _take_rows(self, text: str, listing: Listing) -> None:
        is_new = text != self.issues.filter_text
        self.show_rows(text, listing)
        row = self.issues.current
        # Only who filters asks for another text; a change from behind must not bring one.
        if is_new and row is not None and not self.is_open(row.id):
            self.preview(row.id)

    def end_filter(self, *, accept: bool) -> None:
        """Close the box; Escape takes the filter away."""
        self.close_bar()
        if not accept:
            self.set_filter("")
        self.use_pane(Pane.LIST)

    def typed(self, text: str) -> None:
        """Find or filter as one types."""
        if self.find_origin is not None:
            self.find(text)
        else:
            self.set_filter(text)

    def on_find_bar_accepted(self, event: FindBar.Accepted) -> None:
        """Keep what was found, or the filter."""
        if self.find_origin is not None:
            self.end_find(accept=bool(event.text.strip()))
        else:
            self.end_filter(accept=True)

    def on_find_bar_cancelled(self) -> None:
        """Go back to where one was, or to the whole list."""
        if self.find_origin is not None:
            self.end_find(accept=False)
        else:
            self.end_filter(accept=False)

    def on_find_bar_stepped(self, event: FindBar.Stepped) -> None:
        """Go on while one types."""
        if self.find_origin is not None:
            self.step_hit(event.step)
        else:
            self.issues.move_to(self.issues.cursor + event.step, step=event.step)

    # Saved searches

    def on_screen_resume(self) -> None:
        """A screen over this one may have kept a search, or forgotten one."""
        self.read_saved()

    def read_saved(self) -> None:
        """Count what fits the saved searches, and show them above the list."""
        self.in_background(
            self.workspace.saved.all, self.issues.set_saved, group="saved", exclusive=True
        )

    @on(IssueList.SavedChosen)
    def _show_saved(self, event: IssueList.SavedChosen) -> None:
        """Show what fits a saved search; what was new in it no longer is."""
        self.set_filter(event.query)
        if event.query:
            self.say("S renames or forgets this search, 0 shows all issues")

        def look() -> list[SavedSearch]:
            """Note that one has looked, and count again."""
            self.workspace.saved.look(event.query)
            return self.workspace.saved.all()

        if event.query:
            self.in_background(look, self.issues.set_saved, group="saved", exclusive=True)

    # Reading state

    @on(IssueList.ReadToggled)
    def _toggle_read(self, event: IssueList.ReadToggled) -> None:
        self.set_read(event.issue, event.read)

    def set_read(self, issue_id: str, read: bool) -> None:
        """Mark an issue read or unread: shown at once, saved behind."""
        listing = self.issues.listing
        rows = tuple(replace(row, read=read) if row.id == issue_id else row for row in listing.rows)
        change = sum(old.read is not new.read for old, new in zip(listing.rows, rows, strict=True))
        unread = listing.unread - change if read else listing.unread + change
        self.show_rows(self.issues.filter_text, replace(listing, rows=rows, unread=unread))
        self.in_background(lambda: self.workspace.library.mark_read([issue_id], read))

    def use_pane(self, pane: Pane) -> None:
        """Go to a pane; going to the text is reading it, where that is set."""
        super().use_pane(pane)
        self._count_as_opened()

    def show_issue(
        self,
        issue_id: str,
        role: DocumentRole | None = None,
        *,
        top: int | None = None,
        spot: Spot | None = None,
    ) -> bool:
        """Show an issue; in the text that is reading it, where that is set."""
        is_shown = super().show_issue(issue_id, role, top=top, spot=spot)
        self._count_as_opened()
        return is_shown

    def _count_as_opened(self) -> None:
        if self.settings.read_at != "opening" or self.pane is not Pane.READER:
            return
        self._read_through()

    def _read_through(self) -> None:
        """Mark the open issue read, whether or not it stands in the list."""
        opened = self.opened
        if opened is not None:
            row = self.issues.row(opened.issue.id)
            if not (row.read if row is not None else opened.read):
                self.set_read(opened.issue.id, True)

    @on(DocumentView.EndReached)
    def _finish(self, event: DocumentView.EndReached) -> None:
        """An issue counts as read once its end was on screen; paging on opens the next one."""
        if self.opened is None or self.pane is not Pane.READER:
            return
        self._read_through()
        if event.again:
            self.open_neighbour(1, unread=True)

    # Changes from behind

    def watch_workspace(self) -> None:
        """Hear of every change, and look for those of other programs."""
        self._unsubscribe = self.workspace.subscribe(
            lambda changed: self._heard(changed.issues, changed.annotations, changed.library)
        )
        self.set_interval(POLL_SECONDS, self._poll)

    def on_unmount(self) -> None:
        """Hear no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _heard(self, issues: frozenset[str], annotations: bool, library: bool) -> None:
        """Runs in the thread of the writer: a message is all that may be sent from there."""
        self.post_message(WorkspaceChanged(issues, annotations, library))

    def _poll(self) -> None:
        self.in_background(self.workspace.poll, group="poll", exclusive=True)

    @on(WorkspaceChanged)
    def _follow_change(self, event: WorkspaceChanged) -> None:
        if event.library:
            self.forget_summaries()
        opened = self.opened
        if opened is not None and (opened.issue.id in event.issues or event.library):
            self.refresh_opened()
        if self.issues.saved:
            self.read_saved()
        if self._reloading is not None:
            self._reloading.stop()
        self._reloading = self.set_timer(RELOAD_SECONDS, lambda: self._read_rows(self.filter_text))


def is_sample(listing: Listing) -> bool:
    """Whether there are only digests, nothing of one's own."""
    rows = listing.rows
    return bool(rows) and all(row.role is DocumentRole.DIGEST for row in rows)
