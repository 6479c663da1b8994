"""`chinai join`, and what tells of two records that may be one issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workspace.arriving import page

FIRST, SECOND = "https://pond.example/p/lamps", "https://pond.example/p/lights"
OTHER = "Other words on the lights of the pond, and then a second sentence."


@pytest.fixture(autouse=True)
def _two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(url=FIRST), "utf-8")
    (tmp_path / "b.html").write_text(page("Lights again", OTHER, SECOND), "utf-8")
    assert run("import", str(tmp_path / "a.html"), str(tmp_path / "b.html")).code == 0


def test_what_is_joined_and_what_stays_is_told(run: Run, tmp_path: Path) -> None:
    noted = run("note", "lights-again", "--quote", "second sentence", "mine").out.strip()
    rehearsed = run("join", "pond-lamps", "lights-again", "--dry-run")
    assert rehearsed.out.startswith("nothing is written; this would happen:\n")
    assert run("list", "pub:unfiled").out.count("\n") == 2
    joined = run("join", "pond-lamps", "lights-again")
    *lines, last = joined.out.splitlines()
    assert (joined.code, joined.err) == (0, "")
    assert lines == [
        "joined   lights-again: it is part of pond-lamps, and leads there",
        "stays    pond-lamps: Pond Lamps",
        "texts    text from a.html",
        "sources  b.html",
        "notes    1 note came with it",
        f"orphan   {noted}: what it quotes stands nowhere in the text",
    ]
    assert run("list", "pub:unfiled").out.count("\n") == 1
    assert "on the lamps of the pond" in run("show", "lights-again").out
    for name in ("a.html", "b.html"):
        assert "is in the library" in run("import", str(tmp_path / name)).out
    assert "before-join-" in last
    (backup,) = (word.strip(";") for word in last.split() if "before-join-" in word)
    assert run("restore", "--replace", backup).code == 0
    assert "second sentence" in run("show", "lights-again").out
    assert noted in run("notes", "--issue", "lights-again").out


def test_the_json_form(run: Run) -> None:
    told = run("join", "pond-lamps", "lights-again", "--json").json
    assert (told["format"], told["version"]) == ("chinai/join", 1)
    assert (told["issue"]["id"], told["joined"], told["dry_run"]) == (
        "pond-lamps", "lights-again", False,
    )  # fmt: skip
    assert (told["issue"]["former"], told["notes"], told["orphaned"]) == (["lights-again"], 0, [])
    assert Path(told["backup"]).is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("pond-lamps", "pond-lamps"), 3, "pond-lamps: both names lead to this one issue"),
        (("pond-lamps", "nowhere"), 1, "nowhere: no such issue"),
        (("pond-lamps",), 2, "Missing argument"),
        (("29", "94"), 3, "chinai-29 is number 29, chinai-94 is 94; --force joins them"),
    ],
)
def test_what_cannot_be_joined(run: Run, arguments: tuple[str, ...], code: int, told: str) -> None:
    refused = run("join", *arguments)
    assert (refused.code, refused.out) == (code, "")
    assert told in refused.err


def test_who_corrects_a_record_into_another_is_told_of_it(run: Run) -> None:
    ways = "`chinai join pond-lamps lights-again` makes them one issue"
    edited = run("edit", "pond-lamps", "--url", SECOND)
    assert edited.code == 0
    assert edited.err == f"lights-again has {SECOND}, too; {ways}\n"
    run("edit", "pond-lamps", "--reset", "url")
    for each in ("pond-lamps", "lights-again"):
        edited = run("edit", each, "--publication", "chinatalk", "--number", "7")
    assert edited.err.startswith("pond-lamps has number 7, too; `chinai join lights-again ")
    assert run("edit", "pond-lamps", "--title", "Lamps").err == ""


def test_a_publication_that_nobody_knows_is_refused(run: Run) -> None:
    edited = run("edit", "pond-lamps", "--publication", "pond")
    assert (edited.code, edited.out) == (2, "")
    assert "pond: no such publication" in edited.err
    assert "`chinai follow ADDRESS` adds one" in edited.err
