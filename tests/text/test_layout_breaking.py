from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.text.layout.breaking import CLOSING, OPENING, wrap
from chinai_tui.text.layout.cells import clusters
from tests.text.layouts import ANY_TEXT, PROSE, TEXT, thorough


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, 0, width, cell_len)]


@given(PROSE, st.integers(8, 200))
@thorough
def test_no_line_starts_with_closing_or_ends_with_opening_marks(text: str, width: int) -> None:
    for (_start, end), (start, _end) in pairwise(wrap(text, 0, width, cell_len)):
        if "\n" not in text[end:start]:
            assert text[start] not in CLOSING
            assert text[end - 1] not in OPENING


@given(TEXT, st.integers(20, 200))
@thorough
def test_words_that_fit_are_not_cut(text: str, width: int) -> None:
    ranges = wrap(text, 0, width, cell_len)
    inner = {start for (_start, end), (start, _end) in pairwise(ranges) if end == start}
    for word in re.finditer(r"(?<!\S)[A-Za-z’.,]{1,20}(?!\S)", text):
        assert not inner & set(range(word.start() + 1, word.end()))


@given(TEXT, st.integers(8, 60))
@thorough
def test_lines_are_as_full_as_they_can_be(text: str, width: int) -> None:
    for (first, end), (start, last) in pairwise(wrap(text, 0, width, cell_len)):
        gap = text[end:start]
        word = re.match(r"\S+", text[start:last])
        if gap == " " and word and word.group().isascii() and word.group().isalpha():
            following = text[start + word.end() : last][:1]
            if not following.strip() and text[end - 1] not in OPENING:
                assert cell_len(text[first:end]) + 1 + word.end() > width


@given(ANY_TEXT, st.integers(8, 60))
@thorough
def test_clusters_measure_as_the_whole_does(text: str, width: int) -> None:
    starts = clusters(text, cell_len)
    assert sum(cell_len(text[a:b]) for a, b in pairwise(starts)) == cell_len(text)


def test_a_plain_paragraph_fills_its_lines() -> None:
    assert lines("the quick brown fox jumps over it", 12) == [
        "the quick",
        "brown fox",
        "jumps over",
        "it",
    ]


def test_breaks_after_hyphens_and_dashes_between_letters_only() -> None:
    assert lines("a state-owned bank", 8) == ["a state-", "owned", "bank"]
    assert lines("from 2018-2019 on", 9) == ["from", "2018-2019", "on"]
    assert lines("its funds—private", 10) == ["its funds—", "private"]


def test_chinese_breaks_between_characters_but_not_before_closing_marks() -> None:
    assert lines("他们研究人工智能，很久了。", 16) == ["他们研究人工智", "能，很久了。"]
    assert lines("公司（名为旷视）成立", 6) == ["公司", "（名为", "旷视）", "成立"]
    assert lines("“重点”和“难点”", 7) == ["“重点”", "和“难", "点”"]
    assert lines("一段——说明", 5) == ["一", "段——", "说明"]


def test_a_latin_word_beside_chinese_stays_whole() -> None:
    assert lines("由SenseTime商汤开发", 11) == ["由SenseTime", "商汤开发"]
    assert lines("国家队 (national team)", 10) == ["国家队", "(national", "team)"]


def test_a_chinese_space_breaks_like_any_other() -> None:
    assert lines("第一\u3000第二\u3000第三", 7) == ["第一", "第二", "第三"]


def test_wide_characters_never_straddle_the_edge() -> None:
    assert lines("字字字字字", 5) == ["字字", "字字", "字"]


def test_emoji_and_marks_are_not_taken_apart() -> None:
    assert lines("👩‍👩‍👧👩‍👩‍👧🇨🇳🇨🇳", 4) == ["👩‍👩‍👧👩‍👩‍👧", "🇨🇳🇨🇳"]
    assert lines("🇨🇳🇨🇳🇨🇳", 5) == ["🇨🇳🇨🇳", "🇨🇳"]
    assert lines("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_a_long_address_is_cut_behind_its_slashes() -> None:
    url = "https://example.org/reports/2020/summary?lang=en"
    assert lines(f"See {url} there", 24) == [
        "See",
        "https://example.org/",
        "reports/2020/summary?",
        "lang=en there",
    ]


def test_a_word_longer_than_the_line_is_cut_by_cells() -> None:
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
