from __future__ import annotations

import pytest

from chinai_tui.text.urls import canonical, host_of


@pytest.mark.parametrize(
    "url",
    [
        "http://Letter.Substack.com/p/some-post/?utm_campaign=c#top",
        "https://letter.substack.com/p/some-post",
        "https://open.substack.com/pub/letter/p/some-post?r=x",
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
