from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.ingest.links import bare_links, clean_url, image_url
from chinai_tui.text.sanitise import safe_url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?utm_source=s&b=1&UTM_medium=m#part", "https://a.example/x?b=1#part"),
        ("https://a.example/x?utm_source=s", "https://a.example/x"),
        ("https://a.example/x?b=%2F&c", "https://a.example/x?b=%2F&c"),
        ("https://l.substack.com/p/x?r=1a2b&s=w", "https://l.substack.com/p/x?s=w"),
        ("https://a.example/?r=kept", "https://a.example/?r=kept"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("#footnote-1", ""),
        ("https://a.example/\x1b]8", ""),
        ("https://[broken/?utm_x=1", ""),
        ("/p/other", ""),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_clean_url(url: str, clean: str) -> None:
    assert clean_url(url) == clean


def test_relative_links_follow_the_page() -> None:
    base = "https://a.example/p/one"
    assert clean_url("/p/two?utm_source=x", base) == "https://a.example/p/two"
    assert clean_url("three", base) == "https://a.example/p/three"
    assert clean_url("//b.example/x", base) == "https://b.example/x"
    assert clean_url("javascript:x", base) == ""


def test_image_url_finds_the_picture_behind_the_resizer() -> None:
    url = "https://substackcdn.com/image/fetch/w_9,c_limit/https%3A%2F%2Fb.example%2Fa%20b.png"
    assert image_url("https://substackcdn.com/image/fetch/w_9/https%3A%2F%2Fb.example%2Fa.png") == (
        "https://b.example/a.png"
    )
    assert image_url(url) == ""
    assert image_url("https://b.example/c.png") == "https://b.example/c.png"


def test_bare_links_end_before_punctuation() -> None:
    text = "See https://a.example/x, (https://b.example/y). 见https://c.example/z。"
    assert [(text[start:end], url) for _, start, end, url in bare_links(text)] == [
        ("https://a.example/x", "https://a.example/x"),
        ("https://b.example/y", "https://b.example/y"),
        ("https://c.example/z", "https://c.example/z"),
    ]


@given(st.text(max_size=60), st.sampled_from(["", "https://a.example/x"]))
@settings(max_examples=100, deadline=None)
def test_whatever_comes_out_may_be_opened(url: str, base: str) -> None:
    clean = clean_url(url, base)
    assert clean == safe_url(clean)


_LEADS_ON = urlsafe_b64encode(b'{"e":"https://a.example/x?y=1"}').decode().rstrip("=")


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (f"https://substack.com/redirect/2/{_LEADS_ON}.seal?", "https://a.example/x?y=1"),
        ("https://substack.com/redirect/2/eyJ4eHh4eHh4?j=eyJ1Ijoi", ""),
        ("https://substack.com/redirect/0123abcd-1111-2222-3333-444455556666?j=x", ""),
        ("https://eotrx.substackcdn.com/open?token=abc", ""),
        ("https://letter.example/api/v1/audio/upload/1/src?token=abc",
         "https://letter.example/api/v1/audio/upload/1/src"),
        ("https://letter.example/p/x?token=eyJ1c2VyX2lkIjox&b=1", "https://letter.example/p/x?b=1"),
        ("https://letter.example/redirect/home", "https://letter.example/redirect/home"),
    ],
)  # fmt: skip
def test_no_link_knows_the_subscriber(url: str, clean: str) -> None:
    assert clean_url(url) == clean
