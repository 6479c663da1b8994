"""Whatever is asked is answered, soon."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinai_tui.index import Index
from chinai_tui.text.explain import explain
from chinai_tui.text.fields import FIELDS, VALUES
from chinai_tui.text.query import MOST_TOKENS, parse
from tests.index.building import document, entry, filled

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON = "chips the harbour 商汤 policy surveillance a face++".split()
TEXT = document("= Chips", *[" ".join(COMMON * 5)] * 8)
SOON = 3.0
"""Seconds of the processor that no question takes; an ordinary one takes a thousandth."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    issues = (
        entry(f"a-{number}", *TEXT.text.split("\n"), number=number, date="2019")
        for number in range(20)
    )
    made = filled(tmp_path_factory.mktemp("hostile"), *issues)
    yield made
    made.close()


def agrees(index: Index, source: str) -> bool:
    """Whether all answers to a query are of the same issues."""
    query = parse(source)
    assert explain(query, {})
    listed = {row.id for row in index.rows(query).rows}
    assert index.facets(query).issues == len(listed) == index.count(query, "")[0]
    answer = index.search(query, lambda issue, role: TEXT, 30)
    return bool(answer.widened) or {hit.issue for hit in answer.hits} == listed


PIECES = [
    *("OR", "AND", "NOT", "-", "－", "*", "＊", "(", "（", ")", '"', "“", ":", "..", "+", "'"),
    *("chips", "chi*", "商汤", "last", "last 9 days", "2019", "94", ">3", "all"),
    *("\0", "\ud800", "\udcff", "\u202e", "\x1b[31m", "¶", "𠀀", "é", "e\u0301", "\u200b"),
    *(f"{name}:" for name in FIELDS),
    *(f"{name}:{value}" for name, values in VALUES.items() for value in values),
]
anything = st.text(st.characters(), max_size=60) | st.text(
    st.characters(categories=["Cs", "Cc", "Cf", "Po", "Lo"]), max_size=30
)
pieces = st.lists(st.sampled_from(PIECES), max_size=30)


@settings(max_examples=150, deadline=None)
@example("a" * 10_000)
@given(anything | pieces.map("".join) | pieces.map(" ".join))
def test_any_string_is_answered(index: Index, source: str) -> None:
    assert agrees(index, source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(" OR ".join(f"{LETTERS[n % 26]}*" for n in range(200)), id="beginnings"),
        pytest.param(" ".join(f"{LETTERS[n % 26]}*" for n in range(60)), id="all beginnings"),
        pytest.param("-c* " * 60, id="no beginnings"),
        pytest.param(f'near:"{"chips " * 50}"', id="one word near itself"),
        pytest.param(f'near:"{" ".join(COMMON * 6)}"', id="many near"),
        pytest.param(f'near:"{" ".join(COMMON * 600)}"', id="very many near"),
        pytest.param(f'near:"{" ".join(COMMON)}"', id="common words near"),
        pytest.param("商" * 10_000, id="characters"),
        pytest.param("a" + "+" * 10_000, id="pluses"),
        pytest.param(f'"{"chips the " * 1000}"', id="long phrase"),
        pytest.param("chips " * 2000, id="words"),
        pytest.param("zzzzzzzz " * 2000, id="words that are nowhere"),
        pytest.param("".join(map(chr, range(0x4E00, 0x5200))), id="different characters"),
        pytest.param("(" * 500 + "chips" + ")" * 500, id="parentheses"),
        pytest.param("(" * 10_000, id="open parentheses"),
        pytest.param(")" * 10_000, id="closed parentheses"),
        pytest.param("(chips OR " * 500 + "a" + ")" * 500, id="groups"),
        pytest.param("-" * 10_000 + "chips", id="minus signs"),
        pytest.param("NOT " * 2500 + "chips", id="negations"),
        pytest.param("OR AND NOT - ( ) " * 600, id="operators"),
        pytest.param("in:all " * 1500 + "chips", id="places"),
        pytest.param("last 9 " * 1500, id="last"),
        pytest.param('"' * 10_000, id="quotation marks"),
        pytest.param("company:" * 1200, id="fields"),
        pytest.param("chips" + "*" * 10_000, id="stars"),
        pytest.param("a'" * 5000, id="apostrophes"),
        pytest.param("issue:" + "9" * 10_000, id="digits"),
        pytest.param("\0\ud800" * 5000, id="what no text has"),
    ],
)
def test_an_answer_comes_soon(index: Index, source: str) -> None:
    begun = time.process_time()
    assert agrees(index, source)
    assert time.process_time() - begun < SOON


def test_more_words_than_are_looked_for_are_told(index: Index) -> None:
    known = " ".join(["chips"] * MOST_TOKENS)
    assert not parse(f'"{known}"').problems
    for source in (f'a "{known}"', f'a near:"{known} b"', f'a near:"b {"商" * MOST_TOKENS}"'):
        query = parse(source)
        (problem,) = query.problems
        assert (problem.start, problem.end) == (2, len(source))
        assert query.root == parse("a").root
