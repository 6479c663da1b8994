"""Writing a note: no words are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot

from chinai_tui.errors import StoreError
from chinai_tui.ui.widgets import note_pane
from chinai_tui.ui.widgets.note_pane import NotePane
from chinai_tui.ui.widgets.note_writing import Outcome, Writing
from tests.ui.conftest import Host
from tests.ui.screens.over import ready, until, write

SIZES = [(100, 30), (40, 12)]
HELD_SECONDS = 5
QUOTE = "A passage [/b] with [@click=app.quit] brackets."


class Disk:
    """What is saved and kept, in order."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.kept: list[str] = []

    def writing(self, **more: object) -> Writing:
        return Writing(self.saved.append, self.kept.append, **more)  # type: ignore[arg-type]


@pytest.fixture
def disk() -> Disk:
    return Disk()


def pane(host: Callable[[NotePane], Host], writing: Writing) -> Host:
    return host(NotePane(writing))


async def begin(pilot: Pilot[None], app: Host) -> NotePane:
    assert isinstance(app.widget, NotePane)
    app.widget.take_keys()
    await pilot.pause()
    return app.widget


def outcomes(app: Host) -> list[Outcome]:
    return [message.outcome for message in app.said(NotePane.Closed)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_passage_is_shown_as_it_is(host, disk, shows, size) -> None:
    app = pane(host, disk.writing(quote=QUOTE, title="Note [/b]"))
    async with app.run_test(size=size):
        assert shows(app, f"“{QUOTE}”")
        assert shows(app, "Note [/b]")


async def test_a_long_passage_is_cut(host, disk, shows, lines) -> None:
    app = pane(host, disk.writing(quote="word " * 400))
    async with app.run_test(size=(100, 30)):
        assert sum("word word" in line for line in lines(app)) == note_pane.QUOTE_LINES
        assert shows(app, "word …")


async def test_it_is_written_before_the_pane_closes(host, disk, monkeypatch) -> None:
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "see #chips\n汉字")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert (disk.saved, outcomes(app)) == (["see #chips\n汉字"], [Outcome.SAVED])


@pytest.mark.parametrize("key", ["escape", "ctrl+s", "ctrl+g"])
@pytest.mark.parametrize("text", ["", "as it was"])
async def test_nothing_new_is_no_note(host, disk, monkeypatch, key, text) -> None:
    app = pane(host, disk.writing(text=text))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await pilot.press(key)
        await ready(pilot)
        assert (disk.saved, disk.kept, outcomes(app)) == ([], [], [Outcome.NOTHING])


async def test_leaving_keeps_a_draft(host, disk, monkeypatch) -> None:
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "half a")
        await pilot.press("escape")
        await ready(pilot)
        assert (disk.saved, disk.kept[-1], outcomes(app)) == ([], "half a", [Outcome.DRAFT])


async def test_words_are_kept_while_one_types(host, disk, monkeypatch) -> None:
    monkeypatch.setattr(note_pane, "DRAFT_SECONDS", 0.02)
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "half")
        await until(pilot, lambda: "half" in disk.kept)
        assert disk.saved == []


async def test_a_draft_is_brought_back_and_forgotten_when_it_is_saved(host, disk, shows) -> None:
    app = pane(host, disk.writing(draft="half a", text="older"))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        assert shows(app, "half a")
        assert shows(app, "draft brought back")
        await write(pilot, " thought")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert (disk.saved, disk.kept[-1]) == (["half a thought"], "")


async def test_a_draft_never_comes_after_its_note(host, disk, monkeypatch) -> None:
    monkeypatch.setattr(note_pane, "DRAFT_SECONDS", 0.02)
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "whole")
        await pilot.press("ctrl+s")
        await ready(pilot)
        box._keep_draft()
        assert disk.kept[-1:] in ([""], [])


async def test_words_that_could_not_be_saved_stay_and_can_be_saved_again(host, disk, shows) -> None:
    faults = [StoreError("the disk [/b] is full")]

    def save(text: str) -> None:
        if faults:
            raise faults.pop()
        disk.saved.append(text)

    app = pane(host, Writing(save, disk.kept.append))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "precious")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert shows(app, "not saved: the disk [/b] is full")
        assert box.box.text == "precious"
        await write(pilot, "!")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert disk.saved == ["precious!"]


async def test_a_draft_that_cannot_be_kept_does_not_close_the_pane(
    host, disk, shows, monkeypatch
) -> None:
    app = pane(host, Writing(disk.saved.append, lambda _: 1 / 0))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "precious")
        await pilot.press("escape")
        await ready(pilot)
        assert shows(app, "not saved: division by zero")
        assert outcomes(app) == []


async def test_throwing_away_is_asked_for_twice(host, disk, shows, monkeypatch) -> None:
    app = pane(host, disk.writing(draft="scra"))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "p")
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert shows(app, "^G again throws these words away")
        await write(pilot, "s")
        await pilot.press("ctrl+g")
        assert outcomes(app) == []
        await pilot.press("ctrl+g")
        await ready(pilot)
        assert (disk.saved, disk.kept[-1], outcomes(app)) == ([], "", [Outcome.THROWN])


async def test_leaving_the_reader_keeps_what_is_being_written(host, disk) -> None:
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "unfinished")
    assert disk.kept[-1] == "unfinished"


@pytest.mark.parametrize("keys", [["escape"], ["ctrl+g", "ctrl+g"], ["ctrl+e"]])
async def test_a_file_that_is_held_elsewhere_does_not_hold_up_the_screen(
    host, disk, monkeypatch, free_terminal, keys
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(note_pane, "DRAFT_SECONDS", 0.02)
    held, asked = Event(), Event()

    def keep(text: str) -> None:
        asked.set()
        assert held.wait(HELD_SECONDS)
        disk.kept.append(text)

    app = pane(host, Writing(disk.saved.append, keep))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "half")
        await until(pilot, asked.is_set)
        before = monotonic()
        await pilot.press(*keys)
        await pilot.pause()
        assert monotonic() - before < HELD_SECONDS / 2
        assert (outcomes(app), box.box.read_only) == ([], True)
        held.set()
        await ready(pilot)
        assert len(outcomes(app)) == (keys != ["ctrl+e"])
        assert not box.box.read_only


# Tags and names


async def test_tags_are_completed_one_after_the_other(host, disk, shows) -> None:
    tags = ["ipo", "ipo-2020", "芯片"]
    app = pane(host, disk.writing(tags=lambda typed: [t for t in tags if t.startswith(typed)]))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "see #i")
        await pilot.pause()
        assert shows(app, "Tab ipo · ipo-2020")
        await pilot.press("tab")
        assert box.box.text == "see #ipo"
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert box.box.text == "see #ipo-2020"
        await write(pilot, " and ")
        await pilot.pause()
        assert not shows(app, "Tab ipo")


async def test_names_are_completed_in_brackets(host, disk) -> None:
    app = pane(host, disk.writing(names=lambda _: ["SenseTime", "Sensetime Leon"]))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "with ")
        await pilot.press("left_square_bracket", "left_square_bracket", "商")
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert box.box.text == "with [[SenseTime]]"
        await pilot.press("tab")
        await pilot.pause()
        assert box.box.text == "with [[Sensetime Leon]]"


async def test_a_number_of_an_issue_or_an_address_is_no_tag(host, disk) -> None:
    asked: list[str] = []

    def offer(typed: str) -> list[str]:
        asked.append(typed)
        return []

    app = pane(host, disk.writing(tags=offer))
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await write(pilot, "a#b c/#d")
        await pilot.pause()
        assert asked == []


# The user's own editor


def editor(folder: Path, script: str) -> str:
    """A program that is given a file."""
    file = folder / "my editor"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o700)
    return f"'{file}' --wait"


@pytest.fixture
def free_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test has no terminal that could be given away."""
    from contextlib import nullcontext

    monkeypatch.setattr(App, "suspend", lambda _: nullcontext())


async def test_the_words_go_to_the_editor_and_come_back(
    host, disk, tmp_path, monkeypatch, free_terminal
) -> None:
    script = f'cat "$2" > {tmp_path}/before; echo "$2" > {tmp_path}/name; echo "well 说" > "$2"'
    monkeypatch.setenv("VISUAL", editor(tmp_path, script))
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "begun; $(touch x)")
        await pilot.press("ctrl+e")
        await ready(pilot)
        assert box.box.text == "well 说"
        assert (tmp_path / "before").read_text("utf-8") == "begun; $(touch x)\n"
        assert not Path((tmp_path / "name").read_text("utf-8").strip()).exists()
        assert disk.kept[-1] == "begun; $(touch x)"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "set VISUAL or EDITOR"),
        ("'unbalanced", "mend its quotation marks"),
        ("no-such-editor-anywhere", "No such file"),
        ("false", "ended with 1; nothing was taken"),
    ],
)
async def test_an_editor_that_fails_and_left_the_words_alone_is_told(
    host, disk, shows, monkeypatch, free_terminal, value, told
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", value)
    app = pane(host, disk.writing())
    async with app.run_test(size=(100, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        await write(pilot, "kept")
        await pilot.press("ctrl+e")
        await ready(pilot)
        assert shows(app, told)
        assert box.box.text == "kept"


async def test_words_of_an_editor_that_ends_badly_are_kept_as_a_draft_and_not_saved(
    host, disk, shows, tmp_path, monkeypatch, free_terminal
) -> None:
    monkeypatch.setattr(note_pane, "DRAFT_SECONDS", 0.02)
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'echo "an hour of words" > "$2"; exit 1'))
    app = pane(host, disk.writing())
    async with app.run_test(size=(200, 24), message_hook=app.seen.append) as pilot:
        box = await begin(pilot, app)
        box.edit_outside(is_all=True)
        await ready(pilot)
        assert box.box.text == "an hour of words"
        assert shows(app, "ended with 1; the words are here, not saved")
        await until(pilot, lambda: disk.kept[-1:] == ["an hour of words"])
        assert (disk.saved, outcomes(app)) == ([], [])


async def test_the_terminal_is_taken_back_from_an_editor_that_cannot_be_started(
    host, disk, shows, monkeypatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "/nowhere/at/all")
    taken_back = []

    @contextmanager
    def suspend(_: App[None]) -> Iterator[None]:
        """As Textual's: what is raised meanwhile leaves the terminal as it is."""
        yield
        taken_back.append(True)

    monkeypatch.setattr(App, "suspend", suspend)
    app = pane(host, disk.writing())
    async with app.run_test(size=(100, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await pilot.press("ctrl+e")
        await ready(pilot)
        assert taken_back
        assert shows(app, "No such file")


async def test_a_box_that_is_gone_draws_nothing(host, disk) -> None:
    app = pane(host, disk.writing())
    async with app.run_test(size=(80, 24)) as pilot:
        box = (await begin(pilot, app)).box
        await box.remove()
        (line,) = box.render_lines(Region(0, 0, 9, 1))
        assert line.text == " " * 9


async def test_without_a_terminal_there_is_no_editor(host, disk, shows, monkeypatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    app = pane(host, disk.writing())
    async with app.run_test(size=(100, 24), message_hook=app.seen.append) as pilot:
        await begin(pilot, app)
        await pilot.press("ctrl+e")
        await ready(pilot)
        assert shows(app, "could not be given the terminal")
