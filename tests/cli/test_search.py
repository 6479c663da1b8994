from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _imported(run: Run, text_file: Path) -> None:
    run("import", str(text_file))


def test_a_word_that_stands_nowhere_is_named_with_what_is_like_it(run: Run) -> None:
    outcome = run("search", "paragrahp")
    assert outcome.code == 1
    assert "“paragrahp” stands nowhere; did you mean paragraph" in outcome.err
    assert outcome.out == ""
    (missing,) = run("search", "paragrahp", "--json").json["missing"]
    assert missing["words"] == "paragrahp"


def test_issues_are_counted_and_listed_by_id(run: Run) -> None:
    ids = run("search", "is:unread", "--ids").out.split()
    assert run("search", "is:unread", "--count").out == f"{len(ids)}\n"
    assert len(ids) >= 5
    assert run("search", "is:unread", "--ids", "--limit", "2").out.split() == ids[:2]
    nothing = run("search", "wordthatisnotthere", "--count")
    assert (nothing.code, nothing.out) == (1, "0\n")


def test_the_order_is_chosen(run: Run) -> None:
    query = ("search", "is:unread", "--ids", "--sort")
    by_number = run(*query, "number").out.split()
    assert by_number != run(*query, "date").out.split()
    assert by_number == run("search", "is:unread sort:number", "--ids").out.split()
    assert run(*query, "size").code == 2


def test_a_query_is_explained(run: Run) -> None:
    outcome = run("search", "chips company:商汤 nothing:x", "--explain")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "all of:",
        "  the word “chips”",
        "  names SenseTime (company:商汤)",
    ]
    assert "there is no field nothing:" in outcome.err


def test_paragraphs_are_printed_between_their_neighbours(run: Run) -> None:
    short = run("search", '"second site"').out
    whole = run("search", '"second site"', "--context", "1").out
    assert len(whole.splitlines()) == len(short.splitlines()) + 3
    assert whole.splitlines()[0] == short.splitlines()[0]


def test_notes_are_found_with_the_texts(run: Run, paths: Paths) -> None:
    workspace = Workspace.open(paths, Settings())
    note = workspace.notes.entity_note("sensetime", "an accordion of stakes")
    workspace.close()
    outcome = run("search", "accordion stakes")
    assert "in your notes:" in outcome.out
    assert "sensetime: an accordion of stakes" in outcome.out
    assert run("search", "accordion stakes", "--json").json["notes"] == [note.id]


def test_what_is_found_stands_out_on_a_terminal_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in run("search", "second").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31m\x1b[1msecond\x1b[0m" in run("search", "second").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("search", "second").out
