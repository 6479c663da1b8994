"""How a command finds the library after the catalogue has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chinai_tui.cli.session import library
from chinai_tui.paths import default_paths
from chinai_tui.workspace import upkeep
from chinai_tui.workspace import workspace as opening

Run = Callable[..., Any]

OWN = """
[[entity]]
id = "pond"
kind = "company"
name = "the article"
"""


@pytest.fixture(autouse=True)
def changed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that counts as large, marked before the catalogue changed."""
    run("list")
    monkeypatch.setattr(opening, "MARKED_AT_ONCE", 0)
    own = default_paths().entities
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(OWN, "utf-8")


def test_a_command_answers_when_all_is_marked(run: Run) -> None:
    found = run("search", "company:pond", "--ids").out
    assert "chinai-94" in found


def test_progress_is_shown_on_a_terminal_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "indexing 5 of 5 issues\n" in run("search", "pond").err
    assert "indexing" not in run("list").err


def test_the_reader_does_not_wait() -> None:
    with library(current=False) as workspace:
        assert workspace.care.is_behind
    with library() as workspace:
        assert not workspace.care.is_behind


def test_marking_that_fails_is_told_and_the_command_answers(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "raise SystemExit('the pond is dry')"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    outcome = run("search", "sensetime", "--ids")
    assert outcome.code == 0
    assert "chinai-94" in outcome.out
    assert "the pond is dry" in outcome.err
