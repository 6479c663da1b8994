from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, Document, SpanKind
from chinai_tui.domain.issue import DateSource
from chinai_tui.errors import InputError
from chinai_tui.ingest import feed

POST = "https://letter.example/p/on-chips"
ENTRY = f"""
<title><![CDATA[On Chips &amp; Cities]]></title>
<description><![CDATA[What two reports say]]></description>
<link>{POST}?utm_source=feed</link>
<guid isPermaLink="false">{POST}</guid>
<dc:creator><![CDATA[A Writer]]></dc:creator>
<pubDate>Mon, 06 Apr 2026 23:30:00 -0800</pubDate>
<enclosure url="https://cdn.example/cover.jpg" length="0" type="image/jpeg"/>
<content:encoded><![CDATA[<p>The chips are made in <a href="/about">two</a> cities.</p>
<div class="digest-post-embed" data-attrs="{{&quot;title&quot;:&quot;An earlier letter&quot;,
&quot;canonical_url&quot;:&quot;https://letter.example/p/earlier&quot;}}"></div>]]></content:encoded>
"""


def rss(*entries: str, head: str = "<link>https://letter.example</link>") -> bytes:
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>A Letter</title>{head}{items}</channel></rss>"
    ).encode()


def atom(*entries: str, head: str = "") -> bytes:
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A Letter</title>'
        f'<link href="https://letter.example/"/>{head}{listed}</feed>'
    ).encode()


def taken(data: bytes) -> list[ingest.Reading]:
    """The readings of a feed's entries, the way they are imported."""
    several = ingest.take(ingest.Source("feed.xml", "feed.xml", data))
    assert isinstance(several, ingest.Several)
    readings = [ingest.take(each) for each in several.sources]
    assert all(isinstance(each, ingest.Reading) for each in readings)
    return [each for each in readings if isinstance(each, ingest.Reading)]


def only(data: bytes) -> ingest.Reading:
    (reading,) = taken(data)
    return reading


def test_what_an_entry_says_of_its_post() -> None:
    reading = only(rss(ENTRY))
    metadata = reading.metadata
    assert metadata.title == "On Chips & Cities"
    assert metadata.subtitle == "What two reports say"
    assert metadata.authors == ("A Writer",)
    assert (metadata.date, metadata.date_source) == ("2026-04-06", DateSource.FEED)
    assert metadata.url == POST
    assert metadata.audio == ""
    assert reading.format == "json-feed"
    assert not reading.truncated
    assert "A Letter" not in reading.document.text


def test_the_content_is_read_as_a_page_is(
    check: Callable[[Document], None],
    spans: Callable[[Document], list[tuple[str, str, str]]],
) -> None:
    document = only(rss(ENTRY)).document
    check(document)
    assert ("link", "two", "https://letter.example/about") in spans(document)
    (card,) = [block for block in document.blocks if block.kind is BlockKind.EMBED]
    assert [each.target for each in card.spans if each.kind is SpanKind.LINK] == [
        "https://letter.example/p/earlier"
    ]


def test_an_entry_gives_the_same_bytes_whatever_stands_beside_it() -> None:
    alone = feed.read(rss(ENTRY)).sources[0]
    other = "<title>Another</title><guid>https://letter.example/p/another</guid>"
    beside = feed.read(rss(other, ENTRY)).sources[1]
    assert alone == beside
    kept = json.loads(alone.data)
    assert kept["version"] == "https://jsonfeed.org/version/1.1"
    assert len(kept["items"]) == 1
    assert (alone.place, alone.name, alone.format) == (POST, "on-chips.json", "json-feed")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Q&amp;A", "Q&A"),
        ("Q&amp;amp;A", "Q&A"),
        ("<![CDATA[Q&A]]>", "Q&A"),
        ("<![CDATA[Q&amp;A]]>", "Q&A"),
        ("<![CDATA[The &amp;amp; sign]]>", "The &amp; sign"),
        ("&lt;em&gt;Two&lt;/em&gt; reports", "Two reports"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 & 3"),
        ("<![CDATA[[Translation] of <China>]]>", "[Translation] of <China>"),
        ("商汤 &#x2019;s", "商汤 ’s"),
    ],
)
def test_entities_of_a_title_are_decoded_once(title: str, expected: str) -> None:
    entry = f"<title>{title}</title><description>&lt;p&gt;Words.&lt;/p&gt;</description>"
    assert only(rss(entry)).metadata.title == expected


def test_the_number_of_an_issue_is_in_its_title() -> None:
    entry = ENTRY.replace("On Chips &amp; Cities", "ChinAI #901: On Chips")
    metadata = only(rss(entry)).metadata
    assert (metadata.publication, metadata.number) == ("", None)
    entry = entry.replace(POST, "https://chinai.substack.com/p/on-chips")
    metadata = only(rss(entry)).metadata
    assert (metadata.publication, metadata.number, metadata.title) == ("chinai", 901, "On Chips")


def test_a_description_that_is_but_a_picture() -> None:
    picture = '<![CDATA[<img src="https://letter.example/a.png" alt="A map">]]>'
    document = only(rss(f"<title>On maps</title><description>{picture}</description>")).document
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.IMAGE]
    assert document.text_of(1) == "A map"


def test_atom() -> None:
    content = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Chips &amp; cities.</p></div>'
    entry = (
        f'<title type="html">Q&amp;amp;A</title><link href="{POST}"/><id>tag:letter,2026:1</id>'
        "<updated>2026-04-06T12:00:00Z</updated>"
        f'<content type="xhtml">{content}</content>'
    )
    reading = only(atom(entry, head="<author><name>A Writer</name></author>"))
    assert reading.metadata.title == "Q&A"
    assert reading.metadata.url == POST
    assert reading.metadata.date == "2026-04-06"
    assert reading.metadata.authors == ("A Writer",)
    assert reading.metadata.subtitle == ""
    assert reading.document.text == "Q&A\nChips & cities."


def test_rdf() -> None:
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://letter.example"><title>A Letter</title></channel>'
        f'<item rdf:about="{POST}"><title>On Chips</title><link>{POST}</link>'
        "<description>&lt;p&gt;Words on chips.&lt;/p&gt;</description>"
        "<dc:date>2026-04-06</dc:date></item></rdf:RDF>"
    )
    metadata = only(data.encode()).metadata
    assert (metadata.title, metadata.url, metadata.date) == ("On Chips", POST, "2026-04-06")


def test_a_feed_in_a_wide_encoding() -> None:
    data = rss(ENTRY).decode().replace("UTF-8", "UTF-16").replace("On Chips", "商汤")
    assert only(data.encode("utf-16")).metadata.title == "商汤 & Cities"


def test_a_post_before_a_paywall_ends_with_a_link_to_the_rest() -> None:
    tail = f'<p><a href="{POST}">Read more</a></p>]]></content:encoded>'
    reading = only(rss(ENTRY.replace("]]></content:encoded>", tail)))
    assert reading.truncated
    assert "Read more" not in reading.document.text


@pytest.mark.parametrize(
    ("description", "truncated"),
    [
        ("Only a line on it", True),
        ("&lt;p&gt;The whole of it.&lt;/p&gt;&lt;p&gt;And more.&lt;/p&gt;", False),
        ("&lt;p&gt;How it begins [&amp;#8230;]&lt;/p&gt;", True),
    ],
)
def test_an_entry_with_a_description_alone(description: str, truncated: bool) -> None:
    entry = f"<title>On Chips</title><link>{POST}</link><description>{description}</description>"
    reading = only(rss(entry))
    assert reading.truncated is truncated
    assert reading.metadata.subtitle == ""


def test_a_description_that_repeats_the_text_is_no_subtitle() -> None:
    entry = ENTRY.replace("What two reports say", "The chips are made in two cities.")
    assert only(rss(entry)).metadata.subtitle == ""


def test_an_episode_has_its_recording_and_its_notes() -> None:
    entry = (
        "<title>An Episode</title><link>https://pod.example/7</link>"
        '<enclosure url="https://cdn.example/7.mp3" length="9" type="audio/mpeg"/>'
        "<description>A talk on chips.</description>"
    )
    reading = only(rss(entry))
    assert reading.metadata.audio == "https://cdn.example/7.mp3"
    assert reading.format == "notes"
    assert not reading.truncated
    assert reading.document.text == "An Episode\nA talk on chips."


def test_the_number_of_a_post_is_in_its_guid() -> None:
    entry = ENTRY.replace(f">{POST}</guid>", ">substack:post:123456</guid>")
    assert only(rss(entry)).metadata.post_id == "123456"


def test_an_address_that_several_entries_give_is_none_of_theirs() -> None:
    words = "<description>&lt;p&gt;Words.&lt;/p&gt;</description>"
    entries = [
        f"<title>T{n}</title><guid>{n}</guid><link>https://pod.example/show</link>{words}"
        for n in range(2)
    ]
    assert [each.metadata.url for each in taken(rss(*entries))] == ["", ""]
    home = f"<title>T</title><link>https://letter.example/</link>{words}"
    assert only(rss(home)).metadata.url == ""


def test_a_guid_may_be_the_address() -> None:
    entry = f"<title>T</title><guid>{POST}</guid><description>&lt;p&gt;W&lt;/p&gt;</description>"
    assert only(rss(entry)).metadata.url == POST


def test_a_damaged_feed_still_gives_its_entries() -> None:
    damaged = rss(ENTRY, ENTRY).replace(b"</channel></rss>", b"<item><title>Cut &nbsp; o")
    items = [json.loads(each.data)["items"][0] for each in feed.read(damaged).sources]
    assert [each.get("title") for each in items[:2]] == ["On Chips & Cities"] * 2


def test_a_control_in_a_feed_costs_none_of_its_embeds() -> None:
    damaged = rss(ENTRY.replace("two reports", "\x0btwo reports"))
    assert feed.read(damaged) == feed.read(rss(ENTRY))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rss(), "is a feed without entries"),
        (b"<rss><channel><item", "is a feed without entries; it is damaged: "),
        (b"<rss><channel/></rss>", "is a feed without entries"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "' + b"x" * 1_000 + b'">]><rss><channel><item><title>&a;'
            b"</title></item></channel></rss>",
            "declares entities that stand for long texts, as no feed needs",
        ),
    ],
)
def test_what_gives_no_entries_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        ingest.take(ingest.Source("feed.xml", "feed.xml", data))
    assert caught.value.place == "feed.xml"
    assert caught.value.reason.startswith(reason)


def test_a_file_that_the_xml_points_to_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = Path("secret.txt")
    secret.write_text("not for feeds")
    data = (
        f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret}">]><rss version="2.0"><channel>'
        "<item><title>T&a;T</title><description>&lt;p&gt;W&lt;/p&gt;</description></item>"
        "</channel></rss>"
    )
    assert "not for feeds" not in only(data.encode()).document.text


PARTS = st.sampled_from(
    "words|商汤|&amp;|&#27;[31m|<b>|]]>|<![CDATA[|\x1b]0;x\x07|\u202e|<script>"
    '|"|&nope;|ChinAI #9: |“T” by |\ud800|\n|[/b]|<item>'.split("|")
)
HOSTILE = st.lists(PARTS | st.text(max_size=8), max_size=6).map("".join)


@given(title=HOSTILE, body=HOSTILE, link=HOSTILE, escaped=st.booleans())
@settings(max_examples=200, deadline=None)
def test_nothing_but_an_input_error_comes_of_hostile_entries(
    check: Callable[[Document], None], title: str, body: str, link: str, escaped: bool
) -> None:
    told: Mapping[str, str] = {"title": title, "description": body, "link": link, "guid": link}
    entry = "".join(
        f"<{name}>{escape(value) if escaped else value}</{name}>" for name, value in told.items()
    )
    item = f"<item>{entry}</item></channel>".encode("utf-8", "replace")
    for each in documents(rss().replace(b"</channel>", item)):
        check(each)


def documents(data: bytes) -> Iterator[Document]:
    """The documents of a feed's entries; what gives none says so."""
    waiting = [ingest.Source("a.xml", "a.xml", data)]
    while waiting:
        reason = ""
        try:
            found = ingest.take(waiting.pop())
        except InputError as error:
            reason = error.reason
        if reason:
            assert reason.startswith(("is a feed without", "declares entities"))
        elif isinstance(found, ingest.Several):
            waiting += found.sources
        elif isinstance(found, ingest.Skipped):
            assert found.reason == "entry without text"
        else:
            assert isinstance(found, ingest.Reading)
            yield found.document


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_letters_of_any_script_in_two_bytes(encoding: str) -> None:
    entry = "<title>Œuvre 一丁 Старый</title><description>Cœur 湖上 lamps.</description>"
    text = rss(entry).decode()
    text = text[text.index("<rss") :]
    reading = only(f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode(encoding))
    assert reading.metadata.title == "Œuvre 一丁 Старый"
    assert "Cœur 湖上 lamps." in reading.document.text


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Mon, 01 Jan 2024 23:30:00 -0500", "2024-01-01"),
        ("Mon, 01 Jan 2024 23:30:00 GMT", "2024-01-01"),
        ("Tue, 02 Jan 2024 00:30:00 +0800", "2024-01-02"),
        ("2024-01-01T23:30:00-05:00", "2024-01-01"),
    ],
)
def test_the_day_is_that_of_the_writer_in_every_form(date: str, day: str) -> None:
    entry = f"<title>A</title><description>Words.</description><pubDate>{date}</pubDate>"
    assert only(rss(entry)).metadata.date == day
    (source,) = feed.read(rss(entry)).sources
    item = json.loads(source.data)["items"][0]
    again = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    reading = ingest.take(ingest.Source("feed.json", "feed.json", json.dumps(again).encode()))
    assert isinstance(reading, ingest.Reading)
    assert reading.metadata.date == day


def test_links_count_from_the_base_that_the_feed_gives() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://l.example/feeds/">
<title>A Letter</title><link href="/"/><entry xml:base="posts/"><id>a:1</id><title>One</title>
<link href="https://b.example/one"/><content type="html" xml:base="deep/">&lt;p&gt;See &lt;a
href="x"&gt;that&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""
    taken = ingest.take(ingest.Source("f", "f.xml", data))
    assert isinstance(taken, ingest.Several)
    reading = ingest.take(taken.sources[0])
    assert isinstance(reading, ingest.Reading)
    spans = [span.target for block in reading.document.blocks for span in block.spans]
    assert spans == ["https://l.example/feeds/posts/deep/x"]
    assert reading.metadata.url == "https://b.example/one"
