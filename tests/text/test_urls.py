from __future__ import annotations

import pytest

from chinai_tui.text.urls import canonical, host_of, post_of, shares, without


@pytest.mark.parametrize(
    "url",
    [
        "http://Letter.Substack.com/p/some-post/?utm_campaign=c#top",
        "https://letter.substack.com/p/some-post",
        "https://open.substack.com/pub/letter/p/some-post?r=x",
        "https://open.substack.com/pub/letter/p/some-post/comments",
        "https://letter.substack.com/p/some-post/?utm_source=share&utm_medium=android&r=5x",
        "https://letter.substack.com/p/some-post/comments?utm_source=x#comment-1",
        "https://letter.substack.com/p/some-post/comment/123",
        "https://letter.substack.com/p/some-post/anything-else",
    ],
)
def test_one_post_has_one_canonical_address(url: str) -> None:
    assert canonical(url) == "https://letter.substack.com/p/some-post"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mp.weixin.qq.com/s?sn=b&__biz=a==&scene=1#x", "https://mp.weixin.qq.com/s?__biz=a==&sn=b"),
        ("https://a.example/index.php?p=3&utm_source=x&fbclid=y", "https://a.example/index.php?p=3"),
        ("https://a.example/?p=3", "https://a.example?p=3"),
        ("https://a.example/x?ref=b&source=c&&gclid=d", "https://a.example/x"),
        ("https://www.letter.example/p/post?publication_id=1&triedRedirect=true&x=1", "https://www.letter.example/p/post"),
        ("https://www.letter.example/p/post/comments", "https://www.letter.example/p/post"),
        ("https://www.letter.example/p/post/comment/7", "https://www.letter.example/p/post"),
        ("https://www.letter.example/p/post/two", "https://www.letter.example/p/post/two"),
        ("https://substack.com/@a-reader/p-123?utm_source=x", "https://substack.com/home/post/p-123"),
        ("https://substack.com/home/post/p-123/?source=queue", "https://substack.com/home/post/p-123"),
        ("https://substack.com/@a-reader/note/c-123", "https://substack.com/@a-reader/note/c-123"),
        ("https://letter.substack.com/archive?sort=new", "https://letter.substack.com/archive"),
    ],
)  # fmt: skip
def test_what_tells_one_page_from_another_is_kept(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "javascript:x", "https://[x/"])
def test_what_is_no_page_has_no_canonical_address(url: str) -> None:
    assert canonical(url) == ""


def test_host_of() -> None:
    assert host_of("https://www.A.example:80/x") == "a.example"
    assert host_of("https://[x") == ""


@pytest.mark.parametrize(
    ("url", "post"),
    [
        ("https://substack.com/home/post/p-123", "123"),
        ("https://Substack.com/@a-reader/p-123?r=x", "123"),
        ("https://substack.com/inbox/post/123/comments", "123"),
        ("https://substack.com/home/post/p-123x", ""),
        ("https://letter.substack.com/p/p-123", ""),
        ("https://elsewhere.example/home/post/p-123", ""),
        ("", ""),
    ],
)
def test_some_addresses_have_the_id_of_their_post(url: str, post: str) -> None:
    assert post_of(url) == post


@pytest.mark.parametrize(
    ("url", "does"),
    [
        ("https://letter.substack.com/p/x?R=5x", True),
        ("https://www.letter.example/p/x?n=1&token=5x", True),
        ("https://www.letter.example/p/x?n=1&amp;token=5x", True),
        ("https://www.letter.example/x?r=5x", False),
        ("https://letter.substack.com/p/x?s=w", False),
    ],
)
def test_who_shares_a_link_to_a_post(url: str, does: bool) -> None:
    assert shares(url) is does


def test_a_query_without_some_keys() -> None:
    assert without("a=1&UTM_source=x&%62=2&amp;c=3&d", {"b", "c"}) == "a=1&d"
