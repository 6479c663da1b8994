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
from chinai_tui.ingest import post

URL = "https://chinai.substack.com/p/on-chips"
POST: dict[str, object] = {
    "id": 123456,
    "publication_id": 2660,
    "type": "newsletter",
    "slug": "on-chips",
    "title": "ChinAI #901: On Chips",
    "subtitle": "What two reports say",
    "post_date": "2026-04-06T12:30:00.000Z",
    "canonical_url": URL,
    "audience": "everyone",
    "wordcount": 6,
    "publishedBylines": [{"id": 1, "name": "A Writer", "handle": "writer"}, {"name": "Another"}],
    "truncated_body_text": "Made in two cities.",
    "body_html": '<p>Made in <a href="/p/earlier">two</a> cities.</p><h2>More</h2><p>Words.</p>',
    "podcast_url": None,
}


def taken(value: object) -> ingest.Reading | ingest.Several:
    data = json.dumps(value).encode()
    found = ingest.take(ingest.Source("post.json", "post.json", data))
    assert not isinstance(found, ingest.Subscriptions)
    return found


def only(**changes: object) -> ingest.Reading:
    reading = taken({**POST, **changes})
    assert isinstance(reading, ingest.Reading)
    return reading


def test_what_a_post_says_of_itself(
    spans: Callable[[Document], list[tuple[str, str, str]]],
) -> None:
    reading = only()
    metadata = reading.metadata
    assert (metadata.publication, metadata.number, metadata.title) == ("chinai", 901, "On Chips")
    assert metadata.subtitle == "What two reports say"
    assert metadata.authors == ("A Writer", "Another")
    assert (metadata.date, metadata.date_source) == ("2026-04-06", DateSource.FEED)
    assert (metadata.url, metadata.post_id, metadata.audio) == (URL, "123456", "")
    assert (reading.format, reading.truncated) == ("post", False)
    assert spans(reading.document) == [("link", "two", "https://chinai.substack.com/p/earlier")]
    assert ingest.keys(metadata, reading.document)[:3] == (
        "post:123456",
        f"url:{URL}",
        "number:chinai/901",
    )


def test_a_post_with_a_recording() -> None:
    assert (
        only(podcast_url="https://api.example/1.mp3").metadata.audio == "https://api.example/1.mp3"
    )


@pytest.mark.parametrize(
    ("changes", "truncated"),
    [
        ({"audience": "only_paid"}, True),
        ({"audience": "only_free"}, True),
        ({"body_html": "<p>Made in two cities</p>", "truncated_body_text": "Made in two…"}, False),
        ({"body_html": "<p>Made in two</p>", "truncated_body_text": "Made  in two..."}, True),
        ({"body_html": "<p>Made in two.</p>", "truncated_body_text": "Made in two."}, False),
        ({"body_html": f'<p>Made in</p><p><a href="{URL}">Read more</a></p>'}, True),
    ],
)
def test_whether_a_post_is_but_its_beginning(changes: dict[str, object], truncated: bool) -> None:
    assert only(**changes).truncated is truncated


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"body_html": None}, "is listed without its text; save the post itself"),
        ({"body_html": " "}, "is listed without its text; save the post itself"),
        ({"body_html": None, "type": "thread"}, "is a thread of comments, which has no text"),
        ({"body_html": None, "is_published": False}, "is a draft without a text"),
        ({"body_html": "<p></p>"}, "entry without text"),
    ],
)
def test_a_post_without_a_text_says_why(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        only(**changes)
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("wrap", [lambda posts: posts, lambda posts: {"posts": posts}])
def test_a_list_of_posts(wrap: Callable[[list[object]], object]) -> None:
    other = {**POST, "id": 7, "slug": "other", "canonical_url": "https://chinai.substack.com/p/o"}
    several = taken(wrap([POST, other, "no post"]))
    assert isinstance(several, ingest.Several)
    assert [each.name for each in several.sources] == ["on-chips.json", "other.json"]
    assert [each.place for each in several.sources] == [URL, "https://chinai.substack.com/p/o"]
    readings = [ingest.take(each) for each in several.sources]
    assert [r.metadata.post_id for r in readings if isinstance(r, ingest.Reading)] == [
        "123456",
        "7",
    ]
    again = taken([{**POST}, other])
    assert again == several


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[]", "is a list without posts"),
        (b'{"posts": []}', "is a list without posts"),
        (b'{"title": "x"}', "is JSON data, but no post"),
        (b"7", "is JSON data, but no post"),
        (b"{", "is damaged JSON"),
    ],
)
def test_other_json_is_no_post(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        post.read(data)
    assert caught.value.reason.startswith(reason)


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*POST]), inner),
    max_leaves=8,
)


@given(changes=st.dictionaries(st.sampled_from([*POST]), VALUES))
@settings(max_examples=150, deadline=None)
def test_values_of_any_kind(check: Callable[[Document], None], changes: dict[str, object]) -> None:
    reason = ""
    try:
        check(only(**changes).document)
    except InputError as error:
        reason = error.reason
    starts = ("holds no text", "is listed without", "is a draft", "is JSON data")
    assert not reason or reason.startswith(starts)


def test_a_file_with_a_post_in_each_line() -> None:
    lines = [json.dumps({**POST, "id": number, "slug": f"p-{number}"}) for number in (1, 2)]
    source = ingest.Source("p.jsonl", "p.jsonl", "\n".join([*lines, ""]).encode())
    several = ingest.take(source)
    assert isinstance(several, ingest.Several)
    assert [each.name for each in several.sources] == ["p-1.json", "p-2.json"]
    damaged = ingest.Source("p.jsonl", "p.jsonl", f"{lines[0]}\n{lines[1][:40]}".encode())
    with pytest.raises(InputError, match="damaged JSON in line 2"):
        ingest.take(damaged)
