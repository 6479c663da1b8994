"""Fetching in the reader, from a site on loopback and from a facet that waits to be let go."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.issue import Publication
from chinai_tui.errors import InputError, StoreError
from chinai_tui.ingest import http
from chinai_tui.paths import Paths
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.screens.main.fetching import NONE_FOLLOWED, STOPPED, told
from chinai_tui.ui.screens.main.listing import SAMPLE_NOTICE
from chinai_tui.workspace import Workspace
from chinai_tui.workspace.syncing import Synced, SyncReport
from tests.ingest.server import LOOPBACK, Site, StoppedClock, Substack, post
from tests.ui.screens.over import ready, until

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

    def sync(self, *, tell: Callable[[str], None], stop: threading.Event) -> SyncReport:
        self.stops.append(stop)
        tell("Lantern")
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
        assert shows(reader, "a made-up issue")
        await pilot.press("r")
        await until(pilot, lambda: shows(reader, "nothing new"))
        await ready(pilot)


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
        await until(pilot, lambda: shows(reader, "fetching Lantern"))
        pane = reader.screen.pane
        await pilot.press(key)
        assert shows(reader, STOPPED)
        assert not shows(reader, "fetching Lantern")
        assert reader.screen.pane is pane
        assert [each.is_set() for each in waiting.stops] == [True]
        await ready(pilot)
        assert reader.screen.status.said == STOPPED


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
