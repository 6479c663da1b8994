"""What `chinai show` prints below the text, and where it does not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from chinai_tui.workspace.since import Since

Run = Callable[..., Any]


def test_on_a_terminal_the_end_says_what_came_since(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = run("show", "23", "--width", "60").out
    text, _, below = shown.partition("─" * 60)
    assert below.split("\n")[2] == "Since then"
    assert "• Megvii: in 2 later issues, last #94" in below
    assert "Since then" not in text


def test_where_nothing_came_since_there_is_only_the_text(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "Since then" not in run("show", "94").out


def test_what_is_piped_is_the_document_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Since, "of", lambda *_: pytest.fail("nobody is shown it"))
    assert "Since then" not in run("show", "23").out
    assert "Since then" not in run("show", "23", "--json").out
