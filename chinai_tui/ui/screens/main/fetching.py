"""Fetching new issues of the publications one follows, when one asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from threading import Event
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.screens.main.upkeep import Upkeep
from chinai_tui.ui.screens.working_screen import WorkingScreen
from chinai_tui.workspace import Workspace

if TYPE_CHECKING:
    from chinai_tui.workspace.syncing import Synced, SyncReport

FETCH = "fetch"
"""The group of the job that does it, and the work that the status line tells of."""
NONE_FOLLOWED = "no publication is followed; chinai follow ADDRESS does that"
STOPPED = "fetching stopped"
NOTHING_NEW = "nothing new"
MOST_NAMED = 4
"""Publications that the last line names."""


class Fetching(Upkeep):
    """Nothing is asked of the network unless somebody presses the key; one job at a time."""

    @dataclass
    class Asking(Message):
        """A publication is being asked for what is new."""

        title: str
        number: int
        """From 1."""
        total: int
        calling_off: Event
        """What calls off the job that tells it."""

    @dataclass
    class Held(Message):
        """A host asks to wait, or is asked again."""

        line: str
        calling_off: Event
        """What calls off the job that tells it."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing under way."""
        super().__init__(workspace, paths, settings)
        self._fetching: Event | None = None
        """Calls off the job that is under way."""

    def action_fetch(self) -> None:
        """Fetch new issues of the publications one follows; called again, stop that."""
        if self.stop_fetching():
            return
        stop = self._fetching = Event()
        self.say("")
        self._show_fetching("fetching")
        self.in_background(
            lambda: self._fetch(stop),
            lambda report: self._end_fetch(stop, *told(report)),
            group=FETCH,
            failed=lambda: self._end_fetch(stop),
        )

    def stop_fetching(self) -> bool:
        """Call off what is under way; what has come stays. False where nothing is."""
        if self._fetching is None:
            return False
        self._fetching.set()
        self._end_fetch(self._fetching, STOPPED)
        return True

    def _fetch(self, stop: Event) -> SyncReport | None:
        """Runs in a thread; None where nothing is followed."""
        total = len(self.workspace.following.followed())
        if not total:
            return None
        numbers = count(1)

        def tell(title: str) -> None:
            """A publication is named when it is asked."""
            self.post_message(self.Asking(title, next(numbers), total, stop))

        def tell_wait(line: str) -> None:
            """A host is named that asks to wait."""
            self.post_message(self.Held(line, stop))

        return self.workspace.syncing.sync(tell=tell, tell_wait=tell_wait, stop=stop)

    @on(Asking)
    def _tell_asking(self, event: Asking) -> None:
        if event.calling_off is self._fetching:
            which = f" · {event.number} of {event.total}" if event.total > 1 else ""
            self._show_fetching(f"fetching {clean_line(event.title, 30)}{which}")

    @on(Held)
    def _tell_held(self, event: Held) -> None:
        if event.calling_off is self._fetching:
            self._show_fetching(clean_line(event.line, 70))

    def _show_fetching(self, line: str) -> None:
        self.show_running(FETCH, f"{line} · {self.key_of('back_out')} stops")

    def _end_fetch(self, stop: Event, said: str = "", warning: bool = False) -> None:
        """Say how it ended, on whichever screen is in front.

        One that was called off has been said to have stopped; what came of it is said, too.
        """
        if stop is self._fetching:
            self._fetching = None
            self.show_running(FETCH, "")
        elif said in (NOTHING_NEW, STOPPED):
            return
        if said:
            front = self.app.screen
            (front if isinstance(front, WorkingScreen) else self).say(said, warning=warning)

    def on_unmount(self) -> None:
        """End what is under way: the program is being left."""
        if self._fetching is not None:
            self._fetching.set()


def told(report: SyncReport | None) -> tuple[str, bool]:
    """What came of it, in a line, and whether that is a warning: something could not be had."""
    if report is None:
        return NONE_FOLLOWED, False
    came = [each for each in report.publications if each.added]
    new = sum(len(each.added) for each in came)
    updated = sum(len(each.updated) for each in report.publications)
    parts = []
    if new:
        named = ", ".join(_counted(each) for each in came[:MOST_NAMED])
        more = ", …" if len(came) > MOST_NAMED else ""
        parts.append(f"{new} new {'issue' if new == 1 else 'issues'}: {named}{more}")
    if updated:
        parts.append(f"{updated} changed")
    faults = [fault for each in report.publications if (fault := _fault(each))]
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        parts.append(f"{faults[0]}{more}")
    if report.stopped:
        parts.insert(0, STOPPED)
    return "; ".join(parts) or NOTHING_NEW, bool(faults)


def _counted(synced: Synced) -> str:
    return f"{len(synced.added)} {clean_line(synced.title, 24)}"


def _fault(synced: Synced) -> str:
    """Why not all of a publication came; empty if it did.

    Its name stands for the address that was asked, so that the way out is on screen.
    """
    reason = synced.error or "".join(str(each) for each in synced.failures[:1])
    address, _, rest = reason.partition(": ")
    reason = rest if "://" in address else reason
    return clean_line(f"{synced.title}: {reason}") if reason else ""
