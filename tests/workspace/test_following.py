from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.issue import Publication
from chinai_tui.errors import ChinaiError, InputError, NetworkError, NotFoundError
from chinai_tui.ingest import http
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace
from tests.ingest.server import LOOPBACK, Reply, Site, StoppedClock, Substack, post

PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="%s"></head></html>'


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(http, "Clock", StoppedClock)
    with Site().running() as running:
        yield running


@pytest.fixture
def workspace(paths: Paths) -> Iterator[Workspace]:
    """A library whose user trusts loopback."""
    opened = Workspace.open(paths, Settings(allowed_hosts=f"nas.example.org, {LOOPBACK}"))
    yield opened
    opened.close()


@pytest.fixture
def followed(workspace: Workspace) -> Callable[[], list[str]]:
    return lambda: [each.publication.id for each in workspace.following.followed()]


def test_chinai_is_followed_from_the_start(followed: Callable[[], list[str]]) -> None:
    assert followed() == ["chinai"]


def test_until_one_lets_go_of_it(
    workspace: Workspace, followed: Callable[[], list[str]], paths: Paths
) -> None:
    assert workspace.following.unfollow("ChinAI Newsletter").id == "chinai"
    assert followed() == []
    with pytest.raises(NotFoundError, match="is not followed"):
        workspace.following.unfollow("chinai")
    again = Workspace.open(paths, Settings())
    assert again.following.followed() == ()
    again.close()
    workspace.following.follow("chinai")
    assert followed() == ["chinai"]


@pytest.mark.parametrize(
    "name",
    [
        "chinatalk",
        "ChinaTalk",
        "https://www.chinatalk.media/p/a-post?r=1",
        "chinatalk.media",
        "https://chinatalk.substack.com",
        "https://open.substack.com/pub/chinatalk/p/a-post",
    ],
)
def test_a_known_one_is_followed_without_asking_anybody(
    workspace: Workspace, followed: Callable[[], list[str]], name: str
) -> None:
    assert workspace.following.follow(name).id == "chinatalk"
    assert followed() == ["chinai", "chinatalk"]


@pytest.mark.parametrize("name", ["nobody", "", "No Such Letter", "low-down"])
def test_what_nobody_goes_by_cannot_be_followed(workspace: Workspace, name: str) -> None:
    with pytest.raises(NotFoundError):
        workspace.following.follow(name)


def test_a_page_leads_to_its_feed(
    workspace: Workspace, site: Site, followed: Callable[[], list[str]]
) -> None:
    Substack(site, [post(1)])
    site.pages["/p/issue-1"] = Reply(PAGE % b"/feed")
    found = workspace.following.follow(site.url("/p/issue-1"))
    assert (found.id, found.title, found.feed) == ("lantern", "Lantern", site.url("/feed"))
    assert followed() == ["chinai", "lantern"]
    assert site.asked == ["/p/issue-1", "/feed"]
    assert workspace.library.publication("lantern").title == "Lantern"
    assert workspace.following.follow(site.url("/feed")).id == "lantern"


def test_a_page_that_says_nothing_may_have_one_all_the_same(
    workspace: Workspace, site: Site
) -> None:
    Substack(site, [post(1)])
    site.pages["/"] = Reply(b"<html><p>text</html>")
    assert workspace.following.follow(site.url("/")).id == "lantern"


def test_a_feed_is_followed_at_once(workspace: Workspace, site: Site) -> None:
    Substack(site, [])
    assert workspace.following.follow(site.url("/feed")).home == site.url()
    assert site.asked == ["/feed"]


def test_a_page_without_a_feed_says_what_can_be_done(workspace: Workspace, site: Site) -> None:
    site.pages["/"] = site.pages["/feed"] = Reply(b"<html><p>text</html>")
    with pytest.raises(NetworkError, match="has no feed; save its pages"):
        workspace.following.follow(site.url("/"))


def test_a_private_address_is_not_asked_unless_it_is_trusted(paths: Paths, site: Site) -> None:
    opened = Workspace.open(paths, Settings())
    with pytest.raises(ChinaiError, match="allowed_hosts"):
        opened.following.follow(site.url("/"))
    opened.close()


def test_a_list_of_subscriptions_is_followed(
    workspace: Workspace, followed: Callable[[], list[str]]
) -> None:
    lamp = Publication(
        "", "The Lamp", home="https://lamp.example.org", feed="https://lamp.example.org/rss"
    )
    known = Publication("", "Anything", feed="https://chinai.substack.com/feed")
    at_home = Publication("", "A", home="https://sinocism.com/", feed="https://sinocism.com/rss2")
    nameless = Publication(
        "", "", feed="https://x.substack.com/feed", home="https://x.substack.com"
    )
    listed = [lamp, known, at_home, nameless, Publication("", "No feed"), replace(lamp, title="B")]
    kept = workspace.following.follow_listed(listed)
    assert [each.id for each in kept] == ["the-lamp", "chinai", "sinocism", "x"]
    assert set(followed()) == {"chinai", "the-lamp", "sinocism", "x"}
    assert kept[-1].title == "x.substack.com"


def test_what_is_followed_goes_along_with_a_backup(
    workspace: Workspace, paths: Paths, tmp_path: Path
) -> None:
    lamp = Publication(
        "", "The Lamp", home="https://lamp.example.org", feed="https://lamp.example.org/rss"
    )
    workspace.following.follow_listed([lamp])
    workspace.following.unfollow("chinai")
    workspace.backup.write(tmp_path / "all.zip")
    folders = Paths(*(tmp_path / each for each in ("data", "config", "cache")))
    other = Workspace.open(folders, Settings())
    other.backup.restore(tmp_path / "all.zip")
    assert [each.publication.id for each in other.following.followed()] == ["the-lamp"]
    assert other.library.publication("the-lamp").title == "The Lamp"
    other.close()


def test_ids_are_not_given_twice(workspace: Workspace) -> None:
    listed = [
        Publication("", "Lamp", feed=f"https://lamp{number}.example.org/feed")
        for number in range(3)
    ]
    kept = workspace.following.follow_listed(listed)
    assert [each.id for each in kept] == ["lamp", "lamp-2", "lamp-3"]


def test_two_feeds_of_a_host_of_many_are_two_publications(workspace: Workspace) -> None:
    home = "https://many.example.org"
    for name in ("one", "two"):
        told = Publication("", name.title(), home=home, feed=f"{home}/feed/@{name}")
        assert [each.id for each in workspace.following.follow_listed([told])] == [name]


def test_another_feed_of_a_known_one_is_taken(workspace: Workspace, site: Site) -> None:
    feed = Substack(site, [post(1)]).feed()
    workspace.following.follow(site.url("/feed"))
    site.pages["/rss.xml"] = Reply(feed)
    assert workspace.following.follow(site.url("/rss.xml")).id == "lantern"
    (lantern,) = [each for each in workspace.following.all() if each.publication.id == "lantern"]
    assert (lantern.publication.feed, lantern.followed) == (site.url("/rss.xml"), True)
    site.asked.clear()
    for same in ("/rss.xml", "/p/issue-1", "/rss.xml/"):
        assert workspace.following.follow(site.url(same)).feed == site.url("/rss.xml")
    assert site.asked == []


def test_one_that_gives_no_feed_changes_nothing(workspace: Workspace, site: Site) -> None:
    Substack(site, [post(1)])
    workspace.following.follow(site.url("/feed"))
    with pytest.raises(NetworkError, match="is not there"):
        workspace.following.follow(site.url("/atom.xml"))
    assert workspace.library.publication("lantern").feed == site.url("/feed")


def test_one_that_leads_to_the_known_feed_is_the_same(workspace: Workspace, site: Site) -> None:
    Substack(site, [post(1)])
    workspace.following.follow(site.url("/feed"))
    site.pages["/rss"] = Reply(status=301, headers={"Location": "/feed"})
    assert workspace.following.follow(site.url("/rss")).feed == site.url("/feed")


def test_what_is_followed_can_be_handed_on(workspace: Workspace) -> None:
    workspace.following.follow_listed(
        [Publication("", 'A "B" <C> & D', feed="https://e.example.org/feed?a=1&b=2")]
    )
    tree = ET.fromstring(workspace.following.opml().encode())  # noqa: S314 - our own
    told = [each.attrib for each in tree.iter("outline")]
    assert [each["xmlUrl"] for each in told] == [
        "https://chinai.substack.com/feed",
        "https://e.example.org/feed?a=1&b=2",
    ]
    assert told[1]["title"] == 'A "B" <C> & D'


def test_a_page_is_fetched_as_a_text_to_be_read(workspace: Workspace, site: Site) -> None:
    site.pages["/p/one"] = Reply(status=301, headers={"Location": "/p/two/"})
    site.pages["/p/two/"] = Reply(b"<p>text</p>")
    source = workspace.fetching.page(site.url("/p/one"))
    assert (source.place, source.name, source.data) == (site.url("/p/one"), "two", b"<p>text</p>")
    assert source.told.url == site.url("/p/two/")
    with pytest.raises(InputError, match="is not there"):
        workspace.fetching.page(site.url("/p/none"))
