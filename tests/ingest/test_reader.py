from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, Document, DocumentRole
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest import detect, reader
from chinai_tui.ingest.builder import make_piece
from chinai_tui.ingest.detect import Format
from chinai_tui.ingest.reading import Draft, Reading, Several, Skipped, Source, Subscriptions

NAMES = ("a.txt", "a.html", "a.md", "a")
PARTS = (
    "words and words",
    "商汤科技",
    "ChinAI #9: T",
    "Key Takeaways:",
    "“quoted words of some length, really”",
    "From the abstract:",
    "• ",
    "- ",
    "12. ",
    "# ",
    "> ",
    "---\n",
    "title: ",
    "**",
    "[x](https://a.example)",
    "```\n",
    "| a | b |\n",
    "[^1]: ",
    "<p>",
    "</p>",
    "<div class='pullquote'>",
    "</div>",
    "<ul><li>",
    "<b>",
    "</b>",
    "<a href='javascript:x'>",
    "<table><tr><td>",
    "<pre>",
    "<h2>",
    "<img src=x alt='",
    "<!doctype html>",
    "<div data-attrs='{}'>",
    "<br>",
    "&#27;",
    "&#x301;",
    "\u0301",
    "\x1b[31m",
    "\x1b]52;c;x\x07",
    "\u202e",
    "\u200b",
    "\u00a0",
    "\t",
    "\r\n",
    "\n",
    "\n\n",
    " ",
)


def read(data: bytes, name: str) -> ingest.Reading | None:
    """The reading, or None where the bytes are refused in the only way allowed."""
    try:
        return ingest.read(data, name)
    except InputError:
        return None


marked_up = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


@given(text=st.one_of(marked_up, st.text(max_size=80)), name=st.sampled_from(NAMES))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_sound_document_or_an_input_error(
    check: Callable[[Document], None], text: str, name: str
) -> None:
    reading = read(text.encode("utf-8", "surrogatepass"), name)
    if reading is None:
        return
    document = reading.document
    again = read(text.encode("utf-8", "surrogatepass"), name)
    assert again is not None
    assert again.document == document
    check(document)


@given(data=st.binary(max_size=120), name=st.sampled_from(NAMES))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_sound_document_or_an_input_error(
    check: Callable[[Document], None], data: bytes, name: str
) -> None:
    reading = read(data, name)
    if reading is not None:
        check(reading.document)


@given(text=marked_up)
@settings(max_examples=60, deadline=None)
def test_a_plain_text_loses_no_word(text: str) -> None:
    words = "".join(char for char in text if char in "商汤科技")
    reading = read(("Some first line.\n\n" + text).encode(), "a.txt")
    if reading is not None and reading.format == "plain":
        assert "".join(char for char in reading.document.text if char in "商汤科技") == words


def test_only_input_errors_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, words in (
        (RecursionError("deep"), "nested too deeply"),
        (MemoryError(), "too large for the memory"),
        (LookupError("no\x1b[0m codec"), "LookupError: no codec"),
        (ValueError("x" * 500), "ValueError: xxx"),
    ):

        def fail(*_args: object, error: Exception = error) -> str:
            raise error

        monkeypatch.setattr(reader, "decode", fail)
        with pytest.raises(InputError, match=words) as raised:
            ingest.read(b"words", "a\x1b[2J.txt")
        assert raised.value.place == "a.txt"
        assert len(raised.value.reason) < 250


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<html><body><nav>Menu</nav></body></html>", "holds no text that can be read as html"),
        ("\u200b\ufeff\u200b", "holds no text that can be read as plain"),
        ("---\ntitle: x\n---\n", "holds no text that can be read as markdown"),
        ('{"a": 1}', "is JSON data"),
        ("", "is empty"),
    ],
)
def test_where_nothing_can_be_read(data: str, reason: str) -> None:
    with pytest.raises(InputError) as raised:
        ingest.read(data.encode(), "a")
    assert raised.value.reason.startswith(reason)


def test_brackets_are_words() -> None:
    reading = ingest.read(b"[/b] of [Translation]\n\nSome [@click=app.quit]words[/].", "a.txt")
    assert reading.metadata.title == "[/b] of [Translation]"
    assert reading.document.text.endswith("Some [@click=app.quit]words[/].")


def test_metadata_is_clean(check: Callable[[Document], None]) -> None:
    source = '---\ntitle: "a\\e[31m\\u202e\\nb"\nauthors: ["x\\x9b", x, x]\n---\nwords'
    reading = ingest.read(source.encode(), "a.md")
    assert reading.metadata.title == "a b"
    assert reading.metadata.authors == ("x",)
    check(reading.document)


def test_what_is_told_fills_gaps_only() -> None:
    told = Metadata(
        title="Told",
        subtitle="Below",
        number=0,
        authors=("A Writer",),
        date="2020-01-02",
        date_source=DateSource.FEED,
        url="https://pond.example/p/told",
        post_id="5",
        role=DocumentRole.TRANSLATION,
        keys=("post:5",),
        audio="https://pond.example/5.mp3",
    )
    page = b"---\ntitle: Own\ndate: 2019-05-06\nurl: https://pond.example/p/own\n---\nwords of it"
    found = ingest.read(page, "a.md", told).metadata
    assert (found.title, found.date, found.date_source) == ("Own", "2019-05-06", DateSource.TEXT)
    assert (found.subtitle, found.authors, found.number) == ("Below", ("A Writer",), 0)
    assert found.url == "https://pond.example/p/own"
    assert (found.post_id, found.role, found.keys) == ("5", DocumentRole.TRANSLATION, ("post:5",))
    assert found.audio == told.audio


def test_a_page_that_says_its_title_keeps_it() -> None:
    told = Metadata(title="Told")
    page = "<html><head><title>Its own title</title></head><body><p>Some words.</p></body></html>"
    assert ingest.read(page.encode(), "a.html", told).metadata.title == "Its own title"


def test_the_format_may_be_told() -> None:
    source = Source("a", "a.html", b"<p>one</p> <p>two</p>", format="plain")
    taken = ingest.take(source)
    assert isinstance(taken, Reading)
    assert (taken.format, "<p>one</p>" in taken.document.text) == ("plain", True)
    with pytest.raises(InputError, match="cannot be read as nonsense"):
        ingest.take(Source("a", "a.html", b"words", format="nonsense"))


def test_the_error_names_the_place() -> None:
    with pytest.raises(InputError) as raised:
        ingest.take(Source("b.zip, a.txt", "a.txt", b"\x00\x01"))
    assert raised.value.place == "b.zip, a.txt"


def test_a_reading_has_the_hash_of_its_text() -> None:
    reading = ingest.read(b"A title\n\nSome words of it.", "a.txt")
    assert ingest.keys(Metadata(), reading.document) == (f"hash:{reading.hash}",)


@pytest.fixture
def pond(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of bytes that begin with POND, and go on with what they are."""

    def read(data: bytes) -> Draft | Several | Subscriptions:
        match data:
            case b"POND several":
                return Several((Source("a, 1", "1.txt", b"words", Metadata(post_id="1")),))
            case b"POND list":
                return Subscriptions(())
        piece = make_piece(BlockKind.PARAGRAPH, ["a lily"])
        pieces = [piece] if piece else []
        return Draft(Metadata(title="Lilies"), pieces, truncated=True, kept=b"POND")

    module = SimpleNamespace(read=read)
    monkeypatch.setitem(sys.modules, "pond", module)
    form = Format("pond", lambda head, _: head.startswith("POND"), "pond", takes_bytes=True)
    monkeypatch.setattr(detect, "FORMATS", (form, *detect.FORMATS))


@pytest.mark.usefixtures("pond")
@pytest.mark.parametrize("data", [b"POND x", b"\xef\xbb\xbfPOND x", "POND x".encode("utf-16")])
def test_a_format_of_bytes_goes_before_those_of_text(data: bytes) -> None:
    reading = ingest.read(data, "a.txt")
    assert (reading.format, reading.truncated, reading.kept) == ("pond", True, b"POND")
    assert reading.document.text == "Lilies\na lily"


@pytest.mark.usefixtures("pond")
def test_several_texts_inherit_whose_they_are() -> None:
    told = Metadata(title="Told", publication="pond-letter")
    taken = ingest.take(Source("a", "a", b"POND several", told))
    assert isinstance(taken, Several)
    assert taken.sources[0].told == Metadata(post_id="1", publication="pond-letter")
    for data, words in ((b"POND several", "several texts"), (b"POND list", "publications")):
        with pytest.raises(InputError, match=words):
            ingest.read(data, "a")
    assert reader.format_of(Source("a", "a", b"POND list")).name == "pond"


def test_entries_of_a_feed_without_text_are_skipped() -> None:
    item = "<item><title>One</title><guid>1</guid></item>"
    feed = f"<rss version='2.0'><channel><title>A</title>{item}</channel></rss>".encode()
    taken = reader.take(Source("a/feed.xml", "feed.xml", feed))
    assert isinstance(taken, Several)
    assert [reader.take(each) for each in taken.sources] == [
        Skipped("a/feed.xml, One", "entry without text")
    ]


def test_posts_of_a_list_without_text_are_skipped() -> None:
    post = b'{"canonical_url": "https://a.example/p/b", "post_date": "2024-01-02"}'
    taken = reader.take(Source("list.json", "list.json", b"[" + post + b"]"))
    assert isinstance(taken, Several)
    assert [reader.take(each) for each in taken.sources] == [
        Skipped(
            "list.json, https://a.example/p/b", "is listed without its text; save the post itself"
        )
    ]
    with pytest.raises(InputError, match="is listed without its text"):
        reader.take(Source("post.json", "post.json", post))
