"""Copying: the terminal's clipboard always, the desktop's where there is one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widget import Widget

from chinai_tui.ui import clipboard
from tests.ui.screens.over import ready

FAKE = """
import os, sys

assert sys.argv[1:] == ["--copy"]
text = sys.stdin.read()
print("noise")
print("noise", file=sys.stderr)
if text == "fail":
    raise RuntimeError("no clipboard")
with open(os.environ["COPIED"], "a", encoding="utf-8") as file:
    file.write(f"{text}|{os.getsid(0) != int(os.environ['OWNER'])}|")
"""


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for pyperclip, and the file it writes to."""
    package = tmp_path / "pyperclip"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(FAKE)
    file = tmp_path / "copied"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("COPIED", str(file))
    monkeypatch.setenv("OWNER", str(os.getsid(0)))
    return file


def test_a_text_reaches_the_desktop_whole_without_a_terminal_and_without_noise(
    copied: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert clipboard.copy_to_desktop("商汤 “lamp”\nsecond line")
    assert copied.read_text("utf-8") == "商汤 “lamp”\nsecond line|True|"
    assert capfd.readouterr() == ("", "")


def test_a_desktop_without_a_clipboard_is_passed_over(
    copied: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not clipboard.copy_to_desktop("fail")
    assert capfd.readouterr() == ("", "")


def test_no_python_to_be_found_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "_COMMAND", ("/nonexistent/python",))
    assert not clipboard.copy_to_desktop("text")


def test_a_desktop_that_does_not_answer_is_given_up_on(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied.parent / "pyperclip" / "__main__.py").write_text("import signal; signal.pause()")
    monkeypatch.setattr(clipboard, "SECONDS", 0.05)
    assert not clipboard.copy_to_desktop("text")


def test_a_module_of_that_name_in_the_folder_one_is_in_is_not_run(
    tmp_path: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "elsewhere"
    trap.mkdir()
    (trap / "pyperclip.py").write_text("open('sprung', 'w')")
    monkeypatch.chdir(trap)
    assert clipboard.copy_to_desktop("text")
    assert not (trap / "sprung").exists()


class Desk(App[None]):
    """An application that believes it has a terminal."""

    is_headless = False  # type: ignore[assignment]


async def test_what_is_copied_is_cleaned_and_goes_to_both(copied: Path) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        clipboard.copy(app.screen, "a\x1b[2Jb\u202ec\nd")
        assert app.clipboard == "abc\nd"
        await ready(pilot)
        assert copied.read_text("utf-8").startswith("abc\nd|")


async def test_the_last_of_several_copies_stays(copied: Path) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        for text in ("one", "two", "three"):
            clipboard.copy(app, text)
        await ready(pilot)
        assert app.clipboard == "three"
        assert copied.read_text("utf-8").split("|")[-3] == "three"


async def test_nothing_that_fails_reaches_the_application(copied: Path) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        clipboard.copy(app, "fail")
        await ready(pilot)
        assert app.is_running
        assert not copied.exists()


async def test_without_a_terminal_the_desktop_is_left_alone(copied: Path, host: Any) -> None:
    app = host(Widget())
    async with app.run_test() as pilot:
        clipboard.copy(app.widget, "text")
        await ready(pilot)
        assert app.clipboard == "text"
        assert not copied.exists()
