from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.domain.query import And, Field, Named, Not, Or, Query, Word
from chinai_tui.text.explain import explain
from chinai_tui.text.fields import FIELDS, VALUES
from chinai_tui.text.query import parse


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", ["everything"]),
        ("chips", ["the word “chips”"]),
        ("chip*", ["a word that begins with “chip”"]),
        ('"a b" OR c', ["one of:", "  the words “a b” side by side", "  the word “c”"]),
        (
            "a -(b OR c)",
            [
                "all of:",
                "  the word “a”",
                "  not:",
                "    one of:",
                "      the word “b”",
                "      the word “c”",
            ],
        ),
        ("last 2 days", ["appeared on or after 2019-06-01"]),
        ("after:2019-06-01", ["appeared on or after 2019-06-01"]),
        ("after:2019-06", ["appeared on or after the first day of 2019-06"]),
        ("before:2019 is:read", ["all of:", "  appeared before 2019", "  is: read"]),
        (
            'is:highlight noted:"last 2 days"',
            ["all of:", "  is: highlight", "  noted in 2019-06-01.."],
        ),
        ("mentions:>3", ["names anybody >3 times in all"]),
        (
            "(a in:translation) OR (b in:original)",
            [
                "one of:",
                "  all of:",
                "    the word “a”",
                "    words are looked for in full translations",
                "  all of:",
                "    the word “b”",
                "    words are looked for in Chinese originals",
            ],
        ),
        ('near:"a b"', ["the words “a b” near each other"]),
        (
            "a in:ALL sort:number",
            [
                "all of:",
                "  the word “a”",
                "  words are looked for everywhere, boilerplate too",
                "sorted: highest number first",
            ],
        ),
    ],
)
def test_a_query_is_told_in_words(source: str, told: list[str]) -> None:
    assert explain(parse(source, date(2019, 6, 3)), {}) == told


def test_entities_are_told_by_their_names() -> None:
    named = Named("company", "megvi", ("megvii", "x"))
    root = And((named, Not(Named("person", "nobody", ()))))
    assert explain(Query("", root), {"megvii": "Megvii"}) == [
        "all of:",
        "  names Megvii, x (company:megvi)",
        "  not:",
        "    names nobody (person:nobody)",
    ]


def test_it_is_told_whose_mentions_are_counted() -> None:
    named = Named("company", "megvi", ("megvii", "x"))
    often = Field("mentions", ">3")
    root = And((named, Or((often, Word("a"))), Not(And((Named("person", "y", ("y",)), often)))))
    assert explain(Query("", root), {"megvii": "Megvii", "y": "Yao"}) == [
        "all of:",
        "  names Megvii, x (company:megvi)",
        "  one of:",
        "    names Megvii, x >3 times in all",
        "    the word “a”",
        "  not:",
        "    all of:",
        "      names Yao (person:y)",
        "      names Yao >3 times in all",
    ]


def test_every_field_and_value_is_told() -> None:
    for name in FIELDS:
        for value in VALUES.get(name, ("2019",)):
            assert explain(parse(f"{name}:{value}"), {})


@given(st.text(max_size=40))
def test_anything_that_can_be_read_can_be_told(source: str) -> None:
    assert all(line.strip() for line in explain(parse(source), {}))
    assert explain(Query("", Word("a")), {}) == ["the word “a”"]
