from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text import tokens
from chinai_tui.text.tokens import index_form, pairs, spans, terms, words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Running companies’ runs", "run compani run"),
        ("SenseTime's and China’s", "sensetim and china"),
        ("商湯科技", "商 汤 科 技"),
        ("Face++ wins", "face plus plus win"),
        ("01.AI, GPT-4, C919", "01 ai gpt 4 c919"),
        ("1 + 1", "1 1"),
        ("国家队(national team)", "国 家 队 nation team"),
    ],
)
def test_words_are_folded_and_stemmed_and_characters_stand_alone(text: str, form: str) -> None:
    assert index_form(text) == form


@given(st.text(st.one_of(st.characters(), st.sampled_from("aB商湯'’+ .-é"))))
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    found = list(zip(terms(text), spans(text), strict=True))
    place = 0
    for token, (start, end) in found:
        assert place <= start < end <= len(text)
        assert index_form(text[start:end]) in (token, "")
        assert " " not in token
        place = end


@given(st.text(), st.sampled_from(" \n\t\u00a0\u3000\u2028"), st.text())
def test_no_token_reaches_over_a_space(before: str, space: str, after: str) -> None:
    assert terms(before + space + after) == terms(before) + terms(after)


@given(st.text(st.one_of(st.characters(), st.sampled_from("aB商湯'’+ .-é"))))
def test_words_come_with_their_tokens(text: str) -> None:
    assert [*pairs(text)] == [*zip(words(text), terms(text), strict=True)]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tokens._Terms()
    monkeypatch.setattr(tokens, "_TERMS", known)
    monkeypatch.setattr(tokens, "_MOST", 3)
    assert terms("one two three one four 商" + 40 * "汤") == [
        *("one", "two", "three", "one", "four", "商"),
        *40 * "汤",
    ]
    assert [*known] == ["four"]
