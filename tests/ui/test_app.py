"""What holds for the application as a whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import chinai_tui.ui
from chinai_tui.config import Settings
from chinai_tui.ui import browser, collector
from chinai_tui.ui.app import ChinaiApp

SOURCES = sorted(Path(chinai_tui.ui.__file__).parent.rglob("*.py"))


async def test_no_color_is_respected_and_hits_still_stand_out(
    workspace, paths, monkeypatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "slash", *"state")
        await pilot.pause()
        segments = [s for strip in app.screen._compositor.render_strips() for s in strip]
        styles = [segment.style for segment in segments if segment.style]
        assert not [style for style in styles if style.color or style.bgcolor]
        lit = [s.text for s in segments if s.style and s.style.reverse and s.text.strip()]
        assert "state" in [text.lower() for text in lit]


async def test_in_colour_the_panes_have_their_grounds(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        strips = reader.screen._compositor.render_strips()
        grounds = {s.style.bgcolor.name for strip in strips for s in strip if s.style}
        assert {"#15171c", "#1b1e25", "#282c36"} <= grounds


async def test_a_setting_chooses_the_light_theme(workspace, paths) -> None:
    app = ChinaiApp(workspace, paths, Settings(theme="light"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        grounds = {s.style.bgcolor.name for strip in strips for s in strip if s.style}
        assert {"#f8f4ea", "#f0ebdd"} <= grounds


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "-version", "mailto:a@b.example", "", "a b"],
)
def test_only_web_addresses_are_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: pytest.fail("a browser was asked for"))
    assert browser.allowed(url) == ""
    assert not browser.open_url(url)
    assert asked == []


def test_an_address_is_handed_to_the_browser_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    class Window:
        def open(self, url: str) -> bool:
            opened.append(url)
            return True

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "get", Window)
    assert browser.open_url("https://a.example/x?y=$(id);z")
    assert opened == ["https://a.example/x?y=$(id);z"]


def test_a_browser_in_the_terminal_or_none_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    assert not browser.open_url("https://a.example/")

    def none() -> None:
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not browser.open_url("https://a.example/")


def test_the_collector_is_left_as_it_was_found() -> None:
    import gc

    collector.resume()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    collector.pause()
    assert not gc.isenabled()
    collector.resume()
    assert gc.isenabled()
    gc.unfreeze()


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") == name or getattr(node.func, "id", "") == name)
    ]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_worker_has_a_group_and_does_not_end_the_reader(source: Path) -> None:
    tree = ast.parse(source.read_text("utf-8"))
    for call in (*calls(tree, "run_worker"), *calls(tree, "work")):
        if isinstance(call.func, ast.Name) and not call.keywords:
            continue
        given = {keyword.arg for keyword in call.keywords}
        assert {"group", "exit_on_error"} <= given, f"{source}:{call.lineno}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_text_is_parsed_as_markup(source: Path) -> None:
    tree = ast.parse(source.read_text("utf-8"))
    for name in ("Static", "Label", "notify"):
        for call in calls(tree, name):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            markup = given.get("markup")
            assert isinstance(markup, ast.Constant), f"{source}:{call.lineno}"
            assert markup.value is False
    assert not calls(tree, "from_markup"), source


def test_importing_the_package_does_not_import_textual() -> None:
    import subprocess
    import sys

    code = "import sys, chinai_tui.ui; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
