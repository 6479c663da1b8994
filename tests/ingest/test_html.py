from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.issue import DateSource

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]

PAGE = """<!DOCTYPE html><html><head>
<title>ChinAI #94: On Chips - by Someone</title>
<link rel="canonical" href="https://chinai.substack.com/p/94-on-chips?utm_source=x">
<meta property="og:title" content="ChinAI #94: On Chips">
<meta property="article:published_time" content="2020-05-18T20:00:00+00:00">
<meta name="author" content="A Writer">
<style>p { color: red }</style>
<script>window._preloads = JSON.parse("{\\"pub\\":{\\"id\\":1},\\"post\\":{\\"slug\\":\\"x\\",\
\\"publication_id\\":2,\\"id\\":4711,\\"b\\":{}}}")</script>
</head><body><nav>Menu</nav><article>
<h1 class="post-title">ChinAI #94: On Chips</h1><h3 class="subtitle">Plus, cities</h3>
<div class="available-content"><div class="body markup"><p>The words.</p></div></div>
</article><footer>The end</footer></body></html>"""


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


def test_a_page_says_what_it_is(read: Read) -> None:
    reading = read(PAGE, "94.html")
    found = reading.metadata
    assert (found.title, found.subtitle, found.number) == ("On Chips", "Plus, cities", 94)
    assert (found.publication, found.authors) == ("chinai", ("A Writer",))
    assert (found.date, found.date_source) == ("2020-05-18", DateSource.TEXT)
    assert (found.url, found.post_id) == ("https://chinai.substack.com/p/94-on-chips", "4711")
    assert reading.document.text == "On Chips\nPlus, cities\nThe words."


def test_any_article(read: Read) -> None:
    source = """<html><head><title>A Long Walk | The Site</title>
<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "Article",
"headline": "x", "datePublished": "2019-03-02", "author": [{"name": "Ann Author"}]}]}</script>
</head><body><header><h1>The Site</h1></header><main><h1>A Long Walk</h1><p>Words.</p></main>
<aside>Ads</aside></body></html>"""
    reading = read(source)
    assert reading.document.text == "A Long Walk\nWords."
    assert reading.metadata.authors == ("Ann Author",)
    assert reading.metadata.date == "2019-03-02"


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"author": 5, "headline": []}', "[[1]]"])
def test_broken_linked_data(read: Read, data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script><p>Words.</p>'
    assert read(page(script)).document.text == "T\nWords."


def test_the_body_of_a_post_alone(read: Read, rows: Rows) -> None:
    source = "<p>First words of a post.</p><h3>Section</h3><p>More.</p>"
    assert read(source).metadata.title == ""
    assert [row[4] for row in rows(source)] == ["First words of a post.", "Section", "More."]
    assert read("<h1>A Title</h1><p>Words.</p>").metadata.title == "A Title"


def test_the_longest_of_several_articles(rows: Rows) -> None:
    source = page("<article>Short.</article><article>This is the longer one.</article>")
    assert [row[4] for row in rows(source)] == ["This is the longer one."]


def test_fifty_thousand_levels(read: Read) -> None:
    assert "the depth" in read("<html>" + "<div>" * 50_000 + "the depth").document.text


def test_parts_of_one_text_and_comments_within_an_article(rows: Rows) -> None:
    parts = "".join(f"<article><p>Part number {number}.</p></article>" for number in range(4))
    assert len(rows(page(f"<h2>All</h2>{parts}"))) == 5
    nested = f"<article><h2>A text</h2><p>Its words.</p><section>{parts}</section></article>"
    assert [row[4] for row in rows(page(f"<p>Site</p>{nested}"))][:2] == ["A text", "Its words."]
    assert [row[4] for row in rows(page("<article></article><main><p>Words.</p></main>"))] == [
        "Words."
    ]
