from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = """# A harbour

The laboratory of SenseTime opened a second site beside the harbour.

Some say that the harbour is large, others that the harbour is small.
"""


@pytest.fixture
def issue(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "harbour.md"
    file.write_text(TEXT, "utf-8")
    assert run("import", str(file)).code == 0
    return "harbour"


def test_a_quoted_passage_is_noted(run: Run, issue: str) -> None:
    made = run(
        *("note", issue, "--quote", "opened a SECOND site", "--color", "red", "--tag", "#Wuhan"),
        "Compare [[Yitu]] #ipo",
    )
    assert made.code == 0
    (note,) = run("notes", "company:yitu", "--json").json["notes"]
    assert note["id"] == made.out.strip()
    assert (note["kind"], note["color"], note["tags"]) == ("note", "red", ["ipo", "Wuhan"])
    assert note["anchor"]["exact"] == "opened a second site"
    start = note["anchor"]["start"]
    assert note["place"] == {"state": "exact", "start": start, "end": start + 20, "score": 1.0}
    assert note["entities"] == ["yitu"]
    assert note["private"] is False
    assert "harbour" in note["citation"]
    assert {"voice", "creator", "created", "updated", "issue", "text"} <= note.keys()


def test_without_words_it_is_a_highlight(run: Run, issue: str) -> None:
    made = run("note", issue, "--quote", "opened a second site", "--json").json["note"]
    assert (made["kind"], made["text"]) == ("highlight", "")
    tagged = run("note", issue, "--quote", "second site", "--tag", "x", "--json").json["note"]
    assert tagged["kind"] == "note"


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape"))


@pytest.mark.parametrize("data", [b"", b" \n", b"caf\xe9"])
def test_what_comes_from_a_pipe_has_to_be_a_text(
    run: Run, issue: str, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    for target in ((issue,), ("--entity", "yitu")):
        piped(monkeypatch, data)
        refused = run("note", *target, "-")
        assert refused.code == 2
        assert ("no UTF-8" if data.strip() else "nothing to note") in refused.err
    assert run("notes").code == 1


def test_a_note_is_listed_with_its_citation_in_the_style_that_is_set(run: Run, issue: str) -> None:
    run("note", issue, "on all of it")
    run("config", "citation_style", "apa")
    (note,) = run("notes", "--json").json["notes"]
    assert note["citation"] == run("cite", issue, "--style", "apa").out.rstrip("\n")
    assert note["citation"] != run("cite", issue, "--style", "chicago").out.rstrip("\n")


def test_an_issue_or_an_entity_is_noted_without_a_quotation(
    run: Run, issue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, b"From a pipe\n")
    on_issue = run("note", issue, "-", "--json").json["note"]
    assert (on_issue["text"], on_issue["anchor"]) == ("From a pipe", None)
    on_firm = run("note", "--entity", "商汤", "Two words", "--json").json["note"]
    assert (on_firm["entity"], on_firm["text"], on_firm["citation"]) == (
        "sensetime",
        "Two words",
        "",
    )


def test_a_quotation_at_several_places_is_refused_with_them(run: Run, issue: str) -> None:
    refused = run("note", issue, "--quote", "the harbour is", "x")
    assert refused.code == 1
    assert "2 places" in refused.err
    assert "1. text: " in refused.err
    assert "is large" in refused.err
    assert run("notes").code == 1
    chosen = run("note", issue, "--quote", "the harbour is", "--nth", "2", "x", "--json")
    assert chosen.json["note"]["anchor"]["suffix"].startswith(" small")
    assert run("note", issue, "--quote", "the harbour is", "--nth", "3", "x").code == 1


def test_a_quotation_that_stands_nowhere_is_refused_with_what_is_like_it(
    run: Run, issue: str
) -> None:
    refused = run("note", issue, "--quote", "opened its second cite beside the harbor", "x")
    assert refused.code == 1
    assert "nowhere" in refused.err
    assert "opened a second site" in refused.err
    assert run("notes").code == 1
    assert "nothing like them" in run("note", issue, "--quote", "0123456789 qqq", "x").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("note",),
        ("note", "harbour"),
        ("note", "--entity", "yitu"),
        ("note", "harbour", "--quote", " ", "x"),
        ("note", "--entity", "yitu", "--quote", "", "x"),
        ("note", "harbour", " "),
        ("note", "harbour", "--tag", " # "),
        ("note", "harbour", "caf\udce9"),
        ("note", "--entity", "yitu", "--quote", "x", "y"),
        ("note", "harbour", "--color", "red", "x"),
        ("note", "harbour", "--color", "pink", "--quote", "x"),
        ("notes", "--delete"),
        ("notes", "--restore", "--json", "x"),
        ("notes", "--deleted", "x"),
        ("note", "harbour", "--entity", "yitu", "x"),
        ("note", "harbour", "--tag", "", "x"),
        ("notes", "--delete", "--restore", "x"),
        ("notes", "--deleted", "--delete", "x"),
    ],
)
def test_what_makes_no_sense_is_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_notes_are_taken_away_and_brought_back(run: Run, issue: str) -> None:
    first, second = (run("note", issue, f"Remark {n}").out.strip() for n in (1, 2))
    assert run("notes", "--delete", first, "unknown").code == 1
    assert run("notes", "--delete", first).code == 0
    assert [each["id"] for each in run("notes", "--json").json["notes"]] == [second]
    (gone,) = run("notes", "--deleted", "--json").json["notes"]
    assert (gone["id"], len(gone["deleted"])) == (first, 20)
    assert first in run("notes", "--deleted").out
    assert run("notes", "--restore", first).code == 0
    assert run("notes", "--deleted").code == 1
    assert first in run("notes").out
    assert run("notes", "--restore", first).code == 1
