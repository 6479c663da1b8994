from __future__ import annotations

import pytest

from chinai_tui.text.tags import retagged, tags_of, untagged


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#ipo and #two-words, #路线 twice #ipo.", ("ipo", "two-words", "路线")),
        ("see #94 and a#b, C# and https://x.example/#part", ()),
        ("#a/b/ ends", ("a/b",)),
        ("", ()),
    ],
)
def test_words_that_start_with_a_number_sign_are_tags(text: str, tags: tuple[str, ...]) -> None:
    assert tags_of(text) == tags


@pytest.mark.parametrize(
    ("tags", "add", "remove", "after"),
    [
        (("ipo",), ("#Chips", "two words", " "), (), ("ipo", "Chips", "two-words")),
        (("IPO", "路線"), ("ipo",), ("#路线",), ("IPO",)),
        (("ipo",), ("chips",), ("chips", "Ipo"), ()),
    ],
)
def test_tags_are_added_and_taken_away_once_each(
    tags: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...], after: tuple[str, ...]
) -> None:
    assert retagged(tags, add, remove) == after


def test_a_tag_that_goes_is_a_word_again() -> None:
    assert untagged("#ipo of #94, a#ipo #Ipo, #ipos", ["ipo"]) == "ipo of #94, a#ipo Ipo, #ipos"
