from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.difference import BlockChange, Side, Words, changed_words, difference
from tests.text.building import document

LAMPS = "The lamps were counted twice, and the count was right."
PORT = "A port without gulls keeps no log of them."


def told(changes: tuple[BlockChange, ...]) -> list[tuple[int | None, int | None]]:
    return [(change.old, change.new) for change in changes]


def marked(words: tuple[Words, ...]) -> str:
    marks = {Side.BOTH: "{}", Side.OLD: "[-{}-]", Side.NEW: "{{+{}+}}"}
    return "".join(marks[each.side].format(each.text) for each in words)


def test_equal_texts_do_not_differ() -> None:
    assert difference(document(LAMPS, PORT), document(LAMPS, PORT)) == ()


def test_what_was_added_and_taken_away_stands_where_it_is() -> None:
    assert told(
        difference(document(LAMPS, PORT), document(LAMPS, "Quite another matter.", PORT))
    ) == [(None, 1)]
    assert told(difference(document(LAMPS, PORT), document(PORT))) == [(0, None)]


def test_a_block_is_known_again_by_its_words() -> None:
    now = LAMPS.replace("twice", "three times")
    (change,) = difference(document(LAMPS, PORT), document(now, PORT))
    assert (change.old, change.new) == (0, 0)
    assert marked(change.words) == (
        "The lamps were counted [-twice-]{+three times+}, and the count was right."
    )
    assert marked(change.on(Side.NEW)) == (
        "The lamps were counted {+three times+}, and the count was right."
    )


def test_a_block_is_known_again_behind_one_that_was_added() -> None:
    now = document("Something that nobody had said.", LAMPS.replace("twice", "once"))
    assert told(difference(document(LAMPS), now)) == [(None, 0), (0, 1)]


def test_blocks_that_have_nothing_in_common_are_two_changes() -> None:
    assert told(difference(document(LAMPS), document("海关的账本"))) == [(0, None), (None, 0)]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("商汤科技成立于北京", "商汤科技成立于上海", "商汤科技成立于[-北京-]{+上海+}"),
        ("one two three four", "one 2 3 four", "one [-two three-]{+2 3+} four"),
        ("ends", "ends here", "ends{+ here+}"),
        ("", "all of it", "{+all of it+}"),
        ("a — b", "a – b", "a [-—-]{+–+} b"),
    ],
)
def test_words_are_told_by_their_place(before: str, after: str, shown: str) -> None:
    assert marked(changed_words(before, after)) == shown


def test_of_very_long_blocks_nothing_is_looked_for() -> None:
    before, after = "a b " * 4000, "a c " * 4000
    assert changed_words(before, after) == (Words(before, Side.OLD), Words(after, Side.NEW))


@given(st.text("ab 商汤.\n", max_size=30), st.text("ab 商汤.\n", max_size=30))
def test_both_texts_can_be_read_from_the_words(before: str, after: str) -> None:
    change = BlockChange(0, 0, changed_words(before, after))
    assert "".join(words.text for words in change.on(Side.OLD)) == before
    assert "".join(words.text for words in change.on(Side.NEW)) == after


BLOCKS = st.lists(st.sampled_from(["a b c d", "a b c e", "x y z", "商汤", "商汤科技"]), max_size=6)


@given(BLOCKS, BLOCKS)
def test_each_block_that_differs_is_told_once(before: list[str], after: list[str]) -> None:
    changes = difference(document(*before), document(*after))
    olds = [change.old for change in changes if change.old is not None]
    news = [change.new for change in changes if change.new is not None]
    assert olds == sorted(set(olds))
    assert news == sorted(set(news))
    kept = [words for number, words in enumerate(before) if number not in olds]
    assert kept == [words for number, words in enumerate(after) if number not in news]
