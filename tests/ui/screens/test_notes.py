"""The list of notes and bookmarks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.domain.annotation import AnchorState
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.screens.notes import Listed, NotesScreen, View
from chinai_tui.ui.widgets.passage_rows import NoteRow, note_row
from chinai_tui.workspace import ImportOptions
from tests.ui.conftest import screen_lines
from tests.ui.screens.over import over, ready, write

SIZES = [(100, 30), (40, 12)]
BOOKMARKS = View(Listed.BOOKMARKS)
TOLD_WHERE_EMPTY = {
    Listed.NOTES: "m bookmark a note",
    Listed.BOOKMARKS: "m bookmarks the paragraph",
    Listed.BIN: "The bin is empty.",
}
TEXT = """---
url: https://made-up.example/p/one
---
# A [/b] text

First words of it.

Second [US] words of it.

Third words of it.
"""


@pytest.fixture
def issue(workspace, tmp_path) -> str:
    """A text of one's own with a bookmark, a note and a highlight on its paragraphs."""
    file = tmp_path / "made-up.md"
    file.write_text(TEXT, "utf-8")
    (issue,) = workspace.transfer.import_paths([file], ImportOptions()).added
    opened = workspace.library.open(issue)
    first, second, third = opened.document.blocks[1:]
    workspace.notes.bookmark(issue, opened.role, first.start, first.end)
    workspace.notes.note(issue, opened.role, second.start, second.end, "[@click=x] why? #ask")
    workspace.notes.highlight(issue, opened.role, third.start, third.end)
    return issue


def row_of(app, words: str):
    return next(row for row in read(app) if words in row.quote)


def read(app) -> list[NoteRow]:
    """The rows of the list, read."""
    return [row for each in app.screen.list.rows if (row := note_row(each))]


@pytest.mark.parametrize("size", SIZES)
async def test_everything_marked_is_listed_as_it_is(reader, workspace, issue, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, NotesScreen(workspace))
        assert shows(reader, "Notes 3 · newest")
        for words, signs in (("First", "★"), ("Second", "▸"), ("Third", "△")):
            reader.screen.list.go_to(row_of(reader, words).id)
            await pilot.pause()
            assert shows(reader, f"{signs} A [/b] text")
            assert shows(reader, f"“{words}")
        reader.screen.list.go_to(row_of(reader, "Second").id)
        await pilot.pause()
        assert shows(reader, "Second [US] words of it.”")
        assert shows(reader, "[@click=x] why?")
        assert shows(reader, "#ask")


async def test_the_issues_that_a_note_links_are_told(reader, workspace, issue, shows) -> None:
    made = workspace.notes.issue_note(issue, "See [[#94]]; not [[#9999]]")
    title = workspace.library.issue("chinai-94").title
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(made.id)
        await pilot.pause()
        assert shows(reader, f"ChinAI #94  {title[:20]}")
        assert not shows(reader, "ChinAI #9999")


async def test_bookmarks_alone_are_listed_on_demand(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace, BOOKMARKS))
        assert shows(reader, "Bookmarks 1 · newest")
        assert [row.quote for row in read(reader)] == ["First words of it."]


@pytest.mark.parametrize("listed", Listed)
@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_list_says_how_to_fill_it(reader, workspace, shows, listed, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, NotesScreen(workspace, View(listed)))
        assert shows(reader, TOLD_WHERE_EMPTY[listed])
        await pilot.press("j", "enter", "d", "r", "y", "x", "q")
        assert answers == [None]


async def test_a_note_opens_its_passage(reader, workspace, issue) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(row_of(reader, "Second").id)
        await pilot.press("enter")
        (visit,) = answers
        text = workspace.library.document(visit.place.issue, visit.place.role).text
        assert text[visit.place.start : visit.place.end] == "Second [US] words of it."
        assert len(visit.among) == 3


async def test_a_note_whose_words_are_gone_says_so_and_stays(
    reader, workspace, issue, shows, tmp_path
) -> None:
    changed = TEXT.replace("Second [US] words of it.", "Nothing at all like what was there.")
    (tmp_path / "made-up.md").write_text(changed, "utf-8")
    report = workspace.transfer.import_paths([tmp_path / "made-up.md"], ImportOptions())
    assert report.updated == (issue,)
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, NotesScreen(workspace))
        assert shows(reader, "? its words are no longer in the text")
        reader.screen.list.go_to(row_of(reader, "Second").id)
        await pilot.press("enter")
        assert answers == []
        reader.screen.list.go_to(row_of(reader, "Third").id)
        await pilot.press("enter")
        (visit,) = answers
        text = workspace.library.document(issue).text
        assert text[visit.place.start : visit.place.end] == "Third words of it."


async def test_a_filter_hides_and_counts(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("slash")
        await write(pilot, "WHY")
        await ready(pilot)
        assert shows(reader, "Notes 1 of 3 · newest")
        assert shows(reader, "“WHY” Esc clears")
        await pilot.press("enter")
        await ready(pilot)
        assert len(reader.screen.list.rows) == 1
        assert reader.screen.list.has_focus
        await pilot.press("slash", "enter")
        await ready(pilot)
        assert shows(reader, "Esc clears")
        await pilot.press("escape")
        await ready(pilot)
        assert len(reader.screen.list.rows) == 3


async def test_the_filter_takes_the_query_language(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(100, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("slash")
        await write(pilot, "-tag:ask sort:place")
        await ready(pilot)
        quotes = [row.quote for row in read(reader)]
        assert quotes == ["First words of it.", "Third words of it."]
        await pilot.press("ctrl+u")
        await write(pilot, "tagg:x is:note after:1990")
        await ready(pilot)
        assert shows(reader, "Notes 0 of 3 · newest")
        assert shows(reader, "there is no field tagg:")


async def test_what_is_listed_is_exported_and_takes_nothing_away(
    reader, workspace, issue, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path(workspace.settings.export_folder)
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace, View(text="tag:nothing")))
        await ready(pilot)
        await pilot.press("E")
        await ready(pilot)
        assert not folder.exists()
        await over(pilot, NotesScreen(workspace, View(text="why")))
        await ready(pilot)
        await pilot.press("E")
        await ready(pilot)
        (file,) = folder.glob("*.md")
        for words in ("First", "Second", "Third"):
            assert words in file.read_text("utf-8")


async def test_a_filter_that_cannot_be_read_exports_nothing(
    reader, workspace, issue, shows, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace, View(text="color:pink")))
        await ready(pilot)
        assert reader.screen.list.rows
        await pilot.press("E")
        await ready(pilot)
        assert shows(reader, "nothing is written")
    assert not Path(workspace.settings.export_folder).exists()


async def test_marked_rows_are_deleted_and_brought_back(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("x", "x", "d")
        await ready(pilot)
        assert len(workspace.notes.all()) == len(reader.screen.list.rows) == 1
        assert shows(reader, "2 deleted; u brings them back")
        await pilot.press("u")
        await ready(pilot)
        assert len(workspace.notes.all()) == len(reader.screen.list.rows) == 3


async def test_a_note_is_edited_and_a_bookmark_has_nothing_to_edit(
    reader, workspace, issue, shows
) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(row_of(reader, "Second").id)
        await pilot.press("r")
        await pilot.pause()
        await write(pilot, " And how")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert shows(reader, "[@click=x] why? #ask And how")
        reader.screen.list.go_to(row_of(reader, "First").id)
        await pilot.press("r")
        await pilot.pause()
        assert shows(reader, "a bookmark has no words")


async def test_a_note_is_copied_with_what_it_quotes_and_a_citation(
    reader, workspace, issue
) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        row = row_of(reader, "Second")
        reader.screen.list.go_to(row.id)
        await pilot.press("y")
        await ready(pilot)
        quote = workspace.citing.quote_annotation(workspace.notes.get(row.id))
        assert reader.clipboard == f"{quote}\n[@click=x] why? #ask"


async def test_a_note_on_an_entity_leads_to_its_page(reader, workspace, shows) -> None:
    workspace.notes.entity_note("cloudwalk", "on the firm")
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        assert shows(reader, "▸ CloudWalk")
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "chinai company › CloudWalk")
        await pilot.press("q")
        await ready(pilot)
        assert shows(reader, "Notes 1 · newest")


async def test_everything_is_exported(
    reader, workspace, issue, shows, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace.notes.entity_note("cloudwalk", "on the firm")
    async with reader.run_test(size=(120, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("E")
        await ready(pilot)
        files = [*Path(workspace.settings.export_folder).glob("*.md")]
        assert len(files) == 2
        assert shows(reader, "4 notes in 2 files in ")


async def test_a_change_from_elsewhere_is_shown(reader, workspace, issue) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        workspace.notes.delete([workspace.notes.bookmarks()[0].id])
        await ready(pilot)
        assert len(reader.screen.list.rows) == 2


@pytest.fixture
def memo(workspace, issue) -> list[str]:
    """The ids of three annotations of a tag, in the order of its memo."""
    ids = [note.id for note in workspace.notes.all()]
    workspace.notes.retag(ids, ["keep"], [])
    return [note.id for note in workspace.memos.ordered("keep")]


def ids(app) -> list[str]:
    return [row.id for row in app.screen.list.rows]


async def test_the_order_is_the_latest_first_or_by_place_and_the_query_wins(
    reader, workspace, issue, shows
) -> None:
    workspace.notes.entity_note("cloudwalk", "on the firm")
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace))
        assert shows(reader, "Notes 4 · newest")
        assert ids(reader) == [note.id for note in workspace.notes.all()]
        await pilot.press("o")
        await ready(pilot)
        assert shows(reader, "Notes 4 · by place")
        quotes = [row.quote[:5] for row in read(reader)]
        assert quotes == ["First", "Secon", "Third", ""]
        await pilot.press("slash")
        await write(pilot, "sort:date")
        await ready(pilot)
        assert shows(reader, "Notes 4 of 4 · newest")
        assert ids(reader) == [note.id for note in workspace.notes.all()]


async def test_a_row_of_a_memo_is_moved_and_the_cursor_stays_on_it(
    reader, workspace, memo, shows
) -> None:
    first, second, third = memo
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace, View(text="tag:keep")))
        assert shows(reader, "in the memo's order")
        assert ids(reader) == memo
        reader.screen.list.go_to(first)
        await pilot.press("J")
        await ready(pilot)
        assert ids(reader) == [second, first, third]
        assert reader.screen.list.current.id == first
        await pilot.press("J", "K", "K")
        await ready(pilot)
        assert ids(reader) == memo
        await pilot.press("J")
        await ready(pilot)
        await pilot.press("u")
        await ready(pilot)
        assert ids(reader) == memo


async def test_a_row_moves_in_a_memo_alone(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("J")
        await pilot.pause()
        assert shows(reader, "rows move in a memo")


async def test_a_memo_is_chosen_from_the_tags(reader, workspace, memo, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("T")
        await pilot.pause()
        assert shows(reader, "#keep 3")
        await pilot.press("enter")
        await ready(pilot)
        assert ids(reader) == memo
        assert shows(reader, "“tag:keep” Esc clears")


async def test_a_memo_is_exported_as_one_file_in_its_order(
    reader, workspace, memo, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace.memos.move("keep", memo[:1], 2)
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace, View(text="tag:keep")))
        await pilot.press("E")
        await ready(pilot)
    (file,) = Path(workspace.settings.export_folder).glob("*.md")
    text = file.read_text("utf-8")
    quotes = [workspace.notes.get(each).anchor.exact[:5] for each in (*memo[1:], memo[0])]
    assert sorted(quotes, key=text.index) == quotes


async def test_marked_rows_get_tags_and_lose_them(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("x", "x", "x", "t")
        await pilot.pause()
        assert shows(reader, "Tags of 3 notes")
        assert shows(reader, "#ask")
        await write(pilot, "+ipo chi")
        await pilot.press("-", "a")
        await write(pilot, " -as")
        await pilot.press("tab", "enter")
        await ready(pilot)
        tags = {tag for note in workspace.notes.all() for tag in note.tags}
        assert tags == {"ipo", "chi-a"}
        assert shows(reader, "3 notes: +ipo +chi-a -ask; u undoes it")
        assert not reader.screen.list.marked
        await pilot.press("u")
        await ready(pilot)
        assert [note.tags for note in workspace.notes.all() if note.tags] == [("ask",)]


async def test_marked_rows_get_a_colour(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("x", "x", "x", "c")
        await pilot.pause()
        assert shows(reader, "□ blue")
        await pilot.press("j", "j", "enter")
        await ready(pilot)
        assert {note.color for note in workspace.notes.all()} == {"blue"}
        assert shows(reader, "□ A [/b] text")
        await pilot.press("c", "G", "enter")
        await ready(pilot)
        assert [note.color for note in workspace.notes.all()].count("") == 1


async def test_the_bin_tells_when_what_was_deleted_goes_and_brings_it_back(
    reader, workspace, issue, shows
) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("x", "x", "d")
        await ready(pilot)
        await pilot.press("D")
        await ready(pilot)
        assert shows(reader, "Bin 2 · latest first")
        gone = workspace.notes.deleted()[0]
        assert shows(reader, f"goes {spelled(gone.until)}")
        await pilot.press("enter", "d", "r")
        await pilot.pause()
        assert shows(reader, "R brings it back")
        reader.screen.list.go_to(gone.annotation.id)
        await pilot.press("R")
        await ready(pilot)
        assert workspace.notes.get(gone.annotation.id) == gone.annotation
        assert len(ids(reader)) == 1
        await pilot.press("slash")
        await write(pilot, "nothing")
        await ready(pilot)
        assert shows(reader, "Nothing fits.")
        await pilot.press("escape", "slash")
        await write(pilot, "pub:x")
        await ready(pilot)
        assert shows(reader, "the bin cannot be asked for pub:x")
        assert shows(reader, "Bin 1 of 1")
        await pilot.press("escape", "D")
        await ready(pilot)
        assert shows(reader, "Notes 2 · newest")


async def test_what_was_listed_before_the_bin_is_listed_again(
    reader, workspace, issue, shows
) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        await pilot.press("slash")
        await write(pilot, "is:note")
        await pilot.press("enter", "o")
        await ready(pilot)
        before = reader.screen.view
        assert before.by_place
        await pilot.press("D")
        await ready(pilot)
        assert shows(reader, "Bin 0")
        await pilot.press("D")
        await ready(pilot)
        assert shows(reader, "“is:note” Esc clears")
        assert (reader.screen.view, reader.screen.filter_text) == (before, "is:note")


async def test_a_note_is_shown_in_full_beside_the_list(reader, workspace, issue, shows) -> None:
    text = "# Why\n- one **point** #ask\n> said\n[[CloudWalk|the firm]]"
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, NotesScreen(workspace))
        row = row_of(reader, "Second")
        workspace.notes.edit(row.id, text)
        await ready(pilot)
        reader.screen.list.go_to(row.id)
        await ready(pilot)
        for told in ("• one point #ask", "│ said", "the firm", "CloudWalk", "made-up.example"):
            assert shows(reader, told)
        beside = [line[66:] for line in screen_lines(reader)]
        assert any(line.strip().startswith("A [/b] text First words") for line in beside)
        await pilot.press("p")
        await ready(pilot)
        assert not shows(reader, "• one point")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_where_there_is_no_room_a_note_is_shown_in_full_on_demand(
    reader, workspace, issue, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(row_of(reader, "Third").id)
        assert not shows(reader, "△ highlight")
        await pilot.press("p")
        await ready(pilot)
        assert shows(reader, "△ highlight")
        assert reader.screen.list.has_focus
        await pilot.press("p")
        await ready(pilot)
        assert not shows(reader, "△ highlight")


@pytest.fixture
def edited(workspace, issue, tmp_path) -> dict[str, str]:
    """The ids of a flagged note and of an orphan, after an import that changed the text."""
    changed = TEXT.replace("Third words of it.", "Third, other words, not of that.")
    changed = changed.replace("Second [US] words of it.", "Nothing at all like what was there.")
    (tmp_path / "made-up.md").write_text(changed, "utf-8")
    workspace.transfer.import_paths([tmp_path / "made-up.md"], ImportOptions())
    found = {}
    for note in workspace.notes.all():
        found[workspace.notes.placement(note).state] = note.id
    return found


async def test_an_orphan_is_taken_to_its_issue_to_be_placed_again(
    reader, workspace, issue, edited
) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        answers = await over(pilot, NotesScreen(workspace))
        orphan = edited[AnchorState.ORPHAN]
        reader.screen.list.go_to(orphan)
        await pilot.press("P")
        await ready(pilot)
        (visit,) = answers
        assert (visit.placing, visit.place.issue) == (orphan, issue)
        assert visit.left[0].name == "notes"


async def test_places_that_are_confirmed_together_are_one_step(
    reader, workspace, issue, request
) -> None:
    for each in workspace.notes.of_issue(issue):
        if (anchor := each.anchor) is not None:
            workspace.notes.note(issue, anchor.role, anchor.start, anchor.end, "again")
    request.getfixturevalue("edited")
    before = {each.id: each for each in workspace.notes.all()}
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen._settle(list(before))
        await ready(pilot)
        assert sum(each != before[each.id] for each in workspace.notes.all()) > 1
        workspace.notes.undo()
        assert {each.id: each for each in workspace.notes.all()} == before


async def test_the_place_of_a_flagged_note_is_confirmed(reader, workspace, edited, shows) -> None:
    flagged = edited[AnchorState.UNSURE]
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(flagged)
        await pilot.pause()
        assert shows(reader, "? the text has changed; check the place")
        await pilot.press("P")
        await ready(pilot)
        assert shows(reader, "place confirmed; u undoes it")
        placement = workspace.notes.placement(workspace.notes.get(flagged))
        assert placement.state is AnchorState.EXACT


async def test_going_back_leads_to_the_same_row_of_the_same_list(reader, workspace, memo) -> None:
    async with reader.run_test(size=(100, 20)) as pilot:
        answers = await over(pilot, NotesScreen(workspace, View(text="tag:keep")))
        await pilot.press("p", "j", "j", "enter")
        await ready(pilot)
        (page,) = answers[0].left
        assert len(answers[0].among) == 3
        screen = page.reopen()
        await over(pilot, screen)
        assert ids(reader) == memo
        assert screen.list.current.id == memo[2]
        assert not screen.is_previewing


async def test_a_note_whose_issue_is_gone_stays_in_the_list(
    reader, workspace, issue, shows
) -> None:
    note = workspace.notes.all()[0]
    gone = replace(note, id="f" * 16, issue="gone-issue")
    with workspace._core.store.annotations_file.transaction() as tx:
        tx.put(workspace._core.store.annotations, gone)
    async with reader.run_test(size=(120, 30)) as pilot:
        await over(pilot, NotesScreen(workspace))
        reader.screen.list.go_to(gone.id)
        await ready(pilot)
        assert shows(reader, "? the issue is not in the library")
        await pilot.press("enter", "P", "v")
        await ready(pilot)
        assert isinstance(reader.screen, NotesScreen)


async def test_an_orphan_is_placed_again_in_its_issue(
    reader, workspace, issue, edited, shows
) -> None:
    orphan = edited[AnchorState.ORPHAN]
    async with reader.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.press("M")
        await ready(pilot)
        reader.screen.list.go_to(orphan)
        await pilot.press("P")
        await ready(pilot)
        assert shows(reader, "then P places the note there")
        await pilot.press("P")
        await ready(pilot)
        placed = workspace.notes.placement(workspace.notes.get(orphan))
        assert placed.state is AnchorState.EXACT
