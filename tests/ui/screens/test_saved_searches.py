"""Saved searches stand above the issue list, each on its digit."""

from __future__ import annotations

from chinai_tui.ui.screens.search import SearchScreen
from tests.ui.screens.over import over, ready, write


async def test_a_search_is_kept_above_the_list_and_chosen_by_its_digit(
    reader, workspace, shows, lines
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(workspace, "company:cloudwalk"))
        await pilot.press("tab", "S")
        await ready(pilot)
        assert shows(reader, "Keep this search as")
        await pilot.press("enter")
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


async def test_a_name_is_asked_for(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(workspace, "company:cloudwalk"))
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert not shows(reader, "^G")
        await pilot.press("ctrl+g")
        assert shows(reader, "Keep this search as")
        await pilot.press("ctrl+u")
        await write(pilot, "[b] walkers")
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "kept above the issue list: [b] walkers")
        (kept,) = workspace.saved.all()
        assert (kept.name, kept.query) == ("[b] walkers", "company:cloudwalk")


async def test_escape_and_an_empty_name(reader, workspace) -> None:
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, SearchScreen(workspace, "chips"))
        await pilot.press("ctrl+s", "escape")
        await ready(pilot)
        assert workspace.saved.all() == []
        assert isinstance(reader.screen, SearchScreen)
        await pilot.press("ctrl+s", "ctrl+u", "enter")
        await ready(pilot)
        assert [each.name for each in workspace.saved.all()] == ["chips"]


async def test_a_kept_search_is_forgotten_from_the_search(reader, workspace, shows) -> None:
    workspace.saved.save("chips", "Wafers")
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(workspace, "chips"))
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert shows(reader, "Rename this search")
        assert shows(reader, "^G forget it")
        await pilot.press("ctrl+g")
        await ready(pilot)
        assert shows(reader, "no longer kept: Wafers")
        assert workspace.saved.all() == []
        await over(pilot, SearchScreen(workspace))
        await pilot.press("ctrl+s")
        assert shows(reader, "write a query first")


async def test_a_saved_search_is_renamed_and_forgotten_in_the_list(
    reader, workspace, shows
) -> None:
    workspace.saved.save("is:unread", "New ones")
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        reader.screen.issues.focus()
        await pilot.press("S")
        assert shows(reader, "filter the list first, or choose a saved search")
        await pilot.press("1")
        await ready(pilot)
        assert shows(reader, "S renames or forgets this search, 0 shows all issues")
        await pilot.press("S", "ctrl+u")
        await write(pilot, "Unread")
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "1 Unread")
        await pilot.press("S", "ctrl+g")
        await ready(pilot)
        assert workspace.saved.all() == []
        assert not shows(reader, "1 Unread")


async def test_a_row_stays_in_a_saved_search_while_the_cursor_is_on_it(
    reader, workspace, shows
) -> None:
    workspace.saved.save("is:unread", "Unread ones")
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        issues = reader.screen.issues
        issues.focus()
        await pilot.press("1", "j")
        await ready(pilot)
        shown, current = len(issues.listing.rows), issues.current.id
        await pilot.press("u")
        await ready(pilot)
        reader.screen.fill_list()
        assert issues.current.id == current
        assert issues.current.read
        assert len(issues.listing.rows) == shown
        await pilot.press("j", "u")
        await ready(pilot)
        reader.screen.fill_list()
        await pilot.pause()
        assert current not in [row.id for row in issues.listing.rows]
        assert shows(reader, f"{shown - 1} shown, 1 read one hidden")


async def test_a_small_list_shows_few_of_them(reader, workspace) -> None:
    for number in range(12):
        workspace.saved.save(f"chips{number}")
    async with reader.run_test(size=(120, 20)) as pilot:
        await ready(pilot)
        issues = reader.screen.issues
        assert len(issues.saved) == 12
        assert len(issues.shown_saved) == issues.size.height // 4
