from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.normalise import normalise
from chinai_tui.text.sanitise import clean, clean_line, safe_url

DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d[];m\x07\\\u202e\r\n\t\u2028\u00a0\u00ad\u200d"),
    )
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x1b]52;c;UFdO\x1b\\b", "ab"),
        ("a\x9d52;c;UFdO\x07b", "ab"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b\x1b[31m[31mx", "x"),
        ("\x1b]0;never ended", "]0;never ended"),
        ("a\u202eb\u2066c", "abc"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("co\u00adoperate\ufeff", "cooperate"),
        ("a\tb", "a b"),
        ("\ud800x", "x"),
    ],
)
def test_what_a_terminal_would_act_on_is_gone(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧", "क्‍ष", "☃️", "[Translation] [/b] [@click=app.quit]", "商汤（SenseTime）"]
)
def test_what_belongs_to_a_script_or_a_title_stays(text: str) -> None:
    assert clean(text) == text


def test_piled_up_marks_are_cut() -> None:
    assert clean("z" + "\u0301" * 50) == "z" + "\u0301" * 8


@pytest.mark.parametrize("opener", ["\x1b[", "\x1b]", "\x9d", "\x1bP", "\x1b", "\x9b1;"])
def test_cleaning_takes_no_longer_on_hostile_text(opener: str) -> None:
    hostile = opener * 40_000 + "m" * 40_000
    started = time.process_time()
    clean(hostile)
    assert time.process_time() - started < 2


@given(HOSTILE)
def test_cleaning_leaves_nothing_dangerous_and_is_stable(raw: str) -> None:
    once = clean(raw)
    assert not DANGEROUS.search(once)
    assert clean(once) == once
    assert "\n" not in clean_line(raw)
    once.encode("utf-8")


@given(HOSTILE)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise(raw)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\u00a0" not in once
    assert not DANGEROUS.search(once)


def test_a_line_is_cut_with_an_ellipsis() -> None:
    assert clean_line("word " * 200, limit=12) == "word word w…"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://例子.example/路径",
        "HTTPS://EXAMPLE.ORG",
        "mailto:someone@example.org",
    ],
)
def test_links_that_may_open(url: str) -> None:
    assert safe_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-version",
        "//evil.example",
        "https://",
        "https://a b",
        "https://a/\x1b]8;;",
        "ja\tvascript:x",
        "mailto:a@b.example?attach=/etc/passwd",
        "https://a/" + "x" * 5000,
        "https://a/\u202egpj",
    ],
)
def test_links_that_may_not_open(url: str) -> None:
    assert safe_url(url) == ""
