from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace
from tests.cli.conftest import CONTROLS, Run


@pytest.fixture(autouse=True)
def _imported(run: Run, text_file: Path) -> None:
    run("import", str(text_file))


def test_a_word_that_stands_nowhere_is_named_with_what_is_like_it(run: Run) -> None:
    outcome = run("search", "paragrahp")
    assert outcome.code == 1
    assert "“paragrahp” has no hits; did you mean paragraph" in outcome.err
    assert outcome.out == ""
    (missing,) = run("search", "paragrahp", "--json").json["missing"]
    assert missing["words"] == "paragrahp"


def test_a_search_loads_nothing_that_it_does_not_need(run: Run) -> None:
    run("note", "--entity", "sensetime", "a paragraph on stakes")
    heavy = {"textual", "rich", "rapidfuzz", "tinydb", "chinai_tui.store.store"}
    code = (
        "import atexit, sys; from chinai_tui.cli import main\n"
        f"atexit.register(lambda: print({heavy} & set(sys.modules), file=sys.stderr))\n"
        "main(['search', 'paragraph'])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "sensetime: a paragraph on stakes" in shown.stdout
    assert shown.stderr == "set()\n"


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
        "  the word “nothing:x”",
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


@pytest.mark.parametrize(
    "source", ['"second site', "second site OR", "second (site", "second site -"]
)
def test_the_order_holds_for_a_query_that_is_left_open(run: Run, source: str) -> None:
    assert run("search", source, "--ids").out == "chinai-94\n"
    assert run("search", source, "--count").out == "1\n"
    (issue,) = run("search", source, "--sort", "date", "--json").json["issues"]
    assert issue["id"] == "chinai-94"
    explained = run("search", source, "--sort", "date", "--explain").out
    assert explained.splitlines()[-1].startswith("sorted: newest")


def test_at_most_so_many_issues_are_shown(run: Run) -> None:
    found = [issue["id"] for issue in run("search", "is:unread", "--json").json["issues"]]
    shown = run("search", "is:unread", "--json", "--limit", "2").json["issues"]
    assert [issue["id"] for issue in shown] == found[:2]
    assert len(run("search", "is:unread", "--limit", "3").out.splitlines()) == 3


def test_the_json_form_has_all_that_is_told(run: Run) -> None:
    told = run("search", "second site zzqq", "--json")
    data = told.json
    assert (data["format"], data["version"], data["query"]) == (
        "chinai/search",
        1,
        "second site zzqq",
    )
    assert "2 of the 3 words" in data["widened"]
    assert data["missing"] == [{"words": "zzqq", "nearest": []}]
    (issue,) = data["issues"]
    assert set(issue) == {"id", "number", "title", "date", "url", "together", "passages"}
    (passage,) = issue["passages"][:1]
    start, end = passage["hits"][0]
    assert passage["text"][start - passage["start"] : end - passage["start"]] == "second"
    undated = run("search", "second site after:2019", "--json")
    assert (undated.code, undated.json["undated"]) == (1, 1)


def test_a_passage_of_a_translation_is_told_as_one(run: Run, tmp_path: Path) -> None:
    for role, text in (
        ("translation", "Of wagons\n\nTerms\n\nA wombat drives."),
        ("original", "一只袋熊"),
    ):
        file = tmp_path / f"{role}.txt"
        file.write_text(text, "utf-8")
        assert run("import", str(file), f"--{role}-of", "94").code == 0
    assert "  translation · Terms: A wombat drives." in run("search", "wombat").out.splitlines()
    assert "  original: 一只袋熊" in run("search", "袋熊").out.splitlines()
    whole = run("search", "wombat second", "--context", "1").out.splitlines()
    assert "  translation:" in whole
    assert "  text:" not in whole
    (issue,) = run("search", "wombat", "--json").json["issues"]
    assert [each["role"] for each in issue["passages"]] == ["translation"]
    assert run("search", "wombat", "in:text", "--count").out == "0\n"
    assert run("search", "wombat", "in:translation", "--count").out == "1\n"


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ["second"]),
        (2, ["second", "nothing:x"]),
        (0, ["is:unread", "--count"]),
        (0, ["wordthatisnotthere", "--explain"]),
        (1, ["wordthatisnotthere"]),
        (1, ["wordthatisnotthere", "--json"]),
        (1, ["wordthatisnotthere", "--ids"]),
        (1, ["company:nobody-at-all"]),
        (2, []),
        (2, ["second", "--limit", "0"]),
        (2, ["second", "--limit", "many"]),
        (2, ["second", "--context", "21"]),
        (2, ["second", "--sort", "size"]),
    ],
)
def test_exit_codes(run: Run, code: int, arguments: list[str]) -> None:
    assert run("search", *arguments).code == code


def test_what_could_not_be_done_is_told_in_one_line(run: Run, paths: Paths) -> None:
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text("theme = ")
    outcome = run("search", "second")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


HOSTILE = "second foo:\x1b[31m\x9b31m\u202e “\x07 \ud800 \x00"


@pytest.mark.parametrize(
    "options", [[], ["--json"], ["--count"], ["--ids"], ["--explain"], ["--context", "2"]]
)
def test_nothing_of_a_query_acts_on_the_terminal(run: Run, options: list[str]) -> None:
    for hostile in (HOSTILE, HOSTILE.replace("foo:", "")):
        outcome = run("search", hostile, *options)
        assert outcome.code in (0, 1, 2)
        assert not CONTROLS.search(outcome.out + outcome.err)


@pytest.mark.parametrize(
    ("arguments", "reader"),
    [
        ("is:unread", "head -1"),
        ("second --json", "head -1"),
        ("is:unread --ids", "head -c 1"),
        ("second --context 20", "head -1"),
        ("is:unread", "true"),
        ("second --explain", "true"),
    ],
)
def test_output_goes_into_a_pipe(arguments: str, reader: str) -> None:
    code = f"{sys.executable} -m chinai_tui search {arguments} | {reader}"
    shown = subprocess.run(["sh", "-c", code], capture_output=True, text=True, check=True)
    assert "Traceback" not in shown.stderr
    assert "Error" not in shown.stderr
    assert not CONTROLS.search(shown.stdout)


def test_bytes_that_are_no_text_are_a_query_too() -> None:
    for options in ([], ["--json"], ["--explain"], ["--count"]):
        arguments = [
            sys.executable,
            "-m",
            "chinai_tui",
            "search",
            b"second \xff\xed\xa0\x80",
            *options,
        ]
        shown = subprocess.run(arguments, capture_output=True, check=False)
        assert shown.returncode in (0, 1)
        assert b"Traceback" not in shown.stderr
        shown.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("sensetme", "“sensetme” has no hits; did you mean company:SenseTime"),
        ("company:cloudwlak", "“company:cloudwlak” has no hits; did you mean company:CloudWalk?"),
        ("SenseTime year:1950", "“year:1950” has no hits"),
        ("tag:nowhere", "“tag:nowhere” has no hits"),
        ("SenseTime -SenseTime", "nothing fits all of it"),
    ],
)
def test_an_empty_answer_says_what_has_no_hits(run: Run, query: str, told: str) -> None:
    outcome = run("search", query)
    assert outcome.code == 1
    assert told in outcome.err


def test_where_only_a_note_is_found_nothing_else_is_advised(run: Run) -> None:
    assert run("note", "chinai-94", "of a paragrahp").code == 0
    outcome = run("search", "paragrahp")
    assert "of a paragrahp" in outcome.out
    assert outcome.err == ""


@pytest.mark.parametrize("command", ["search", "list"])
def test_a_limit_beyond_all_bounds_is_wrong_use(run: Run, command: str) -> None:
    outcome = run(command, "--limit", "100000000000000000000", "second")
    assert (outcome.code, outcome.out) == (2, "")
    assert "1<=x<=1000000" in outcome.err
    assert run(command, "--limit", "1000000", "second").code == 0


@pytest.mark.parametrize(
    "options", [["--count", "--json"], ["--count", "--ids"], ["--explain", "--ids"]]
)
def test_only_one_form_can_be_had(run: Run, options: list[str]) -> None:
    outcome = run("search", "second", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert "only one of" in outcome.err


@pytest.mark.parametrize("form", ["--count", "--ids"])
def test_counts_and_ids_tell_what_a_date_leaves_out(run: Run, form: str) -> None:
    listed = run("search", "second site after:2019", form)
    assert listed.code == 1
    assert "1 issue without a date is left out" in listed.err
