"""Mending in the reader: what `i` acts on, what is drawn anew."""

from __future__ import annotations

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.mending import Correction
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.ui.rendering.marks import WALKED
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.panes import Face
from chinai_tui.ui.screens.mend import MendScreen
from chinai_tui.ui.widgets.document_view import DocumentView
from tests.ui.screens.over import ready, write

SIZE = (160, 45)


@pytest.fixture
def read(workspace, text_file, reader):
    """The reader on a made-up text, as a function that opens it."""
    workspace.transfer.import_paths([text_file])

    async def opened(pilot) -> DocumentView:
        await ready(pilot)
        main = reader.screen
        main.show_issue("chinai-94", DocumentRole.TEXT, top=0)
        main.use_pane(Pane.READER)
        main.choose_entity("")
        await ready(pilot)
        return main.reader

    return opened


def place(reader, words: str) -> tuple[int, int]:
    start = reader.screen.opened.document.text.index(words)
    return start, start + len(words)


def go_to(reader, words: str) -> None:
    reader.screen.reader.go_to(place(reader, words)[0])


def select(reader, words: str) -> None:
    start, end = place(reader, words)
    reader.screen.reader.select(start, end - 1)


def title(app) -> str:
    assert isinstance(app.screen, MendScreen)
    return app.screen._subject.title


def named(app) -> list[tuple[str, str]]:
    return [(each.entity, each.words) for each in app.screen.opened.mentions]


# What it acts on


async def test_without_anything_marked_it_says_how(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Greetings from a world")
        await pilot.press("i")
        assert shows(reader, "select words with v, or walk to a name with .")


async def test_in_an_empty_library_it_says_that_nothing_is_open(reader, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await ready(pilot)
        reader.screen.opened = None
        await pilot.press("i")
        assert shows(reader, "nothing is open")


async def test_the_first_name_of_the_paragraph(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Megvii and Leon")
        await pilot.press("i")
        await ready(pilot)
        assert title(reader).startswith("“Megvii”, taken for Megvii")


async def test_the_words_are_shown_where_they_stand(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "Leon Technology")
        await pilot.press("i")
        await ready(pilot)
        context = reader.screen._subject.context
        assert context.text[context.start : context.end] == "Leon Technology"
        assert context.text == "Megvii and Leon Technology were asked and did not answer."
        assert shows(reader, context.text)


async def test_what_the_catalogue_has_lost_may_become_a_name_again(
    reader, read, workspace, monkeypatch
) -> None:
    def lost(entity_id: str) -> None:
        raise NotFoundError(f"{entity_id}: the catalogue has no such entity")

    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Megvii and Leon")
        monkeypatch.setattr(workspace.entities, "get", lost)
        await pilot.press("i")
        await ready(pilot)
        assert title(reader) == "“Megvii”"
        texts = [choice.text for choice in reader.screen._subject.offers()]
        assert texts == ["a new entity …", "another name of …"]


async def test_the_current_name_of_the_paragraph_comes_first(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Megvii and Leon")
        reader.screen.choose_entity("leon")
        await pilot.press("i")
        await ready(pilot)
        assert title(reader).startswith("“Leon Technology”, taken for Leon")


async def test_the_mention_one_walked_to_comes_before_both(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "The laboratory of")
        reader.screen.choose_entity("sensetime")
        await pilot.press("full_stop", "full_stop", "i")
        await ready(pilot)
        assert title(reader).startswith("“商汤”, taken for SenseTime")


async def test_a_mention_one_walked_to_elsewhere_is_left_alone(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        reader.screen.choose_entity("sensetime")
        await pilot.press("full_stop")
        go_to(reader, "Megvii and Leon")
        await pilot.press("i")
        await ready(pilot)
        assert title(reader).startswith("“Megvii”")


async def test_the_selection_comes_before_all(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, " facial recognition ")
        await pilot.press("i")
        await ready(pilot)
        assert title(reader) == "“facial recognition”"
        assert shows(reader, "1 a new entity …")
        assert not shows(reader, "here at this place alone")


async def test_a_selection_that_is_a_mention_is_one(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "Megvii")
        await pilot.press("i")
        await ready(pilot)
        assert title(reader).startswith("“Megvii”, taken for Megvii")
        assert not shows(reader, "a new entity …")


async def test_a_selection_with_a_mention_in_it_has_every_offer(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "laboratory of SenseTime")
        await pilot.press("i")
        await ready(pilot)
        assert shows(reader, "1 a new entity …")
        assert shows(reader, "3 not SenseTime here")


async def test_a_selection_over_two_paragraphs_is_no_name(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        start, end = place(reader, "answer.")[0], place(reader, "what a made-up")[1]
        reader.screen.reader.select(start, end)
        await pilot.press("i")
        assert shows(reader, "select the words of one name")


async def test_a_new_entity_has_the_chinese_that_stands_beside_the_words(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "The laboratory of SenseTime (商汤)")
        await pilot.press("i")
        await ready(pilot)
        assert reader.screen._subject.han == "商汤"


async def test_in_the_sidebar_a_suggestion_becomes_an_entity(
    reader, read, workspace, shows, monkeypatch
) -> None:
    suggestion = Suggestion("Acme", "顶峰", 3, ("chinai-94",), DocumentRole.TEXT, 0, 4)
    # Whenever they are looked for, they are these.
    monkeypatch.setattr(workspace.terms, "suggestions_in", lambda *_: [suggestion])
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        names = reader.screen.names
        reader.screen.show_suggestions()
        await ready(pilot)
        reader.screen.use_pane(Pane.SIDEBAR)
        await pilot.press("G")
        assert names.suggestion == suggestion
        await pilot.press("i")
        await ready(pilot)
        assert title(reader) == "“Acme”"
        assert shows(reader, "Chinese 顶峰")


async def test_in_the_sidebar_a_term_is_mended_as_if_it_were_selected(reader, read, shows) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        reader.screen.turn_sidebar(Face.TERMS)
        reader.screen.use_pane(Pane.SIDEBAR)
        await pilot.press("i")
        await ready(pilot)
        assert title(reader).startswith("“商汤”, taken for SenseTime")


# What comes of it


async def test_a_name_is_denied_drawn_anew_and_taken_back(reader, read, shows, paths) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        view = await read(pilot)
        go_to(reader, "Megvii and Leon")
        top = view.top_offset
        before = named(reader)
        assert ("megvii", "Megvii") in before
        await pilot.press("i", "1")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        assert ("megvii", "Megvii") not in named(reader)
        assert "megvii" not in [each.entity.id for each in reader.screen.names.entities]
        assert "megvii" not in {mark.id for mark in reader.screen.marks()}
        assert (view.top_offset, view.passage[0]) == (top, place(reader, "Megvii and Leon")[0])
        assert shows(reader, "“Megvii” is not Megvii here; U takes it back")
        assert "megvii" in paths.entities.read_text("utf-8")
        await pilot.press("U")
        await ready(pilot)
        assert named(reader) == before
        assert "megvii" in [each.entity.id for each in reader.screen.names.entities]
        assert shows(reader, "undone: “Megvii” is not Megvii here")
        await pilot.press("ctrl+r")
        await ready(pilot)
        assert ("megvii", "Megvii") not in named(reader)
        assert shows(reader, "done again: “Megvii” is not Megvii here")


async def test_a_mention_one_walked_to_is_put_out_when_it_is_none_any_more(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        reader.screen.choose_entity("sensetime")
        await pilot.press("full_stop")
        assert WALKED in {mark.kind for mark in reader.screen.marks()}
        await pilot.press("i", "1")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        assert WALKED not in {mark.kind for mark in reader.screen.marks()}
        await pilot.press("full_stop", "i")
        await ready(pilot)
        assert title(reader).startswith("“商汤”, taken for SenseTime")


async def test_a_new_entity_is_marked_at_once_and_stands_in_the_sidebar(
    reader, read, shows
) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "facial recognition")
        await pilot.press("i", "1", "end")
        await write(pilot, " and chips")
        await pilot.press("tab", "p", "p", "p", "enter")
        await ready(pilot)
        assert shows(reader, 'name = "facial recognition and chips"')
        await pilot.press("enter")
        await ready(pilot)
        assert any(words == "facial recognition and chips" for _, words in named(reader))
        assert shows(reader, "Products")
        assert reader.screen.reader.selection is None


async def test_another_name_is_marked_as_the_entity_that_was_found(reader, read) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        select(reader, "facial recognition")
        await pilot.press("i", "2")
        await write(pilot, "sensetime")
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        assert ("sensetime", "facial recognition") in named(reader)


async def test_backing_out_writes_nothing(reader, read, paths) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Megvii and Leon")
        await pilot.press("i", "3")
        await ready(pilot)
        await pilot.press("escape", "escape")
        await ready(pilot)
        assert reader.screen.opened is not None
        assert not paths.entities.exists()


async def test_lines_that_are_gone_from_the_file_are_a_warning(reader, read, paths) -> None:
    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        go_to(reader, "Megvii and Leon")
        await pilot.press("i", "1")
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        paths.entities.write_text("", "utf-8")
        await pilot.press("U")
        await ready(pilot)
        status = reader.screen.status
        assert status.warning
        assert status.said.startswith("not done: ")
        assert "fault of chinai" not in status.said


async def test_a_write_that_fails_is_a_warning(reader, read, workspace, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    async with reader.run_test(size=SIZE) as pilot:
        await read(pilot)
        monkeypatch.setattr(workspace.mending, "apply", fail)
        reader.screen._mend(Correction("a title", "lines\n"))
        await ready(pilot)
        assert reader.screen.status.said == "not done: the disk is full"
        assert reader.screen.status.warning
