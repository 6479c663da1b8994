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


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "javascript:x", "https://[x/"])
def test_what_is_no_page_has_no_canonical_address(url: str) -> None:
    assert canonical(url) == ""


def test_host_of() -> None:
    assert host_of("https://www.A.example:80/x") == "a.example"
    assert host_of("https://[x") == ""
