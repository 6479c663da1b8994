"""What waits to be indexed or marked is done behind the reader."""

from __future__ import annotations

from threading import Event

import pytest

from chinai_tui.domain.mending import Correction
from chinai_tui.errors import StoreError
from chinai_tui.ui.messages import WorkspaceChanged
from chinai_tui.ui.screens.main import upkeep as main_upkeep
from chinai_tui.workspace import Progress
from tests.ui.screens.over import ready, until

SIZE = (160, 45)


class Library:
    """Stands for the facet that does it: one pass for each time it was told to be behind."""

    def __init__(self) -> None:
        self.passes = 0
        self.behind = 0
        self.running = 0
        self.most_running = 0
        self.stopped = 0
        self.told: list[Progress] = []
        self.hold = Event()
        self.hold.set()
        self.ended = Event()

    @property
    def is_behind(self) -> bool:
        return self.behind > 0

    def problems(self) -> list[str]:
        return []

    def catch_up(self, progress=None, stop=None) -> None:
        self.passes += 1
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        for each in self.told:
            progress(each)
        while not self.hold.wait(0.005):
            if stop.is_set():
                self.stopped += 1
                self.running -= 1
                self.ended.set()
                return
        self.running -= 1
        self.behind = 0


@pytest.fixture
def upkeep(workspace, monkeypatch) -> Library:
    library = Library()
    monkeypatch.setattr(workspace, "care", library)
    return library


def change(reader) -> None:
    reader.screen.post_message(WorkspaceChanged(frozenset(), annotations=False, library=True))


async def test_what_waits_at_the_start_is_done(reader, upkeep) -> None:
    upkeep.behind = 1
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        assert (upkeep.passes, upkeep.behind) == (1, 0)


async def test_a_library_for_which_nothing_waits_is_left_alone(reader, upkeep) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        change(reader)
        await ready(pilot)
        assert upkeep.passes == 0


async def test_what_a_change_leaves_behind_is_done(reader, upkeep) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        upkeep.behind = 1
        change(reader)
        await ready(pilot)
        assert (upkeep.passes, upkeep.behind) == (1, 0)


async def test_a_change_while_it_is_at_work_is_taken_in_after_it(reader, upkeep) -> None:
    upkeep.behind = 1
    upkeep.hold.clear()
    async with reader.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: upkeep.running == 1)
        for _ in range(5):
            change(reader)
        await pilot.pause()
        assert upkeep.stopped == 0
        upkeep.hold.set()
        await until(pilot, lambda: upkeep.behind == 0)
        upkeep.behind = 1
        change(reader)
        await ready(pilot)
        assert upkeep.behind == 0
        assert upkeep.most_running == 1


async def test_a_correction_stops_what_is_under_way_and_starts_anew(
    reader, workspace, upkeep, monkeypatch
) -> None:
    def apply(correction: Correction, issue_id: str = "") -> None:
        upkeep.behind += 1

    monkeypatch.setattr(workspace.mending, "apply", apply)
    upkeep.behind = 1
    upkeep.hold.clear()
    async with reader.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: upkeep.running == 1)
        reader.screen._mend(Correction("a title", "lines\n"))
        await until(pilot, lambda: upkeep.passes == 2)
        assert upkeep.stopped == 1
        upkeep.hold.set()
        await ready(pilot)
        assert upkeep.behind == 0
        assert upkeep.most_running == 1


async def test_leaving_stops_it(reader, upkeep) -> None:
    upkeep.behind = 1
    upkeep.hold.clear()
    async with reader.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: upkeep.running == 1)
        await pilot.press("ctrl+q")
    assert upkeep.ended.wait(10)
    assert (upkeep.stopped, upkeep.running) == (1, 0)


async def test_what_is_soon_done_is_not_told(reader, upkeep, shows) -> None:
    upkeep.behind = 1
    upkeep.hold.clear()
    upkeep.told = [Progress(1, 5000), Progress(2, 5000)]
    async with reader.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: upkeep.running == 1)
        await pilot.pause()
        assert not shows(reader, "indexing the library")
        upkeep.hold.set()
        await ready(pilot)


async def test_what_takes_long_is_told_until_it_ends(reader, upkeep, shows, monkeypatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr(main_upkeep, "monotonic", lambda: next(clock))
    upkeep.behind = 1
    upkeep.hold.clear()
    upkeep.told = [Progress(1200, 5000)]
    async with reader.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: shows(reader, "indexing the library: 1,200 of 5,000"))
        await pilot.press("enter", "j")
        assert shows(reader, "indexing the library: 1,200 of 5,000")
        upkeep.hold.set()
        await ready(pilot)
        assert not shows(reader, "indexing the library")


@pytest.fixture
def failing(upkeep, monkeypatch) -> Library:
    """As when the disk is full: it does a part, which it tells of, and fails."""

    def fail(*_: object) -> None:
        upkeep.passes += 1
        upkeep.partly()
        raise StoreError("the index is locked")

    upkeep.behind = 1
    upkeep.partly = lambda: None
    upkeep.mended = upkeep.catch_up
    monkeypatch.setattr(upkeep, "catch_up", fail)
    return upkeep


async def test_what_fails_is_told_and_tried_again_after_a_change_and_a_rest(
    reader, failing, monkeypatch
) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        assert reader.screen.status.said == "not done: the index is locked"
        for _ in range(3):
            change(reader)
        await ready(pilot)
        assert failing.passes == 1
        monkeypatch.setattr(failing, "catch_up", failing.mended)
        reader.screen._end_rest()
        await ready(pilot)
        assert (failing.passes, failing.behind) == (2, 0)


async def test_what_fails_is_not_tried_again_for_what_it_changed_itself(reader, failing) -> None:
    failing.partly = lambda: change(reader)
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        assert failing.passes == 1
        reader.screen._end_rest()
        await ready(pilot)
        assert failing.passes == 1


async def test_a_fault_that_lasts_is_told_once(reader, failing) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        reader.screen.say("something else")
        change(reader)
        await ready(pilot)
        reader.screen._end_rest()
        await ready(pilot)
        assert failing.passes == 2
        assert reader.screen.status.said == "something else"


async def test_the_rest_ends_by_itself(reader, failing, monkeypatch) -> None:
    monkeypatch.setattr(main_upkeep, "REST_SECONDS", 0.01)
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        monkeypatch.setattr(failing, "catch_up", failing.mended)
        await until(pilot, lambda: reader.screen._rest is None)
        change(reader)
        await ready(pilot)
        assert failing.behind == 0
