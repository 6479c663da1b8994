"""What is typed into the box for tags."""

from __future__ import annotations

import pytest

from chinai_tui.ui.screens.notes.asking import Retagging, completed, retagging

TAGS = (("ipo", 7), ("chips", 3), ("芯片", 2))


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("+ipo -chips leon", ("ipo", "leon"), ("chips",)),
        ("#ipo +#芯片 -#chips", ("ipo", "芯片"), ("chips",)),
        ("+ - #", (), ()),
        ("", (), ()),
    ],
)
def test_signs_say_what_is_given_and_what_is_taken(text, add, remove) -> None:
    assert retagging(text) == Retagging(add, remove)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ip", ["+ipo"]),
        ("+ipo -ch", ["-chips"]),
        ("-ip", []),
        ("+芯", ["+芯片"]),
        ("+ipo ", []),
        ("+ipo", []),
        ("", []),
    ],
)
def test_tags_are_completed_and_those_that_go_are_of_the_notes(text, offered) -> None:
    found = completed(text, len(text), TAGS, ("chips",))
    assert [each.text for each in found.choices] == offered
