from __future__ import annotations

import json

import pytest

from chinai_tui.ingest.discovery import feed_of_page, publication_of_feed

FEED = "https://lantern.example.org/feed"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="a.xsl"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The \x07 Lantern</title><link>https://lantern.example.org</link>{told}
<item><title>A</title><dc:creator>A Writer</dc:creator></item>
<item><title>B</title><dc:creator>A Guest</dc:creator></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lantern</title>
<link rel="alternate" href="/"/><author><name>A Writer</name></author></feed>"""


def page(*links: str) -> bytes:
    return f"<html><head>{''.join(links)}</head><body><p>text</body></html>".encode()


def link(kind: str, href: str, rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


@pytest.mark.parametrize(
    ("links", "feed"),
    [
        ([link("application/rss+xml", "/feed")], "https://a.example.org/feed"),
        ([link("application/atom+xml; charset=utf-8", "x.xml")], "https://a.example.org/p/x.xml"),
        (
            [link("application/atom+xml", "/atom"), link("application/rss+xml", "/rss")],
            "https://a.example.org/rss",
        ),
        (
            [link("application/rss+xml", "/comments/feed"), link("application/rss+xml", "/feed")],
            "https://a.example.org/feed",
        ),
        ([link("application/feed+json", "//b.example.org/j")], "https://b.example.org/j"),
        ([link("text/css", "/a.css", "stylesheet"), link("text/html", "/en")], ""),
        ([link("application/rss+xml", "javascript:alert(1)")], ""),
        ([], ""),
    ],
)
def test_a_page_points_to_its_feed(links: list[str], feed: str) -> None:
    assert feed_of_page(page(*links), "https://a.example.org/p/one") == feed


def test_a_feed_tells_of_its_publication() -> None:
    found = publication_of_feed(RSS.format(told="").encode(), FEED)
    assert found is not None
    assert (found.title, found.label) == ("The Lantern", "The Lantern")
    assert (found.home, found.feed) == ("https://lantern.example.org", FEED)
    assert found.authors == ("A Writer", "A Guest")


@pytest.mark.parametrize(
    ("told", "authors"),
    [
        ("<managingEditor>lantern@example.org (An Editor)</managingEditor>", ("An Editor",)),
        ("<managingEditor>lantern@example.org</managingEditor>", ("A Writer", "A Guest")),
    ],
)
def test_who_writes_it(told: str, authors: tuple[str, ...]) -> None:
    found = publication_of_feed(RSS.format(told=told).encode(), FEED)
    assert found is not None
    assert found.authors == authors


def test_of_a_long_feed_only_the_beginning_is_read() -> None:
    item = "<item><title>A</title><dc:creator>A Writer</dc:creator></item>"
    text = RSS.format(told="").replace("</channel>", item * 5_000 + "</channel>")
    found = publication_of_feed(text.encode(), FEED)
    assert found is not None
    assert (found.title, found.home) == ("The Lantern", "https://lantern.example.org")
    assert found.authors == ("A Writer", "A Guest")


def test_an_atom_feed() -> None:
    found = publication_of_feed(ATOM.encode(), FEED)
    assert found is not None
    assert (found.title, found.authors) == ("Lantern", ("A Writer",))
    assert found.home == "https://lantern.example.org/"


def test_a_json_feed() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lantern",
        "home_page_url": "https://lantern.example.org/",
        "authors": [{"name": "A Writer"}, {"url": "x"}, 5],
    }
    found = publication_of_feed(json.dumps(told).encode(), FEED)
    assert found is not None
    assert (found.title, found.authors, found.home) == (
        "Lantern",
        ("A Writer",),
        "https://lantern.example.org/",
    )


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>no feed</body></html>", b'{"a": 1}', b"{", b"words", b"[1]"]
)
def test_what_is_no_feed(data: bytes) -> None:
    assert publication_of_feed(data, FEED) is None


def test_a_feed_without_a_name_is_at_home_where_it_is() -> None:
    found = publication_of_feed(b"<rss><channel></channel></rss>", FEED)
    assert found is not None
    assert (found.title, found.home) == ("", "https://lantern.example.org/")


@pytest.mark.parametrize(
    "before",
    [
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>',
        "<!-- made up --><?style x?>",
        "\ufeff",
    ],
)
def test_a_feed_is_one_whatever_stands_before_its_root(before: str) -> None:
    feed = f"{before}<rss><channel><title>Lantern</title></channel></rss>"
    found = publication_of_feed(feed.encode(), "https://lantern.example/feed")
    assert found is not None
    assert found.title == "Lantern"
