"""`chinai import` of notes, `chinai backup` and `chinai restore`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CONTROLS

Run = Callable[..., Any]

TABLE = "Highlight,Book Title,Note\nthat stand nowhere,ChinAI #94: x,mine \x1b]0;x\x07\nw,,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "readwise.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_notes_come_in_and_what_became_of_them_is_told(
    run: Run, table: Path, text_file: Path
) -> None:
    outcome = run("import", str(table))
    assert outcome.code == 3
    assert outcome.out == "notes: 1 new, 0 changed, 0 unchanged\n"
    assert f"{table}, line 3: does not say from which text it is" in outcome.err
    assert run("import", str(text_file)).code == 0
    outcome = run("import", str(table), "--json")
    notes = outcome.json["notes"]
    assert outcome.json["added"] == []
    assert len(notes["unchanged"]) == 1
    assert [*notes] == ["added", "changed", "unchanged", "orphaned", "flagged", "waiting", "stubs"]
    assert not CONTROLS.search(run("notes").out)


def test_orphans_and_issues_without_a_text_are_told(run: Run, table: Path, text_file: Path) -> None:
    run("import", str(text_file))
    table.write_text("Highlight,Book Title\nnowhere at all,ChinAI #94: x\nw,Other\n", "utf-8")
    outcome = run("import", str(table))
    assert outcome.code == 0
    assert "awaited  other: import its text" in outcome.out
    assert "orphan  " in outcome.out
    assert run("show", "other").code == 1
    assert "its text is not here yet; `chinai import` brings it" in run("show", "other").err
    assert "Other" in run("list").out
    assert run("news").code == 0
    doctor = run("doctor")
    assert doctor.code == 0
    assert "1 issue without a text" in doctor.out


def test_a_library_moves_to_another_folder(
    run: Run, text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = str(tmp_path / "a.zip")
    run("import", str(text_file))
    run("config", "theme", "light")
    note = run("note", "94", "--quote", "opened a second site", "mine").out.strip()
    outcome = run("backup", backup)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"5 issues, 6 texts and 1 note in {backup}\n"
    assert run("backup", backup).code == 3
    assert run("backup", backup, "--force", "--json").json["notes"] == 1
    before = [run(*each).out for each in (("list",), ("notes",), ("show", "94"), ("config",))]
    old = tmp_path / "home"
    monkeypatch.setenv("CHINAI_HOME", str(tmp_path / "other"))
    outcome = run("restore", backup)
    assert (outcome.code, outcome.err) == (0, "")
    assert "notes: 1 new, 0 updated" in outcome.out
    after = [run(*each).out for each in (("list",), ("notes",), ("show", "94"), ("config",))]
    assert note in after[1]
    assert [each.replace(str(tmp_path / "other"), str(old)) for each in after] == before
    assert run("doctor").code == 0


def test_a_note_that_was_deleted_since_is_told_with_the_way_back(
    run: Run, text_file: Path, tmp_path: Path
) -> None:
    run("import", str(text_file))
    note = run("note", "94", "mine").out.strip()
    run("backup", str(tmp_path / "a.zip"))
    run("notes", "--delete", note)
    told = run("restore", str(tmp_path / "a.zip")).out
    assert f"1 note deleted here since; `chinai notes --restore {note}` brings back" in told
    assert run("notes").code == 1


def test_replacing_tells_where_what_was_here_is(run: Run, tmp_path: Path) -> None:
    backup = str(tmp_path / "a.zip")
    run("backup", backup)
    run("config", "theme", "light")
    outcome = run("restore", backup, "--replace")
    assert outcome.code == 0
    place = outcome.out.splitlines()[0].removeprefix("what was here before is in ")
    assert Path(place).is_file()
    assert "light" not in run("config", "theme").out
    assert run("restore", place, "--json").json["beside"] == []
    assert "light" in run("config", "theme").out


def test_what_is_no_backup_is_refused_in_one_line(run: Run, table: Path) -> None:
    for name in (str(table), str(table.parent), str(table / "x")):
        outcome = run("restore", name)
        assert outcome.code == 3
        assert outcome.err.count("\n") == 1
