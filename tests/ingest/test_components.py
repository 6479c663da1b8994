from __future__ import annotations

from collections.abc import Callable

from chinai_tui import ingest
from chinai_tui.text.links import links_of

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


def test_footnotes_are_paired_by_id_and_keep_the_printed_number(read: Read, spans: Spans) -> None:
    source = page(
        "<p>SenseTime<a class=footnote-anchor href='#footnote-3-x' id=a3>2</a> and Yitu"
        "<a class=footnote-anchor href='#footnote-9'>7</a>.</p>"
        "<div class=footnote><a id='footnote-3-x' class=footnote-number href='#a3'>2</a>"
        "<div class=footnote-content><p>The note.</p><p>More of it.</p></div></div>"
    )
    reading = read(source)
    assert reading.document.text == "T\nSenseTime[2] and Yitu[7].\nThe note.\nMore of it."
    assert spans(reading.document) == [("footnote", "[2]", "2"), ("footnote", "[7]", "7")]
    assert [(b.kind.value, b.marker) for b in reading.document.blocks[2:]] == [
        ("footnote", "2"),
        ("footnote", ""),
    ]


def test_a_footnote_without_a_number_has_that_of_its_reference(read: Read, spans: Spans) -> None:
    source = page(
        "<p>SenseTime<a class=footnote-anchor href='#footnote-1'> &#27;[1m4</a></p>"
        "<div class=footnote id=footnote-1><div class=footnote-content><p>The note.</p></div></div>"
    )
    reading = read(source)
    assert spans(reading.document) == [("footnote", "[4]", "4")]
    assert reading.document.blocks[-1].marker == "4"


def test_pictures(read: Read, rows: Rows, spans: Spans) -> None:
    source = page(
        "<div class=captioned-image-container><figure><a href='https://x.example'>"
        "<img src='https://substackcdn.com/image/fetch/w_1/https%3A%2F%2Fb.example%2Fa.png'>"
        "</a><figcaption>The caption</figcaption></figure></div>"
        "<p>Words <img src='https://b.example/b.png' alt='A chart'> go on <img alt='🙂' src=x>.</p>"
        "<img src='data:image/png;base64,AA'><img width=1 height=1 src='https://t.example/p'>"
    )
    assert [row[:2] + row[4:] for row in rows(source)] == [
        ("image", "", "The caption"),
        ("embed", "", "x.example"),
        ("paragraph", "", "Words go on 🙂."),
        ("image", "", "A chart"),
        ("image", "", "image"),
    ]
    assert spans(read(source).document) == [
        ("link", "The caption", "https://b.example/a.png"),
        ("link", "x.example", "https://x.example"),
        ("link", "A chart", "https://b.example/b.png"),
    ]


def test_a_caption_with_links_of_its_own_stands_below_the_picture(read: Read, rows: Rows) -> None:
    source = page(
        "<p>A<a class=footnote-anchor href='#footnote-1'>4</a>.</p>"
        "<figure><img src='https://b.example/a.png' alt='A plot'><figcaption>By <a"
        " href='https://c.example/p'>the <em>report</em></a><a class=footnote-anchor"
        " href='#footnote-1'>4</a></figcaption></figure>"
        "<figure><img src='https://b.example/b.png'><figcaption><a href='https://c.example/q'>"
        "Source</a></figcaption></figure>"
    )
    assert [row[:2] + row[4:] for row in rows(source)[1:]] == [
        ("image", "", "A plot"),
        ("paragraph", "caption", "By the report[4]"),
        ("image", "", "image"),
        ("paragraph", "caption", "Source"),
    ]
    links = links_of(read(source).document, {}, {})
    assert [(link.number, link.shown) for link in links if link.number] == [
        (1, "b.example/a.png"),
        (2, "c.example/p"),
        (3, "b.example/b.png"),
        (4, "c.example/q"),
    ]


def test_embedded_things(read: Read, rows: Rows, spans: Spans) -> None:
    source = page(
        """<div class="digest-post-embed" data-attrs='{"title":"Other","canonical_url":
"https://l.example/p/o","publication_name":"A Letter"}'></div>
<div class="youtube-wrap" data-attrs='{"videoId":"a&amp;b"}'><iframe src="x"></iframe></div>
<div class="twitter-embed" data-attrs='{"full_text":"Words.","username":"who","url":
"https://t.example/1"}'>Card text</div>
<div class="poll-embed" data-attrs='{"id":5}'></div>
<div data-component-name="NovelThing" class="novel"></div>
<div data-attrs='{broken' class="own">Own words</div>
<div data-attrs='{"a":1}' class="novel"><img src="https://b.example/0.png" alt="Plot"></div>
<iframe src="//player.example/v" title="A talk"></iframe>
<div class="latex-rendered" data-attrs='{"persistentExpression":"a^2"}'></div>
<div class="image-gallery-embed" data-attrs='{"gallery":{"caption":"Two","images":[{"src":
"https://b.example/1.png"},{"src":5}]}}'></div>
<p>Ask <span class="mention-wrap" data-attrs='{"name":"Some Body"}'></span>.</p>"""
    )
    assert [row[:1] + row[4:] for row in rows(source)] == [
        ("embed", "Other — A Letter"),
        ("embed", "Video on YouTube"),
        ("embed", "@who: Words."),
        ("embed", "Poll"),
        ("embed", "embedded: novel"),
        ("paragraph", "Own words"),
        ("image", "Plot"),
        ("embed", "A talk"),
        ("code", "a^2"),
        ("image", "image"),
        ("image", "Two"),
        ("paragraph", "Ask Some Body."),
    ]
    assert [target for _, _, target in spans(read(source).document)] == [
        "https://l.example/p/o",
        "https://www.youtube.com/watch?v=a%26b",
        "https://t.example/1",
        "https://b.example/0.png",
        "https://player.example/v",
        "https://b.example/1.png",
    ]


def test_buttons_forms_and_hidden_text_are_left_out(rows: Rows) -> None:
    source = page(
        "<p>Words.</p><div class=subscription-widget-wrap><div class=pullquote>x</div></div>"
        "<p class=button-wrapper><a class=button>Share</a></p>"
        "<div style='display:none'>Pre</div>"
        "<script>s()</script><noscript>n</noscript><select><option>o</select><button>b</button>"
        "<form><p>In a form.</p><input value=i></form><!-- c -->"
    )
    assert [row[4] for row in rows(source)] == ["Words.", "In a form."]
