from __future__ import annotations

from time import perf_counter

import pytest

from chinai_tui import ingest
from chinai_tui.domain.issue import Publication
from chinai_tui.errors import InputError
from chinai_tui.ingest import opml

FEED = "https://letter.example/feed"


def written(body: str, before: str = '<?xml version="1.0"?>') -> bytes:
    return f'{before}<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def outline(feed: str = FEED, **told: str) -> str:
    attributes = {"type": "rss", "xmlUrl": feed, **told}
    return "<outline " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + "/>"


def listed(data: bytes) -> tuple[Publication, ...]:
    found = ingest.take(ingest.Source("feeds.opml", "feeds.opml", data))
    assert isinstance(found, ingest.Subscriptions)
    return found.publications


def test_a_feed_in_folders() -> None:
    entry = outline(title="A Letter", text="Shorter", htmlUrl="https://www.letter.example")
    data = written(f'<outline text="China"><outline text="AI">{entry}</outline></outline>')
    assert listed(data) == (
        Publication(
            "",
            "A Letter",
            home="https://www.letter.example",
            feed=FEED,
            label="A Letter",
        ),
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (outline(text="On &amp; Off", htmlUrl="https://letter.example/"), "On & Off"),
        (outline(text="商汤"), "商汤"),
        (outline(), "letter.example"),
        (outline(text="One").replace("xmlUrl", "xmlurl").replace("<outline", "<OUTLINE"), "One"),
    ],
)
def test_titles(entry: str, expected: str) -> None:
    (found,) = listed(written(entry))
    assert (found.id, found.title) == ("", expected)


def test_each_feed_comes_once() -> None:
    feeds = [FEED, FEED + "/two", FEED]
    found = listed(written("".join(outline(feed, title="A Letter") for feed in feeds)))
    assert [each.feed for each in found] == [FEED, FEED + "/two"]


def test_many_feeds_of_one_host_take_no_time() -> None:
    data = written("".join(outline(f"{FEED}/{number}", text="a") for number in range(8000)))
    start = perf_counter()
    assert len(opml.read(data).publications) == 8000
    assert perf_counter() - start < 2


def test_a_list_in_another_encoding() -> None:
    data = written(outline(text="商汤的信"), '<?xml version="1.0" encoding="UTF-16"?>')
    (found,) = listed(data.decode().encode("utf-16"))
    assert found.title == "商汤的信"


def test_many_folders_in_one_another() -> None:
    data = written("<outline>" * 50_000 + outline() + "</outline>" * 50_000)
    assert len(listed(data)) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written(""), "lists no feeds"),
        (written(outline("javascript:alert(1)") + outline("file:///a")), "lists no feeds"),
        (written("<outline"), "is damaged XML in line 1"),
        (b"<opml>\n<outline text='&nbsp;'/></opml>", "is damaged XML in line 2"),
        (
            b'<!DOCTYPE opml [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><opml><body>'
            b'<outline text="&b;"/></body></opml>',
            "declares entities of its own",
        ),
        (
            b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hosts">]><opml>&a;</opml>',
            "declares entities of its own",
        ),
        (
            b'<!DOCTYPE opml [<!ENTITY % a SYSTEM "file:///etc/hosts"> %a;]><opml/>',
            "declares entities of its own",
        ),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        ingest.take(ingest.Source("feeds.opml", "feeds.opml", data))
    assert caught.value.place == "feeds.opml"
    assert caught.value.reason.startswith(reason)


def test_a_document_type_alone_does_no_harm() -> None:
    before = '<!DOCTYPE opml SYSTEM "https://letter.example/opml.dtd">'
    assert opml.read(written(outline(), before)).publications[0].feed == FEED


def test_files_of_this_machine_are_no_feeds() -> None:
    outline = '<outline text="a" xmlUrl="file:///etc/passwd"/>'
    with pytest.raises(InputError, match="lists no feeds with a web address"):
        opml.read(f"<opml><body>{outline}</body></opml>".encode())


def test_what_cannot_be_followed_is_named() -> None:
    entries = outline(), outline("javascript:x", text="Bad"), '<outline text="A folder"/>'
    found = ingest.take(ingest.Source("feeds.opml", "feeds.opml", written("".join(entries))))
    assert isinstance(found, ingest.Subscriptions)
    assert [each.feed for each in found.publications] == [FEED]
    assert found.skipped == (
        ingest.Skipped("feeds.opml, Bad", "feed without an address on the web"),
    )
