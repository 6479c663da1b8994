from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CONTROLS, Run


@pytest.fixture(autouse=True)
def _imported(run: Run, text_file: Path) -> None:
    run("import", str(text_file))


def test_the_issues_that_fit_a_query_are_listed(run: Run) -> None:
    assert len(run("list").out.splitlines()) == 5
    (line,) = run("list", "second", "site").out.splitlines()
    assert line.split("\t")[:2] == ["chinai-94", "#94"]
    assert "chinai-94" not in run("list", "-second").out
    both = run("list", "chinai-94 OR (company:leon -paragraph)").out
    assert both.startswith("chinai-29\t")


def test_what_a_filter_hides_is_told_beside_the_list(run: Run) -> None:
    outcome = run("list", "second site")
    assert "1 shown, 4 hidden" in outcome.err
    assert "undated" in run("list", "after:2017").err
    assert run("list").err == ""


def test_the_list_stands_in_the_order_that_is_asked_for(run: Run) -> None:
    def ids(query: str) -> list[str]:
        return [line.split("\t")[0] for line in run("list", query).out.splitlines()]

    by_number = ids("sort:number")
    assert by_number[:3] == ["chinai-94", "chinai-29", "chinai-23"]
    assert sorted(ids("sort:date")) == sorted(by_number) == sorted(ids(""))
    assert ids("sensetime sort:relevance") != []


def test_at_most_so_many_are_listed(run: Run) -> None:
    ids = [issue["id"] for issue in run("list", "is:unread", "--json").json["issues"]]
    few = run("list", "is:unread", "--limit", "2", "--json").json
    assert [issue["id"] for issue in few["issues"]] == ids[:2]
    assert few["total"] == len(ids)
    outcome = run("list", "--limit", "2")
    assert len(outcome.out.splitlines()) == 2
    assert "the first 2 of 5" in outcome.err


def test_the_json_form(run: Run) -> None:
    data = run("list", "second site after:2000 OR second site", "--json").json
    assert (data["format"], data["version"]) == ("chinai/list", 1)
    (issue,) = data["issues"]
    assert {"id", "number", "title", "date", "publication", "read"} <= set(issue)
    nothing = run("list", "second site after:2000", "--json")
    assert (nothing.code, nothing.json["issues"], nothing.json["undated"]) == (1, [], 1)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, []),
        (2, ["second", "nothing:x"]),
        (2, ["title:zzz"]),
        (2, ["year:x"]),
        (1, ["12:30"]),
        (2, ["pub:nosuch"]),
        (1, ["wordthatisnotthere"]),
        (1, ["wordthatisnotthere", "--json"]),
        (2, ["--limit", "0"]),
        (2, ["--limit"]),
    ],
)
def test_exit_codes(run: Run, code: int, arguments: list[str]) -> None:
    assert run("list", *arguments).code == code


def test_what_cannot_be_read_is_told_and_the_rest_is_answered(run: Run) -> None:
    outcome = run("list", "second site (")
    assert outcome.out.startswith("chinai-94\t")
    assert "(: this parenthesis is not closed" in outcome.err


@pytest.mark.parametrize("command", ["list", "search", "notes"])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_condition_that_cannot_be_put_is_an_error(
    run: Run, command: str, options: list[str]
) -> None:
    outcome = run(command, "second site title:zzz", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("title:zzz: there is no field title:; did you mean in:title?")
    assert "since the query cannot be read" in outcome.err


def test_a_publication_that_is_not_there_is_told(run: Run) -> None:
    told = "no such publication; did you mean chinai? `chinai publications` lists"
    for query in "pub:chnai", "-pub:chnai":
        outcome = run("list", "--", query)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"pub:chnai: {told}" in outcome.err
    assert 'pub:"a: b": no such publication;' in run("list", 'pub:"a: b"').err
    assert "no such" not in run("list", "pub:chinai", "OR", "pub:unfiled").err


def test_nothing_of_a_query_acts_on_the_terminal(run: Run) -> None:
    for options in ([], ["--json"]):
        outcome = run("list", "second foo:\x1b[31m\x9b31m\u202e \x07\ud800 \x00", *options)
        assert not CONTROLS.search(outcome.out + outcome.err)


@pytest.mark.parametrize(
    ("arguments", "reader"), [("", "head -1"), ("--json", "head -1"), ("is:unread", "true")]
)
def test_the_list_goes_into_a_pipe(arguments: str, reader: str) -> None:
    code = f"{sys.executable} -m chinai_tui list {arguments} | {reader}"
    shown = subprocess.run(["sh", "-c", code], capture_output=True, text=True, check=True)
    assert "Traceback" not in shown.stderr
    assert "Error" not in shown.stderr
    assert not CONTROLS.search(shown.stdout)


def test_an_undated_issue_has_the_month_of_a_neighbour(run: Run) -> None:
    run("edit", "chinai-29", "--date", "2018-09-24")
    dates = [line.split("\t")[2] for line in run("list", "pub:chinai").out.splitlines()]
    assert dates == ["≈2018-09", "2018-09-24", "≈2018-09"]
