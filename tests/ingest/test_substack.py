from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from chinai_tui.domain.issue import Metadata
from chinai_tui.errors import NetworkError
from chinai_tui.ingest.substack import NO_ARCHIVE, archive
from chinai_tui.ingest.substack import post as whole
from tests.ingest.server import Reply, Site, StoppedClock, Substack, fetcher, post


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().running() as running:
        yield running


def slugs(site: Site) -> list[str]:
    return [each.slug for each in archive(fetcher(), site.url())]


@pytest.mark.parametrize(("posts", "pages"), [(0, 1), (7, 1), (50, 2), (120, 3)])
def test_an_archive_is_walked_to_its_end(site: Site, posts: int, pages: int) -> None:
    Substack(site, [post(number) for number in range(posts, 0, -1)])
    assert slugs(site) == [f"issue-{number}" for number in range(posts, 0, -1)]
    assert len(site.asked) == pages
    assert site.asked[0] == "/api/v1/archive?sort=new&search=&offset=0&limit=50"


def test_what_the_archive_tells_of_a_post(site: Site) -> None:
    Substack(site, [post(94)])
    (entry,) = archive(fetcher(), site.url("/about?x=y"))
    assert (entry.post_id, entry.title) == ("1094", "Lantern #94: a made-up issue")
    assert entry.url == site.url("/p/issue-94")


def test_a_post_that_appears_meanwhile_brings_none_twice(site: Site) -> None:
    archived = Substack(site, [post(number) for number in range(60, 0, -1)])
    walk = archive(fetcher(), site.url())
    found = [next(walk).slug]
    archived.posts.insert(0, post(61))
    found += [each.slug for each in walk]
    assert found == [f"issue-{number}" for number in range(60, 0, -1)]


def test_an_archive_that_repeats_itself_ends(site: Site) -> None:
    page = json.dumps([post(number) for number in range(50)])
    site.pages["/api/v1/archive"] = Reply(page.encode())
    assert len(slugs(site)) == 50
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"", 404),
        Reply(b"<html>"),
        Reply(b'{"error": 1}'),
        Reply(b"[" * 50_000),
        Reply(b"", 400),
    ],
)
def test_a_site_of_another_kind_has_no_archive(site: Site, reply: Reply) -> None:
    site.pages["/api/v1/archive"] = reply
    with pytest.raises(NetworkError) as told:
        slugs(site)
    assert told.value.status == NO_ARCHIVE


def test_one_that_lets_nobody_in_is_another_matter(site: Site) -> None:
    site.pages["/api/v1/archive"] = Reply(b"", 403)
    with pytest.raises(NetworkError, match="lets no programs in"):
        slugs(site)


@pytest.mark.parametrize(
    "listed", [None, 5, {}, {"slug": 5}, {"slug": ""}, {"slug": "a\x1b[31m"}, {"slug": "x" * 400}]
)
def test_what_is_no_post_is_passed_over(site: Site, listed: object) -> None:
    site.pages["/api/v1/archive"] = Reply(json.dumps([listed, post(1)]).encode())
    assert slugs(site) == ["issue-1"]


def test_a_post_comes_whole(site: Site) -> None:
    clock = StoppedClock()
    Substack(site, [post(1), post(2, slug="中文/..")])
    site.pages["/api/v1/posts/%E4%B8%AD%E6%96%87%2F.."] = Reply(b"{}")
    first, second = archive(fetcher(clock), site.url())
    source = whole(fetcher(clock), site.url(), first, Metadata(publication="lantern"))
    assert (source.name, source.format, source.place) == ("issue-1.json", "post", first.url)
    assert (source.told.publication, json.loads(source.data)["id"]) == ("lantern", 1001)
    assert whole(fetcher(clock), site.url(), second, Metadata()).data == b"{}"
