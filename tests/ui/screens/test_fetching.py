"""Fetching in the reader, from a site on loopback and from a facet that waits to be let go."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from chinai_tui.config import Settings
from chinai_tui.domain.issue import Publication
from chinai_tui.errors import InputError, StoreError
from chinai_tui.ingest import http
from chinai_tui.paths import Paths
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.fetching import NONE_FOLLOWED, STOPPED, told
from chinai_tui.ui.screens.main.listing import SAMPLE_NOTICE
from chinai_tui.workspace import Workspace, syncing
from chinai_tui.workspace.syncing import Synced, SyncReport
from tests.ingest.server import LOOPBACK, Site, StoppedClock, Substack, post
from tests.ui.screens.over import ready, until

Tell = Callable[[str], None]
Shows = Callable[[Any, str], bool]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(http, "Clock", StoppedClock)
    with Site().running() as running:
        Substack(running, [post(number) for number in (3, 2, 1)])
        yield running


@pytest.fixture
def workspace(paths: Paths, home: Path, library: Path) -> Iterator[Workspace]:
    """The shipped library of somebody who follows nothing."""
    shutil.copytree(library, home)
    opened = Workspace.open(paths, Settings(allowed_hosts=LOOPBACK))
    opened.following.unfollow("chinai")
    yield opened
    opened.close()


def follow(workspace: Workspace, site: Site) -> None:
    told = Publication("", "Lantern", home=site.url(), feed=site.url("/feed"))
    workspace.following.follow_listed([told])


class Waiting:
    """Stands for the facet: names what it asks, then waits until it is let go or called off."""

    def __init__(self) -> None:
        self.stops: list[threading.Event] = []
        self.go_on = threading.Event()
        self.held = ""
        """What it tells of a host that asks to wait."""

    def sync(self, *, tell: Tell, tell_wait: Tell, stop: threading.Event) -> SyncReport:
        self.stops.append(stop)
        tell("Lantern")
        if self.held:
            tell_wait(self.held)
        while not stop.is_set() and not self.go_on.wait(0.005):
            pass
        return SyncReport((Synced("lantern", "Lantern"),), stopped=stop.is_set())


@pytest.fixture
def waiting(workspace: Workspace, site: Site) -> Iterator[Waiting]:
    follow(workspace, site)
    facet = Waiting()
    vars(workspace)["syncing"] = facet
    yield facet
    facet.go_on.set()


async def test_new_issues_come_without_moving_anything(
    reader: ChinaiApp, workspace: Workspace, site: Site, shows: Shows
) -> None:
    follow(workspace, site)
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen: Any = reader.screen
        assert site.asked == []
        await pilot.press("enter", "right_curly_bracket", "right_curly_bracket")
        before = (screen.issues.current.id, screen.spot())
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, "3 new issues: 3 Lantern"))
        await until(pilot, lambda: screen.issues.listing.total == 8)
        assert (screen.issues.current.id, screen.spot()) == before
        await until(pilot, lambda: shows(reader, "chinai 8 issues"))
        assert shows(reader, "8 unread ↑ 3")
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, "nothing new"))
        await ready(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 12)])
@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("keys", [["G", "k"], ["G", "k", "k", "enter", "ctrl+d"]])
async def test_what_is_above_the_cursor_comes_in_without_moving_it(
    workspace: Workspace,
    paths: Paths,
    site: Site,
    tmp_path: Path,
    lines: Callable[[Any], list[str]],
    count: int,
    keys: list[str],
    size: tuple[int, int],
) -> None:
    folder = tmp_path / "lamps"
    folder.mkdir()
    for number in range(1, 1 + count):
        words = "\n\n".join(f"Lamp {each} of {number} was lit." for each in range(60))
        (folder / f"{number}.txt").write_text(f"ChinAI #{number}: Lamps\n\n{words}\n", "utf-8")
    assert not workspace.transfer.import_paths([folder]).failures
    follow(workspace, site)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        screen: Any = app.screen
        await pilot.press(*keys)
        await ready(pilot)
        rows = screen.issues.listing.total
        before = (screen.issues.current.id, screen.spot(), _cells(lines(app)))
        await pilot.press("r")
        await until(pilot, lambda: screen.issues.listing.total == rows + 3)
        await ready(pilot)
        assert (screen.issues.current.id, screen.spot(), _cells(lines(app))) == before
        held = any("↑ 3" in line for line in lines(app))
        screen.use_pane(Pane.LIST)
        await pilot.press("k")
        await ready(pilot)
        assert screen.issues.held_top == 0
        assert not any("↑ 3" in line for line in lines(app))
        assert not held or any("a made-up issue" in line for line in lines(app))


def _cells(lines: list[str]) -> list[str]:
    """The rows below the head of the list, but for the two at the bottom and the sidebar."""
    return [line[:80] for line in lines[3:-2]]


async def test_who_follows_nothing_is_told_how(reader: ChinaiApp, site: Site, shows: Shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: reader.screen.status.said == NONE_FOLLOWED)
        assert shows(reader, "chinai follow ADDRESS")
        assert site.asked == []


@pytest.mark.parametrize("key", ["r", "escape"])
async def test_it_is_told_as_it_runs_and_can_be_called_off(
    reader: ChinaiApp, waiting: Waiting, shows: Shows, key: str
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "r")
        await until(pilot, lambda: shows(reader, "fetching Lantern · Esc stops"))
        pane = reader.screen.pane
        await pilot.press(key)
        assert shows(reader, STOPPED)
        assert not shows(reader, "fetching Lantern")
        assert reader.screen.pane is pane
        assert [each.is_set() for each in waiting.stops] == [True]
        await ready(pilot)
        assert reader.screen.status.said == STOPPED


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_that_a_host_asks_to_wait_is_told(
    reader: ChinaiApp, waiting: Waiting, shows: Shows, size: tuple[int, int]
) -> None:
    waiting.held = "lantern.substack.com asks to wait 45 s"
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, f"{waiting.held} · Esc stops"))
        await pilot.press("escape")
        assert shows(reader, STOPPED)
        assert not shows(reader, "asks to wait")
        assert waiting.stops[0].is_set()
        await ready(pilot)


@pytest.mark.parametrize(
    ("stopped", "said"),
    [(True, "fetching stopped; 2 new issues: 2 Lantern"), (False, "2 new issues: 2 Lantern")],
)
async def test_what_came_before_it_was_called_off_is_told(
    reader: ChinaiApp,
    waiting: Waiting,
    shows: Shows,
    monkeypatch: pytest.MonkeyPatch,
    stopped: bool,
    said: str,
) -> None:
    def sync(*, stop: threading.Event, **_: object) -> SyncReport:
        waiting.stops.append(stop)
        stop.wait()
        waiting.go_on.wait()
        return SyncReport((LANTERN,), stopped=stopped)

    monkeypatch.setattr(waiting, "sync", sync)
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: bool(waiting.stops))
        await pilot.press("escape")
        assert reader.screen.status.said == STOPPED
        waiting.go_on.set()
        await until(pilot, lambda: reader.screen.status.said == said)


async def test_that_another_program_fetches_is_told_at_once(
    reader: ChinaiApp, workspace: Workspace, site: Site, paths: Paths, shows: Shows
) -> None:
    follow(workspace, site)
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        with FileLock(paths.data / "sync.lock"):
            await pilot.press("r")
            await until(pilot, lambda: shows(reader, "not done: another chinai is fetching"))
        assert site.asked == []
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, "3 new issues: 3 Lantern"))
        await ready(pilot)


async def test_backing_out_otherwise_does_not_call_it_off(
    reader: ChinaiApp, waiting: Waiting, shows: Shows
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "r")
        await until(pilot, lambda: bool(waiting.stops))
        await pilot.press("h")
        assert not waiting.stops[0].is_set()
        waiting.go_on.set()
        await until(pilot, lambda: shows(reader, "nothing new"))


async def test_it_ends_when_the_reader_is_left(reader: ChinaiApp, waiting: Waiting) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: bool(waiting.stops))
    assert waiting.stops[0].is_set()


async def test_a_fault_is_told_and_one_can_try_again(
    reader: ChinaiApp, waiting: Waiting, shows: Shows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> SyncReport:
        raise StoreError("the disk is full")

    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        monkeypatch.setattr(waiting, "sync", full)
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, "not done: the disk is full"))
        await ready(pilot)
        monkeypatch.undo()
        await pilot.press("r")
        await until(pilot, lambda: bool(waiting.stops))
        assert shows(reader, "fetching")


async def test_a_host_that_does_not_answer_holds_nothing_else_up(
    reader: ChinaiApp, workspace: Workspace, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(workspace, site)
    answer, begun = threading.Event(), threading.Event()

    def silent(*_: object) -> SyncReport:
        begun.set()
        answer.wait(10)
        return SyncReport((), stopped=True)

    monkeypatch.setattr(workspace.syncing, "_sync", silent)
    monkeypatch.setattr(syncing, "TURN_SECONDS", 0.01)
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen: Any = reader.screen
        await pilot.press("r", "escape")
        await until(pilot, begun.is_set)
        for _ in range(40):
            await pilot.press("r", "escape")
        saved = threading.Event()
        screen.in_background(saved.set)
        await until(pilot, saved.is_set)
        await pilot.press("r")
        assert screen.status.status.running == "fetching · Esc stops"
        await pilot.press("escape")
        answer.set()
        await ready(pilot)


LANTERN = Synced("lantern", "Lantern", ("a", "b"))
REFUSED = Synced("harbour", "Harbour", error="https://harbour.example/feed: 403; take its mails")


@pytest.mark.parametrize(
    ("synced", "said"),
    [
        ([LANTERN], ("2 new issues: 2 Lantern", False)),
        ([LANTERN, Synced("p", "P", ("c",))], ("3 new issues: 2 Lantern, 1 P", False)),
        ([Synced("p", "P", (), ("c",))], ("1 changed", False)),
        ([], ("nothing new", False)),
        ([REFUSED], ("Harbour: 403; take its mails", True)),
        ([LANTERN, REFUSED], ("2 new issues: 2 Lantern; Harbour: 403; take its mails", True)),
        ([REFUSED, REFUSED], ("Harbour: 403; take its mails (and 1 more)", True)),
        ([Synced("p", "P", failures=(InputError("x", "empty"),))], ("P: x: empty", True)),
    ],
)
def test_one_line_says_what_came(synced: list[Synced], said: tuple[str, bool]) -> None:
    assert told(SyncReport(tuple(synced))) == said


@pytest.mark.parametrize(
    ("size", "line"),
    [((80, 24), SAMPLE_NOTICE), ((120, 40), "chinai import FOLDER"), ((160, 45), "FOLDER")],
)
async def test_the_first_screen_tells_how_issues_come_in(
    reader: ChinaiApp, lines: Callable[[Any], list[str]], size: tuple[int, int], line: str
) -> None:
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        assert any(line in each for each in lines(reader))
