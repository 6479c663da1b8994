"""The headings of a text: shown, narrowed and chosen."""

from __future__ import annotations

import pytest

from chinai_tui.ingest import read
from chinai_tui.ui.screens.outline import OutlineScreen
from tests.ui.screens.over import over, write

TEXT = b"""# A title

First words.

## One [/b] section

Some words.

### A part of it

More words.

## Another [US] section

Last words.
"""
SIZES = [(100, 30), (40, 12)]


@pytest.fixture
def document():
    return read(TEXT, "made-up.md").document


def block(document, words: str) -> int:
    return next(n for n in document.headings() if words in document.text_of(n))


@pytest.mark.parametrize("size", SIZES)
async def test_headings_are_shown_as_they_are_the_current_one_marked(
    reader, document, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        part = block(document, "part of it")
        await over(pilot, OutlineScreen(document, part + 1))
        assert shows(reader, "One [/b] section")
        assert shows(reader, "Another [US] section")
        assert shows(reader, "▌ A part of it you are here")


@pytest.mark.parametrize("size", SIZES)
async def test_a_heading_is_chosen_with_the_keys_of_lists(reader, document, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, OutlineScreen(document, block(document, "One")))
        await pilot.press("j", "j", "k", "j", "enter")
        assert answers == [block(document, "Another")]


async def test_what_is_typed_after_a_slash_narrows_the_headings(reader, document, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        answers = await over(pilot, OutlineScreen(document, 0))
        await pilot.press("slash")
        await write(pilot, "PART")
        assert not shows(reader, "Another [US] section")
        await pilot.press("enter")
        assert answers == [block(document, "part of it")]


async def test_escape_leaves_the_box_first_and_then_the_outline(reader, document, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        answers = await over(pilot, OutlineScreen(document, 0))
        await pilot.press("slash")
        await write(pilot, "zzz")
        assert shows(reader, "no heading has these words")
        await pilot.press("escape")
        await pilot.pause()
        assert shows(reader, "Another [US] section")
        await pilot.press("escape")
        assert answers == [None]


@pytest.mark.parametrize("key", ["q", "h", "t"])
async def test_other_keys_back_out_too(reader, document, key) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, OutlineScreen(document, 0))
        await pilot.press(key)
        assert answers == [None]
