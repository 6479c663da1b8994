"""Indexing and marking what waits, behind the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from time import monotonic

from textual import on
from textual.message import Message
from textual.timer import Timer

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.ui.messages import WorkspaceChanged
from chinai_tui.ui.screens.main.dialogs import Dialogs
from chinai_tui.workspace import Progress, Workspace

UPKEEP = "upkeep"
"""The group of the job that does it."""
QUIET_SECONDS = 0.5
"""How long it goes on before it is told of."""
TOLD_SECONDS = 0.1
"""How long after one figure the next one is told."""
REST_SECONDS = 60.0
"""How long after a fault it is tried again, if something has changed since."""


class Upkeep(Dialogs):
    """Has the index brought up to date while one reads, one job at a time."""

    @dataclass
    class Indexing(Message):
        """How far it has come; None when it has ended."""

        progress: Progress | None

    @dataclass
    class Failed(Message):
        """It could not be done; what the job itself has changed was told before this."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing to do."""
        super().__init__(workspace, paths, settings)
        self._stop = Event()
        self._working = Lock()
        """Held by the job: there is one at a time."""
        self._is_waiting = False
        """Whether another job waits for that one; it sees everything that has changed by then."""
        self._has_failed = False
        """Whether the last job failed and no other may begin yet."""
        self._fault = ""
        """Why the last job failed, which is told once; empty if it did not."""
        self._rest: Timer | None = None
        """Runs from the time one hears of a fault until it may be tried again."""
        self._is_asked = False
        """Whether something has changed meanwhile."""

    def keep_up(self) -> None:
        """Have what waits for it indexed and marked, after what is under way or a rest."""
        if self._stop.is_set():
            self._stop = Event()
        if self._rest is not None:
            self._is_asked = True
        elif not self._is_waiting:
            self._is_waiting = True
            self.in_background(self._keep_up, group=UPKEEP)

    def stop_upkeep(self) -> None:
        """End what is under way; what is done stays done."""
        self._stop.set()

    def _keep_up(self) -> None:
        """Runs in a thread: until nothing waits, or until it is stopped.

        After a fault it does nothing until that was heard of: what it changed before it failed
        would else start it again and again.
        """
        care = self.workspace.care
        with self._working:
            self._is_waiting = False
            if self._has_failed:
                return
            stop = self._stop
            tell = self._teller(stop)
            try:
                # More may come to wait while this is at work.
                while not stop.is_set() and care.is_behind:
                    care.catch_up(tell, stop)
                self._fault = ""
            except Exception as error:
                self._has_failed = True
                self.post_message(self.Failed())
                told, self._fault = self._fault, str(error)
                if told != self._fault:
                    raise
            finally:
                self.post_message(self.Indexing(None))

    def _teller(self, stop: Event) -> Callable[[Progress], None]:
        """What tells how far it is, neither too soon nor too often; called in its thread."""
        due = monotonic() + QUIET_SECONDS

        def tell(progress: Progress) -> None:
            """Tell it, if it is time."""
            nonlocal due
            if monotonic() >= due and not stop.is_set():
                due = monotonic() + TOLD_SECONDS
                self.post_message(self.Indexing(progress))

        return tell

    @on(Indexing)
    def _tell_indexing(self, event: Indexing) -> None:
        progress = event.progress
        told = ""
        if progress is not None:
            told = f"indexing the library: {progress.done:,} of {progress.total:,}"
        self.show_running(UPKEEP, told)

    @on(Failed)
    def _begin_rest(self) -> None:
        self._rest = self.set_timer(REST_SECONDS, self._end_rest)

    def _end_rest(self) -> None:
        self._rest = None
        self._has_failed = False
        if self._is_asked:
            self._is_asked = False
            self.keep_up()

    @on(WorkspaceChanged)
    def _follow_changes(self, event: WorkspaceChanged) -> None:
        """The library has changed, here or by another program, so that something may wait."""
        if event.library:
            self.keep_up()

    def on_unmount(self) -> None:
        """End what is under way: the program is being left."""
        self.stop_upkeep()
