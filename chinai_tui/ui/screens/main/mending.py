"""Mending what is marked in the text, and marking the rest of the library after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from chinai_tui.config import Settings
from chinai_tui.domain.entity import Entity, Mention
from chinai_tui.domain.mending import Correction
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import Paths
from chinai_tui.ui.commands import BY_ID
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.messages import WorkspaceChanged
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.dialogs import Dialogs
from chinai_tui.ui.screens.main.links import NOTHING_OPEN
from chinai_tui.workspace import OpenedIssue, Progress, Workspace

if TYPE_CHECKING:
    from chinai_tui.ui.screens.mend.subject import Subject

NO_NAME = "select the words of one name, then mend it"
HOW = "select words with v, or walk to a name with . and mend it there"
REMARK = "remark"
"""The group of the job that marks the library."""
QUIET_SECONDS = 0.5
"""How long marking goes on before it is told of."""
TOLD_SECONDS = 0.1
"""How long after one figure the next one is told."""


class MendActions(Dialogs):
    """Asks what to mend and has it written; the library is marked anew behind the reader."""

    @dataclass
    class Marking(Message):
        """How far marking the library has come; None when it has ended."""

        progress: Progress | None

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing to mark."""
        super().__init__(workspace, paths, settings)
        self._stop_marking = Event()
        self._marking = Lock()
        """Held by the job that marks: there is one at a time."""
        self._is_waiting = False
        """Whether another job waits for that one; it sees everything that has changed by then."""

    # Mending

    async def action_mend(self) -> None:
        """Mend what is marked: the selection, else the mention one is at."""
        subject = self._subject()
        if subject is None:
            return
        from chinai_tui.ui.screens.mend import MendScreen

        file = self.paths.entities
        await self.ask(MendScreen(self.workspace, subject, file, self._undo_key), self._mend)

    @property
    def _undo_key(self) -> str:
        return " ".join(labels_of(BY_ID["undo"], self.keymap)[:1])

    def _subject(self) -> Subject | None:
        """What is to be mended; None if nothing is, which is said."""
        from chinai_tui.ui.screens.mend.subject import subject_of_suggestion

        in_sidebar = self.pane is Pane.SIDEBAR
        suggestion = self.names.suggestion if in_sidebar and self.side is self.names else None
        if suggestion is not None:
            return subject_of_suggestion(suggestion)
        if self.opened is None:
            self.say(NOTHING_OPEN)
            return None
        term = self.terms.current if in_sidebar and self.side is self.terms else None
        if term is not None:
            return self._selected(self.opened, term.han_start, term.han_start + len(term.han))
        if self.reader.selection is not None:
            return self._selected(self.opened, *self.reader.selection)
        mention = self._mention_here(self.opened)
        if mention is None:
            self.say(HOW)
            return None
        return self._told_of(self.opened, mention.start, mention.end, mention)

    def _selected(self, opened: OpenedIssue, start: int, end: int) -> Subject | None:
        """The words that are selected, with the mention in them."""
        from chinai_tui.ui.screens.mend.subject import is_name, mention_in, trimmed

        start, end = trimmed(opened.document.text, start, end)
        if not is_name(opened.document, start, end):
            self.say(NO_NAME)
            return None
        mention = mention_in(opened.mentions, start, end, self.entity)
        return self._told_of(opened, start, end, mention)

    def _told_of(
        self, opened: OpenedIssue, start: int, end: int, mention: Mention | None
    ) -> Subject:
        """The words of a range with what library and text tell of them."""
        from chinai_tui.ui.screens.mend.subject import subject_of

        entity: Entity | None = None
        if mention is not None:
            try:
                entity = self.workspace.entities.get(mention.entity)
            except ChinaiError:
                mention = None  # the catalogue has lost it since the text was marked
        terms = self.workspace.terms.in_issue(opened.issue.id, opened.role)
        return subject_of(opened, start, end, terms, mention, entity)

    def _mention_here(self, opened: OpenedIssue) -> Mention | None:
        """The mention one walked to, else the current name's first in the paragraph, else any."""
        from chinai_tui.ui.screens.mend.subject import mention_in

        here = self.reader.passage
        mentions = opened.mentions
        if self.walked is not None and here[0] <= self.walked[0] < here[1]:
            walked = mention_in(mentions, *self.walked, self.entity)
            if walked is not None:
                return walked
        return mention_in(mentions, *here, self.entity)

    def _mend(self, correction: Correction | None) -> None:
        """Have a correction written, and say so when it is."""
        if correction is None:
            return
        self.reader.end_selection()
        issue = self.opened.issue.id if self.opened else ""
        said = f"{correction.title}; {self._undo_key} takes it back"

        def done(_: None) -> None:
            """The text is marked anew by then; the rest of the library follows."""
            self.say(said)
            self._stop_marking.set()
            self.remark_rest()

        self.in_background(lambda: self.workspace.mending.apply(correction, issue), done)

    def refresh_opened(self) -> None:
        """Bring the open document up to date; a mention one walked to may be none any more."""
        super().refresh_opened()
        mentions = self.opened.mentions if self.opened else ()
        if self.walked and self.walked not in ((each.start, each.end) for each in mentions):
            self.walked = None
            self.refresh_marks()

    # Marking the library

    def remark_rest(self) -> None:
        """Have what waits for it marked with the catalogue as it is, after what is under way."""
        if self._stop_marking.is_set():
            self._stop_marking = Event()
        if not self._is_waiting:
            self._is_waiting = True
            self.in_background(self._remark, group=REMARK)

    def _remark(self) -> None:
        """Runs in a thread: marks until nothing waits, or until it is stopped."""
        mending = self.workspace.mending
        with self._marking:
            self._is_waiting = False
            stop = self._stop_marking
            tell = self._teller(stop)
            try:
                # The catalogue may change again while the library is marked.
                while not stop.is_set() and mending.is_behind:
                    mending.remark(tell, stop)
            finally:
                self.post_message(self.Marking(None))

    def _teller(self, stop: Event) -> Callable[[Progress], None]:
        """What tells how far marking is, neither too soon nor too often; called in its thread."""
        due = monotonic() + QUIET_SECONDS

        def tell(progress: Progress) -> None:
            """Tell it, if it is time."""
            nonlocal due
            if monotonic() >= due and not stop.is_set():
                due = monotonic() + TOLD_SECONDS
                self.post_message(self.Marking(progress))

        return tell

    @on(Marking)
    def _tell_marking(self, event: Marking) -> None:
        progress = event.progress
        running = ""
        if progress is not None:
            running = f"marking the library: {progress.done:,} of {progress.total:,}"
        if running != self.running:
            self.running = running
            self.refresh_status()

    @on(WorkspaceChanged)
    def _follow_catalogue(self, event: WorkspaceChanged) -> None:
        """A correction was made or taken back, here or by another program."""
        if event.library:
            self.remark_rest()

    def on_unmount(self) -> None:
        """End what is under way: the program is being left."""
        self._stop_marking.set()
