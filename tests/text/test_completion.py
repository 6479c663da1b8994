from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.completion import MOST, complete
from chinai_tui.text.query import parse

NAMES = {"company": ["Leon Technology", "Lenovo", "商汤"], "tag": ["leon", "later"]}


def known(field: str, value: str) -> Sequence[tuple[str, str]]:
    return [(n, field) for n in NAMES.get(field, ()) if n.lower().startswith(value.lower())]


def choices(source: str, at: int | None = None) -> list[str]:
    at = len(source) if at is None else at
    found = complete(source, at, known)
    return [source[: found.start] + choice.text + source[found.end :] for choice in found.choices]


@pytest.mark.parametrize(
    ("source", "completed"),
    [
        ("chips comp", ["chips company:"]),
        ("chips -com", ["chips -company:"]),
        ("(COMP", ["(company:"]),
        ("company:le", ['company:"Leon Technology"', "company:Lenovo"]),
        ('company:"leon t', ['company:"Leon Technology"']),
        ("a -company:商", ["a -company:商汤"]),
        ("is:un", ["is:unread"]),
        ("in:o", ["in:original"]),
        ("has:tr", ["has:translation"]),
        ("is:high", ["is:highlight"]),
        ("note", ["noted:"]),
        ("is:unread", []),
        ("kind:comp", ["kind:company"]),
        ("tag:la", ["tag:later"]),
        ("nothing:la", []),
        ("", []),
        ("a ", []),
        ('"comp', []),
    ],
)
def test_a_piece_becomes_what_it_begins(source: str, completed: list[str]) -> None:
    assert choices(source) == completed


def test_it_is_the_piece_before_the_cursor() -> None:
    assert choices("comp chips", 4) == ["company: chips"]
    assert choices("comp chips", 2)[0] == "company:mp chips"
    assert len(complete("is:", 3, known).choices) == 9
    assert len(complete("entity:", 7, lambda *_: [(str(n), "") for n in range(99)]).choices) == MOST


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_completion_lies_before_the_cursor(source: str, at: int) -> None:
    at = min(at, len(source))
    found = complete(source, at, known)
    assert 0 <= found.start <= found.end == at
    for choice in found.choices:
        assert parse(source[: found.start] + choice.text).source
