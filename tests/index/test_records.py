from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chinai_tui.domain.annotation import Anchor, ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DateSource
from chinai_tui.index import Index, fingerprint
from tests.index.building import entry, filled

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
