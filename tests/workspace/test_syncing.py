from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Publication
from chinai_tui.errors import BusyError, NotFoundError, StoreError
from chinai_tui.ingest import http
from chinai_tui.ingest.workers import Workers
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace, importing, syncing
from chinai_tui.workspace.syncing import AT_ONCE, BUSY
from tests.ingest.server import LOOPBACK, Reply, Site, StoppedClock, Substack, post


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(http, "Clock", StoppedClock)
    # All is read in this process: starting others is what takes time here.
    monkeypatch.setattr(importing, "Workers", lambda _: Workers(0))
    with Site().running() as running:
        yield running


@pytest.fixture
def workspace(paths: Paths, site: Site) -> Iterator[Workspace]:
    """A library whose user follows what is on loopback, and nothing else."""
    opened = Workspace.open(paths, Settings(allowed_hosts=LOOPBACK))
    opened.following.unfollow("chinai")
    follow(opened, site)
    yield opened
    opened.close()


def follow(workspace: Workspace, site: Site, title: str = "Lantern") -> None:
    # Two on one host, as tests have them, are told apart by their paths.
    home = site.url("" if title == "Lantern" else f"/{title}")
    told = Publication("", title, home=home, feed=site.url("/feed"))
    workspace.following.follow_listed([told])


def posts(count: int) -> list[dict[str, object]]:
    return [post(number) for number in range(count, 0, -1)]


def texts(workspace: Workspace) -> list[str]:
    """The titles of the issues that came, the newest first."""
    rows = workspace.library.rows("pub:lantern").rows
    return [row.title for row in rows]


def numbers(workspace: Workspace) -> list[int | None]:
    """Their numbers, the highest first, and those of texts that were filed nowhere."""
    rows = [
        *workspace.library.rows("pub:lantern").rows,
        *workspace.library.rows("pub:unfiled").rows,
    ]
    return sorted((row.number for row in rows), key=lambda each: each or 0, reverse=True)


def asked(site: Site, path: str) -> list[str]:
    return [each for each in site.asked if each.startswith(path)]


def test_what_is_new_comes_and_is_unread(workspace: Workspace, site: Site) -> None:
    Substack(site, posts(3))
    (synced,) = workspace.syncing.sync().publications
    assert (synced.publication, len(synced.added), synced.failures) == ("lantern", 3, ())
    assert {row.read for row in workspace.library.rows("pub:lantern").rows} == {False}
    issue = workspace.library.issue(synced.added[0])
    assert issue.publication == "lantern"
    (lantern,) = workspace.following.followed()
    assert lantern.asked


def test_an_unchanged_feed_is_not_read_again(workspace: Workspace, site: Site) -> None:
    archived = Substack(site, posts(3))
    workspace.syncing.sync()
    (synced,) = workspace.syncing.sync().publications
    assert (synced.added, synced.updated, synced.error) == ((), (), "")
    assert site.heard[-1]["If-None-Match"] == '"3"'
    archived.posts.insert(0, post(4, canonical_url=site.url("/p/issue-4")))
    (synced,) = workspace.syncing.sync().publications
    assert (len(synced.added), synced.updated) == (1, ())


def test_nor_are_the_same_bytes(
    workspace: Workspace, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/feed"] = Reply(Substack(site, posts(2)).feed())
    workspace.syncing.sync()
    monkeypatch.setattr(workspace.syncing._importer, "run", lambda *_: pytest.fail("read again"))
    workspace.syncing.sync()
    assert len(asked(site, "/feed")) == 2


def test_a_feed_that_could_not_be_read_is_asked_for_anew(workspace: Workspace, site: Site) -> None:
    site.pages["/feed"] = Reply(b"\x00\x01\x02" * 100, headers={"ETag": '"1"'})
    (synced,) = workspace.syncing.sync().publications
    assert len(synced.failures) == 1
    workspace.syncing.sync()
    assert "If-None-Match" not in site.heard[-1]


def test_a_feed_that_has_moved_is_asked_for_as_a_new_one(workspace: Workspace, site: Site) -> None:
    feed = Substack(site, posts(2)).feed()
    site.pages["/feed"] = site.pages["/moved"] = Reply(feed, headers={"ETag": '"1"'})
    workspace.syncing.sync()
    (lantern,) = workspace.following.followed()
    moved = replace(lantern.publication, feed=site.url("/moved"))
    workspace.following._save(["lantern"], unfollowed=False, new=[moved])
    for _ in range(2):
        workspace.syncing.sync()
    assert site.asked == ["/feed", "/moved", "/moved"]
    told = [heard.get("If-None-Match") for heard in site.heard]
    assert told == [None, None, '"1"']


def test_the_whole_archive_is_walked(workspace: Workspace, site: Site) -> None:
    Substack(site, posts(60))
    told: list[str] = []
    (synced,) = workspace.syncing.sync(full=True, tell=told.append).publications
    assert (len(synced.added), synced.error, synced.note) == (60, "", "")
    assert len(asked(site, "/api/v1/posts/")) == 60
    assert told[0] == "Lantern"
    assert told[-1].startswith("Lantern: post 60")
    issue = workspace.library.issue(synced.added[0])
    assert issue.documents[DocumentRole.TEXT].format == "post"
    assert "post:1060" in issue.keys


def test_and_what_is_there_is_skipped(workspace: Workspace, site: Site) -> None:
    archived = Substack(site, posts(30))
    workspace.syncing.sync(full=True)
    archived.publish(post(31))
    archived.posts.insert(0, post(31, canonical_url=site.url("/p/issue-31")))
    site.asked.clear()
    (synced,) = workspace.syncing.sync(full=True).publications
    assert len(synced.added) == 1
    assert asked(site, "/api/v1/posts/") == ["/api/v1/posts/issue-31"]


def test_nor_is_the_beginning_of_what_is_paid_for_fetched_twice(
    workspace: Workspace, site: Site
) -> None:
    archived = Substack(site, [post(2, audience="only_paid"), post(1)])
    workspace.syncing.sync(full=True)
    (row,) = (row for row in workspace.library.rows("pub:lantern").rows if row.number == 2)
    assert workspace.library.issue(row.id).documents[DocumentRole.TEXT].truncated
    site.asked.clear()
    workspace.syncing.sync(full=True)
    assert asked(site, "/api/v1/posts/") == []
    assert len(archived.posts) == 2


def test_validators_that_an_answer_leaves_out_hold(workspace: Workspace, site: Site) -> None:
    feed = Substack(site, posts(1)).feed()
    site.pages["/feed"] = Reply(feed, headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    workspace.syncing.sync()
    site.pages["/feed"] = Reply(status=304, headers={"ETag": '"1"'})
    workspace.syncing.sync()
    workspace.syncing.sync()
    assert site.heard[-1]["If-Modified-Since"] == "yesterday"


def test_what_came_with_the_feed_is_not_fetched_again(workspace: Workspace, site: Site) -> None:
    Substack(site, posts(25))
    workspace.syncing.sync()
    workspace.syncing.sync(full=True)
    assert len(asked(site, "/api/v1/posts/")) == 5
    assert len(texts(workspace)) == 25


@pytest.mark.parametrize("pressed", [False, True])
def test_a_walk_that_is_cut_off_goes_on_where_it_was(
    workspace: Workspace, site: Site, pressed: bool
) -> None:
    Substack(site, posts(40))
    stop = threading.Event()

    def cut(line: str) -> None:
        if line.startswith("Lantern: post 26,"):
            if pressed:
                raise KeyboardInterrupt
            stop.set()

    if pressed:
        with pytest.raises(KeyboardInterrupt):
            workspace.syncing.sync(full=True, tell=cut)
    else:
        report = workspace.syncing.sync(full=True, tell=cut, stop=stop)
        assert report.stopped
        assert len(report.publications[0].added) == 25
    assert len(texts(workspace)) == 25
    site.asked.clear()
    report = workspace.syncing.sync(full=True)
    assert not report.stopped
    assert len(asked(site, "/api/v1/posts/")) == 15
    assert len(texts(workspace)) == 40


def test_posts_that_could_not_be_brought_in_are_not_fetched_twice_in_a_walk(
    workspace: Workspace, site: Site
) -> None:
    archived = Substack(site, posts(AT_ONCE * 2 + 1))
    site.pages["/api/v1/posts/issue-20"] = Reply(b"\x00\x01\x02" * 100)
    last = site.pages["/api/v1/posts/issue-1"]
    site.pages["/api/v1/posts/issue-1"] = Reply(b"", 403)
    (synced,) = workspace.syncing.sync(full=True).publications
    assert "lets no programs in" in synced.error
    assert len(synced.added) == len(archived.posts) - 2
    site.asked.clear()
    site.pages["/api/v1/posts/issue-1"] = last
    (synced,) = workspace.syncing.sync(full=True).publications
    assert asked(site, "/api/v1/posts/") == ["/api/v1/posts/issue-1"]
    assert synced.error == ""


def test_a_post_that_is_gone_is_named_and_the_walk_goes_on(
    workspace: Workspace, site: Site
) -> None:
    Substack(site, posts(5))
    site.pages["/api/v1/posts/issue-3"] = Reply(b"", 404)
    (synced,) = workspace.syncing.sync(full=True).publications
    assert [each.place for each in synced.failures] == [site.url("/p/issue-3")]


def test_a_site_without_an_archive_gives_what_its_feed_has(
    workspace: Workspace, site: Site
) -> None:
    Substack(site, posts(4))
    del site.pages["/api/v1/archive"]
    (synced,) = workspace.syncing.sync(full=True).publications
    assert len(synced.added) == 4
    assert "no archive that can be walked" in synced.note


def test_one_that_fails_does_not_hold_up_the_others(workspace: Workspace, site: Site) -> None:
    with Site().running() as other:
        other.pages["/feed"] = Reply(b"", 403)
        follow(workspace, other, "Aardvark")
        Substack(site, posts(2))
        synced = {each.publication: each for each in workspace.syncing.sync().publications}
    assert "`chinai import` saved pages or mails" in synced["aardvark"].error
    assert len(synced["lantern"].added) == 2


def test_that_a_host_asks_to_wait_is_told(workspace: Workspace, site: Site) -> None:
    Substack(site, posts(2))
    feed, told = site.pages["/feed"], list[str]()
    replies = iter([Reply(b"", 503, {"Retry-After": "45"}), feed])
    site.pages["/feed"] = lambda request: (
        reply(request) if callable(reply := next(replies)) else reply
    )
    workspace.syncing.sync(tell=told.append, tell_wait=told.append)
    assert told == ["Lantern", f"{LOOPBACK} asks to wait 45 s", f"{LOOPBACK} is asked again"]
    assert len(texts(workspace)) == 2


def test_what_is_to_be_left_alone_is_not_asked_by_another(
    workspace: Workspace, site: Site, paths: Paths
) -> None:
    site.pages["/feed"] = Reply(b"", 429, {"Retry-After": "600"})
    workspace.syncing.sync()
    other = Workspace.open(paths, workspace.settings)
    (told,) = other.syncing.sync().publications
    other.close()
    assert "asked to be left alone until " in told.error
    assert asked(site, "/feed") == ["/feed"]


def test_only_those_that_are_named_are_asked(workspace: Workspace, site: Site) -> None:
    with Site().running() as other:
        follow(workspace, other, "Aardvark")
        Substack(site, posts(2))
        report = workspace.syncing.sync(["lantern"])
        assert [each.publication for each in report.publications] == ["lantern"]
        assert other.asked == []
    with pytest.raises(NotFoundError, match="chinai: is not followed"):
        workspace.syncing.sync(["chinai"])


def test_letting_go_while_it_is_asked_holds(workspace: Workspace, site: Site, paths: Paths) -> None:
    feed = Substack(site, posts(2)).feed()

    def slow(_: object) -> Reply:
        other = Workspace.open(paths, Settings())
        other.following.unfollow("lantern")
        other.close()
        return Reply(feed)

    site.pages["/feed"] = slow
    workspace.syncing.sync()
    assert workspace.following.followed() == ()


def test_an_open_reader_notices(workspace: Workspace, site: Site, paths: Paths) -> None:
    reader = Workspace.open(paths, Settings())
    Substack(site, posts(2))
    workspace.syncing.sync()
    reader.poll()
    assert len(texts(reader)) == 2
    reader.close()


def meanwhile(site: Site, path: str, work: Callable[[], object]) -> None:
    """Have something done when a page is asked for the first time, before it is given."""
    page = site.pages[path]

    def answer(request: BaseHTTPRequestHandler) -> Reply | None:
        site.pages[path] = page
        work()
        return page(request) if callable(page) else page

    site.pages[path] = answer


@pytest.mark.parametrize("path", ["/feed", "/api/v1/posts/issue-12"])
def test_a_second_sync_leaves_the_first_alone(
    workspace: Workspace, site: Site, paths: Paths, path: str
) -> None:
    Substack(site, posts(25))
    other = Workspace.open(paths, Settings(allowed_hosts=LOOPBACK))
    refused: list[str] = []

    def sync() -> None:
        try:
            other.syncing.sync(full=True)
        except BusyError as error:
            refused.append(str(error))

    meanwhile(site, path, sync)
    (synced,) = workspace.syncing.sync(full=True).publications
    assert (len(synced.added), synced.failures, synced.error) == (25, (), "")
    assert refused == [BUSY]
    other.poll()
    assert other.syncing.sync().publications[0].added == ()
    other.close()


def test_an_import_at_the_same_time_doubles_nothing(
    workspace: Workspace, site: Site, paths: Paths, tmp_path: Path
) -> None:
    told = posts(25)
    Substack(site, told)
    for number, each in enumerate(told):
        (tmp_path / f"{number}.json").write_text(json.dumps(each))
    other = Workspace.open(paths, Settings())
    meanwhile(site, "/api/v1/posts/issue-12", lambda: other.transfer.import_paths([tmp_path]))
    workspace.syncing.sync(full=True)
    workspace.poll()
    other.close()
    assert numbers(workspace) == list(range(25, 0, -1))


def with_items(site: Site, *items: str) -> None:
    """A feed with these entries."""
    site.pages["/feed"] = Reply(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern</title>'
        f"<link>{site.url()}</link>{''.join(items)}</channel></rss>".encode()
    )


WHOLE = (
    "<item><title>Lantern #1: Oil</title><guid>a</guid><description>{}</description></item>".format
)


def test_entries_without_a_text_are_left_out_with_a_reason(
    workspace: Workspace, site: Site
) -> None:
    bare = "<item><title>A bare title</title></item>"
    with_items(site, WHOLE("Oil is what lamps drink."), bare, "<item></item>")
    (synced,) = workspace.syncing.sync().publications
    assert (len(synced.added), synced.failures) == (1, ())
    feed = site.url("/feed")
    assert [(each.place, each.reason) for each in synced.skipped] == [
        (f"{feed}, A bare title", "entry without text"),
        (f"{feed}, entry-3", "entry without text"),
    ]


@pytest.mark.parametrize(
    ("items", "reason"),
    [((), "is a feed without entries"), (("<item></item>",), "entry without text")],
)
def test_nor_is_a_feed_that_has_nothing_yet_a_failure(
    workspace: Workspace, site: Site, items: tuple[str, ...], reason: str
) -> None:
    with_items(site, *items)
    (synced,) = workspace.syncing.sync().publications
    assert (synced.added, synced.failures, synced.error) == ((), (), "")
    assert [each.reason for each in synced.skipped] == [reason]
    # The same is not read again.
    assert workspace.syncing.sync().publications[0].skipped == ()


def test_nor_is_an_entry_that_comes_twice(workspace: Workspace, site: Site) -> None:
    with_items(site, *[WHOLE("Oil is what lamps drink.")] * 2, WHOLE("Oil is dear this year."))
    (synced,) = workspace.syncing.sync().publications
    assert (len(synced.added), synced.updated, synced.failures) == (1, (), ())
    assert len(texts(workspace)) == 1


def test_a_page_in_the_place_of_a_feed_is_no_issue(workspace: Workspace, site: Site) -> None:
    site.pages["/feed"] = Reply(b"<!doctype html><title>Log in</title><p>Who are you?</p>")
    (synced,) = workspace.syncing.sync().publications
    assert (synced.added, [each.place for each in synced.failures]) == ((), [site.url("/feed")])
    assert "`chinai follow` the address" in synced.failures[0].reason
    assert texts(workspace) == []


def test_a_post_of_the_archive_without_a_text_is_left_out(workspace: Workspace, site: Site) -> None:
    archived = Substack(site, posts(1))
    site.pages["/feed"] = Reply(archived.feed())
    archived.publish(post(2, type="thread", body_html=None))
    archived.posts.insert(0, post(2))
    (synced,) = workspace.syncing.sync(full=True).publications
    assert (len(synced.added), synced.failures) == (1, ())
    assert "thread of comments" in synced.skipped[0].reason


HOLDING = """
import sys
from pathlib import Path
from filelock import FileLock

with FileLock(sys.argv[1], timeout=0):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_only_one_program_fetches_at_a_time(workspace: Workspace, site: Site, paths: Paths) -> None:
    Substack(site, posts(2))
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(paths.data / "sync.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    with pytest.raises(
        BusyError, match="another chinai is fetching; what it brings shows here too"
    ):
        workspace.syncing.sync()
    assert site.asked == []
    other.kill()
    other.communicate()
    assert len(workspace.syncing.sync().publications[0].added) == 2


def test_what_was_called_off_here_is_waited_for(workspace: Workspace, site: Site) -> None:
    Substack(site, posts(2))
    stop, begun = threading.Event(), threading.Event()

    def late(request: BaseHTTPRequestHandler) -> None:
        begun.set()
        stop.wait(5)

    feed = site.pages["/feed"]
    site.pages["/feed"] = late
    with ThreadPoolExecutor(1) as first:
        called_off = first.submit(workspace.syncing.sync, stop=stop)
        assert begun.wait(5)
        site.pages["/feed"] = feed
        threading.Timer(0.05, stop.set).start()
        assert len(workspace.syncing.sync().publications[0].added) == 2
        assert called_off.result().stopped


def test_one_that_waits_for_another_can_be_called_off(
    workspace: Workspace, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "TURN_SECONDS", 0.01)
    Substack(site, posts(2))
    answer, begun, stop = threading.Event(), threading.Event(), threading.Event()

    def late(request: BaseHTTPRequestHandler) -> None:
        begun.set()
        answer.wait(5)

    site.pages["/feed"] = late
    with ThreadPoolExecutor(2) as threads:
        called_off = threading.Event()
        first = threads.submit(workspace.syncing.sync, stop=called_off)
        assert begun.wait(5)
        called_off.set()
        second = threads.submit(workspace.syncing.sync, stop=stop)
        stop.set()
        report = second.result(5)
        assert not first.done()
        answer.set()
    assert (report.publications, report.stopped) == ((), True)
    assert asked(site, "/feed") == ["/feed"]


def test_where_nothing_can_be_kept_nothing_is_asked_for(
    workspace: Workspace, site: Site, paths: Paths
) -> None:
    (paths.data / "sync.lock").mkdir()
    with pytest.raises(StoreError, match=r"sync\.lock not saved"):
        workspace.syncing.sync()
    assert site.asked == []
