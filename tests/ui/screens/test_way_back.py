"""Going back to a page from the passage one chose on it."""

from __future__ import annotations

import pytest

from chinai_tui.ui.screens.company import CompanyScreen
from chinai_tui.ui.screens.compare import CompareScreen
from chinai_tui.ui.screens.notes import NotesScreen
from chinai_tui.ui.widgets.passage_rows import DeferredRow
from tests.ui.screens.over import ready, until, write


async def choose_passage(pilot, company: str) -> tuple[tuple[str, int], str]:
    """Open the page of a company and a passage on it; where one was, and what was chosen."""
    app = pilot.app
    await ready(pilot)
    before = (app.screen.spot().issue, app.screen.spot().top)
    await app.screen.open_entity(company)
    await ready(pilot)
    if app.screen.is_narrow:
        await pilot.press("tab")
    await pilot.press("j", "j")
    chosen = app.screen.right.current.id
    await pilot.press("enter")
    await ready(pilot)
    return before, chosen


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_going_back_opens_the_page_where_one_left_it(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        before, chosen = await choose_passage(pilot, "sensetime")
        assert shows(reader, "^O back to SenseTime")
        there = reader.screen.spot()
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert isinstance(reader.screen, CompanyScreen)
        assert reader.screen.right.current.id == chosen
        await pilot.press("alt+right")
        await ready(pilot)
        assert reader.screen.spot() == there
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert reader.screen.right.current.id == chosen
        await pilot.press("q")
        await ready(pilot)
        assert (reader.screen.spot().issue, reader.screen.spot().top) == before
        await pilot.press("alt+right")
        await ready(pilot)
        assert reader.screen.spot() == there


async def test_filter_and_cursor_are_as_they_were(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await reader.screen.open_entity("sensetime")
        await ready(pilot)
        await pilot.press("slash")
        await write(pilot, "joint")
        await pilot.press("enter", "j")
        await ready(pilot)
        page = reader.screen
        left = ([row.id for row in page.right.rows], page.right.cursor, page.right.top)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("ctrl+o")
        await ready(pilot)
        again = reader.screen
        assert again is not page
        assert again.filter_text == "joint"
        assert ([row.id for row in again.right.rows], again.right.cursor, again.right.top) == left


async def test_the_facts_are_in_use_again_after_a_claim(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await reader.screen.open_entity("cloudwalk")
        await ready(pilot)
        claim = next(row for row in reader.screen.left.rows if row.id.startswith("claim"))
        reader.screen.left.focus()
        reader.screen.left.go_to(claim.id)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert reader.screen.left.has_focus
        assert reader.screen.left.current.id == claim.id


async def test_pages_over_pages_are_opened_over_each_other_again(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await reader.screen.open_entity("sensetime")
        await ready(pilot)
        await reader.screen.open_entity("megvii")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert reader.screen.entity_id == "megvii"
        await pilot.press("q")
        await ready(pilot)
        assert reader.screen.entity_id == "sensetime"
        await pilot.press("enter")
        await ready(pilot)
        assert type(reader.screen).__name__ == "MainScreen"


async def test_a_comparison_is_opened_again(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = CompareScreen(workspace, ["sensetime", "megvii"])
        await reader.screen.ask(screen, reader.screen.go_to_answer)
        await ready(pilot)
        entries = reader.screen.entries
        meeting = next(row for row in entries.rows if isinstance(row, DeferredRow))
        entries.go_to(meeting.id)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(reader.screen, CompareScreen))
        await ready(pilot)
        assert reader.screen.entries.current.id == meeting.id


async def test_the_notes_are_opened_again(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("tab", "m")
        await ready(pilot)
        await pilot.press("apostrophe")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert isinstance(reader.screen, NotesScreen)
