"""Writing a note: no words are lost."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from chinai_tui.errors import StoreError
from chinai_tui.ui.screens.note_editor import NoteEditor
from tests.ui.screens.over import over, ready, write

SIZES = [(100, 30), (40, 12)]
QUOTE = "A passage [/b] with [@click=app.quit] brackets."


@pytest.mark.parametrize("size", SIZES)
async def test_the_passage_is_shown_as_it_is_with_the_keys(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, NoteEditor(QUOTE))
        assert shows(reader, f"“{QUOTE}”")
        assert shows(reader, "Esc ^S save")
        assert shows(reader, "^G throw away")


async def test_a_long_passage_is_cut(reader, shows, lines) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, NoteEditor("word " * 400))
        assert sum("word word" in line for line in lines(reader)) == 3
        assert shows(reader, "word …")


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
@pytest.mark.parametrize("size", SIZES)
async def test_what_was_written_is_the_answer(reader, key, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, NoteEditor(QUOTE))
        await write(pilot, "first\nsecond")
        await pilot.press(key)
        assert answers == ["first\nsecond"]


@pytest.mark.parametrize("text", ["", "as it was"])
async def test_nothing_new_is_no_note(reader, text) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, NoteEditor(QUOTE, text))
        await pilot.press("escape")
        assert answers == [None]


async def test_it_is_written_before_the_editor_closes(reader) -> None:
    written = []
    async with reader.run_test(size=(80, 24)) as pilot:
        save = written.append
        answers = await over(pilot, NoteEditor(QUOTE, save=save))
        await write(pilot, "see #chips")
        await pilot.press("escape")
        await ready(pilot)
        assert written == ["see #chips"]
        assert answers == ["see #chips"]


async def test_words_that_could_not_be_saved_stay_and_can_be_saved_again(reader, shows) -> None:
    faults = [StoreError("the disk [/b] is full")]
    written = []

    def save(text: str) -> None:
        if faults:
            raise faults.pop()
        written.append(text)

    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, NoteEditor(QUOTE, save=save))
        await write(pilot, "precious")
        await pilot.press("escape")
        await ready(pilot)
        assert shows(reader, "not saved: the disk [/b] is full")
        assert reader.screen.query_one(TextArea).text == "precious"
        assert answers == []
        await write(pilot, "!")
        await pilot.press("escape")
        await ready(pilot)
        assert (written, answers) == (["precious!"], ["precious!"])


async def test_any_other_fault_keeps_the_words_too(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, NoteEditor(QUOTE, save=lambda text: 1 / 0))
        await write(pilot, "precious")
        await pilot.press("escape")
        await ready(pilot)
        assert shows(reader, "not saved: division by zero")
        assert answers == []


async def test_throwing_away_is_asked_for_twice(reader, shows) -> None:
    written = []
    async with reader.run_test(size=(80, 24)) as pilot:
        save = written.append
        answers = await over(pilot, NoteEditor(QUOTE, save=save))
        await write(pilot, "scrap")
        await pilot.press("ctrl+g")
        assert shows(reader, "^G again throws these words away")
        assert answers == []
        await write(pilot, "s")
        await pilot.press("ctrl+g")
        assert answers == []
        await pilot.press("ctrl+g")
        await ready(pilot)
        assert (written, answers) == ([], [None])


async def test_leaving_the_reader_keeps_what_is_being_written(reader) -> None:
    written = []
    async with reader.run_test(size=(80, 24)) as pilot:
        save = written.append
        await over(pilot, NoteEditor(QUOTE, save=save))
        await write(pilot, "unfinished")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert written == ["unfinished"]
