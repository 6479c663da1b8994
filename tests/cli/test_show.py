"""What `chinai show` prints below the text, and where it does not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
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


def test_the_end_of_a_beginning_says_where_the_rest_is(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "lamps.html"
    page.write_text(
        "<title>Lamps</title><link rel=canonical href=https://l.example/p/lamps>"
        "<article><p>The part for all.</p><div class=paywall-jump></div>"
        "<div class=footnote><div class=footnote-content><p>A note.</p></div></div></article>",
        "utf-8",
    )
    run("import", str(page))
    shown = run("show", "lamps", "--width", "60").out
    assert "only the beginning" in shown
    assert shown.rstrip().endswith("https://l.example/p/lamps.")
