"""Going back to a page from the passage one chose on it."""

from __future__ import annotations

import pytest

from chinai_tui.ui.screens.catch_up import CatchUpScreen
from chinai_tui.ui.screens.catch_up.rows import IssueHead
from chinai_tui.ui.screens.company import CompanyScreen
from chinai_tui.ui.screens.compare import CompareScreen
from chinai_tui.ui.screens.notes import NotesScreen
from chinai_tui.ui.screens.search import SearchScreen
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


async def choose_result(pilot, query: str, downs: int) -> tuple[str, int]:
    """Search and open a passage of the answer; its row, and the first row on screen."""
    app = pilot.app
    await ready(pilot)
    await app.screen.action_search()
    app.screen.box.set_query(query)
    await ready(pilot)
    await until(pilot, lambda: app.screen.result is not None)
    await ready(pilot)
    app.screen.passages.focus()
    await pilot.press(*"j" * downs)
    left = app.screen.passages.current.id, app.screen.passages.top
    await pilot.press("enter")
    await ready(pilot)
    return left


def stood(reader) -> tuple[str, int]:
    return reader.screen.passages.current.id, reader.screen.passages.top


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
@pytest.mark.parametrize("key", ["escape", "ctrl+o"])
async def test_the_answer_of_a_search_is_there_again(reader, shows, size, key) -> None:
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        before = (reader.screen.spot().issue, reader.screen.spot().top)
        left = await choose_result(pilot, "company:sensetime", 4)
        assert shows(reader, "Esc back to the search")
        there = reader.screen.spot()
        await pilot.press(key)
        await until(pilot, lambda: isinstance(reader.screen, SearchScreen))
        await ready(pilot)
        assert reader.screen.query_text == "company:sensetime"
        assert stood(reader) == left
        assert reader.screen.passages.has_focus
        await pilot.press("alt+right")
        await ready(pilot)
        assert reader.screen.spot() == there
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert stood(reader) == left
        await pilot.press("escape")
        await ready(pilot)
        assert (reader.screen.spot().issue, reader.screen.spot().top) == before
        await pilot.press("escape")
        await ready(pilot)
        assert not isinstance(reader.screen, SearchScreen)


async def test_escape_comes_back_to_the_passage_one_stepped_to(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await choose_result(pilot, "company:sensetime", 0)
        among = reader.screen.visit.among
        issues = list(dict.fromkeys(place.issue for place in among))
        assert len(issues) > 1
        steps = next(n for n, place in enumerate(among) if place.issue == issues[1])
        for step in range(steps):
            await pilot.press("greater_than_sign")
            await ready(pilot)
            assert shows(reader, f"passage {step + 2} of {len(among)}")
        assert reader.screen.opened.issue.id == issues[1]
        assert reader.screen.reader.passage[0] <= among[steps].start
        await pilot.press("less_than_sign")
        await ready(pilot)
        assert reader.screen.opened.issue.id == issues[0]
        await pilot.press("greater_than_sign")
        await ready(pilot)
        await pilot.press("escape")
        await ready(pilot)
        assert reader.screen.passages.current.place == among[steps]
        await pilot.press("escape")
        await ready(pilot)
        await pilot.press("escape")
        assert not isinstance(reader.screen, SearchScreen)


async def test_the_hits_are_walked_within_the_issue(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await choose_result(pilot, "recognition", 0)
        opened, hits = reader.screen.opened, reader.screen.hits
        assert len(hits.ranges) > 1
        seen = [hits.current]
        for _ in hits.ranges:
            await pilot.press("n")
            await ready(pilot)
            assert reader.screen.opened is opened
            seen.append(reader.screen.hits.current)
        assert set(seen) == set(hits.ranges)
        assert seen[-1] == seen[0]
        await pilot.press("N")
        assert reader.screen.hits.current == seen[-2]


async def test_what_one_looks_for_in_the_issue_goes_first_with_escape(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await choose_result(pilot, "recognition", 0)
        await pilot.press("slash")
        await write(pilot, "the")
        await pilot.press("enter", "escape")
        await ready(pilot)
        assert not isinstance(reader.screen, SearchScreen)
        assert not reader.screen.hits.needle
        await pilot.press("escape")
        await ready(pilot)
        assert isinstance(reader.screen, SearchScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_catching_up_is_opened_again_with_what_was_read_meanwhile(
    reader, workspace, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("C")
        await ready(pilot)
        heads = [row for row in reader.screen.page.rows if isinstance(row, IssueHead)]
        head = heads[1]
        reader.screen.page.go_to(head.id)
        left = reader.screen.page.current.id, reader.screen.page.top
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "^O back to catching up")
        workspace.library.mark_read([head.row.id], True)
        await pilot.press("ctrl+o")
        await ready(pilot)
        page = reader.screen
        assert isinstance(page, CatchUpScreen)
        assert (page.page.current.id, page.page.top) == left
        assert page.page.current.read
        assert shows(reader, f"{len(heads)} unread, 1 of them read by now")
        await pilot.press("alt+right")
        await ready(pilot)
        assert reader.screen.opened.issue.id == head.row.id
