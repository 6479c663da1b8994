"""The lists that `chinai company` prints beside the page of one name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.paths import Paths

Run = Callable[..., Any]

TEXT = """ChinAI #900: A text about lamps

The firm of Lyra Lamps (天琴灯) was asked, and Lyra Lamps did not answer.
"""


@pytest.fixture
def lamps(run: Run, tmp_path: Path) -> str:
    """The id of an issue with a name that the catalogue lacks."""
    file = tmp_path / "lamps.txt"
    file.write_text(TEXT, "utf-8")
    issue: str = run("import", str(file), "--json").json["added"][0]
    return issue


def test_the_catalogue_as_a_list_that_pipes(run: Run) -> None:
    shown = run("company", "--list").out.splitlines()
    rows = [row.split("\t") for row in shown]
    assert {len(row) for row in rows} == {4}
    sensetime = next(row for row in rows if row[1] == "SenseTime")
    assert sensetime[0] == "company"
    assert "商汤" in sensetime[2]
    assert int(sensetime[3]) > 0
    kinds = list(dict.fromkeys(row[0] for row in rows))
    assert kinds[0] == "company"
    assert len(kinds) == len({row[0] for row in rows})


def test_the_catalogue_as_json(run: Run) -> None:
    data = run("company", "--list", "--json").json
    assert data["format"] == "chinai/catalogue"
    sensetime = next(each for each in data["entities"] if each["id"] == "sensetime")
    assert sensetime["mentions"] >= sensetime["issues"] > 0
    assert len(data["entities"]) == len(run("company", "--list").out.splitlines())


def test_suggestions(run: Run, lamps: str) -> None:
    outcome = run("company", "--suggest")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"Lyra Lamps\t天琴灯\t2\t{lamps}" in outcome.out.splitlines()
    data = run("company", "--suggest", "--json").json
    assert data["format"] == "chinai/suggestions"
    found = next(each for each in data["suggestions"] if each["name"] == "Lyra Lamps")
    assert (found["han"], found["count"], found["issues"]) == ("天琴灯", 2, [lamps])


def test_the_dossier_goes_to_standard_output(run: Run, tmp_path: Path) -> None:
    outcome = run("company", "cloudwalk", "--markdown")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith('---\ntitle: "CloudWalk"\n')
    assert "\n# CloudWalk (云从科技)\n" in outcome.out
    assert "\n## Passages\n" in outcome.out
    assert outcome.out.endswith("<!-- chinai-tui:end -->\n")
    assert run("company", "cloudwalk", "--markdown").out == outcome.out


@pytest.mark.parametrize("arguments", [("--list",), ("leon", "--json"), ("--suggest",)])
def test_markdown_is_a_form_of_one_page(run: Run, arguments: tuple[str, ...]) -> None:
    outcome = run("company", *arguments, "--markdown")
    assert outcome.code == 2
    assert "--markdown goes with a NAME" in outcome.err


def test_a_name_that_several_go_by_has_no_dossier(run: Run) -> None:
    outcome = run("company", "zzzz-nobody", "--markdown")
    assert (outcome.code, outcome.out) == (1, "")


def test_mentions_by_the_name_of_a_group_stand_apart(run: Run) -> None:
    data = run("company", "yitu", "--json").json
    (through,) = (each for each in data["through"] if each["group"] == "cv-dragons")
    assert through["mentions"] >= through["issues"] > 0
    assert data["mentions"] == sum(point["count"] for point in data["timeline"])
    assert data["checked"] == "" or re.fullmatch(r"\d{4}-\d\d-\d\d", data["checked"])
    for each in data["together"]:
        assert len(each["shared"]) == min(8, each["issues"])
    out = run("company", "yitu").out
    own, group = out.split("Named through the group “Four CV Dragons” ", 1)
    assert f"{data['mentions']} mentions in {data['issues']} issues" in own
    assert "four" in group.lower()


LISTED = """
[[claim]]
subject = "leon"
relation = "listed on"
text = "Its shares are traded at a made-up exchange."
said_by = "the exchange"
as_of = "2019"
"""


def test_listings_and_the_day_of_the_check_are_told(run: Run, paths: Paths) -> None:
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text(f'checked = "2099-11-22"\n{LISTED}', "utf-8")
    lines = run("company", "leon").out.splitlines()
    listing = "Its shares are traded at a made-up exchange. (stated; the exchange, 2019)"
    assert lines.index(listing) < lines.index("Claims, as the texts make them")
    assert "checked to 2099-11-22; absence is no evidence" in lines
    assert run("company", "leon", "--json").json["checked"] == "2099-11-22"


@pytest.mark.parametrize(
    "arguments", [(), ("leon", "--list"), ("--list", "--suggest"), ("leon", "--suggest")]
)
def test_one_thing_is_asked_at_a_time(run: Run, arguments: tuple[str, ...]) -> None:
    outcome = run("company", *arguments)
    assert outcome.code == 2
    assert "NAME, or --list, or --suggest" in outcome.err


@pytest.mark.parametrize("ending", ["graphml", "json"])
def test_the_web_is_written_in_the_form_the_file_asks_for(run, tmp_path, ending) -> None:
    file = tmp_path / f"web.{ending}"
    out = run("company", "--graph", str(file)).out
    assert re.fullmatch(rf"[\d,]+ entities, [\d,]+ links in {re.escape(str(file))}\n", out)
    assert ("<graphml" in file.read_text("utf-8")) == (ending == "graphml")


def test_the_web_has_two_forms(run, tmp_path) -> None:
    outcome = run("company", "--graph", str(tmp_path / "web.csv"))
    assert outcome.code == 2
    assert ".graphml or .json" in outcome.err
    (tmp_path / "file").touch()
    assert run("company", "--graph", str(tmp_path / "file" / "web.json")).code == 3


@pytest.mark.parametrize("name", ["", "  "])
@pytest.mark.parametrize("command", ["company", "compare"])
def test_a_blank_name_is_refused_in_one_line(run: Run, command: str, name: str) -> None:
    outcome = run(command, name)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1
    assert "the name is empty" in outcome.err


def test_names_that_have_the_word_are_offered_first(run: Run) -> None:
    offered = run("company", "Li").err.splitlines()[1:]
    assert len(offered) == 5
    assert re.search(r"\bLi\b", offered[0])
    assert re.search(r"\bLi\b", offered[1])


def test_counts_places_and_relations_are_told_in_words(run: Run, lamps: str) -> None:
    lines = run("company", "sensetime").out.splitlines()
    assert any(line.startswith("company · Hong Kong · ") for line in lines)
    assert lines.count("  member of") == 1
    titles = [line for line in lines if line.startswith("ChinAI #29")]
    assert len(titles) <= 2
    text = "\n".join(run("company", "nvidia").out.splitlines())
    assert not re.search(r"\b1 (mentions|issues)\b", text)


def test_who_writes_a_publication_is_told_with_its_issues(run: Run) -> None:
    lines = run("company", "Jeffrey Ding").out.splitlines()
    assert "writes ChinAI Newsletter: #23, #29, #94" in lines
    assert not any(line.startswith("writes") for line in run("company", "yitu").out.splitlines())
