from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.entities.links import links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/x?y=1 now", ["https://a.example/x?y=1"]),
        ("HTTP://A.example, WWW.a.example", ["HTTP://A.example,", "WWW.a.example"]),
        ("见https://a.example/wiki/莲花。莲花", ["https://a.example/wiki/莲花"]),
        ("见https://a.example/b莲花", ["https://a.example/b"]),
        ("a.b+c@d-e.example and @handle", ["a.b+c@d-e.example", "@handle"]),
        (
            "lotus.com, docs.lotus.ai/x and\nlotus.org",
            ["lotus.com", "docs.lotus.ai/x", "lotus.org"],
        ),
        ("Lotus.com and U.S.-based at 5 p.m. in Lotus.AI", []),
        ("the end.Cologne, e.g. this.", []),
        ("", []),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in links(text)] == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA.@/:w 莲\ncom")))
def test_links_are_in_order_and_hold_no_space(text: str) -> None:
    end = 0
    for start, stop in links(text):
        assert end <= start < stop
        assert not any(map(str.isspace, text[start:stop]))
        end = stop


@pytest.mark.parametrize("unit", ["a", "a.", "a@", "www.", "://", ".com", "@a.com/"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    began = time.process_time()
    links(unit * 50_000)
    assert time.process_time() - began < 2
