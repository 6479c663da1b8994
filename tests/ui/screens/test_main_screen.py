"""The main screen on the shipped library, and on texts made up for the tests."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import StoreError
from chinai_tui.ui import browser
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.commands import COMMANDS
from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.working_screen import shown_path
from chinai_tui.ui.theme import LIGHT
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.issue_list import IssueList
from tests.ui.screens.over import until

SIZES = [(160, 45), (120, 40), (100, 40), (80, 24), (60, 20), (40, 12)]


async def ready(pilot) -> None:
    """Wait for what is written and read in the background, and for what follows from it."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


# Starting


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_starts_and_every_pane_can_be_reached(reader, lines, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        for pane, widget in (
            (Pane.READER, DocumentView),
            (Pane.SIDEBAR, EntitySidebar),
            (Pane.LIST, IssueList),
        ):
            await pilot.press("tab")
            assert reader.screen.pane is pane
            assert isinstance(reader.focused, widget)
            assert all(len(line) <= size[0] for line in lines(reader))
            assert "chinai" in lines(reader)[-2]


async def test_the_first_start_opens_the_sample_and_says_what_it_is(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        assert shows(reader, "Issues · 5 · 5 unread")
        assert shows(reader, "chinai import FOLDER")
        assert shows(reader, "digest, our words · ChinAI #94")
        assert shows(reader, "▌ CloudWalk 云从科技")
        assert shows(reader, "try: c 商汤")
        assert reader.screen.issues.current.id == "chinai-94"
        assert isinstance(reader.focused, IssueList)


async def test_with_texts_of_ones_own_the_newest_unread_one_is_opened(
    reader, workspace, text_file, shows
) -> None:
    workspace.transfer.import_paths([text_file])
    newest = workspace.library.rows().rows[0].id
    workspace.library.mark_read([newest], True)
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        assert reader.screen.opened.issue.id == workspace.library.rows().rows[1].id
        assert not shows(reader, "chinai import FOLDER")
        assert not shows(reader, "try: c")


async def test_three_panes_stand_beside_each_other(reader, lines) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        title, beside = lines(reader)[:2]
        assert beside.index("Issues") < title.index("Cloudwalk") < beside.index("In this issue")
        assert "Breaking down one of China's" in beside


async def test_below_90_columns_one_pane_is_shown(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert shows(reader, "Issues · 5")
        assert not shows(reader, "In this issue")
        await pilot.press("enter")
        assert not shows(reader, "Issues · 5")
        assert shows(reader, "digest, our words")
        await pilot.press("e")
        assert shows(reader, "In this issue")
        assert not shows(reader, "digest, our words · ChinAI")


async def test_there_too_the_status_line_names_the_issue_under_the_cursor(
    reader, workspace, monkeypatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browser, "open_url", lambda url: opened.append(url) or True)
    async with reader.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = reader.screen
        await pilot.press("enter", "ctrl+d", "ctrl+d")
        await ready(pilot)
        before = screen.spot()
        await pilot.press("escape", "j")
        row = screen.issues.current
        assert row.id != before.issue
        await until(pilot, lambda: screen.status.status.issue == f"#{row.number}")
        await pilot.press("o")
        await ready(pilot)
        assert opened == [workspace.library.issue(row.id).url]
        await pilot.press("k", "enter")
        await ready(pilot)
        after = screen.spot()
        assert (after.issue, after.top) == (before.issue, before.top)


async def test_between_the_names_come_over_the_text_on_demand(reader, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        assert not shows(reader, "In this issue")
        await pilot.press("e")
        assert shows(reader, "In this issue")
        assert shows(reader, "Issues · 5")
        await pilot.press("e")
        assert not shows(reader, "In this issue")


async def test_a_resize_rearranges_and_keeps_the_pane_in_use(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert reader.screen.pane is Pane.READER
        assert not shows(reader, "In this issue")
        await pilot.resize_terminal(160, 45)
        await pilot.pause()
        assert shows(reader, "In this issue")


async def test_the_library_may_be_empty(paths, home, shows, monkeypatch) -> None:
    from chinai_tui.workspace import Workspace, bundled

    monkeypatch.setattr(bundled, "bring_in_digests", lambda *_: None)
    workspace = Workspace.open(paths, Settings())
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("J", "m", "y", "n", "D", "E", "full_stop", "enter", "space", "slash")
        await ready(pilot)
        assert shows(app, "Issues · 0")
    workspace.close()


# Moving


async def test_moving_through_the_list_shows_the_text(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("j")
        await until(pilot, lambda: reader.screen.opened.issue.id == "chinai-29")
        assert shows(reader, "Complicit")
        assert isinstance(reader.focused, IssueList)


async def test_next_and_previous_issue_from_the_text(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "J")
        assert reader.screen.opened.issue.id == "chinai-29"
        assert reader.screen.issues.current.id == "chinai-29"
        await pilot.press("K", "K")
        assert reader.screen.opened.issue.id == "low-down-peer-lending"
        await pilot.press("K")
        assert reader.screen.status.said == "no earlier issue in the list"
        assert isinstance(reader.focused, DocumentView)


async def test_back_restores_the_place_exactly(reader) -> None:
    async with reader.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "ctrl+d", "ctrl+d", "right_curly_bracket")
        view = reader.screen.reader
        place = (reader.screen.opened.issue.id, view.top_offset, view.current)
        await pilot.press("J", "ctrl+d")
        await pilot.press("ctrl+o")
        assert (
            reader.screen.opened.issue.id,
            view.top_offset,
            view.current,
        ) == place
        await pilot.press("alt+right")
        assert reader.screen.opened.issue.id == "chinai-29"
        assert view.top_offset > 0


async def test_without_a_past_back_says_so(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+o")
        assert reader.screen.status.said == "nothing to go back to"


async def test_backing_out_leads_to_the_list_and_then_out(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "tab")
        assert isinstance(reader.focused, EntitySidebar)
        await pilot.press("q")
        assert isinstance(reader.focused, DocumentView)
        await pilot.press("q")
        assert isinstance(reader.focused, IssueList)
        await pilot.press("escape")
        assert reader.is_running
        await pilot.press("q")
    assert reader._exit


async def test_keys_typed_in_one_go_lead_through_the_panes(reader) -> None:
    from textual import events

    async with reader.run_test(size=(60, 20)) as pilot:
        await ready(pilot)
        await pilot.press("e")
        reader.post_message(events.Key("h", "h"))
        reader.post_message(events.Key("h", "h"))
        await until(pilot, lambda: reader.screen.pane is Pane.LIST)
        assert isinstance(reader.focused, IssueList)


async def test_text_alone_and_everything_again(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("z")
        assert not shows(reader, "Issues · 5")
        assert not shows(reader, "In this issue")
        await pilot.press("escape")
        assert shows(reader, "Issues · 5")
        assert isinstance(reader.focused, DocumentView)


# Names


async def test_choosing_a_name_shows_what_is_known_of_it(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("tab", "tab", "g", "j", "j")
        name = reader.screen.names.current.entity
        await until(pilot, lambda: reader.screen.entity == name.id)
        await ready(pilot)
        assert reader.screen.names.summary.entity == name
        assert shows(reader, name.pinyin or name.name)


async def test_walking_the_mentions_of_the_current_name(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        screen = reader.screen
        await pilot.press("enter", "full_stop")
        text = screen.opened.document.text
        start, end = screen.walked
        assert text[start:end].lower().startswith(("cloudwalk", "云从"))
        assert "CloudWalk 1 of" in screen.status.said
        first = screen.reader.current
        await pilot.press("full_stop")
        assert "CloudWalk 2 of" in screen.status.said
        await pilot.press("comma")
        assert screen.reader.current == first


async def test_a_click_on_a_name_makes_it_the_current_one(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        reader.screen.reader.post_message(DocumentView.MentionActivated("megvii"))
        await until(pilot, lambda: reader.screen.entity == "megvii")
        assert reader.screen.names.current.entity.id == "megvii"


# Finding


async def test_find_goes_to_the_hits_as_one_types(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = reader.screen
        await pilot.press("enter", "slash", *"state")
        assert screen.hits.needle == "state"
        assert len(screen.hits.ranges) > 1
        assert shows(reader, f"1 of {len(screen.hits.ranges)} “state”")
        await pilot.press("enter", "n")
        assert screen.hits.at == 1
        assert isinstance(reader.focused, DocumentView)
        start, _ = screen.hits.current
        passage = screen.reader.passage
        assert passage[0] <= start < passage[1]
        await pilot.press("N", "N")
        assert screen.hits.at == len(screen.hits.ranges) - 1


async def test_escape_in_the_box_returns_to_where_one_was(reader, lines) -> None:
    async with reader.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        view = reader.screen.reader
        await pilot.press("enter", "ctrl+d", "right_curly_bracket")
        place = (view.top_offset, view.current)
        await pilot.press("slash", *"translated")
        assert reader.screen.hits.ranges
        await pilot.press("escape")
        assert (view.top_offset, view.current) == place
        assert not reader.screen.hits.ranges
        assert not reader.query(Input)


async def test_what_is_not_there_is_told_and_enter_returns(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "slash", *"zzz")
        assert shows(reader, "no “zzz” in this issue")
        await pilot.press("enter")
        assert not reader.screen.hits.needle


async def test_escape_puts_the_hits_out_before_it_backs_out(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "slash", *"state", "enter")
        await pilot.press("escape")
        assert not reader.screen.hits.needle
        assert isinstance(reader.focused, DocumentView)


async def test_what_is_typed_in_one_go_reaches_the_box(reader) -> None:
    """All keys are sent before the box is there, as a pasting hand or a fast one does."""
    from textual import events

    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        for key in ("slash", *"face"):
            reader.post_message(events.Key(key, "/" if key == "slash" else key))
        await until(pilot, lambda: any(box.value == "face" for box in reader.screen.query(Input)))
        await ready(pilot)
        assert reader.screen.hits.needle == "face"


# The list


async def test_the_filter_narrows_as_one_types_and_escape_takes_it_away(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"issue:29")
        await ready(pilot)
        assert shows(reader, "Issues · 5")
        assert shows(reader, "/ issue:29")
        assert shows(reader, "1 shown, 4 hidden")
        assert reader.screen.issues.current.id == "chinai-29"
        await until(pilot, lambda: reader.screen.opened.issue.id == "chinai-29")
        await pilot.press("escape")
        await ready(pilot)
        assert shows(reader, "Issues · 5")


async def test_digits_typed_in_one_go_with_the_key_of_the_box_reach_it(reader) -> None:
    from textual import events

    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        reader.screen.use_pane(Pane.LIST)
        await pilot.pause()
        for key in "/issue:29":
            name = {"/": "slash", ":": "colon"}.get(key, key)
            reader.post_message(events.Key(name, key))
        await until(pilot, lambda: reader.screen.filter_text == "issue:29")
        assert reader.screen.query_one(Input).value == "issue:29"


async def test_an_issue_that_a_filter_hides_is_marked_read_at_its_end(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        hidden = reader.screen.issues.listing.rows[-1]
        reader.screen.set_filter("issue:29")
        await ready(pilot)
        reader.screen.visit_place(Visit(Place(hidden.id, hidden.role, 0, 0)))
        await pilot.press("G")
        await ready(pilot)
        assert workspace.library.open(hidden.id).read


async def test_an_accepted_filter_stays_and_escape_in_the_list_ends_it(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"company:商汤", "enter")
        await ready(pilot)
        assert isinstance(reader.focused, IssueList)
        assert shows(reader, "/ company:商汤")
        await pilot.press("escape")
        await ready(pilot)
        assert reader.screen.filter_text == ""
        assert shows(reader, "Issues · 5 ·")


@pytest.mark.parametrize("query", ["company:nobodyknows", '"', "after:soon", "((", "colour:red"])
async def test_a_filter_that_cannot_be_read_says_why(reader, query) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("slash")
        reader.query_one(Input).value = query
        await ready(pilot)
        problems = reader.screen.workspace.search.parse(query).problems
        assert bool(reader.screen.issues.problem) is bool(problems)
        assert reader.is_running


async def test_u_marks_read_at_once_and_for_good(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("u")
        assert shows(reader, "Issues · 5 · 4 unread")
        await ready(pilot)
        assert workspace.library.open("chinai-94").read
        await pilot.press("u")
        await ready(pilot)
        assert not workspace.library.open("chinai-94").read


async def test_the_end_of_a_text_marks_it_read_and_space_goes_on(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "G")
        await ready(pilot)
        assert workspace.library.open("chinai-94").read
        await pilot.press("space")
        await ready(pilot)
        assert reader.screen.opened.issue.id == "chinai-29"
        assert not workspace.library.open("chinai-29").read


async def test_a_text_that_is_only_looked_at_from_the_list_stays_unread(reader, workspace) -> None:
    async with reader.run_test(size=(160, 200)) as pilot:
        await ready(pilot)
        await pilot.press("j")
        await until(pilot, lambda: reader.screen.opened.issue.id == "chinai-29")
        await ready(pilot)
        assert not workspace.library.open("chinai-29").read


# Marks and notes


async def test_a_bookmark_is_made_shown_and_taken_away(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "right_curly_bracket", "m")
        await ready(pilot)
        (mark,) = workspace.notes.bookmarks()
        assert mark.anchor.start == reader.screen.reader.passage[0]
        assert reader.screen.status.said == "bookmarked; a letter at once names it"
        await until(pilot, lambda: reader.screen.issues.current.bookmarks == 1)
        await ready(pilot)
        assert shows(reader, "★")
        await pilot.press("right_curly_bracket", "left_curly_bracket", "m")
        await ready(pilot)
        assert workspace.notes.bookmarks() == []
        assert reader.screen.status.said == "bookmark taken away"


async def test_a_highlight_on_the_selection_can_be_undone(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        view = reader.screen.reader
        await pilot.press("enter", "right_curly_bracket", "v", "w", "w", "e")
        selected = view.selection
        await pilot.press("H")
        await ready(pilot)
        (mark,) = workspace.notes.of_issue("chinai-94")
        assert (mark.anchor.start, mark.anchor.end) == selected
        assert [m for m in reader.screen.marks() if m.id == mark.id]
        assert view.selection is None
        await pilot.press("u")
        await ready(pilot)
        assert workspace.notes.of_issue("chinai-94") == []
        assert reader.screen.status.said == "undone: highlight"
        await pilot.press("ctrl+r")
        await ready(pilot)
        assert len(workspace.notes.of_issue("chinai-94")) == 1


async def test_copying_takes_the_citation_along(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "right_curly_bracket", "y")
        await ready(pilot)
        start, end = reader.screen.reader.passage
        assert reader.screen.opened.document.text[start:end].split()[0] in reader.clipboard
        assert "94" in reader.clipboard
        assert reader.screen.status.said == "copied “In brief” (2 words) with its citation"


async def test_the_speaker_of_a_marked_passage_can_be_changed(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("enter", "right_curly_bracket", "W")
        await pilot.press("escape", "m")
        await ready(pilot)
        await pilot.press("W")
        await pilot.pause()
        assert shows(reader, "Whose words?")
        await pilot.press(*"kkkkk", "enter")
        await ready(pilot)
        (mark,) = workspace.notes.bookmarks()
        assert mark.voice.kind == "commentary"
        await until(pilot, lambda: shows(reader, "· commentary"))


async def test_a_change_from_behind_is_shown_without_moving_the_text(reader, workspace) -> None:
    async with reader.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        view = reader.screen.reader
        await pilot.press("enter", "ctrl+d", "right_curly_bracket")
        place = (view.top_offset, view.current)
        start, end = view.passage
        workspace.notes.note("chinai-94", DocumentRole.DIGEST, start, end, "a thought")
        await until(pilot, lambda: reader.screen.issues.current.notes == 1)
        await ready(pilot)
        assert (view.top_offset, view.current) == place
        assert [m for m in reader.screen.marks() if m.kind == "note"]


async def test_a_change_from_behind_does_not_bring_another_text(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"issue:29", "enter")
        await ready(pilot)
        reader.screen.go_to_answer(Place("chinai-23", DocumentRole.DIGEST, 0, 0))
        workspace.library.mark_read(["chinai-29"], True)
        await until(pilot, lambda: reader.screen.issues.listing.rows[0].read)
        await ready(pilot)
        assert reader.screen.opened.issue.id == "chinai-23"


async def test_a_write_that_fails_says_so_in_one_line(reader, monkeypatch) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)

        def full(*_: object) -> None:
            raise StoreError("annotations.json: not saved: no space\x1b[2J left")

        monkeypatch.setattr(reader.screen.workspace.notes, "bookmark", full)
        await pilot.press("m")
        await ready(pilot)
        assert reader.screen.status.said == "not done: annotations.json: not saved: no space left"
        assert reader.screen.status.warning


async def test_a_fault_in_the_background_does_not_end_the_reader(reader, monkeypatch) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)

        def broken(*_: object) -> None:
            raise ZeroDivisionError("by zero")

        monkeypatch.setattr(reader.screen.workspace.notes, "highlight", broken)
        await pilot.press("H")
        await ready(pilot)
        assert "ZeroDivisionError" in reader.screen.status.said
        assert reader.is_running


# Places


async def test_a_place_is_visited_and_its_neighbours_can_be_stepped_to(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = reader.screen
        places = tuple(
            Place(issue, DocumentRole.DIGEST, 300, 310)
            for issue in ("chinai-29", "chinai-94", "chinai-23")
        )
        screen.go_to_answer(Visit(places[0], places))
        await pilot.pause()
        assert screen.opened.issue.id == "chinai-29"
        start, end = screen.reader.passage
        assert start <= 300 < end
        assert isinstance(reader.focused, DocumentView)
        await pilot.press("greater_than_sign", "greater_than_sign")
        assert screen.opened.issue.id == "chinai-23"
        await pilot.press("greater_than_sign")
        assert screen.status.said == "that was the last passage"
        await pilot.press("less_than_sign")
        assert screen.opened.issue.id == "chinai-94"
        assert screen.status.said == "passage 2 of 3"


async def test_a_bare_place_will_do_and_backing_out_changes_nothing(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = reader.screen
        screen.go_to_answer(None)
        assert screen.opened.issue.id == "chinai-94"
        screen.go_to_answer(Place("chinai-23", DocumentRole.DIGEST, 0, 0))
        assert screen.opened.issue.id == "chinai-23"
        await pilot.press("ctrl+o")
        assert screen.opened.issue.id == "chinai-94"


async def test_a_place_that_is_gone_is_told(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        reader.screen.go_to_answer(Place("no-such", DocumentRole.TEXT, 0, 0))
        await pilot.pause()
        assert "no such issue" in reader.screen.status.said
        assert reader.screen.opened.issue.id == "chinai-94"


# Coming back


async def test_where_one_was_is_there_again(reader, workspace, paths) -> None:
    async with reader.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        await pilot.press("j", "enter", "ctrl+d", "ctrl+d")
        top = reader.screen.reader.top_offset
        await pilot.press("ctrl+q")
    assert top > 0
    again = ChinaiApp(workspace, paths, Settings())
    async with again.run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        assert again.screen.opened.issue.id == "chinai-29"
        assert again.screen.reader.top_offset == top
        assert again.screen.issues.current.id == "chinai-29"
        assert isinstance(again.focused, DocumentView)


async def test_line_length_and_theme_are_kept(reader, paths) -> None:
    from chinai_tui import config

    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        view = reader.screen.reader
        seen = view.lines.width
        assert seen < view.measure
        await pilot.press("plus")
        assert view.lines.width == seen
        await pilot.press("minus", "minus")
        assert view.lines.width == seen - 8
        reader.screen.action_theme()
        assert reader.theme == "ink-light"
        await ready(pilot)
        strips = reader.screen._compositor.render_strips()
        grounds = {s.style.bgcolor.name for strip in strips for s in strip if s.style}
        thumb = LIGHT["rule"]
        assert grounds - {thumb} == {LIGHT[role] for role in ("ground", "pane", "current-row")}
    settings = config.load(paths.settings)
    assert settings.measure == seen - 8
    assert settings.theme == "light"


# Commands


async def test_the_palette_runs_a_command_by_its_name(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("colon", *"text alone", "enter")
        await pilot.pause()
        assert reader.screen.zen
        assert not shows(reader, "Issues · 5")


async def test_help_finds_a_key_by_what_it_does(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert shows(reader, "Everywhere in the reader")
        await pilot.press(*"bookmark this")
        await pilot.pause()
        assert shows(reader, "m mark Bookmark this paragraph")
        assert not shows(reader, "Search the whole library")
        await pilot.press("ctrl+u", *"list.saved")
        await pilot.pause()
        (told,) = (c.help for c in COMMANDS if c.id == "list.saved")
        assert shows(reader, told)
        await pilot.press("escape")
        assert isinstance(reader.focused, IssueList)


async def test_own_keys_work_and_stand_in_the_footer(workspace, paths, lines) -> None:
    app = ChinaiApp(workspace, paths, Settings(keys={"next_issue": "ctrl+n", "fly": "x"}))
    async with app.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        assert "[keys] fly: no such command" in app.screen.status.said
        assert "^N K issue" in lines(app)[-1]
        await pilot.press("J")
        assert app.screen.opened.issue.id == "chinai-94"
        await pilot.press("ctrl+n")
        assert app.screen.opened.issue.id == "chinai-29"


async def test_exported_notes_and_a_saved_issue_are_named(reader, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        await pilot.press("E")
        assert reader.screen.status.said == "no notes on this issue to export"
        await pilot.press("enter", "right_curly_bracket", "H")
        await ready(pilot)
        await pilot.press("E")
        await ready(pilot)
        (file,) = (tmp_path / "chinai-notes").glob("*.md")
        assert reader.screen.status.said == f"1 note in {shown_path(file)}"
        await pilot.press("s")
        await ready(pilot)
        assert reader.screen.status.said.startswith(f"saved as {shown_path(file.parent)}")


async def test_control_c_says_how_one_leaves(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+c")
        assert reader.screen.status.said == "^Q leaves the reader"
        assert reader.is_running


async def test_no_picture_of_the_screen_is_written(reader, tmp_path) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await reader.run_action(f"screenshot('x.svg', {str(tmp_path)!r})")
        assert not (tmp_path / "x.svg").exists()


# Catching up


@pytest.mark.parametrize(("read_at", "is_read"), [("opening", True), ("end", False)])
async def test_an_issue_is_read_once_it_is_opened_where_that_is_set(
    workspace, paths, read_at, is_read
) -> None:
    app = ChinaiApp(workspace, paths, Settings(read_at=read_at))
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        app.screen.use_pane(Pane.LIST)
        await pilot.press("g", "j")
        await ready(pilot)
        row = app.screen.issues.current
        assert not row.read
        await pilot.press("enter")
        await ready(pilot)
        assert app.screen.issues.row(row.id).read is is_read
