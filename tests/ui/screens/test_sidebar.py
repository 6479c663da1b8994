"""The sidebar of the main screen: order, names outside the catalogue, what is new, walking."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.messages import WorkspaceChanged
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.panes import Face
from chinai_tui.ui.widgets.entity_summary import Calendar
from chinai_tui.workspace import ImportOptions, Workspace
from chinai_tui.workspace.entities import VISITED
from tests.ui.screens.over import ready, until

LAMPS = """ChinAI #900: A text about lamps

SenseTime met the firm of Lyra Lamps (天琴灯). CloudWalk sold lamps to CloudWalk.
"""
FILLER = "One may read of lamps for long, and be no wiser.\n\n"
LONG = f"""ChinAI #901: A long text

Megvii stood here first.

{FILLER * 9}Then came Yitu and Megvii.

And again Megvii, near by.

{FILLER * 30}At last Megvii.

{FILLER * 30}"""


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path):
    """Bring a text in; answers with the issue's id."""

    def brought(text: str) -> str:
        file = tmp_path / f"{len(text)}.txt"
        file.write_text(text, "utf-8")
        (issue,) = workspace.transfer.import_paths([file], ImportOptions()).added
        return issue

    return brought


async def open_issue(pilot, issue: str) -> None:
    """Read an issue, with all that is looked for behind it."""
    await ready(pilot)
    screen = pilot.app.screen
    screen.read(issue)

    def shown() -> bool:
        """Whether other names were looked for, as a neighbour's too, and are in the pane."""
        found = screen._suggested.get((issue, DocumentRole.TEXT))
        return found is not None and [*screen.names.suggestions] == found

    await until(pilot, shown)
    await ready(pilot)


# The order


async def test_names_are_ordered_by_place_and_back_and_that_is_kept(
    reader, workspace, paths, bring, shows
) -> None:
    lamps = bring(LAMPS)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, lamps)
        names = reader.screen.names
        assert [each.entity.id for each in names.entities] == ["cloudwalk", "sensetime"]
        await pilot.press("tab", "S")
        assert [each.entity.id for each in names.entities] == ["sensetime", "cloudwalk"]
        assert names.current.entity.id == "cloudwalk"
        assert shows(reader, "In this issue · 2 · by place")
        assert reader.screen.status.said == "names by place in the text"
        await pilot.press("S")
        assert not shows(reader, "by place ")
        await pilot.press("S", "ctrl+q")
    again = ChinaiApp(workspace, paths, Settings())
    async with again.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        assert again.screen.names.by_place
        assert shows(again, "· by place")


async def test_terms_have_no_other_order(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("e", "tab", "tab", "S")
        assert reader.screen.face is Face.TERMS
        assert reader.screen.status.said == "terms always stand in the order of the text"
        assert not reader.screen.names.by_place


# Names that the catalogue lacks


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (60, 20)])
async def test_a_name_the_catalogue_lacks_leads_to_its_place(reader, bring, shows, size) -> None:
    lamps = bring(LAMPS)
    async with reader.run_test(size=size) as pilot:
        await open_issue(pilot, lamps)
        screen = reader.screen
        screen.use_pane(Pane.SIDEBAR)
        await pilot.press("G")
        assert shows(reader, "Not in the catalogue")
        assert shows(reader, "Enter passage i add")
        assert screen.names.suggestion.han == "天琴灯"
        await pilot.press("enter")
        assert screen.pane is Pane.READER
        start, end = screen.reader.passage
        assert "Lyra Lamps" in screen.opened.document.text[start:end]


async def test_names_of_one_issue_are_not_told_of_the_next(reader, bring) -> None:
    lamps = bring(LAMPS)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, lamps)
        assert [each.name for each in reader.screen.names.suggestions] == ["Lyra Lamps"]
        reader.screen.read("chinai-94")
        assert not reader.screen.names.suggestions
        reader.screen.read(lamps)
        # What is known already is there at once: nothing moves a moment later.
        assert [each.name for each in reader.screen.names.suggestions] == ["Lyra Lamps"]


async def test_names_are_looked_for_again_when_the_catalogue_changes(
    reader, bring, workspace, monkeypatch
) -> None:
    lamps = bring(LAMPS)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, lamps)
        names = reader.screen.names
        counts = workspace.entities.in_issue(lamps, DocumentRole.TEXT)
        names.go_to("sensetime")
        monkeypatch.setattr(workspace.terms, "suggestions_in", lambda *_: [])
        monkeypatch.setattr(workspace.entities, "in_issue", lambda *_: counts[1:])
        reader.screen.post_message(WorkspaceChanged(frozenset({lamps}), False, True))
        await until(pilot, lambda: not names.suggestions)
        assert [each.entity.id for each in names.entities] == ["sensetime"]
        assert names.current.entity.id == "sensetime"
        assert names.summary is not None


# What is told of the current name


async def test_timelines_span_the_whole_library_whatever_the_filter(reader, workspace) -> None:
    calendar = Calendar.of(workspace.library.rows().rows)
    assert calendar.first
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        names = reader.screen.names
        assert names.calendar == calendar
        reader.screen.set_filter("year:1999")
        await until(pilot, lambda: reader.screen.issues.listing.hidden > 0)
        await pilot.press("J", "K")
        reader.screen.show_summary()
        assert names.calendar == calendar


async def test_what_came_in_since_the_last_visit_is_new_until_the_page_was_seen(
    reader, workspace, bring, shows
) -> None:
    workspace.library.save_session(
        **{f"{VISITED}cloudwalk": "2001-01-01T00:00:00Z", f"{VISITED}sensetime": "2999"}
    )
    lamps = bring(LAMPS)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, lamps)
        names = reader.screen.names
        assert names.fresh == {"cloudwalk"}
        new = len(names.summary.fresh)
        assert lamps in names.summary.fresh
        assert shows(reader, f"{new} new since you last looked")
        await pilot.press("tab", "enter")
        await ready(pilot)
        await pilot.press("q")
        await ready(pilot)
        assert names.fresh == set()
        assert not shows(reader, "new since you last looked")
        reader.screen.forget_summaries()
        reader.screen.show_summary()
        assert names.summary.fresh == frozenset()


# Walking


async def test_each_mention_is_shown_in_the_middle_of_the_pane(reader, bring) -> None:
    issue = bring(LONG)
    async with reader.run_test(size=(160, 30)) as pilot:
        await open_issue(pilot, issue)
        screen = reader.screen
        screen.choose_entity("megvii")
        view = screen.reader
        text = screen.opened.document.text
        seen = []
        for _ in range(4):
            await pilot.press("full_stop")
            start, end = screen.walked
            assert text[start:end] == "Megvii"
            seen.append(view.lines.row_of(start) - round(view.scroll_y))
        middle = view.size.height // 2
        assert seen[0] < middle
        assert {abs(row - middle) <= 1 for row in seen[1:]} == {True}
        await pilot.press("comma")
        assert abs(view.lines.row_of(screen.walked[0]) - round(view.scroll_y) - middle) <= 1


async def test_the_current_name_follows_walking(reader, bring, shows) -> None:
    issue = bring(LONG)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, issue)
        screen = reader.screen
        screen.choose_entity("megvii")
        screen.names.go_to("yitu")
        screen.names.set_summary(None)
        await pilot.press("full_stop")
        assert screen.names.current.entity.id == "megvii"
        assert screen.names.summary.entity.id == "megvii"
        assert "Megvii 1 of 4" in screen.status.said


async def test_where_the_current_name_is_absent_the_shown_one_is_walked(reader, bring) -> None:
    issue = bring(LONG)
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, issue)
        screen = reader.screen
        screen.entity = "cloudwalk"
        screen.names.go_to("yitu")
        await pilot.press("full_stop")
        assert screen.entity == "yitu"
        assert "Yitu 1 of 1" in screen.status.said


# What keys do


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (
            {},
            (
                "v selects words in the text, i makes them one.",
                "H highlights, a writes a note, m bookmarks.",
                "Enter page   . , walk",
                "Enter passage   i add",
            ),
        ),
        (
            {"reader.select": "Z", "mend": "X", "note": "ctrl+n", "next_mention": "f6"},
            (
                "Z selects words in the text, X makes them one.",
                "H highlights, ^N writes a note, m bookmarks.",
                "Enter page   F6 , walk",
                "Enter passage   X add",
            ),
        ),
    ],
)
async def test_the_sidebar_tells_the_users_own_keys(workspace, paths, own, told) -> None:
    app = ChinaiApp(workspace, paths, Settings(keys=own))
    async with app.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        names, margin = app.screen.names, app.screen.margin
        assert (names.remedy, margin.remedy, names.hint, names.suggestion_hint) == told


async def test_where_no_name_is_known_it_is_told_how_one_is_made(reader, bring, shows) -> None:
    issue = bring("ChinAI #902: Quiet\n\nthe lamp was lit and all was well.\n")
    async with reader.run_test(size=(160, 45)) as pilot:
        await open_issue(pilot, issue)
        assert shows(reader, "No known name here. v selects")
