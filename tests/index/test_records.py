from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chinai_tui.domain.annotation import Anchor, ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DateSource
from chinai_tui.index import Index, fingerprint
from chinai_tui.text.query import parse
from tests.index.building import entry, filled, ids

STATE = ReadingState(
    "a", anchor=Anchor(DocumentRole.TEXT, "r", 3, 5, 1, "ab", "x", "y"), seen="2020-01-01T00:00:00"
)


def test_records_come_back_as_they_were_put(tmp_path: Path) -> None:
    given = entry("a", "x", number=7, date="2019-06")
    issue = replace(given.issue, authors=("A", "B"), date_source=DateSource.FEED, keys=("url:x",))
    index = filled(tmp_path, replace(given, issue=issue))
    index.set_reading([STATE], replace_all=False)
    assert index.issue("a") == issue
    assert index.reading("a") == STATE
    assert index.issue("b") is index.reading("b") is None
    assert index.fingerprints() == {"a": fingerprint(issue)}
    assert fingerprint(issue) != fingerprint(given.issue)
    index.close()


def test_what_was_touched_since_a_generation(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    assert index.generation() == 0
    index.put_issues([entry("a", "x"), entry("b", "x")])
    first = index.generation()
    index.set_reading([replace(STATE, issue="b")], replace_all=False)
    assert index.generation() == first + 1
    assert index.touched(first) == {"b"}
    assert index.touched(0) == {"a", "b"}
    index.set_reading([replace(STATE, issue="b")], replace_all=True)
    assert index.touched(first + 1) == set()
    index.close()


def test_an_issue_put_twice_at_once_is_there_as_it_was_last(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "A lotus"), entry("b", "A pond"), entry("a", "A lily"))
    assert ids(index, "lotus") == []
    assert ids(index, "lily") == ["a"]
    index.remove_issues(["a"])
    assert ids(index, "lily") == []
    assert ids(index, "pond") == ["b"]


def test_an_issue_on_the_list_waits_for_its_texts(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "A lotus"))
    b = entry("b", "A pond with a lotus")
    index.list_issues([b])
    assert [row.id for row in index.rows(parse("")).rows] == ["a", "b"]
    assert ids(index, "lotus") == ["a"]
    assert index.is_behind()
    assert index.waiting() == ["b"]
    assert index.behind() == []
    index.fill_issues([b])
    assert ids(index, "lotus") == ["a", "b"]
    assert not index.is_behind()


def test_a_text_whose_record_is_another_by_now_is_not_filled_in(tmp_path: Path) -> None:
    index = filled(tmp_path)
    index.list_issues([entry("a", "A lotus", number=2)])
    index.fill_issues([entry("a", "A lotus", number=1), entry("gone", "A lotus")])
    assert index.waiting() == ["a"]
    assert ids(index, "lotus") == []


def test_an_issue_that_changed_waits_again(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "A lotus"))
    index.list_issues([entry("a", "A pond")])
    assert ids(index, "lotus") == []
    index.fill_issues([entry("a", "A pond")])
    assert ids(index, "pond") == ["a"]
