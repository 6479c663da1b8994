from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.spelling import nearest, slips

KNOWN = {"surveillance": 4, "chips": 9, "ships": 2, "chip": 9, "policies": 1, "芯片": 5}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("surveilance", ("surveillance",)),
        ("surveillacne", ("surveillance",)),
        ("chpis", ("chips",)),
        ("chisp", ("chips", "chip")),
        ("hips", ("chips", "ships")),
        ("chip", ("chips",)),
        ("wholly", ()),
        ("ch", ()),
        ("芯", ()),
    ],
)
def test_words_like_a_misspelt_one(word: str, found: tuple[str, ...]) -> None:
    assert nearest(word, [*KNOWN], KNOWN.__getitem__) == found


@given(st.text("abc", max_size=9), st.dictionaries(st.text("abc", max_size=9), st.integers(0, 9)))
def test_what_is_found_is_known_and_like_it(word: str, known: dict[str, int]) -> None:
    found = nearest(word, [*known], known.__getitem__)
    assert set(found) <= set(known) - {word}
    assert all(abs(len(each) - len(word)) <= slips(word) for each in found)
