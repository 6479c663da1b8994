"""Jumping to a name: what is shown while one types, and what comes of it."""

from __future__ import annotations

import pytest

from chinai_tui.ui.screens.jump import JumpScreen
from chinai_tui.ui.widgets.jump_list import JumpList
from tests.ui.screens.over import over, until, write

SIZES = [(120, 40), (60, 20)]


def names(app) -> list[str]:
    return [hit.entity.id for hit in app.screen.query_one(JumpList).hits]


@pytest.mark.parametrize("size", SIZES)
async def test_without_letters_the_most_mentioned_are_offered(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        assert shows(reader, "most mentioned")
        hits = reader.screen.query_one(JumpList).hits
        assert hits
        assert [hit.mentions for hit in hits] == sorted((h.mentions for h in hits), reverse=True)
        assert shows(reader, f"▌ {hits[0].entity.name}")


@pytest.mark.parametrize("typed", ["sensetme", "商汤", "shangtang", "商湯", "SenseTime"])
async def test_a_name_in_any_script_and_with_a_slip_is_first(reader, typed) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, typed)
        assert names(reader)[0] == "sensetime"
        await pilot.press("enter")
        assert answers == ["sensetime"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_tells_characters_the_name_that_matched_and_counts(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "face++")
        hit = reader.screen.query_one(JumpList).hits[0]
        assert hit.entity.id == "megvii"
        assert shows(reader, f"▌ Megvii {hit.entity.han} {hit.matched}")
        counted = str(hit.mentions) if size[0] < 76 else f"{hit.mentions} in {hit.issues} issue"
        assert shows(reader, counted)


async def test_the_keys_of_lists_move_while_one_types(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        rows = reader.screen.query_one(JumpList)
        for key, row in (("down", 1), ("ctrl+n", 2), ("ctrl+j", 3), ("ctrl+p", 2), ("up", 1)):
            await pilot.press(key)
            assert rows.cursor == row
        wanted = rows.hits[1].entity.id
        await pilot.press("enter")
        assert answers == [wanted]


async def test_escape_leads_back_with_nothing(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "sense")
        await pilot.press("escape")
        assert answers == [None]


async def test_a_name_nobody_has_is_told_and_enter_does_nothing(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "qqzzxxqq")
        assert shows(reader, "no name like “qqzzxxqq”")
        await pilot.press("enter")
        assert answers == []


async def test_markup_in_the_box_is_shown_as_it_is(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        reader.screen.query_one("LineInput").value = "[/b] [@click=app.quit]"
        await pilot.pause()
        assert shows(reader, "no name like “[/b] [@click=app.quit]”")


async def test_the_name_under_the_cursor_is_told_of_where_there_is_room(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "cloudwalk")
        await until(pilot, lambda: shows(reader, "company · Guangzhou"))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not shows(reader, "company · Guangzhou")
