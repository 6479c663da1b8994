from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import Document
from chinai_tui.domain.issue import DateSource
from chinai_tui.errors import InputError
from chinai_tui.ingest import json_feed

POST = "https://letter.example/p/on-chips"
ITEM = {
    "id": "1",
    "url": POST + "?utm_source=feed",
    "title": "On Chips",
    "summary": "What two reports say",
    "content_html": '<p>Made in <a href="/about">two</a> cities.</p>',
    "date_published": "2026-04-06T23:30:00-08:00",
    "authors": [{"name": "A Writer"}],
    "attachments": [
        {"url": "https://cdn.example/c.jpg", "mime_type": "image/jpeg"},
        {"url": "https://cdn.example/1.mp3", "mime_type": "audio/mpeg"},
    ],
}


def written(*items: object, **head: object) -> bytes:
    feed = {"version": "https://jsonfeed.org/version/1", "title": "A Letter", **head}
    return json.dumps({**feed, "items": items}).encode()


def taken(data: bytes) -> ingest.Reading:
    reading = ingest.take(ingest.Source("feed.json", "feed.json", data))
    assert isinstance(reading, ingest.Reading)
    return reading


def test_a_feed_of_one_item_is_a_text() -> None:
    reading = taken(written(ITEM))
    metadata = reading.metadata
    assert (metadata.title, metadata.subtitle) == ("On Chips", "What two reports say")
    assert metadata.authors == ("A Writer",)
    assert (metadata.date, metadata.date_source) == ("2026-04-06", DateSource.FEED)
    assert metadata.url == POST
    assert metadata.audio == "https://cdn.example/1.mp3"
    assert (reading.format, reading.truncated) == ("json-feed", False)
    assert reading.document.text == "On Chips\nWhat two reports say\nMade in two cities."


def test_several_items_are_kept_whole_each_by_itself() -> None:
    other = {"id": "2", "content_text": "Words.", "_extension": {"kept": True}}
    several = json_feed.read(written(ITEM, other, home_page_url="https://letter.example"))
    assert isinstance(several, ingest.Several)
    first, second = several.sources
    assert (first.name, second.name) == ("on-chips.json", "entry-2.json")
    assert json.loads(second.data)["items"] == [other]
    assert json.loads(first.data)["home_page_url"] == "https://letter.example"
    assert taken(first.data).metadata.url == POST


def test_what_is_kept_stays_as_it_is_when_it_is_split_again() -> None:
    feed = json.loads(written(ITEM))
    (source,) = json_feed.split(feed).sources
    assert json_feed.split(json.loads(source.data)).sources == (source,)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": POST}, POST),
        ({"id": 7, "url": "https://letter.example/"}, ""),
        ({"id": "javascript:alert(1)"}, ""),
        ({"id": "https://other.example"}, ""),
        ({"id": POST, "url": "not an address"}, POST),
    ],
)
def test_the_address_of_an_item(item: dict[str, object], expected: str) -> None:
    data = written({"content_text": "Words.", **item}, home_page_url="https://letter.example")
    assert taken(data).metadata.url == expected


def test_an_id_that_is_another_address_is_a_key() -> None:
    other = "https://letter.substack.com/p/on-chips"
    metadata = taken(written({**ITEM, "id": other})).metadata
    assert (metadata.url, metadata.keys) == (POST, (f"url:{other}",))
    assert taken(written({**ITEM, "id": "https://letter.example/?p=7"})).metadata.keys == (
        "url:https://letter.example?p=7",
    )


def test_the_number_of_a_post_is_its_id_on_substack() -> None:
    item = {"id": "123", "content_text": "Words."}
    assert taken(written({**item, "url": "https://a.substack.com/p/b"})).metadata.post_id == "123"
    assert taken(written({**item, "url": "https://a.example/p/b"})).metadata.post_id == ""


def test_the_authors_of_the_feed_are_those_of_its_items() -> None:
    item = {"content_text": "Words."}
    for told in ({"authors": [{"name": "A Writer"}]}, {"author": {"name": "A Writer"}}):
        assert taken(written(item, **told)).metadata.authors == ("A Writer",)


def test_plain_text_loses_nothing_to_the_title() -> None:
    text = "A line of its own\n\nThe first paragraph of it, in full.\n\nThe second one."
    reading = taken(written({"title": "On Chips", "content_text": text}))
    assert reading.document.text.split("\n") == ["On Chips", *text.split("\n\n")]


def test_an_item_with_a_summary_alone_is_the_beginning_of_a_text() -> None:
    reading = taken(written({"title": "On Chips", "summary": "How it begins."}))
    assert reading.truncated
    assert reading.document.text == "On Chips\nHow it begins."


@pytest.mark.parametrize(
    ("html", "truncated", "text"),
    [
        (f'<p>One.</p><p><a href="{POST}?r=1">Read more</a></p>', True, "One."),
        (f'<p>One.</p><p><a href="{POST}">Read more →</a></p>', True, "One."),
        (f'<p>One.</p><p>See <a href="{POST}">here</a></p>', False, "One.\nSee here"),
        ('<p>One.</p><p><a href="https://b.example/c">Read more</a></p>', False, "One.\nRead more"),
        ('<p>One.</p><div class="paywall-jump"></div>', True, "One."),
        ('<div class="paywall-jump"></div><p>One.</p>', False, "One."),
        ("<p>One [&#8230;]</p>", True, "One […]"),
        ("<p>One.</p>", False, "One."),
    ],
)
def test_how_a_body_tells_that_there_is_more(html: str, truncated: bool, text: str) -> None:
    reading = taken(written({"title": "T", "url": POST, "content_html": html}))
    assert (reading.truncated, reading.document.text) == (truncated, f"T\n{text}")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written(), "is a feed without entries"),
        (written(1, None, "x"), "is a feed without entries"),
        (written({}), "entry without text"),
        (b'{"version": "https://jsonfeed.org/version/1", ', "is damaged JSON"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "is JSON data, but no feed"),
        (
            b'{"v": "https://jsonfeed.org/version/1", "a": ' + b"[" * 90_000,
            "is JSON that is nested",
        ),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        ingest.take(ingest.Source("a.json", "a.json", data))
    assert caught.value.reason.startswith(reason)


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM]), inner),
    max_leaves=8,
)


@given(item=st.dictionaries(st.sampled_from([*ITEM, "summary", "author", "content_text"]), VALUES))
@settings(max_examples=150, deadline=None)
def test_values_of_any_kind(check: Callable[[Document], None], item: dict[str, object]) -> None:
    reason = ""
    try:
        check(taken(written(item, author=item, home_page_url=item.get("url"))).document)
    except InputError as error:
        reason = error.reason
    assert not reason or reason == "entry without text"
