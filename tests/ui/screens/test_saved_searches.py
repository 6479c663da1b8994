"""Saved searches stand above the issue list, each on its digit."""

from __future__ import annotations

from chinai_tui.ui.screens.search import SearchScreen
from tests.ui.screens.over import over, ready


async def test_a_search_is_kept_above_the_list_and_chosen_by_its_digit(
    reader, workspace, shows, lines
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(workspace, "company:cloudwalk"))
        await pilot.press("tab", "S")
        await ready(pilot)
        assert shows(reader, "kept above the issue list: company:cloudwalk")
        await pilot.press("q")
        await ready(pilot)
        fitting = len(workspace.library.rows("company:cloudwalk").rows)
        total = len(workspace.library.rows().rows)
        assert 0 < fitting < total
        assert any("1 company:cloudwalk" in line and line.split("│")[0] for line in lines(reader))
        reader.screen.issues.focus()
        await pilot.press("1")
        await ready(pilot)
        assert len(reader.screen.issues.listing.rows) == fitting
        assert shows(reader, "▸1 company:cloudwalk")
        await pilot.press("9")
        await ready(pilot)
        assert len(reader.screen.issues.listing.rows) == fitting
        await pilot.press("0")
        await ready(pilot)
        assert len(reader.screen.issues.listing.rows) == total


async def test_what_came_in_since_is_told_until_one_looks(
    reader, workspace, shows, monkeypatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("chinai_tui.workspace.saved.timestamp", lambda: "2001-01-01T00:00:00Z")
        workspace.saved.save("is:unread", "Unread ones")
    count = len(workspace.library.rows("is:unread").rows)
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        assert shows(reader, "1 Unread ones")
        assert shows(reader, f"{count} new {count}")
        reader.screen.issues.focus()
        await pilot.click("IssueList", offset=(5, 2))
        await ready(pilot)
        assert reader.screen.issues.filter_text == "is:unread"
        assert not shows(reader, f"{count} new")


async def test_saving_again_forgets(reader, workspace, shows) -> None:
    workspace.saved.save("chips")
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(workspace, "chips"))
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert shows(reader, "no longer kept: chips")
        assert workspace.saved.all() == []
        await over(pilot, SearchScreen(workspace))
        await pilot.press("ctrl+s")
        assert shows(reader, "write a query first")


async def test_a_small_list_shows_few_of_them(reader, workspace) -> None:
    for number in range(12):
        workspace.saved.save(f"chips{number}")
    async with reader.run_test(size=(120, 20)) as pilot:
        await ready(pilot)
        issues = reader.screen.issues
        assert len(issues.saved) == 12
        assert len(issues.shown_saved) == issues.size.height // 4
