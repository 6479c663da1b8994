from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.text.pinyin import spells, tone_marks


@pytest.mark.parametrize(
    ("numbered", "marked"),
    [
        ("hua4she2tian1zu2", "huà shé tiān zú"),
        ("Ren2gong1 zhi4neng2", "Rén gōng zhì néng"),
        ("xiong2, hui4-liu2·shuang3", "xióng huì liú shuǎng"),
        ("nv3 lu:4 lü4 lve4 NV3", "nǚ lǜ lǜ lüè NǙ"),
        ("ou1 guai4 jiu3 gui3 xue2", "ōu guài jiǔ guǐ xué"),
        ("ma5 de0", "ma de"),
        ("zher4 er2", "zhèr ér"),
    ],
)
def test_a_mark_stands_on_the_vowel_that_carries_the_tone(numbered: str, marked: str) -> None:
    assert " ".join(tone_marks(numbered)) == unicodedata.normalize("NFC", marked)


@pytest.mark.parametrize(
    "text", ["", "gpt4", "deng", "huà", "deng1 2", "deng11", "x1y2", "the lamp 1", "灯1", "deng6"]
)
def test_anything_else_is_no_numbered_pinyin(text: str) -> None:
    assert tone_marks(text) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [("shangtang", 2), ("Guójiāduì", 3), ("xi'an", 2), ("xian", 2), ("xian", 1), ("nǚ'ér", 2)],
)
def test_letters_are_read_as_syllables(text: str, count: int) -> None:
    assert spells(text, count)


@pytest.mark.parametrize(
    ("text", "count"), [("shangtang", 1), ("lantern", 2), ("", 0), ("", 1), ("灯", 1), ("12", 2)]
)
def test_letters_that_are_no_such_pinyin(text: str, count: int) -> None:
    assert not spells(text, count)


syllables = st.sampled_from("deng hua she tian zu zhuang lü er ai yuan qiong jiu gui ou".split())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(syllables, st.integers(1, 4)), min_size=1, max_size=9))
def test_marks_change_no_letter_and_each_syllable_has_one(found: list[tuple[str, int]]) -> None:
    marked = tone_marks("".join(f"{syllable}{tone}" for syllable, tone in found))
    tones = "\u0304\u0301\u030c\u0300"
    for (syllable, tone), shown in zip(found, marked, strict=True):
        parts = unicodedata.normalize("NFD", shown)
        assert [char for char in parts if char in tones] == [tones[tone - 1]]
        bare = "".join(char for char in parts if char not in tones)
        assert unicodedata.normalize("NFC", bare) == syllable
    assert spells("".join(marked), len(found))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aou nghei1234'ü灯-", max_size=60), st.integers(0, 30))
def test_no_text_makes_it_fail(text: str, count: int) -> None:
    assert all(tone_marks(text))
    assert spells(text, count) in (True, False)
