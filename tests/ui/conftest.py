"""Apps to test widgets and screens in, and ways to see what they show."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

import chinai_tui.ui
from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.theme import NAMES, themes
from chinai_tui.workspace import Workspace

STYLES = Path(chinai_tui.ui.__file__).with_name("chinai.tcss")


class Host(App[None]):
    """An app with one widget, which keeps the messages that reach it."""

    CSS_PATH = STYLES
    CSS = "Screen > * { width: 100%; height: 100%; }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = NAMES["dark"]
        self.widget = widget
        self.seen: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def said(self, kind: type[Message]) -> list[Any]:
        """The messages of a kind, in order; the hook sees each once for every node it passes."""
        found = [message for message in self.seen if isinstance(message, kind)]
        return list({id(message): message for message in found}.values())


def screen_lines(app: App[Any]) -> list[str]:
    """The screen as lines of text."""
    compositor = app.screen._compositor
    return [strip.text for strip in compositor.render_strips()]


@pytest.fixture
def host() -> Callable[[Widget], Host]:
    return Host


@pytest.fixture
def lines() -> Callable[[App[Any]], list[str]]:
    return screen_lines


@pytest.fixture
def shows() -> Callable[[App[Any], str], bool]:
    """Whether a text stands on the screen, wherever lines break."""

    def found(app: App[Any], text: str) -> bool:
        return " ".join(text.split()) in " ".join(" ".join(screen_lines(app)).split())

    return found


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder into which the shipped library was brought once."""
    root = tmp_path_factory.mktemp("library")
    paths = Paths(data=root / "data", config=root / "config", cache=root / "cache")
    Workspace.open(paths, Settings()).close()
    return root


@pytest.fixture
def workspace(paths: Paths, home: Path, library: Path) -> Iterator[Workspace]:
    """The shipped library, in a home of its own."""
    shutil.copytree(library, home)
    opened = Workspace.open(paths, Settings())
    yield opened
    opened.close()


@pytest.fixture
def reader(workspace: Workspace, paths: Paths) -> ChinaiApp:
    """The reader as it is when it is started for the first time."""
    return ChinaiApp(workspace, paths, Settings())
