from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workspace.arriving import note, page

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
    words = {
        "translation": "All that the source says of the lamps.",
        "original": "池塘的灯都亮了。",
    }
    file.write_text(page("The whole of it 全文", words[option]), "utf-8")
    assert "changed  chinai-94" in run("import", str(file), f"--{option}-of", "94").out
    shown = run("show", "94", "--role", role)
    assert words[option] in shown.out
    assert run("import", str(file), f"--{option}-of", "no such issue").code == 1


@pytest.mark.parametrize(
    ("option", "words", "other"),
    [
        ("translation", "池塘的灯都亮了，没有人知道是谁点的。", "--original-of"),
        ("original", "All the lamps of the pond were lit.", "--translation-of"),
    ],
)
def test_a_text_in_the_other_language_is_taken_only_by_force(
    run: Run, tmp_path: Path, option: str, words: str, other: str
) -> None:
    (tmp_path / "a.txt").write_text(f"94\n\n{words}\n", "utf-8")
    given = "import", str(tmp_path / "a.txt"), f"--{option}-of", "94"
    for rehearsal in ((), ("--dry-run",)):
        refused = run(*given, *rehearsal)
        assert refused.code == 3
        assert other in refused.err
        assert "--force" in refused.err
    assert run("show", "94", "--role", option).code == 1
    assert "changed  chinai-94" in run(*given, "--force").out
    assert words[:10] in run("show", "94", "--role", option).out


def test_a_text_in_both_languages_may_be_either(run: Run, tmp_path: Path) -> None:
    words = "池塘的灯都亮了。 All lamps of the pond were lit."
    (tmp_path / "a.txt").write_text(f"94\n\n{words}\n", "utf-8")
    for option in ("translation", "original"):
        assert run("import", str(tmp_path / "a.txt"), f"--{option}-of", "94").code == 0


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
        ("a.txt", "--force"),
        ("a.txt", "--url=javascript:pond"),
        ("a.txt", "--url=pond.example"),
        ("a.txt", "--publication=../../pond"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("import", *arguments).code == 2


def test_a_publication_that_nobody_knows_is_refused(run: Run, text_file: Path) -> None:
    refused = run("import", str(text_file), "--publication=chnai")
    assert (refused.code, refused.out) == (2, "")
    assert "chnai: no such publication; did you mean chinai?" in refused.err
    assert "`chinai publications` lists them" in refused.err
    assert "has:text" not in run("list", "has:text").out
    assert run("list", "has:text").code == 1
    assert run("import", str(text_file), "--publication=ChinAI newsletter").code == 0


def test_a_publication_of_which_there_is_an_issue_is_known(run: Run, tmp_path: Path) -> None:
    for name, head in ("a.md", "---\npublication: quay\n---\n"), ("b.md", ""):
        (tmp_path / name).write_text(f"{head}# Of {name}\n\nWords that {name} has.\n", "utf-8")
    file = str(tmp_path / "b.md")
    assert run("import", file, "--publication=quay").code == 2
    run("import", str(tmp_path / "a.md"))
    assert "new      quay-" in run("import", file, "--publication=quay").out


def test_a_title_that_is_given_is_cleaned(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A title\n\nSome words below it.\n", "utf-8")
    outcome = run("import", str(tmp_path / "a.txt"), "--title", "T \x1b[31mX\x07")
    assert "new      t-x\n" in outcome.out


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


def test_a_text_that_is_kept_beside_is_told_to_be(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.html").write_text(page())
    poorer = folder / "b.md"
    poorer.write_text(note(words="Fewer words on the lamps of the pond."))
    run("import", str(folder / "a.html"))
    outcome = run("import", str(poorer))
    assert (outcome.code, outcome.out) == (
        0,
        "pond-lamps: a better or later text of it (from a.html) is in the library; this one is"
        " kept beside as a source\n",
    )
    told = run("import", str(poorer), "--json").json
    assert told["unchanged"] == ["pond-lamps"]
    assert told["beside"] == [{"issue": "pond-lamps", "file": str(poorer), "from": "a.html"}]
    (folder / "c.txt").write_text("Another text, of another title.")
    assert run("import", str(folder)).out.splitlines() == [
        "new      another-text-of-another-title",
        "pond-lamps: a better or later text of it (from a.html) is in the library; this one is"
        " kept beside as a source",
        "1 new, 0 changed, 2 unchanged",
    ]
