"""Each command as one uses it: what it prints, where, and with which exit code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui import __version__
from chinai_tui.cli import COMMANDS
from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import StoreError
from chinai_tui.paths import default_paths
from chinai_tui.workspace import Workspace

Run = Callable[..., Any]


def test_version(run: Run) -> None:
    assert run("--version").out == f"chinai {__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").out
    for name in COMMANDS:
        assert f"  {name} " in shown
        assert run(name, "--help").code == 0


def test_without_a_terminal_the_reader_says_so(run: Run) -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (3, "")
    assert "needs a terminal" in outcome.err


def test_wrong_use(run: Run) -> None:
    outcome = run("nonsense")
    assert outcome.code == 2
    assert "nonsense" in outcome.err


def test_import_says_what_it_did(run: Run, text_file: Path) -> None:
    assert "changed  chinai-94" in run("import", str(text_file)).out
    said = "nothing has changed: the text is in the library already"
    assert said in run("import", str(text_file)).out
    assert run("import", str(text_file), "--json").json["unchanged"] == ["chinai-94"]


def test_an_import_that_is_stopped_says_that_it_goes_on(
    run: Run, text_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chinai_tui.workspace.transfer.Transfer.import_paths", stop)
    outcome = run("import", str(text_file))
    assert (outcome.code, outcome.out) == (130, "")
    issues = len(run("list", "--json").json["issues"])
    said = f"stopped; {issues} issues are in the library; the same command goes on\n"
    assert outcome.err == said


def test_an_import_that_could_not_be_saved_says_that_it_goes_on(
    run: Run, text_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("the pond is full")

    monkeypatch.setattr("chinai_tui.workspace.transfer.Transfer.import_paths", fail)
    outcome = run("import", str(text_file))
    assert (outcome.code, outcome.out) == (3, "")
    said = "stopped; what came in before is saved; the same command goes on"
    assert outcome.err.splitlines() == [said, "chinai: the pond is full"]


def test_import_names_what_cannot_be_read_and_goes_on(
    run: Run, text_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    outcome = run("import", str(tmp_path / "empty.txt"), str(tmp_path / "none"), str(text_file))
    assert outcome.code == 3
    assert "changed  chinai-94" in outcome.out
    assert "empty.txt: " in outcome.err
    assert "none: " in outcome.err


@pytest.mark.parametrize("option", ["--title=A", "--url=https://example.org"])
def test_a_title_is_for_one_file(run: Run, tmp_path: Path, option: str) -> None:
    assert run("import", str(tmp_path), option).code == 2


@pytest.mark.parametrize("date", ["yesterday", "2020-13", "2020-01-32", "20200101"])
def test_a_date_has_one_form(run: Run, text_file: Path, date: str) -> None:
    assert run("import", str(text_file), f"--date={date}").code == 2


def test_list(run: Run) -> None:
    lines = run("list").out.splitlines()
    assert len(lines) == 5
    assert all(line.count("\t") == 4 for line in lines)
    assert run("list", "company:leon", "--json").json["issues"][0]["id"] == "chinai-29"
    none = run("list", "wordthatisnotthere")
    assert (none.code, none.out) == (1, "")
    faulty = run("list", "company:nobody-at-all")
    assert faulty.code == 1
    assert "no company goes by" in faulty.err


def test_show(run: Run, text_file: Path) -> None:
    run("import", str(text_file))
    shown = run("show", "94", "--width", "40").out
    assert "ChinAI #94" in shown
    assert "A text that arrives" in shown
    assert max(map(len, shown.splitlines()[2:])) <= 40
    assert "our words" in run("show", "94", "--role", "digest").out
    data = run("show", "94", "--json").json
    assert data["format"] == "chinai/issue"
    assert data["issue"]["number"] == 94
    mention = data["mentions"][0]
    assert data["text"][mention["start"] : mention["end"]] == mention["words"]
    assert run("show", "4711").code == 1


def test_search(run: Run, text_file: Path) -> None:
    run("import", str(text_file))
    outcome = run("search", '"second site" company:sensetime', "--json")
    (hit,) = outcome.json["issues"]
    assert (hit["id"], hit["together"]) == ("chinai-94", True)
    assert "second site" in hit["passages"][0]["text"]
    assert "second site" in run("search", "second", "site").out
    assert run("search", "wordthatisnotthere").code == 1
    assert run("search", "-unlikely", "SenseTime").code == 0


def test_company(run: Run) -> None:
    data = run("company", "商汤", "--json").json
    assert data["entity"]["id"] == "sensetime"
    assert data["mentions"] == sum(point["count"] for point in data["timeline"]) > 0
    assert any(claim["relation"] == "joint venture" for claim in data["claims"])
    shown = run("company", "leon").out
    assert "own claim" in shown
    nobody = run("company", "qqqqqqqq")
    assert (nobody.code, nobody.out) == (1, "")


def noted() -> str:
    workspace = Workspace.open(default_paths(), Settings())
    note = workspace.notes.note("chinai-94", DocumentRole.DIGEST, 0, 30, "Look here #ipo")
    workspace.close()
    return note.id


def test_notes(run: Run) -> None:
    assert run("notes").code == 1
    note = noted()
    assert run("notes", "--json").json["notes"][0]["id"] == note
    assert "Look here" in run("notes", "look").out
    assert run("notes", "absent").code == 1
    assert run("notes", "--issue", "29").code == 1
    assert "Look here" in run("notes", "tag:ipo", "-is:highlight").out
    assert run("notes", "tag:ipo", "-look").code == 1
    faulty = run("notes", "look", "tagg:x")
    assert faulty.code == 2
    assert faulty.err.startswith("tagg:x: there is no field tagg:; did you mean tag:?")


def test_export(run: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    nothing = run("export", "--to", out)
    assert (nothing.code, nothing.out) == (0, "")
    assert "no notes" in nothing.err
    assert run("export", "--issue", "94", "--to", out).code == 1
    noted()
    (name,) = run("export", "--issue", "94", "--to", out).out.splitlines()
    assert "Look here" in Path(name).read_text("utf-8")
    assert run("export", "issue:94", "--to", out).out.splitlines() == [name]
    assert run("export", "--all", "--to", out, "--json").json["notes"] == 1
    assert run("export", "--company", "cloudwalk", "--to", out).code in (0, 1)
    assert run("export", "--company", "cloudwalk", "--issue", "94").code == 2


@pytest.mark.parametrize("command", ["list", "search", "notes"])
def test_a_word_may_be_left_out_whatever_its_letters(run: Run, command: str) -> None:
    noted()
    assert run(command, "is:note", "-huawei", "--json").json["query"] == "is:note -huawei"
    assert run(command, "-h").out == run(command, "--help").out


def test_export_of_what_fits_a_query(run: Run, tmp_path: Path) -> None:
    noted()
    absent = run("export", "absent", "--to", str(tmp_path))
    assert (absent.code, absent.out) == (1, "")
    assert "no note fits" in absent.err
    (name,) = run("export", "tag:ipo", "--by", "one", "--to", str(tmp_path)).out.splitlines()
    assert Path(name).name.startswith("chinai-notes--tag-ipo-")
    assert "# Reading notes: tag:ipo" in Path(name).read_text("utf-8")


def test_notes_name_whoever_else_made_them(run: Run) -> None:
    noted()
    assert " · by " not in run("notes").out
    run("config", "creator", "Lin Example")
    run("note", "--entity", "yitu", "mine")
    assert " · by " not in run("notes").out
    run("config", "creator", "Bo Second")
    assert run("notes").out.count(" · by Lin Example · ") == 1


@pytest.mark.parametrize("query", ["color:pink", "foo:bar", "(", "tag:", "tag:ipo color:pink"])
@pytest.mark.parametrize("to", ["folder", "-"])
def test_a_query_that_cannot_be_read_exports_nothing(
    run: Run, tmp_path: Path, query: str, to: str
) -> None:
    noted()
    folder = tmp_path / "folder"
    refused = run("export", *query.split(), "--to", str(folder) if to == "folder" else to)
    assert (refused.code, refused.out) == (2, "")
    assert "nothing is written" in refused.err
    assert not folder.exists()
    assert run("notes", query).code == (0 if query == "(" else 2)


def test_config(run: Run, home: Path) -> None:
    assert str(home) in run("config").out
    assert run("config", "measure", "72").out == "72\n"
    assert run("config", "measure").out == "72\n"
    assert run("config", "--json").json["settings"]["measure"] == 72
    assert run("config", "measure", "7").code == 3
    assert run("config", "nonsense").code == 2


def test_a_faulty_settings_file_is_named_in_one_line(run: Run, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("theme = ")
    outcome = run("list")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1
    assert "config.toml" in outcome.err


TITLES = [
    "[Translation] of a thing",
    "[/b] closes",
    "[@click=app.quit]go[/]",
    "\x1b]52;c;UFdO\x07x",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_printed_as_they_are_and_nothing_else_passes(
    run: Run, tmp_path: Path, title: str
) -> None:
    file = tmp_path / "hostile.md"
    file.write_text(f"# {title}\n\nA made-up paragraph \x1b[31mred\x9b31m \u202etxt.\n", "utf-8")
    run("import", str(file))
    issue = next(i for i in run("list", "--json").json["issues"] if i["publication"] == "unfiled")
    shown = [
        run("list"),
        run("show", issue["id"]),
        run("show", issue["id"], "--json"),
        run("search", "paragraph"),
    ]
    for outcome in shown:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", outcome.out + outcome.err)
    if "\x1b" not in title:
        assert title in shown[0].out
        assert title in shown[1].out


def test_a_closed_pipe_is_no_fault() -> None:
    code = f"{sys.executable} -m chinai_tui list | head -c 1"
    shown = subprocess.run(["sh", "-c", code], capture_output=True, text=True, check=True)
    assert shown.stderr == ""


def test_export_to_standard_output(run: Run, tmp_path: Path) -> None:
    noted()
    shown = run("export", "tag:ipo", "--to", "-")
    assert shown.out.startswith('---\ntitle: "Reading notes: tag:ipo"\n')
    assert "Look here" in shown.out
    assert not Path("-").exists()
    page = run("export", "--to", "-", "--by", "issue", "--profile", "html")
    assert page.out.startswith("<!doctype html>")
    assert run("export", "absent", "--to", "-").code == 1
    assert run("export", "--to", "-", "--watch").code == 2


def test_export_in_a_profile(run: Run, tmp_path: Path) -> None:
    noted()
    told = run("export", "--profile", "obsidian", "--to", str(tmp_path / "out"), "--json").json
    assert set(told["files"]) < set(told["written"])
    assert "> [!quote]" in Path(told["files"][0]).read_text("utf-8")
    assert run("export", "--profile", "word", "--to", str(tmp_path)).code == 2
