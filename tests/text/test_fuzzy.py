from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from chinai_tui.text.fuzzy import (
    Names,
    Rank,
    Tier,
    compact,
    syllables,
    words,
)


def table(*names: str, pinyin: tuple[str, ...] = ()) -> Names:
    return Names(list(enumerate(names)), list(enumerate(pinyin, len(names))))


def tier(query: str, name: str = "", pinyin: str = "") -> Tier | None:
    names = table(name) if name else table(pinyin=(pinyin,))
    rank = names.match(query).get(0)
    return rank.tier if rank else None


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("lotus ai", "Lotus AI", Tier.EXACT),
        ("LOTUS-AI", "Lotus AI", Tier.EXACT),
        ("莲花", "蓮花", Tier.EXACT),
        ("face++", "Face++", Tier.EXACT),
        ("face", "Face++", Tier.PREFIX),
        ("lot", "Lotus AI", Tier.PREFIX),
        ("nrb", "National River Bank", Tier.INITIALS),
        ("bri", "Bureau of River Inspection", Tier.INITIALS),
        ("bori", "Bureau of River Inspection", Tier.INITIALS),
        ("river", "National River Bank", Tier.WORD),
        ("river ba", "National River Bank", Tier.WORD),
        ("技术", "莲花技术", Tier.WORD),
        ("nr", "National River Bank", Tier.INITIALS_START),
        ("rr", "The River Review", Tier.INITIALS),
        ("rrev", "The River Review", Tier.TYPO),
        ("rr", "River 江 Review 江", Tier.INITIALS),
        ("river'b", "River Bank", Tier.PREFIX),
        ("ri'v", "River Bank", None),
        ("ntaional", "National River Bank", Tier.TYPO),
        ("nat ban", "National River Bank", Tier.WORDS),
        ("bank river", "National River Bank", Tier.WORDS),
        ("nat iver", "National River Bank", None),
        ("莲术", "莲花技术", Tier.WORDS),
        ("rvier", "National River Bank", Tier.TYPO),
        ("花枝技", "莲花技术", None),
        ("zebra", "National River Bank", None),
    ],
)
def test_a_name_is_found_at_its_tier(query: str, name: str, expected: Tier | None) -> None:
    assert tier(query, name=name) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lianhua", Tier.PINYIN),
        ("lian hua", Tier.PINYIN),
        ("Liánhuā", Tier.PINYIN),
        ("lian2hua1", Tier.PINYIN),
        ("jishu", Tier.PINYIN),
        ("lhjs", Tier.INITIALS),
        ("linahua", Tier.TYPO),
        ("lian'hua", Tier.PINYIN),
        ("li'an", Tier.TYPO),
    ],
)
def test_pinyin_with_and_without_tones_and_spaces(query: str, expected: Tier) -> None:
    assert tier(query, pinyin="Liánhuā Jìshù") == expected


def test_v_is_typed_for_umlaut_u() -> None:
    assert tier("lvmeng", pinyin="Lǜméng") == Tier.PINYIN


def test_tiers_are_in_order() -> None:
    names = table("Lotus", "Lotus Bank", "Red Lotus", "Lotsu", pinyin=("Lótūs Hé",))
    ranks = names.match("lotus")
    assert sorted(ranks, key=ranks.__getitem__) == [0, 1, 2, 4, 3]


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("loms", "Lots", True),  # one letter wrong
        ("lots", "Mots", True),  # the first letter wrong
        ("otus", "Lotus", True),  # the first missing
        ("xlotus", "Lotus", True),  # one too much before
        ("oltus", "Lotus", True),  # the first two swapped
        ("lxxs", "Lots", False),  # two slips in four letters
        ("lto", "Lot", False),  # too short for any
        ("sentsime", "SenseTime", True),  # swapped around a missing letter: two edits
        ("rivrebnk", "River Bank", True),
        ("rvrebnk", "River Bank", False),
        ("acemolgu", "Daron Acemoglu", True),  # in a surname
    ],
)
def test_slips_allowed_by_length(query: str, name: str, found: bool) -> None:
    assert (0 in table(name).match(query)) is found


def test_a_slip_in_the_start_of_a_longer_name_comes_after_one_in_a_whole_name() -> None:
    ranks = table("Lotus Intelligence", "Lotus").match("loutsi")
    assert ranks[1] == Rank(Tier.TYPO, 4)
    assert table("Lotus Intelligence").match("lotsu")[0] == Rank(Tier.TYPO, 3)


def test_a_whole_name_in_pinyin_comes_before_the_start_of_a_longer_one() -> None:
    ranks = table(pinyin=("Liánhuā Jìshù", "Liánhuā", "Hóng Liánhuā")).match("lianhua")
    assert sorted(ranks, key=ranks.__getitem__) == [1, 0, 2]


def test_what_is_misspelt_comes_after_all_that_fits() -> None:
    names = table("Lotus Bank", "River Lotus", "Lotsu")
    assert names.fits("lotus").keys() == {0, 1}
    assert max(names.fits("lotus").values()) < names.misspelt("lotus")[2]
    assert names.match("lotus") == names.misspelt("lotus") | names.fits("lotus")


def test_words_are_folded_and_set_apart() -> None:
    assert words("Face++ (曠視), SENSE–time") == " face++ 旷 视 sense time"


@pytest.mark.parametrize("query", ["", "  ", "!?", "_"])
def test_nothing_fits_a_query_without_letters(query: str) -> None:
    assert table("Lotus", "+").match(query) == {}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("xunfei", ["xun", "fei"]),
        ("xian", ["xian"]),
        ("xi'an", ["xi", "an"]),
        ("fangan", ["fan", "gan"]),
        ("fang'an", ["fang", "an"]),
        ("erge", ["er", "ge"]),
        ("geren", ["ge", "ren"]),
        ("zhuangjia", ["zhuang", "jia"]),
        ("yunzhisheng", ["yun", "zhi", "sheng"]),
        ("lotusbank", ["lotusbank"]),
        ("Kēdà Xùnfēi", ["ke", "da", "xun", "fei"]),
        ("Měi-Zhōng", ["mei", "zhong"]),
    ],
)
def test_syllables_of_pinyin(word: str, expected: list[str]) -> None:
    assert syllables(word) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
@example("ß++ ﬁ İ _")
@example("a'\n'b")
def test_any_text_is_found_by_itself(name: str) -> None:
    match = Names([(0, name)], [(1, name)]).match(name)
    if compact(name):
        assert match[0] == Rank(Tier.EXACT)
    else:
        assert match == {}


def _distance_to_a_start(query: str, name: str, slips: int) -> int | None:
    lengths = range(len(query) - slips, len(query) + slips + 1)
    edits = [
        DamerauLevenshtein.distance(query, name[:length])
        for length in lengths
        if length <= len(name)
    ]
    return min(edits, default=slips + 1)


@settings(max_examples=150, deadline=None)
@given(st.text("abc", min_size=4, max_size=8), st.lists(st.text("abc", min_size=1, max_size=12)))
def test_slips_are_found_as_by_comparing_with_every_start(query: str, names: list[str]) -> None:
    slips = 1 if len(query) < 6 else 2
    match = table(*names).match(query)
    for number, name in enumerate(names):
        edits = _distance_to_a_start(query, name, slips)
        begins_alike = (
            name[:1] == query[0]
            or name[:2] in (query[1:3], query[1] + query[0])
            or name[1:3] in (query[:2], query[1:3])
        )
        assert (number in match) == (edits <= slips and begins_alike)


@settings(max_examples=100, deadline=None)
@given(st.text("abcd", min_size=4, max_size=5), st.text("abcd", min_size=4, max_size=9))
def test_no_single_slip_is_lost(query: str, name: str) -> None:
    match = table(name).match(query)
    assert (0 in match) == (_distance_to_a_start(query, name, 1) <= 1)
