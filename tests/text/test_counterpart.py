from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.domain.document import Document
from chinai_tui.text.counterpart import counterpart
from tests.text.building import document, rows


def test_without_headings_a_paragraph_is_as_far_into_the_text() -> None:
    one, other = document(*"abcd"), document(*"abcdefgh")
    assert [counterpart(one, block, other) for block in range(4)] == [0, 2, 4, 6]
    assert [counterpart(other, block, one) for block in range(8)] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_where_both_have_as_many_headings_it_is_as_far_into_the_section() -> None:
    one = document("a", "# One", "b", "c", "d", "# Two", "e")
    other = document("a", "b", "c", "# 一", "d", "# 二", "e", "f")
    assert [counterpart(one, block, other) for block in (0, 1, 4, 5, 6)] == [0, 3, 4, 5, 6]


def test_headings_that_only_one_has_do_not_count() -> None:
    one, other = document("# One", "a", "# Two", "b"), document(*"abcdefgh")
    assert [counterpart(one, block, other) for block in range(4)] == [0, 2, 4, 6]


@pytest.mark.parametrize("empty", [Document("", ()), document("a")])
def test_there_may_be_nothing_there(empty: Document) -> None:
    assert counterpart(document(*"abc"), 2, empty) == 0
    assert counterpart(empty, 0, document(*"abc")) == 0


DOCUMENTS = st.lists(rows, min_size=1, max_size=12).map(lambda each: document(*each))


@given(DOCUMENTS, DOCUMENTS)
def test_what_comes_later_stands_for_nothing_earlier(one: Document, other: Document) -> None:
    places = [counterpart(one, block, other) for block in range(len(one.blocks))]
    assert places == sorted(places)
    assert all(0 <= place < len(other.blocks) for place in places)
