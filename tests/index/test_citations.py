"""Which later issues refer to an issue, and which name its entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.index import Index, IssueEntry
from tests.index.building import document, entry, filled

NAMES = {"Harbour": "harbour", "Crane": "crane"}


def issue(
    number: int | None,
    *rows: str,
    cites: Iterable[str] = (),
    date: str = "",
    publication: str = "letter",
    issue_id: str = "",
) -> IssueEntry:
    """An issue with its number as its key, if it has one."""
    name = issue_id or f"{publication}-{number}"
    made = entry(
        name,
        *(rows or ("Words.",)),
        names=NAMES,
        number=number,
        date=date,
        publication=publication,
    )
    keys = (f"number:{publication}/{number}" if number is not None else f"url:{name}",)
    return replace(made, issue=replace(made.issue, keys=keys), cites=frozenset(cites))


def citing(index: Index, number: int, publication: str = "letter") -> list[str]:
    key = f"number:{publication}/{number}"
    return [row.id for row in index.citing(f"{publication}-{number}", [key])]


FIRST = "number:letter/1"


def test_those_that_cite_come_oldest_first(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(3, cites=[FIRST], date="2020-03-01"),
        issue(1, date="2020-01-01"),
        issue(4, cites=["number:letter/3"], date="2020-04-01"),
        issue(2, cites=[FIRST, "url:https://page.example/x"], date="2020-02-01"),
        issue(7, cites=[FIRST], date="2020-02-10", publication="other"),
    )
    assert citing(index, 1) == ["letter-2", "other-7", "letter-3"]
    assert citing(index, 4) == []


def test_any_of_the_keys_of_an_issue_is_cited_and_each_issue_comes_once(tmp_path: Path) -> None:
    page = "url:https://page.example/x"
    index = filled(
        tmp_path, issue(1, date="2020-01-01"), issue(2, cites=[FIRST, page], date="2020-02-01")
    )
    assert [row.number for row in index.citing("letter-1", [FIRST, page])] == [2]
    assert index.citing("letter-1", [page])[0].date == "2020-02-01"
    assert index.citing("letter-1", ["url:https://page.example/y"]) == []


def test_what_was_there_before_is_not_since(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(5, date="2020-05-01"),
        issue(4, cites=["number:letter/5"], date="2020-04-01"),
    )
    assert citing(index, 5) == []


def test_an_undated_issue_stands_by_its_neighbours(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(1, date="2020-01-01"),
        issue(2),
        issue(3, cites=["number:letter/2"]),
        issue(1, cites=["number:letter/2"], date="2019-12-31", publication="other"),
        issue(2, cites=["number:letter/2"], date="2020-01-02", publication="other"),
    )
    assert citing(index, 2) == ["letter-3", "other-2"]
    assert index.citing("letter-2", ["number:letter/2"])[0].near == "2020-01-01"


def test_on_the_same_day_the_number_tells_within_a_publication_only(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(1, date="2020-01-01"),
        issue(2, cites=[FIRST], date="2020-01-01"),
        issue(9, cites=[FIRST], date="2020-01-01", publication="other"),
    )
    assert citing(index, 1) == ["letter-2"]


def test_where_nothing_tells_the_order_to_cite_is_to_come_after(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(1),
        issue(None, cites=[FIRST], issue_id="page"),
        issue(8, cites=[FIRST], date="2020-01-01", publication="other"),
    )
    assert citing(index, 1) == ["other-8", "page"]
    assert index.later("letter-1", ["harbour"]) == []


def test_two_that_cite_each_other_came_neither_first(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(1, cites=["url:page"]),
        issue(None, cites=[FIRST], issue_id="page"),
    )
    assert citing(index, 1) == []
    assert index.citing("page", ["url:page"]) == []


@pytest.mark.parametrize("date", ["", "2020-01-01"])
def test_an_issue_does_not_cite_itself(tmp_path: Path, date: str) -> None:
    index = filled(tmp_path, issue(1, cites=[FIRST], date=date))
    assert citing(index, 1) == []


def test_what_an_issue_cites_goes_with_it(tmp_path: Path) -> None:
    index = filled(
        tmp_path, issue(1, date="2020-01-01"), issue(2, cites=[FIRST], date="2020-02-01")
    )
    index.put_issues([issue(2, date="2020-02-01")])
    assert citing(index, 1) == []
    index.put_issues([issue(2, cites=[FIRST], date="2020-02-01")])
    assert citing(index, 1) == ["letter-2"]
    index.remove_issues(["letter-2"])
    assert citing(index, 1) == []


def test_later_issues_that_name_entities_are_counted_and_the_latest_is_told(
    tmp_path: Path,
) -> None:
    index = filled(
        tmp_path,
        issue(2, "Harbour and Crane.", date="2020-02-01"),
        issue(5, "A Crane.", date="2020-05-01"),
        issue(3, "Crane.", date="2020-03-01"),
        issue(1, "Harbour.", date="2020-01-01"),
        issue(4, "! Crane, says the footer.", "By the Crane: a Crane.", date="2020-06-01"),
        issue(1, "Harbour.", date="2020-02-02", publication="other"),
    )
    crane, harbour = index.later("letter-2", ["crane", "harbour"])
    assert (crane[0], crane[1], crane[2].id) == ("crane", 3, "letter-4")
    assert crane[3] == document("! Crane, says the footer.", "By the Crane").text.index("Crane", 8)
    assert (harbour[0], harbour[1], harbour[2].id, harbour[3]) == ("harbour", 1, "other-1", 0)
    assert [each[0] for each in index.later("letter-3", ["harbour", "crane"])] == ["crane"]
    assert index.later("letter-4", ["harbour", "crane"]) == []
    assert index.later("letter-2", []) == []


def test_undated_issues_of_one_publication_are_later_by_number(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        issue(1, "Crane."),
        issue(2, "Crane."),
        issue(30, "Crane."),
        issue(9, "Crane.", publication="other"),
        issue(None, "Crane.", issue_id="page"),
    )
    ((_entity, count, last, _place),) = index.later("letter-1", ["crane"])
    assert (count, last.id) == (2, "letter-30")
