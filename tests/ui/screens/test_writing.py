"""Notes, highlights and bookmarks as one makes them in the reader."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from textual import events
from textual.app import App

from chinai_tui.domain.annotation import AnnotationKind, Color, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui.messages import Place
from chinai_tui.ui.rendering.highlights import SIGNS
from chinai_tui.ui.screens.main import passage_actions
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.panes import Face
from chinai_tui.ui.screens.writing import DRAFT_KEPT, ONE_AT_A_TIME
from chinai_tui.ui.widgets.note_pane import OUTDATED
from tests.ui.screens.over import ready, until, write

SIZES = [(160, 45), (120, 40), (80, 24), (60, 20)]
ISSUE = "chinai-94"
DIGEST = DocumentRole.DIGEST


async def in_text(pilot, paragraphs: int = 2) -> None:
    """Be in the text, at one of its first paragraphs."""
    await ready(pilot)
    await pilot.press("enter", *["right_curly_bracket"] * paragraphs)


def said(app) -> str:
    return app.screen.status.said


def notes(workspace, kind: AnnotationKind = AnnotationKind.NOTE):
    return [each for each in workspace.notes.of_issue(ISSUE) if each.kind is kind]


# Writing beside the text


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_is_written_while_its_passage_is_on_screen(
    reader, workspace, shows, lines, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await in_text(pilot)
        view = reader.screen.reader
        first, last = view.passage
        words = " ".join(view.document.text[first:last].split()[:3])
        await pilot.press("a")
        await pilot.pause()
        assert shows(reader, words)
        assert shows(reader, "^S save")
        assert [mark for mark in reader.screen.marks() if mark.kind == "lit"]
        assert all(len(line) <= size[0] for line in lines(reader))
        await write(pilot, "compare 商汤 #ipo")
        assert shows(reader, "compare 商汤 #ipo")
        assert view.shows(view.passage[0])
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = notes(workspace)
        assert (note.text, note.tags) == ("compare 商汤 #ipo", ("ipo",))
        assert (note.anchor.start, note.anchor.end) == (first, last)
        assert said(reader) == "noted"
        assert reader.focused is view
        assert reader.screen.note_pane is None
        assert not [mark for mark in reader.screen.marks() if mark.kind == "lit"]


async def test_the_keys_of_the_pane_are_told_while_its_box_has_the_focus(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot)
        await pilot.press("a")
        await pilot.pause()
        # News of the text that comes late finds the pane in use as it was before.
        reader.screen.pane = Pane.READER
        reader.screen.show_keys()
        await pilot.pause()
        assert shows(reader, "^S save")


async def test_a_note_begun_right_behind_enter_has_the_keys(reader, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        assert reader.focused is reader.screen.issues
        # As a terminal hands them on that was typed into fast: the second does not wait.
        for key, letter in (("enter", "\r"), ("a", "a")):
            reader.post_message(events.Key(key, letter))
        await ready(pilot)
        assert reader.focused is reader.screen.note_pane.box
        assert shows(reader, "^S save")


async def test_beside_the_text_the_pane_stands_in_the_place_of_the_sidebar(reader) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot)
        place = reader.screen.names.region
        width = reader.screen.reader.region.width
        await pilot.press("a")
        await pilot.pause()
        assert reader.screen.note_pane.region == place
        assert reader.screen.reader.region.width == width
        assert not reader.screen.names.display
        await pilot.press("escape")
        await ready(pilot)
        assert reader.screen.names.display


async def test_below_the_text_the_pane_takes_a_third(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await in_text(pilot)
        await pilot.press("a")
        await pilot.pause()
        pane, text = reader.screen.note_pane.region, reader.screen.reader.region
        assert (pane.height, pane.width) == (7, 80)
        assert pane.y == text.bottom
        await pilot.resize_terminal(160, 45)
        await pilot.pause()
        assert reader.screen.note_pane.region.x > 100


async def test_one_can_read_on_while_one_writes(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot)
        start = reader.screen.reader.passage[0]
        await pilot.press("a")
        await write(pilot, "first")
        await pilot.press("shift+tab")
        assert reader.focused is reader.screen.reader
        await pilot.press("right_curly_bracket", "a")
        await pilot.pause()
        assert said(reader) == ONE_AT_A_TIME
        assert reader.focused is reader.screen.note_pane.box
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert notes(workspace)[0].anchor.start == start


async def test_a_draft_comes_back_on_the_same_passage_also_after_a_restart(
    reader, workspace, paths, shows
) -> None:
    from chinai_tui.config import Settings
    from chinai_tui.ui.app import ChinaiApp

    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        await pilot.press("a")
        await write(pilot, "half a")
        await pilot.press("escape")
        await ready(pilot)
        assert said(reader) == DRAFT_KEPT
        assert notes(workspace) == []
    again = ChinaiApp(workspace, paths, Settings())
    async with again.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 0)
        await until(pilot, lambda: again.screen.opened is not None)
        start, end = next(
            map(int, key.rpartition(":")[2].split("-"))
            for key in workspace.library.session()
            if key.startswith("draft:")
        )
        again.screen.reader.go_to(start, end)
        await pilot.press("a")
        await pilot.pause()
        assert shows(again, "half a")
        assert shows(again, "draft brought back")


async def test_a_note_there_is_is_edited_and_other_words_get_another(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        start, end = reader.screen.reader.passage
        workspace.notes.note(ISSUE, DIGEST, start, end, "as it was")
        await until(pilot, lambda: bool(reader.screen.placed_at(start, end)))
        await pilot.press("a")
        await write(pilot, ", and more")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert [each.text for each in notes(workspace)] == ["as it was, and more"]
        assert said(reader) == "note changed"
        await pilot.press("v", "e", "a")
        await write(pilot, "on a word")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert {each.text for each in notes(workspace)} == {"as it was, and more", "on a word"}


async def test_a_note_that_was_changed_elsewhere_is_replaced_only_when_asked_twice(
    reader, workspace, shows
) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await in_text(pilot, 3)
        note = workspace.notes.note(ISSUE, DIGEST, *reader.screen.reader.passage, "as it was")
        await reader.screen.write(reader.screen.writing_of(note))
        await write(pilot, ", mine")
        workspace.notes.edit(note.id, "as it was, theirs")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert shows(reader, "changed elsewhere; ^S again replaces it")
        assert reader.screen.note_pane.box.text == "as it was, mine"
        assert [each.text for each in notes(workspace)] == ["as it was, theirs"]
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert [each.text for each in notes(workspace)] == ["as it was, mine"]


async def test_a_note_on_the_issue_and_on_the_name_in_the_sidebar(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot)
        await pilot.press("A")
        await write(pilot, "all of it")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = notes(workspace)
        assert (note.anchor, note.text) == (None, "all of it")
        assert said(reader) == "noted on ChinAI #94"
        await pilot.press("tab", "a")
        await write(pilot, "who")
        await pilot.press("ctrl+s")
        await ready(pilot)
        name = reader.screen.names.current.entity
        assert [each.text for each in workspace.notes.of_entity(name.id)] == ["who"]
        assert said(reader) == f"noted on {name.name}"
        assert reader.focused is reader.screen.names


async def test_a_note_is_written_in_the_users_own_editor(
    reader, workspace, tmp_path, monkeypatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\necho "from outside" > "$1"\n', "utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setattr(App, "suspend", lambda _: nullcontext())
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        await pilot.press("ctrl+e")
        await ready(pilot)
        assert [each.text for each in notes(workspace)] == ["from outside"]
        assert said(reader) == "noted"


async def test_tags_and_names_of_the_library_are_offered(reader, workspace, shows) -> None:
    workspace.notes.issue_note(ISSUE, "#ipo and #ipo-2020, #ipo again")
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        await pilot.press("a")
        await write(pilot, "#ip")
        await pilot.pause()
        await pilot.press("tab", "space", "left_square_bracket", "left_square_bracket", "商", "汤")
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert reader.screen.note_pane.box.text == "#ipo [[SenseTime]]"


# Highlights


async def test_a_digit_behind_a_highlight_gives_it_a_colour_that_is_kept(
    reader, workspace, shows
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("H", "3")
        await ready(pilot)
        (mark,) = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert mark.color == Color.BLUE
        assert said(reader) == f"{SIGNS[Color.BLUE]} blue"
        await until(pilot, lambda: shows(reader, SIGNS[Color.BLUE]))
        await pilot.press("right_curly_bracket", "H")
        await ready(pilot)
        colors = [each.color for each in notes(workspace, AnnotationKind.HIGHLIGHT)]
        assert colors == [Color.BLUE, Color.BLUE]
        assert said(reader).startswith(f"highlighted {SIGNS[Color.BLUE]} blue · 1{SIGNS['yellow']}")


async def test_the_digit_counts_in_the_list_too_while_it_is_offered(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        reader.screen.use_pane(Pane.LIST)
        await pilot.press("H")
        await ready(pilot)
        assert reader.focused is reader.screen.issues
        await pilot.press("4")
        await ready(pilot)
        (mark,) = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert mark.color == Color.RED
        await pilot.press("5")
        await ready(pilot)
        assert notes(workspace, AnnotationKind.HIGHLIGHT) == [mark]


async def test_any_other_key_ends_the_choice_of_a_colour(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("H")
        await ready(pilot)
        await pilot.press("right_curly_bracket", "3")
        await ready(pilot)
        (mark,) = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert mark.color == Color.YELLOW


async def test_a_highlight_that_is_there_is_chosen_one_after_the_other(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        start, end = reader.screen.reader.passage
        workspace.notes.highlight(ISSUE, DIGEST, start, start + 9, Color.RED)
        workspace.notes.highlight(ISSUE, DIGEST, start + 4, start + 20, Color.GREEN)
        await until(pilot, lambda: len(reader.screen.placed_at(start, end)) == 2)
        await pilot.press("H")
        await pilot.pause()
        assert said(reader).startswith(f"{SIGNS[Color.RED]} red 1 of 2 · ")
        assert reader.screen.chosen == (start, start + 9)
        await pilot.press("H", "5")
        await ready(pilot)
        assert reader.screen.chosen is None
        made = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert [each.color for each in made] == [Color.RED, Color.PURPLE]
        await pilot.press("H", "d")
        await ready(pilot)
        assert said(reader) == "highlight deleted; U brings it back"
        assert [each.color for each in notes(workspace, AnnotationKind.HIGHLIGHT)] == ["purple"]
        await pilot.press("H", "H")
        await ready(pilot)
        assert len(notes(workspace, AnnotationKind.HIGHLIGHT)) == 2


async def test_undo_and_redo_say_what_they_did(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("H", "4")
        await ready(pilot)
        await pilot.press("U")
        await ready(pilot)
        assert said(reader) == "undone: change of colour"
        await pilot.press("U")
        await ready(pilot)
        assert said(reader) == "undone: highlight"
        await pilot.press("ctrl+r")
        await ready(pilot)
        assert said(reader) == "done again: highlight"


# Bookmarks


async def test_a_letter_right_behind_a_bookmark_names_it_and_leads_back(reader, workspace) -> None:
    async with reader.run_test(size=(120, 30)) as pilot:
        await in_text(pilot, 3)
        place = reader.screen.reader.passage
        await pilot.press("m", "a")
        await ready(pilot)
        (mark,) = workspace.notes.bookmarks()
        assert mark.name == "a"
        assert said(reader) == "bookmark a: ` a comes back here"
        await pilot.press("J", "grave_accent")
        assert said(reader) == "to which bookmark: a"
        await pilot.press("a")
        await ready(pilot)
        assert reader.screen.opened.issue.id == ISSUE
        assert reader.screen.reader.passage == place


@pytest.mark.parametrize("key", ["j", "m", "right_curly_bracket"])
async def test_a_key_that_moves_does_not_name_a_bookmark(reader, workspace, key) -> None:
    async with reader.run_test(size=(120, 30)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("m", key)
        await ready(pilot)
        (mark,) = workspace.notes.bookmarks()
        assert mark.name == ""


async def test_after_a_moment_a_letter_is_a_command_again(reader, workspace, monkeypatch) -> None:
    monkeypatch.setattr(passage_actions, "NAMING_SECONDS", 0.01)
    async with reader.run_test(size=(120, 30)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("m")
        await ready(pilot)
        await until(pilot, lambda: reader.screen._offer is None)
        await pilot.press("a")
        await pilot.pause()
        assert reader.screen.note_pane is not None
        assert workspace.notes.bookmarks()[0].name == ""


async def test_without_named_bookmarks_that_is_said(reader) -> None:
    async with reader.run_test(size=(120, 30)) as pilot:
        await in_text(pilot)
        await pilot.press("grave_accent")
        assert "no bookmark has a letter" in said(reader)


# Whose words


async def test_a_voice_is_confirmed_and_shown_so(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot, 3)
        await pilot.press("H")
        await ready(pilot)
        await pilot.press("W")
        await pilot.pause()
        await pilot.press("enter")
        await ready(pilot)
        (mark,) = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert mark.voice.confirmed
        assert mark.voice.kind is VoiceKind.DIGEST
        assert said(reader) == "confirmed: digest, our words"
        await until(pilot, lambda: shows(reader, "digest, our words ✓"))


async def test_a_voice_said_of_an_unmarked_passage_is_kept_by_a_highlight(
    reader, workspace
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot, 3)
        passage = reader.screen.reader.passage
        await pilot.press("W")
        await pilot.pause()
        await pilot.press("j", "enter")
        await ready(pilot)
        (mark,) = notes(workspace, AnnotationKind.HIGHLIGHT)
        assert mark.voice.confirmed
        assert (mark.anchor.start, mark.anchor.end) == passage
        assert said(reader).endswith(", kept by a highlight")
        await pilot.press("U")
        await ready(pilot)
        assert not notes(workspace, AnnotationKind.HIGHLIGHT)


# The margin list


async def test_a_draft_on_the_issue_stands_first_and_is_written_on(
    reader, workspace, shows
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot, 4)
        workspace.notes.note(ISSUE, DIGEST, *reader.screen.reader.passage, "on a passage")
        writing = reader.screen.writing_on_issue(ISSUE, "#94")
        writing.keep("商汤 first")
        await pilot.press("e", "e", "tab", "g")
        await ready(pilot)
        first = reader.screen.margin.rows[0]
        assert (first.what, first.annotation.text) == ("draft, on the issue", "商汤 first")
        assert shows(reader, "Notes here · 2")
        await pilot.press("enter")
        await ready(pilot)
        await write(pilot, "!")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = (each for each in notes(workspace) if each.anchor is None)
        assert note.text == "商汤 first!"
        assert workspace.notes.drafts(ISSUE) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_draft_of_a_note_that_was_changed_since_says_so_before_it_replaces(
    reader, workspace, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await ready(pilot)
        note = workspace.notes.issue_note(ISSUE, "as it was")
        reader.screen.writing_of(note).keep("a draft")
        workspace.notes.edit(note.id, "changed 商汤")
        await ready(pilot)
        await reader.screen.write(reader.screen.writing_of(workspace.notes.get(note.id)))
        await ready(pilot)
        assert shows(reader, OUTDATED)
        assert shows(reader, "now: changed 商汤")
        assert reader.screen.note_pane.box.text == "a draft"
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert workspace.notes.get(note.id).text == "changed 商汤"
        assert shows(reader, "replaces")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert workspace.notes.get(note.id).text == "a draft"


async def test_the_margin_list_leads_to_edits_and_deletes(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await in_text(pilot, 4)
        start, end = reader.screen.reader.passage
        workspace.notes.note(ISSUE, DIGEST, start, end, "a thought 商汤 #ipo")
        workspace.notes.issue_note(ISSUE, "on all of it")
        workspace.notes.highlight(ISSUE, DIGEST, start, start + 8, Color.PURPLE)
        await ready(pilot)
        await pilot.press("g", "e", "e", "tab")
        await ready(pilot)
        assert reader.screen.face is Face.NOTES
        assert shows(reader, "Notes here · 3")
        assert shows(reader, "▸ on all of it")
        assert shows(reader, "a thought 商汤")
        assert shows(reader, f"{SIGNS[Color.PURPLE]} highlight, purple") is False
        rows = reader.screen.margin.rows
        assert [row.annotation.anchor is None for row in rows] == [True, False, False]
        reader.screen.margin.go_to(rows[1].annotation.id)
        await pilot.press("enter")
        await ready(pilot)
        assert reader.screen.pane is Pane.READER
        assert reader.screen.reader.passage == (start, end)
        await pilot.press("tab", "G", "g", "a")
        await write(pilot, "!")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert "on all of it!" in [each.text for each in notes(workspace)]
        assert reader.focused is reader.screen.margin
        await pilot.press("d")
        await ready(pilot)
        assert said(reader) == "note deleted; U brings it back"
        await until(pilot, lambda: shows(reader, "Notes here · 2"))


# Notes whose text has changed

TEXT = "# The harbour of lamps\n\n{}\n\n" + "\n\n".join(
    f"Paragraph {n} is about a crane of its own kind, number {n * 37}." for n in range(9)
)
GONE = "A ledger in green ink was kept by the oldest of the pilots."
HALF = "Seven boats with lamps left for the north at dawn, and none of them came back by noon."
CHANGED = (
    "Seven boats with red lamps left for the far north at dawn; none of them was back by noon."
)


@pytest.fixture
def moved(workspace, tmp_path):
    """A text with two drafts: the passage of one has moved since, that of the other is gone."""
    from chinai_tui.workspace import ImportOptions

    file = tmp_path / "lamps.md"
    options = ImportOptions(url="https://lamps.example/p/2")
    file.write_text(TEXT.format(f"{GONE}\n\n{HALF}"), "utf-8")
    (issue,) = workspace.transfer.import_paths([file], options).added
    text = workspace.library.document(issue, DocumentRole.TEXT).text
    for words, draft in ((GONE, "gone"), (HALF, "half a")):
        start = text.index(words)
        workspace.notes.keep_draft(f"passage:{issue}:text:{start}-{start + len(words)}", draft)
    file.write_text(TEXT.format(f"Wool.\n\n{HALF}"), "utf-8")
    workspace.transfer.import_paths([file], options)
    return issue


@pytest.fixture
def changed(workspace, tmp_path):
    """A text with notes, of which one is lost and one is to be checked since it has changed."""
    from chinai_tui.workspace import ImportOptions

    file = tmp_path / "lamps.md"
    options = ImportOptions(url="https://lamps.example/p/1")
    file.write_text(TEXT.format(f"{GONE}\n\n{HALF}"), "utf-8")
    (issue,) = workspace.transfer.import_paths([file], options).added
    text = workspace.library.document(issue, DocumentRole.TEXT).text
    for words in (GONE, HALF):
        start = text.index(words)
        workspace.notes.note(
            issue, DocumentRole.TEXT, start, start + len(words), f"on {words.split()[1]}"
        )
    file.write_text(TEXT.format(CHANGED), "utf-8")
    workspace.transfer.import_paths([file], options)
    return issue


async def test_a_lost_note_stands_at_the_end_and_can_be_placed_again(
    reader, workspace, changed, shows
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        reader.screen.read(changed)
        await pilot.press("e", "e")
        await ready(pilot)
        margin = reader.screen.margin
        assert margin.rows[-1].is_orphan
        assert shows(reader, "lost")
        await pilot.press("tab", "G")
        assert shows(reader, "P place again")
        await pilot.press("P")
        assert said(reader) == "select the new passage with v, then P places the note there"
        view = reader.screen.reader
        view.go_to(view.document.text.index("Paragraph 3"))
        await pilot.press("v", "e", "P")
        await ready(pilot)
        assert said(reader) == "the note stands here now; U takes that back"
        assert not any(row.is_orphan for row in margin.rows)
        placed = [each.annotation for each in reader.screen.placed_at(*view.passage)]
        assert [each.text for each in placed] == ["on ledger"]
        await pilot.press("U")
        await ready(pilot)
        assert said(reader) == "undone: new place"


async def test_a_place_that_is_not_sure_is_confirmed(reader, workspace, changed, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        reader.screen.read(changed)
        await pilot.press("e", "e", "tab")
        await ready(pilot)
        margin = reader.screen.margin
        flagged = next(row for row in margin.rows if row.annotation.text == "on boats")
        assert flagged.state == "unsure"
        margin.go_to(flagged.annotation.id)
        await pilot.pause()
        assert shows(reader, "P right so")
        await pilot.press("P")
        await ready(pilot)
        assert said(reader) == "the place of the note is confirmed"
        row = next(row for row in margin.rows if row.annotation.text == "on boats")
        assert row.state == "exact"


async def test_where_nothing_waits_there_is_nothing_to_place(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await in_text(pilot)
        await pilot.press("P")
        assert said(reader) == "no note of this issue waits for a place"


async def test_a_draft_is_found_where_its_passage_went_and_saved_there(
    reader, workspace, moved, shows
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        reader.screen.read(moved)
        await pilot.press("e", "e")
        await ready(pilot)
        margin = reader.screen.margin
        assert [(row.what, row.annotation.text) for row in margin.rows] == [
            ("draft", "half a"),
            ("draft", "gone"),
        ]
        assert shows(reader, "draft")
        await pilot.press("tab")
        margin.go_to(margin.rows[0].annotation.id)
        await pilot.press("enter")
        await ready(pilot)
        assert reader.screen.note_pane.box.text == "half a"
        await write(pilot, " thought")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = workspace.notes.of_issue(moved)
        assert (note.anchor.exact, note.text) == (HALF, "half a thought")
        assert [each.text for each in workspace.notes.drafts(moved)] == ["gone"]


async def test_a_draft_whose_passage_is_lost_becomes_a_note_that_quotes_it(
    reader, workspace, moved
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        reader.screen.read(moved)
        await pilot.press("e", "e", "tab", "G", "d")
        assert "^G there throws it away" in said(reader)
        await pilot.press("a")
        await ready(pilot)
        assert reader.screen.note_pane.box.text == "gone"
        await write(pilot, "!")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = workspace.notes.of_issue(moved)
        assert (note.anchor, note.text) == (None, f"> {GONE}\n\ngone!")
        assert [each.text for each in workspace.notes.drafts(moved)] == ["half a"]


async def test_a_draft_of_another_passage_at_the_same_offsets_is_left_alone(
    reader, workspace, moved
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await ready(pilot)
        (draft,) = (each for each in workspace.notes.drafts(moved) if each.text == "gone")
        place = Place(moved, DocumentRole.TEXT, draft.anchor.start, draft.anchor.end)
        writing = reader.screen.writing_on([place])
        assert writing.draft == ""
        writing.keep("new")
        texts = sorted(each.text for each in workspace.notes.drafts(moved))
        assert texts == ["gone", "half a", "new"]
