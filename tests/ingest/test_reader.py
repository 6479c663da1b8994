from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import Document
from chinai_tui.errors import InputError

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
    from chinai_tui.ingest import reader

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
