"""`chinai edit`, and issues of one number in several publications."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def lamps(run: Run, tmp_path: Path) -> str:
    """An issue without a date, by a title with its number; beside it one of that number."""
    for name in ("lantern", "quay"):
        title = f"{name.title()} #41: Of the {name}"
        text = f"---\npublication: {name}\ntitle: '{title}'\n---\n\nWords of {name}.\n"
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    assert run("import", *map(str, tmp_path.glob("*.md"))).code == 0
    return "lantern-41"


def test_a_number_of_two_publications_is_told_to_be(run: Run, lamps: str) -> None:
    shown = run("show", "41")
    assert (shown.code, shown.out) == (1, "")
    assert "2 issues fit; say which by its id" in shown.err
    assert lamps in shown.err
    assert "quay-41" in shown.err
    listed = run("list", "issue:41 sort:number", "--json").json["issues"]
    assert {each["id"] for each in listed} == {lamps, "quay-41"}
    assert {each["title"] for each in listed} == {"Of the lantern", "Of the quay"}
    assert run("list", "issue:41 pub:quay").out.count("\n") == 1
    assert "lantern #41: Of the lantern" in run("cite", lamps).out


def test_what_is_corrected_is_told_and_holds(run: Run, lamps: str) -> None:
    edited = run(
        "edit", lamps, "--date", "2019-05", "--author", "A Writer", "--author", "B Writer",
        "--number", "42", "--url", "https://lantern.example/p/a", "--title", "Mine",
    )  # fmt: skip
    assert edited.out.splitlines() == [
        f"{lamps}: title: Of the lantern → Mine",
        f"{lamps}: authors: nothing → A Writer, B Writer",
        f"{lamps}: date: nothing → 2019-05",
        f"{lamps}: url: nothing → https://lantern.example/p/a",
        f"{lamps}: number: 41 → 42",
    ]
    assert run("show", "41", "--json").json["issue"]["id"] == "quay-41"
    again = run("import", "--again")
    assert (again.code, "changed" in again.out.split()[0]) == (0, False)
    issue = run("show", "42", "--json").json["issue"]
    assert (issue["title"], issue["date"], issue["number"]) == ("Mine", "2019-05", 42)
    reset = run("edit", "42", "--reset", "number", "--title", "Mine", "--json").json
    assert reset["fields"] == {
        "title": {"before": "Mine", "after": "Mine"},
        "number": {"before": 42, "after": 41},
    }
    assert "title: Mine stays" in run("edit", lamps, "--title", "Mine").out


def test_a_publication_goes_by_its_name(run: Run, lamps: str) -> None:
    assert "quay → chinatalk" in run("edit", "quay-41", "--publication", "ChinaTalk").out
    assert run("list", "pub:chinatalk").out.startswith("quay-41")
    assert lamps not in run("list", "pub:chinatalk").out


@pytest.mark.parametrize(
    "given",
    [
        (),
        ("--date", "2019-13"),
        ("--title", " "),
        ("--url", "javascript:x"),
        ("--publication", "No Such One"),
        ("--publication", "nosuchpub"),
        ("--number", "-1"),
        ("--reset", "id"),
        ("--title", "x", "--reset", "title"),
    ],
)
def test_what_is_no_correction_is_wrong_use(run: Run, lamps: str, given: tuple[str, ...]) -> None:
    refused = run("edit", lamps, *given)
    assert (refused.code, refused.out) == (2, "")
    assert run("show", lamps, "--json").json["issue"]["overruled"] == {}


def test_an_issue_that_is_not_there_is_named(run: Run) -> None:
    assert run("edit", "nowhere", "--title", "x").code == 1
