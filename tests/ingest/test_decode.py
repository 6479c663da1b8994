from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.errors import InputError
from chinai_tui.ingest.decode import decode, refusal

CHINESE = "这是一家中国公司的新闻，他们在做人工智能。我们会看到更多的变化。"
WESTERN = "The café’s “naïve” plan – a façade – cost £5."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "utf-8"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-16"),
        (WESTERN, "utf-16-le"),
        (WESTERN, "utf-16-be"),
        (WESTERN, "utf-32"),
        (WESTERN, "cp1252"),
        (CHINESE, "gb18030"),
    ],
)
def test_encodings_that_are_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("big5", "big5"), ("shift_jis", "cp932"), ("ISO-8859-1", "cp1252")],
)
def test_a_page_declares_its_encoding(declared: str, encoding: str) -> None:
    words = {"big5": "這是一則新聞", "cp932": "これは日本語です", "cp1252": "naïve words, façade"}
    page = f'<html><meta charset="{declared}"><p>{words.get(encoding, CHINESE)} and on</p>'
    assert decode(page.encode(encoding), "a.html") == page


@pytest.mark.parametrize(
    "data",
    [
        "한국어 텍스트입니다 인공지능".encode("euc-kr"),
        "Привет, это русский текст".encode("koi8-r"),
        "これは日本語の文章です。".encode("shift-jis"),
        "這是一則關於公司的新聞。".encode("big5"),
        b"<html><meta charset=utf-7><p>+ABs-]52;c;\x81\x8d</p>",
        b"<html><meta charset=../../x><p>\x81\x8d\x8f</p>",
    ],
)
def test_no_text_in_the_wrong_letters(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: is neither UTF-8"):
        decode(data, "a.txt")


def test_damaged_utf8_is_named_with_its_line() -> None:
    data = f"one\n{CHINESE}\n".encode() + b"\xe5\x95 and on\n"
    with pytest.raises(InputError, match="damaged byte in line 3"):
        decode(data, "a.txt")


def test_a_mark_that_the_bytes_do_not_keep() -> None:
    with pytest.raises(InputError, match="begins as UTF-16-LE but byte"):
        decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00", "a.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\x00", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"PK\x03\x04rest", "is a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"words\x00words", "is binary"),
        (b"\x01\x02\x03\x04 a", "is binary"),
    ],
)
def test_refusal_names_the_reason(data: bytes, reason: str) -> None:
    assert refusal(data).startswith(reason)
    with pytest.raises(InputError):
        decode(data, "a.txt")


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except InputError:
        return
    assert text
    assert not refusal(data)


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_byte_order_mark_alone_is_empty(mark: bytes) -> None:
    assert refusal(mark) == "is empty"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "is a zip archive; unpack it first"),
        (b"\x1f\x8b\x08", "is a gzip archive; unpack it first"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml",
            "is an office document, not a text; save it as text, Markdown or HTML first",
        ),
    ],
)
def test_an_archive_is_to_be_unpacked(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


def test_a_zero_in_every_sixth_place_is_no_wide_encoding() -> None:
    with pytest.raises(InputError, match="is binary"):
        decode(b"words\x00" * 200, "a.txt")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_wide_encoding_of_two_languages(encoding: str) -> None:
    text = f"On artificial intelligence: {CHINESE}"
    assert decode(text.encode(encoding), "a.txt") == text
