"""What `chinai show --diff` prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BEFORE = """ChinAI #301: Counting lamps

Key Takeaways:

  • The lamps were counted twice, and the count was right.

  • The harbour keeps a log (日志) of every ship.

A paragraph that nobody touched.
"""
AFTER = BEFORE.replace("twice", "three times").replace("every ship", "every boat (每一艘船)")


@pytest.fixture
def revised(run: Run, tmp_path: Path) -> Path:
    """A text that came in twice, the second time with other words."""
    file = tmp_path / "301.txt"
    for text in (BEFORE, AFTER):
        file.write_text(text, "utf-8")
        assert run("import", str(file)).code == 0
    return file


def test_what_changed_is_told_by_paragraph_and_word(run: Run, revised: Path) -> None:
    shown = run("show", "301", "--diff")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert [line[:3] for line in lines[:2]] == ["---", "+++"]
    assert lines[3:6] == [
        "@ ¶2 · Key Takeaways",
        "- The lamps were counted [-twice-], and the count was right.",
        "+ The lamps were counted {+three times+}, and the count was right.",
    ]
    assert "{+boat (每一艘船)+}" in lines[-1]
    assert "nobody touched" not in shown.out
    assert "\x1b" not in shown.out


def test_colours_are_for_a_terminal(
    run: Run, revised: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("chinai_tui.cli.difference.wants_colour", lambda: True)
    assert "[-twice-]" in run("show", "301", "--diff").out


def test_json_has_the_sides_of_the_words(run: Run, revised: Path) -> None:
    told = run("show", "301", "--diff", "--json").json
    assert told["format"] == "chinai/difference"
    words = told["changes"][0]["words"]
    assert {"text": "twice", "side": "old"} in words
    assert {"text": "three times", "side": "new"} in words


def test_an_earlier_revision_is_named_by_its_digits_or_its_day(run: Run, revised: Path) -> None:
    old = run("show", "301", "--diff", "--json").json["old"]
    assert run("show", "301", "--diff", "--since", old["revision"][:6]).code == 0
    assert run("show", "301", "--diff", "--since", old["accessed"]).code == 0
    missed = run("show", "301", "--diff", "--since", "2001-01-01")
    assert missed.code == 1
    assert old["revision"][:8] in missed.err


def test_a_text_that_has_never_been_another_says_so(run: Run) -> None:
    shown = run("show", "94", "--diff")
    assert (shown.code, shown.out) == (1, "")
    assert "has never been another" in shown.err


def test_since_goes_with_diff(run: Run) -> None:
    assert run("show", "94", "--since", "2026-01-01").code == 2


def test_a_title_that_became_another_stands_under_one_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lamps.md"
    for title in ("Counting", "What the harbour keeps"):
        text = f"---\nurl: https://pond.example/p/x\n---\n# {title}\n\nWords that stay.\n"
        file.write_text(text, "utf-8")
        assert run("import", str(file)).code == 0
    shown = run("show", "harbour", "--diff")
    assert shown.out.splitlines()[3:] == ["@ title", "- Counting", "+ What the harbour keeps"]
