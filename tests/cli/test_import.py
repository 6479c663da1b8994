from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workspace.arriving import page

Run = Callable[..., Any]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(25):
        text = f"Pond Letter #{number}: Lilies\n\nSomebody counted {number} lilies twice.\n"
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def test_long_lists_are_cut_and_json_is_whole(run: Run, many: Path) -> None:
    for number in range(30):
        (many / f"x{number}.txt").touch()
    outcome = run("import", str(many))
    assert outcome.code == 3
    lines = outcome.out.splitlines()
    assert len(lines) == 22
    assert lines[-2:] == [
        "and 5 more; --json names them all",
        "25 new, 0 changed, 0 unchanged",
    ]
    assert outcome.err.splitlines()[-1] == "and 10 more; --json names them all"
    told = run("import", str(many), "--json").json
    assert (told["format"], told["version"]) == ("chinai/import", 1)
    assert len(told["unchanged"]) == 25
    assert len(told["failures"]) == 30


def test_what_is_skipped_is_counted_by_its_reason(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{number}.x,false,\n" for number in range(3))
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("posts.csv", f"post_id,is_published,title\n{rows}9.y,true,A talk\n")
    outcome = run("import", str(tmp_path / "export.zip"))
    assert outcome.code == 0
    assert outcome.out.splitlines()[-2:] == [
        "3 skipped: is a draft that was not published",
        "1 skipped: has no page in the archive",
    ]
    told = run("import", str(tmp_path / "export.zip"), "--json").json
    assert [each["reason"] for each in told["skipped"]].count("has no page in the archive") == 1


def test_a_dry_run_writes_nothing(run: Run, text_file: Path) -> None:
    outcome = run("import", str(text_file), "--dry-run")
    assert outcome.out.splitlines() == [
        "nothing is written; this would happen:",
        "changed  chinai-94",
        "0 new, 1 changed, 0 unchanged",
    ]
    assert run("import", str(text_file), "--dry-run", "--json").json["dry_run"]
    assert "changed  chinai-94" in run("import", str(text_file)).out


def test_standard_input_is_a_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(b"A title of its own\n\nSome words below it.\n"), "utf-8")
    monkeypatch.setattr("sys.stdin", given)
    assert "new      a-title-of-its-own" in run("import", "-").out


@pytest.mark.parametrize(
    ("option", "role"), [("translation", "translation"), ("original", "original")]
)
def test_a_file_goes_with_an_issue(run: Run, tmp_path: Path, option: str, role: str) -> None:
    file = tmp_path / "whole.html"
    file.write_text(page("The whole of it", "All that the source says of the lamps."))
    assert "changed  chinai-94" in run("import", str(file), f"--{option}-of", "94").out
    shown = run("show", "94", "--role", role)
    assert "All that the source says" in shown.out
    assert run("import", str(file), f"--{option}-of", "no such issue").code == 1


def test_reading_again(run: Run, text_file: Path) -> None:
    run("import", str(text_file))
    assert "nothing has changed" in run("import", "--again").out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.txt", "--again"),
        ("--again", "--title=A"),
        ("--again", "--translation-of=94"),
        ("a.txt", "b.txt", "--translation-of=94"),
        ("a.txt", "--translation-of=94", "--original-of=94"),
        ("a.txt", "--translation-of=94", "--url=https://pond.example"),
        ("a.txt", "--url=javascript:pond"),
        ("a.txt", "--url=pond.example"),
        ("a.txt", "--publication=../../pond"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("import", *arguments).code == 2


def test_a_publication_that_nobody_describes_is_told(run: Run, text_file: Path) -> None:
    told = "pond is no publication that is described"
    assert told in run("import", str(text_file), "--publication=pond").err
    assert "described" not in run("import", str(text_file), "--publication=chinai").err


def test_what_is_there_already_is_told_by_its_number(run: Run, many: Path) -> None:
    run("import", str(many))
    said = "nothing has changed: all 25 texts are in the library already"
    assert said in run("import", str(many)).out


def test_a_bar_shows_how_far_it_is_on_a_terminal_only(
    run: Run, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "files" not in run("import", str(many)).err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert "25 of 25 files · 0 issues" in run("import", str(many)).err
    (many / "26.txt").write_text("Pond Letter #26: Frogs\n\nSomebody heard one.\n", "utf-8")
    assert re.search(r"26 of 26 files · 1 issue · \d+/s", run("import", str(many)).err)
