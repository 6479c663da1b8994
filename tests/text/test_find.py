from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.text.find import find


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("Chip makers and chips", "chip", ["Chip", "chip"]),
        ("Chip makers and chips", "Chip", ["Chip"]),
        ("AI in China, ai anywhere", "AI", ["AI"]),
        ("cafés, CAFE", "café", ["café", "CAFE"]),
        ("Shāngtāng, Shangtang, shangtang", "Shangtang", ["Shāngtāng", "Shangtang"]),
        ("商湯與商汤", "商汤", ["商湯", "商汤"]),
        ("商湯與商汤", "商湯", ["商湯", "商汤"]),
        ("ＡＩ lab", "ai", ["ＡＩ"]),
        ("China’s “plan”", 'china\'s "plan"', ["China’s “plan”"]),
        ("deep\n  learning, deep learning", "deep learning", ["deep\n  learning", "deep learning"]),
        ("deeplearning", "deep learning", []),
        ("de\u200dep lea\ufe0frning", "deep learning", ["de\u200dep lea\ufe0frning"]),
        ("deep", "de\u200cep", ["deep"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("anything", "", []),
        ("any thing", "  ", []),
        ("anything", "\u200d", []),
    ],
)
def test_words_are_found_as_they_are_typed(text: str, needle: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, needle)] == found


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("aAbé 商湯\n\u200d.")),
    st.text(st.sampled_from("aAbé 商汤\u200d."), max_size=4),
)
def test_places_stand_in_order_and_hold_the_needle(text: str, needle: str) -> None:
    place = 0
    for start, end in find(text, needle):
        assert place <= start < end <= len(text)
        assert find(text[start:end], needle) == [(0, end - start)]
        place = end


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab 商é"), max_size=8), st.text(max_size=10), st.text(max_size=10))
def test_what_is_there_is_found(needle: str, before: str, after: str) -> None:
    text = f"{before}.{needle}.{after}"
    found = [text[start:end] for start, end in find(text, needle)]
    assert needle in found if needle.strip() else found == []
