from __future__ import annotations

import pytest

from chinai_tui.text.tags import tags_of


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
