from __future__ import annotations

import itertools
import json
import os
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.ingest import http
from chinai_tui.workspace.importing import Importer
from chinai_tui.workspace.records import ImportReport
from tests.cli.conftest import Run
from tests.ingest.server import LOOPBACK, Reply, Site, StoppedClock, Substack, post


@pytest.fixture
def site(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A newsletter on loopback, which is trusted and followed, and nothing else is."""
    monkeypatch.setattr(http, "Clock", StoppedClock)
    with Site().running() as running:
        Substack(running, [post(number) for number in range(3, 0, -1)])
        run("config", "allowed_hosts", LOOPBACK)
        run("unfollow", "chinai")
        assert run("follow", running.url("/feed")).code == 0
        running.asked.clear()
        yield running


def test_what_is_new_is_told(run: Run, site: Site) -> None:
    outcome = run("sync")
    assert outcome.code == 0
    assert outcome.out.endswith("Lantern: 3 new, 0 changed\n")
    assert outcome.out.count("new      lantern-") == 3
    assert outcome.err == ""
    assert len(run("list", "is:unread pub:lantern", "--json").json["issues"]) == 3
    assert run("sync").out == "Lantern: nothing new\n"


def test_the_whole_archive(run: Run, site: Site) -> None:
    data = run("sync", "--full", "--json", "lantern").json
    (told,) = data["publications"]
    assert (data["format"], told["id"], told["error"]) == ("chinai/sync", "lantern", "")
    assert len(told["added"]) == 3
    assert [each for each in site.asked if each.startswith("/api/v1/posts/")]


def test_one_that_cannot_be_had_is_named(run: Run, site: Site) -> None:
    site.pages["/feed"] = Reply(b"", 403)
    outcome = run("sync")
    assert outcome.code == 3
    assert outcome.out == "Lantern: could not be asked\n"
    assert "lets no programs in" in outcome.err
    assert "`chinai import` saved pages or mails" in outcome.err
    assert run("sync", "--json").json["publications"][0]["error"]


@pytest.mark.parametrize("name", ["ChinAI Newsletter", "chinai.substack.com", "CHINAI"])
def test_one_goes_by_any_of_its_names(run: Run, site: Site, name: str) -> None:
    outcome = run("sync", name)
    assert "chinai: is not followed; `chinai follow chinai` does that" in outcome.err


def test_what_is_not_followed_is_not_asked(run: Run, site: Site) -> None:
    outcome = run("sync", "chinai")
    assert outcome.code == 1
    assert "chinai: is not followed; `chinai follow chinai` does that" in outcome.err
    run("unfollow", "lantern")
    outcome = run("sync")
    assert (outcome.code, site.asked) == (1, [])
    assert "no publication is followed" in outcome.err


def test_stopped_with_ctrl_c_it_says_how_to_go_on(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pressed(StoppedClock):
        def wait(self, seconds: float) -> None:
            super().wait(seconds)
            if len([each for each in site.asked if "posts" in each]) == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr(http, "Clock", Pressed)
    outcome = run("sync", "--full")
    assert outcome.code == 130
    assert "the same command goes on" in outcome.err
    monkeypatch.setattr(http, "Clock", StoppedClock)
    assert len(run("list", "pub:lantern", "--json").json["issues"]) == 2
    run("sync", "--full")
    assert len(run("list", "pub:lantern", "--json").json["issues"]) == 3


BUSY = Reply(b"", 429, {"Retry-After": "45"})
WAITS = f"{LOOPBACK} asks to wait 45 s"


def once_busy(site: Site, path: str) -> None:
    """Have a page ask to wait the first time it is asked for."""
    page, asked = site.pages[path], itertools.count()

    def reply(request: BaseHTTPRequestHandler) -> Reply | None:
        if next(asked) == 0:
            return BUSY
        return page(request) if callable(page) else page

    site.pages[path] = reply


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/feed", ["sync"]),
        ("/api/v1/archive", ["sync", "--full"]),
        ("/rss.xml", ["follow", "/rss.xml"]),
        ("/p/essay", ["import", "/p/essay"]),
    ],
)
def test_that_a_host_asks_to_wait_is_told_on_a_terminal(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, path: str, command: list[str]
) -> None:
    site.pages["/rss.xml"] = site.pages["/feed"]
    site.pages["/p/essay"] = Reply(b"# An essay\n\nOn lamps and nothing else.\n")
    given = [site.url(each) if each.startswith("/") else each for each in command]
    once_busy(site, path)
    outcome = run(*given)
    assert (outcome.code, outcome.err) == (0, "")
    run("unfollow", "lantern")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run("follow", site.url("/feed"))
    once_busy(site, path)
    outcome = run(*given)
    assert outcome.code == 0
    assert WAITS in outcome.err


def test_pressed_twice_it_saves_what_came_all_the_same(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = Importer.run

    def press(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def pressed_again(*given: Any) -> ImportReport:
        press()
        return imported(*given)

    site.pages["/api/v1/posts/issue-1"] = press
    monkeypatch.setattr(Importer, "run", pressed_again)
    assert run("sync", "--full").code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert len(run("list", "pub:lantern", "--json").json["issues"]) == 2


def test_a_page_is_brought_in_by_its_address(run: Run, site: Site) -> None:
    site.pages["/p/essay"] = Reply(
        b"<!doctype html><html><head><title>An essay</title></head>"
        b"<body><article><h1>An essay</h1><p>On lamps and nothing else.</p></article></body></html>"
    )
    outcome = run("import", site.url("/p/essay"), "--json")
    assert (outcome.code, len(outcome.json["added"])) == (0, 1)
    outcome = run("import", site.url("/p/none"))
    assert outcome.code == 3
    assert "is not there (404)" in outcome.err


def test_following_is_told(run: Run, site: Site) -> None:
    outcome = run("follow", "chinatalk")
    assert outcome.out == "following chinatalk: ChinaTalk; `chinai sync` fetches its issues\n"
    assert run("unfollow", "chinatalk").out == "chinatalk is no longer followed; its issues stay\n"
    assert run("unfollow", "chinatalk").code == 1
    outcome = run("follow", "nobody")
    assert (outcome.code, outcome.out) == (1, "")
    assert run("follow", site.url("/", "localhost")).code == 3
    site.pages["/rss.xml"] = site.pages["/feed"]
    outcome = run("follow", site.url("/rss.xml"))
    told = f"its feed is {site.url('/rss.xml')} from now on, and no longer {site.url('/feed')}\n"
    assert (outcome.code, outcome.out.partition("\n")[2]) == (0, told)


def test_the_publications_are_listed(run: Run, site: Site) -> None:
    lines = run("publications").out.splitlines()
    assert lines[0].split("\t")[:3] == ["*", "lantern", "Lantern"]
    told = run("publications", "--json").json["publications"]
    assert {each["id"]: each["followed"] for each in told}["chinai"] is False
    assert {"recode-china-ai", "chinatalk"} <= {each["id"] for each in told}
    assert "low-down" not in {each["id"] for each in told}
    json.dumps(told)


def test_a_list_of_subscriptions_is_followed(run: Run, site: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text(
        '<opml version="2.0"><head/><body><outline text="Lamp" xmlUrl="https://l.example.org/f"/>'
        '<outline text="Recode" xmlUrl="https://recodechinaai.substack.com/feed"/></body></opml>'
    )
    assert "2 publications followed" in run("import", str(tmp_path / "mine.opml")).out
    told = run("publications", "--json").json["publications"]
    followed = {each["id"] for each in told if each["followed"]}
    assert followed == {"lantern", "lamp", "recode-china-ai"}
    again = run("import", str(tmp_path / "mine.opml"))
    assert again.out.splitlines() == ["2 publications followed already"]
    told = run("import", str(tmp_path / "mine.opml"), "--json").json
    assert told["followed_before"] == ["lamp", "recode-china-ai"]


def test_they_are_handed_on_as_opml(run: Run, site: Site) -> None:
    out = run("publications", "--opml").out
    assert f'xmlUrl="{site.url("/feed")}"' in out
    assert "chinai.substack.com" not in out
    assert run("publications", "--opml", "--json").code == 2
