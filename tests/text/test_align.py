from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.text.align import align, similarity

BEFORE = "The harbour office counted forty ships that spring, most of them small. "
QUOTE = "Nobody at the institute had expected the new chip to run this warm in a closed rack."
AFTER = " A week later the fans arrived, and with them a letter from the supplier."
LONG = (
    "The ledger of the mill begins in a careful hand: oats, two clerks, a lame horse sold in June. "
    "By autumn the entries grow short, and somebody has drawn a crow beside the price of coal. "
    "Pages are missing after that, cut with a knife and never returned to the binding. "
    "When the book resumes, a machine adds the columns; its zeros are flat and leave no doubt. "
    "Whoever fed it kept a diary in the margins, complaining of noise, dust and Tuesdays. "
    "The final leaf lists three debtors, none of whom can be found in any parish register."
)


def test_the_very_words() -> None:
    (found,) = align(QUOTE, BEFORE + QUOTE + AFTER, 0)
    assert (found.start, found.end, found.edits) == (len(BEFORE), len(BEFORE) + len(QUOTE), 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [("expected", "foreseen"), ("Nobody", "No one"), ("rack", "cabinet"), ("new ", "")],
)
def test_reworded(old: str, new: str) -> None:
    changed = QUOTE.replace(old, new)
    found = align(QUOTE, BEFORE + changed + AFTER, len(QUOTE) // 2)[0]
    assert abs(found.start - len(BEFORE)) <= 8
    assert abs(found.end - len(BEFORE) - len(changed)) <= 8
    assert 0 < found.edits <= 10


def test_a_long_quotation_whose_beginning_was_rewritten() -> None:
    changed = "Quite another opening stands here, of no particular use to anybody. " + LONG[180:]
    found = align(LONG, BEFORE + changed + AFTER, len(LONG) // 2)[0]
    assert found.end == len(BEFORE) + len(changed)
    assert abs(found.start - len(BEFORE)) <= 48


def test_a_long_quotation_with_a_sentence_more() -> None:
    changed = LONG[:300] + " Here somebody added a whole sentence about tea." + LONG[300:]
    found = align(LONG, BEFORE + changed + AFTER, len(LONG) // 2)[0]
    assert (found.start, found.end) == (len(BEFORE), len(BEFORE) + len(changed))


def test_every_twin_is_found() -> None:
    twin = QUOTE.replace("warm", "hot")
    found = align(QUOTE, twin + BEFORE + twin + AFTER, 20)
    assert sorted(each.start for each in found)[:2] == [0, len(twin) + len(BEFORE)]


def test_what_is_not_there() -> None:
    assert align("An owl sat upon the old watchtower all through the night", AFTER, 20) == []
    assert align("", AFTER, 5) == []
    assert align(QUOTE, "", 5) == []


def test_a_text_shorter_than_the_quotation() -> None:
    (found,) = align(QUOTE, QUOTE[:70], 20)
    assert (found.start, found.end, found.edits) == (0, 70, len(QUOTE) - 70)


@settings(max_examples=60, deadline=None)
@given(st.text("ab c商", max_size=300), st.text("ab c商", max_size=120), st.integers(0, 60))
def test_alignments_are_stretches_within_the_edits(text: str, quote: str, edits: int) -> None:
    found = align(quote, text, edits)
    for each in found:
        assert 0 <= each.start <= each.end <= len(text)
        assert each.edits <= edits
    apart = sorted((each.start, each.end) for each in found)
    assert all(first[1] <= second[0] for first, second in pairwise(apart))
    if quote and quote in text:
        assert found
        assert found[0].edits == 0


def test_similarity() -> None:
    assert similarity("same", "same") == 1.0
    assert similarity("abcd", "abxd") == 0.75
    assert similarity("abc", "xyz") == 0.0
