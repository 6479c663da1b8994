"""The full translation, or the Chinese source, beside the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.ui import browser, clipboard
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.screens.main.arrangement import LEAST_TEXT, Pane, arrange
from chinai_tui.workspace import ImportOptions, OpenedIssue, Workspace
from tests.ui.screens.over import ready, until, write

SOURCE = DocumentRole.ORIGINAL
Shows = Callable[[Any, str], bool]
Lines = Callable[[Any], list[str]]

COUNT = 30
TEXT = "ChinAI #300: Cranes and wagons\n\n" + "\n\n".join(
    f"Paragraph {n} tells of the harbour and of what its cranes did on day {n}."
    for n in range(1, COUNT + 1)
)
TRANSLATION = "The harbour in full\n\n" + "\n\n".join(
    f"Sentence {n} of the whole translation, about wagons without drivers."
    for n in range(1, 2 * COUNT + 1)
)
ORIGINAL = "港口全文\n\n" + "\n\n".join(
    f"第{n}段讲述港口的起重机和无人驾驶的货车。" for n in range(1, 2 * COUNT + 1)
)


def bring(workspace: Workspace, folder: Path, text: str, role: DocumentRole | None = None) -> None:
    file = folder / f"{role or 'text'}.txt"
    file.write_text(text, "utf-8")
    issue = "chinai-300" if role else ""
    report = workspace.transfer.import_paths([file], ImportOptions(issue=issue, role=role))
    assert not report.failures


@pytest.fixture
def harbour(workspace: Workspace, paths: Paths, tmp_path: Path) -> ChinaiApp:
    """The reader over an issue that has its full translation beside it."""
    bring(workspace, tmp_path, TEXT)
    bring(workspace, tmp_path, TRANSLATION, DocumentRole.TRANSLATION)
    return ChinaiApp(workspace, paths, Settings())


async def read(pilot: Any, app: Any) -> Any:
    await ready(pilot)
    app.screen.read("chinai-300")
    await ready(pilot)
    return app.screen


def words(view: Any) -> str:
    """The current paragraph of a view."""
    start, end = view.passage
    return str(view.document.text[start:end])


@pytest.mark.parametrize("size", [(160, 45), (120, 40)])
async def test_it_stands_beside_the_text_and_goes_again(
    harbour: ChinaiApp, lines: Lines, shows: Shows, size: tuple[int, int]
) -> None:
    async with harbour.run_test(size=size) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T")
        await ready(pilot)
        row = next(line for line in lines(harbour) if "Paragraph 1 tells" in line)
        assert row.index("Paragraph 1 tells") < row.index("Sentence 1 of")
        assert shows(harbour, "full translation")
        assert min(screen.reader.column[1], screen.second.view.column[1]) >= 50
        assert screen.pane is Pane.READER
        await pilot.press("T")
        await ready(pilot)
        assert screen.second is None
        assert not shows(harbour, "Sentence 1 of")
        assert not shows(harbour, "lets it go")
        assert shows(harbour, "In this issue")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_backing_out_closes_it_first(harbour: ChinaiApp, key: str) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "tab")
        await ready(pilot)
        await pilot.press(key)
        await ready(pilot)
        assert (screen.second, screen.pane) == (None, Pane.READER)
        assert harbour.focused is screen.reader


async def test_it_goes_along_until_it_is_let_go(harbour: ChinaiApp, shows: Shows) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press(*["right_curly_bracket"] * 12, "T")
        await ready(pilot)
        view = screen.second.view
        assert words(screen.reader).startswith("Paragraph 13 ")
        assert words(view).startswith("Sentence 25 ")
        await pilot.press("right_curly_bracket")
        assert words(view).startswith("Sentence 27 ")
        assert view.screen_row == screen.reader.screen_row
        await pilot.press("p", "right_curly_bracket")
        assert words(view).startswith("Sentence 27 ")
        assert shows(harbour, "let go")
        await pilot.press("p")
        assert words(view).startswith("Sentence 29 ")


async def test_tab_goes_there_and_verbs_act_there(
    harbour: ChinaiApp, workspace: Workspace, shows: Shows, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(clipboard, "copy", lambda _app, text: copied.append(text))
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "tab")
        await ready(pilot)
        assert harbour.focused is screen.second.view
        before = words(screen.reader)
        await pilot.press("right_curly_bracket")
        assert words(screen.second.view).startswith("Sentence 2 ")
        assert words(screen.reader) == before
        await pilot.press("y")
        await until(pilot, lambda: bool(copied))
        assert "Sentence 2 of the whole translation" in copied[0]
        await pilot.press("H")
        await until(pilot, lambda: bool(screen.second.opened.annotations))
        (marked,) = screen.second.opened.annotations
        assert marked.annotation.anchor.role is DocumentRole.TRANSLATION
        await pilot.press("right_curly_bracket", "a")
        await ready(pilot)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: len(screen.second.opened.annotations) == 2)
        assert harbour.focused is screen.second.view


async def test_who_reads_it_to_the_end_has_not_read_the_issue(
    harbour: ChinaiApp, workspace: Workspace
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("T", "tab", "G", "space")
        await ready(pilot)
        assert not workspace.library.open("chinai-300").read
        assert harbour.screen.opened.issue.id == "chinai-300"


async def test_the_source_follows_the_translation(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path, shows: Shows
) -> None:
    bring(workspace, tmp_path, ORIGINAL, DocumentRole.ORIGINAL)
    async with harbour.run_test(size=(160, 45)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "T")
        await ready(pilot)
        assert screen.second.opened.role is DocumentRole.ORIGINAL
        assert shows(harbour, "Chinese source")
        assert shows(harbour, "第1段讲述港口")
        await pilot.press("T")
        await ready(pilot)
        assert screen.second is None


async def test_where_there_is_no_room_it_takes_the_place_of_the_text(
    harbour: ChinaiApp, shows: Shows
) -> None:
    async with harbour.run_test(size=(80, 24)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T")
        await ready(pilot)
        assert screen.second is None
        assert screen.opened.role is DocumentRole.TRANSLATION
        assert shows(harbour, "Sentence 1 of")
        await pilot.press("T")
        await ready(pilot)
        assert screen.opened.role is DocumentRole.TEXT


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20)])
@pytest.mark.parametrize("pane", [Pane.LIST, Pane.SIDEBAR])
async def test_the_text_comes_forward_where_something_stands_over_it(
    harbour: ChinaiApp, shows: Shows, size: tuple[int, int], pane: Pane
) -> None:
    async with harbour.run_test(size=size) as pilot:
        screen = await read(pilot, harbour)
        screen.use_pane(pane)
        await ready(pilot)
        await pilot.press("T")
        await ready(pilot)
        assert screen.pane is Pane.READER
        assert harbour.focused is screen.reader
        assert shows(harbour, "Sentence 1 of")
        assert shows(harbour, "full translation · ")


async def test_in_the_list_it_is_that_of_the_issue_under_the_cursor(
    harbour: ChinaiApp, shows: Shows
) -> None:
    async with harbour.run_test(size=(80, 24)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("J", "h", "k")
        assert screen.issues.current.id == "chinai-300"
        await pilot.press("T")
        await ready(pilot)
        assert shows(harbour, "Sentence 1 of")


async def test_of_an_issue_that_cannot_be_opened_no_other_is_opened(
    harbour: ChinaiApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)

        open_ = workspace.library.open

        def open_only_one(issue_id: str, role: DocumentRole | None = None) -> OpenedIssue:
            if issue_id != "chinai-300":
                raise NotFoundError(f"{issue_id}: its text is lost")
            return open_(issue_id, role)

        screen.use_pane(Pane.LIST)
        monkeypatch.setattr(workspace.library, "open", open_only_one)
        await pilot.press("j")
        other = screen.issues.current.id
        await pilot.press("T")
        await ready(pilot)
        assert (screen.second, screen.pane) == (None, Pane.LIST)
        assert (screen.opened.issue.id, screen.opened.role) == ("chinai-300", DocumentRole.TEXT)
        assert screen.status.said == f"{other}: its text is lost"


async def test_in_the_place_of_the_text_it_stands_where_the_text_stood(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path
) -> None:
    bring(workspace, tmp_path, ORIGINAL, DocumentRole.ORIGINAL)
    async with harbour.run_test(size=(80, 24)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press(*["right_curly_bracket"] * 12)
        before = screen.spot()
        await pilot.press("T")
        assert words(screen.reader).startswith("Sentence 25 ")
        await pilot.press("T")
        assert words(screen.reader).startswith("第25段")
        await pilot.press("T")
        assert screen.spot() == before
        await pilot.press("T", "right_curly_bracket", "T", "T")
        assert words(screen.reader).startswith("Paragraph 13 ")


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (60, 20)])
async def test_the_header_tells_of_it_and_of_its_key(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path, shows: Shows, size: tuple[int, int]
) -> None:
    async with harbour.run_test(size=size) as pilot:
        await read(pilot, harbour)
        assert shows(harbour, "· full translation T")
        bring(workspace, tmp_path, ORIGINAL, DocumentRole.ORIGINAL)
        await pilot.press("J", "K")
        await ready(pilot)
        assert shows(harbour, "· full translation, Chinese source T")


async def test_what_the_key_does_next_is_told(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path, shows: Shows
) -> None:
    bring(workspace, tmp_path, ORIGINAL, DocumentRole.ORIGINAL)
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("T")
        await ready(pilot)
        assert shows(harbour, "T Chinese source")
        await pilot.press("T")
        await ready(pilot)
        assert shows(harbour, "T closes it")
        await pilot.resize_terminal(80, 24)
        await ready(pilot)
        await pilot.press("T")
        await ready(pilot)
        assert shows(harbour, "· Chinese source, text T")


async def test_the_header_follows_the_room_there_is(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path, shows: Shows
) -> None:
    bring(workspace, tmp_path, ORIGINAL, DocumentRole.ORIGINAL)
    async with harbour.run_test(size=(160, 45)) as pilot:
        screen = await read(pilot, harbour)
        screen.show_issue("chinai-300", DocumentRole.TRANSLATION)
        await ready(pilot)
        await pilot.press(*["right_curly_bracket"] * 30)
        assert shows(harbour, "· Chinese source T")
        await pilot.resize_terminal(80, 24)
        await ready(pilot)
        assert shows(harbour, "· Chinese source, text T")
        assert screen.header.progress == round(100 * screen.reader.progress) > 0
        await pilot.resize_terminal(160, 45)
        await ready(pilot)
        assert shows(harbour, "· Chinese source T")


async def test_a_screen_that_gets_narrow_closes_it(harbour: ChinaiApp, shows: Shows) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "tab")
        await ready(pilot)
        await pilot.resize_terminal(80, 24)
        await ready(pilot)
        assert screen.second is None
        assert harbour.focused is screen.reader
        assert shows(harbour, "Paragraph 1 tells")


async def test_another_issue_closes_it(harbour: ChinaiApp) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "J")
        await ready(pilot)
        assert screen.opened.issue.id != "chinai-300"
        assert screen.second is None


async def test_the_sidebar_takes_its_place(harbour: ChinaiApp, shows: Shows) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("T", "e")
        await ready(pilot)
        assert screen.second is None
        assert shows(harbour, "In this issue")


async def test_what_is_not_in_the_library_opens_in_the_browser(
    workspace: Workspace,
    paths: Paths,
    tmp_path: Path,
    shows: Shows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(browser, "open_url", lambda url: asked.append(url) or True)
    link = "FULL TRANSLATION: https://docs.google.com/document/d/harbour/edit"
    bring(workspace, tmp_path, f"{TEXT}\n\n{link}\n")
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await read(pilot, app)
        await pilot.press("T")
        await until(pilot, lambda: "brings it here" in screen.status.said)
        assert asked == ["https://docs.google.com/document/d/harbour/edit"]
        assert shows(app, "chinai import FILE --translation-of chinai-300 brings it here")


@pytest.mark.parametrize("width", range(120, 301, 7))
def test_two_texts_have_room_for_fifty_cells_of_words(width: int) -> None:
    shown = arrange(width, 40, Pane.READER, names=True, zen=False, second=True)
    assert shown.second >= LEAST_TEXT
    assert width - shown.list - shown.second >= LEAST_TEXT
    assert arrange(width, 40, Pane.LIST, names=True, zen=False, second=True).list


async def test_a_text_that_ends_at_a_paywall_is_told_to_be_but_the_beginning(
    workspace: Workspace, paths: Paths, tmp_path: Path, shows: Shows
) -> None:
    file = tmp_path / "lamps.html"
    wall = "<div class=paywall><h2 class=paywall-title>Keep reading</h2></div>"
    file.write_text(
        "<html><head><title>ChinAI #300: Lamps</title></head><body><article>"
        f"<p>The part for all.</p>{wall}</article></body></html>",
        "utf-8",
    )
    assert not workspace.transfer.import_paths([file]).failures
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(60, 20)) as pilot:
        await read(pilot, app)
        assert shows(app, "only the beginning · ChinAI #300")
        assert shows(app, "This is only the beginning of the text")


async def test_the_links_listed_are_those_of_the_text_in_hand(
    workspace: Workspace, paths: Paths, tmp_path: Path, shows: Shows
) -> None:
    bring(workspace, tmp_path, TEXT + "\n\nhttps://harbour.example/report\n")
    bring(workspace, tmp_path, ORIGINAL + "\n\nhttps://gangkou.example/yuanwen\n", SOURCE)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        await read(pilot, app)
        await pilot.press("T", "tab", "L")
        await ready(pilot)
        assert shows(app, "Links · 1")
        assert shows(app, "gangkou.example/yuanwen")
        assert not shows(app, "harbour.example/report")


@pytest.mark.parametrize("size", [(160, 45), (60, 20)])
async def test_what_is_found_in_it_is_opened_there(
    harbour: ChinaiApp, workspace: Workspace, tmp_path: Path, shows: Shows, size: tuple[int, int]
) -> None:
    bring(workspace, tmp_path, ORIGINAL, SOURCE)
    async with harbour.run_test(size=size) as pilot:
        screen = await read(pilot, harbour)
        await pilot.press("\\")
        await ready(pilot)
        await write(pilot, '"sentence 41" cranes')
        await until(pilot, lambda: shows(harbour, "Sentence 41 of the whole translation"))
        assert shows(harbour, "only in the same issue 1")
        assert shows(harbour, "full translation ·")
        assert harbour.screen.passages.current.place.role is DocumentRole.TEXT
        await pilot.press("down")
        assert harbour.screen.passages.current.place.role is DocumentRole.TRANSLATION
        await pilot.press("enter")
        await ready(pilot)
        assert harbour.screen is screen
        assert screen.opened.role is DocumentRole.TRANSLATION
        assert words(screen.reader).startswith("Sentence 41 of")
        assert shows(harbour, "Sentence 41 of the whole translation")
        await pilot.press("\\")
        await ready(pilot)
        await pilot.press("ctrl+u")
        await write(pilot, "起重机")
        await until(pilot, lambda: shows(harbour, "Chinese source ·"))
        await pilot.press("enter")
        await ready(pilot)
        assert screen.opened.role is SOURCE
        assert "起重机" in words(screen.reader)
