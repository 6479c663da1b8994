from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.fold import fold, simplify


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SenseTime’s", "sensetime's"),
        ("Acemoğlu", "acemoglu"),
        ("ＡＩ　４", "ai 4"),
        ("商湯科技 曠視", "商汤科技 旷视"),
        ("1990–2000", "1990-2000"),
        ("İstanbul", "istanbul"),
        ("“quoted”", '"quoted"'),
    ],
)
def test_case_accents_width_and_script_are_put_aside(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(simplify(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_simplifying_touches_nothing_but_characters() -> None:
    assert simplify("Café 雲從科技") == "Café 云从科技"


def test_no_character_that_is_folded_changes_when_all_is_lowered() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert all(len(fold(char)) == 1 for char in every)
    assert all(fold(char) == fold(char).lower() for char in every)
