"""The list of notes and bookmarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.ui.screens.notes import NotesScreen
from chinai_tui.workspace import ImportOptions
from tests.ui.screens.over import over, ready, write

SIZES = [(100, 30), (40, 12)]
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
    return next(row for row in app.screen.list.rows if words in getattr(row, "quote", ""))


@pytest.mark.parametrize("size", SIZES)
async def test_everything_marked_is_listed_as_it_is(reader, workspace, issue, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, NotesScreen(workspace))
        assert shows(reader, "Notes 3")
        for words, signs in (("First", "★"), ("Second", "▸"), ("Third", "▌")):
            reader.screen.list.go_to(row_of(reader, words).id)
            await pilot.pause()
            assert shows(reader, f"{signs} A [/b] text")
            assert shows(reader, f"“{words}")
        reader.screen.list.go_to(row_of(reader, "Second").id)
        await pilot.pause()
        assert shows(reader, "Second [US] words of it.”")
        assert shows(reader, "[@click=x] why?")
        assert shows(reader, "#ask")


async def test_bookmarks_alone_are_listed_on_demand(reader, workspace, issue, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, NotesScreen(workspace, bookmarks=True))
        assert shows(reader, "Bookmarks 1")
        assert [row.quote for row in reader.screen.list.rows] == ["First words of it."]


@pytest.mark.parametrize("bookmarks", [True, False])
@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_list_says_how_to_fill_it(reader, workspace, shows, bookmarks, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, NotesScreen(workspace, bookmarks=bookmarks))
        assert shows(reader, "m bookmarks the paragraph" if bookmarks else "m bookmark a note")
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
        assert shows(reader, "1 of 3 with “WHY”")
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
        await pilot.press("escape")
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
        citation = workspace.notes.cite(workspace.notes.get(row.id))
        assert reader.clipboard == f"“Second [US] words of it.”\n— {citation}\n[@click=x] why? #ask"


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
        assert shows(reader, "Notes 1")


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
