from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind, ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.query import And, Field, Named, Query
from chinai_tui.domain.rows import IssueRow
from chinai_tui.index import AnnotationEntry, Index, IssueEntry
from chinai_tui.text.query import parse
from tests.index.building import DIGEST, TEXT, document, entry, filled, ids

ANCHOR = Anchor(DocumentRole.TEXT, "r", 0, 5, 0, "chips")


def note(id_: str, issue: str, kind: str = "note", text: str = "", *tags: str) -> Annotation:
    anchor = ANCHOR if kind != "bookmark" else None
    return Annotation(id_, AnnotationKind(kind), issue=issue, anchor=anchor, text=text, tags=tags)


def test_a_row_says_what_the_list_shows(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "w " * 231, number=7, date="2019-06-03"))
    index.put_annotations(map(AnnotationEntry, [note("1", "a"), note("2", "a", "highlight")]))
    index.put_annotations(map(AnnotationEntry, [note("3", "a", "bookmark")]))
    index.set_reading([ReadingState("a", anchor=ANCHOR)], replace_all=False)
    listed = index.rows(parse(""))
    assert listed.rows == (
        IssueRow(
            "a", "letter", "The Letter", 7, "Issue a", "2019-06-03", "", 2, DocumentRole.TEXT,
            read=False, started=True, bookmarks=1, notes=2,
        ),
    )  # fmt: skip
    assert (listed.total, listed.unread, listed.undated, listed.hidden) == (1, 1, 0, 0)
    index.close()


def test_newest_first_and_undated_between_their_neighbours(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        entry("no-number-1", "x"),
        entry("other-5", "x", publication="other", number=5),
        entry("other-6", "x", publication="other", number=6),
        entry("b-2019", "x", publication="b", date="2019"),
        entry("n-10", "x", number=10, date="2019-01-10"),
        entry("n-11", "x", number=11),
        entry("n-12", "x", number=12),
        entry("n-13", "x", number=13, date="2019-03-01"),
        entry("n-14", "x", number=14),
        entry("n-9", "x", number=9),
        entry("no-number-2", "x"),
    )
    assert ids(index, "") == [
        "n-14", "n-13", "n-12", "n-11", "n-10", "n-9", "b-2019", "other-6", "other-5",
        "no-number-1", "no-number-2",
    ]  # fmt: skip
    near = {row.id: row.near for row in index.rows(parse("")).rows}
    assert near["n-11"] == "2019-01-10"
    assert near["n-12"] == near["n-14"] == "2019-03-01"
    assert near["n-13"] == near["other-5"] == ""
    index.close()


def test_rows_follow_what_happens(tmp_path: Path) -> None:
    index = filled(tmp_path, *(entry(f"a-{n}", "x", number=n) for n in range(1, 5)))
    assert ids(index, "") == ["a-4", "a-3", "a-2", "a-1"]
    before = index.rows(parse(""))
    assert index.rows(parse("")) is before
    index.set_reading([ReadingState("a-2", read=True)], replace_all=False)
    assert [row.read for row in index.rows(parse("")).rows] == [False, False, True, False]
    assert index.rows(parse("")).unread == 3
    index.put_issues([entry("a-1", "x", number=9)])
    assert ids(index, "") == ["a-1", "a-4", "a-3", "a-2"]
    index.remove_issues(["a-4", "nobody"])
    assert ids(index, "") == ["a-1", "a-3", "a-2"]
    index.set_reading([ReadingState("a-3", read=True)], replace_all=True)
    assert [row.id for row in index.rows(parse("is:read")).rows] == ["a-3"]
    index.close()


def test_reading_and_notes_wait_for_their_issue(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    index.set_reading([ReadingState("a", read=True)], replace_all=True)
    index.put_annotations(map(AnnotationEntry, [note("1", "a", "bookmark")]))
    index.put_issues([entry("a", "x")])
    (row,) = index.rows(parse("")).rows
    assert (row.read, row.bookmarks) == (True, 1)
    index.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:read", ["c"]),
        ("is:unread", ["a", "b", "d"]),
        ("is:started", ["b"]),
        ("is:bookmarked", ["a"]),
        ("has:bookmark", ["a"]),
        ("has:note", ["b"]),
        ("has:highlight", ["c"]),
        ("has:digest", ["c", "d"]),
        ("has:text", ["a", "b", "c"]),
        ("tag:Policy", ["b"]),
        ("tag:ＰＯＬＩＣＹ", ["b"]),
        ("-tag:policy -is:read", ["a", "d"]),
        ("in:notes chips", ["b", "c"]),
        ("in:notes supply", ["b"]),
        ("in:notes suppl*", ["b"]),
        ('in:notes "chips supply"', []),
        ("in:notes in:title wuhan", ["a", "b"]),
        ("pub:letter", ["a", "b", "c", "d"]),
        ('pub:"the letter"', ["a", "b", "c", "d"]),
        ("pub:other", []),
    ],
)
def test_fields_speak_of_reading_notes_and_documents(
    tmp_path: Path, query: str, found: list[str]
) -> None:
    index = filled(
        tmp_path,
        entry("a", "= Wuhan rises"),
        entry("b", "x"),
        entry("c", "x", digest=document("y")),
        entry("d", digest=document("y")),
    )
    index.set_reading(
        [ReadingState("b", anchor=ANCHOR), ReadingState("c", read=True, anchor=ANCHOR)], True
    )
    notes = [
        note("1", "a", "bookmark"),
        note("2", "b", "note", "who supplies Wuhan", "policy", "x"),
        note("3", "c", "highlight"),
        note("4", "", "note", "an entity's", "policy"),
    ]
    index.put_annotations(map(AnnotationEntry, notes))
    assert ids(index, query) == found
    index.close()


def test_annotations_are_replaced_and_forgotten(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "x"), entry("b", "x"))
    index.put_annotations(
        map(AnnotationEntry, [note("1", "a", "note", "tides", "t"), note("2", "b")])
    )
    index.put_annotations(map(AnnotationEntry, [note("1", "b", "note", "waves")]))
    assert [row.notes for row in index.rows(parse("")).rows] == [0, 2]
    assert ids(index, "in:notes tides") == ids(index, "tag:t") == []
    assert ids(index, "in:notes waves") == ["b"]
    index.remove_annotations(["1", "unknown"])
    assert [row.notes for row in index.rows(parse("")).rows] == [0, 1]
    assert ids(index, "in:notes waves") == []
    index.remove_annotations(["2"])
    assert ids(index, "has:note") == []
    index.close()


@pytest.mark.parametrize(
    ("query", "found", "undated"),
    [
        ("after:2019-06", ["june", "july"], 1),
        ("before:2019-06", ["may", "2019"], 1),
        ("after:2019-06-30", ["july"], 1),
        ("year:2019", ["july", "june", "may", "2019"], 1),
        ("year:2017..2018", [], 1),
        ("-after:2019-06", ["may", "2019"], 1),
        ("after:2019-06 OR issue:3", ["july", "june", "none"], 0),
        ("after:2019-06 issue:1", [], 0),
        ("-issue:3", ["july", "june", "may", "2019"], 0),
        ("issue:3..", ["none"], 0),
    ],
)
def test_dates_leave_undated_issues_out_and_count_them(
    tmp_path: Path, query: str, found: list[str], undated: int
) -> None:
    index = filled(
        tmp_path,
        entry("2019", "x", date="2019"),
        entry("may", "x", date="2019-05-31"),
        entry("june", "x", date="2019-06-01"),
        entry("july", "x", date="2019-07"),
        entry("none", "x", number=3, date="some day"),
    )
    listed = index.rows(parse(query))
    assert [row.id for row in listed.rows] == sorted(found, key=ids(index, "").index)
    assert listed.undated == undated
    assert listed.total == 5
    index.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chips", ["new", "old"]),
        ("in:title chips", ["new"]),
        ("in:text chips", ["old"]),
        ("in:digest chips", []),
        ("in:digest summary", ["new", "only"]),
        ("summary", ["only"]),
        ("in:digest in:text summary chips", []),
        ("in:title chips OR harbour", ["new", "old"]),
        ("(in:title chips) harbour", []),
        ("(in:title chips) wharf", ["new"]),
        ("in:links example", ["old"]),
        ("in:links https", []),
        ("example", []),
        ("in:title", ["new", "old", "only"]),
        ("subscribe", []),
        ("issue", ["new", "old", "only"]),
    ],
)
def test_in_says_where_words_are_looked_for(tmp_path: Path, query: str, found: list[str]) -> None:
    index = filled(
        tmp_path,
        entry("new", "= Chips", "# wharf", "y", digest=document("summary"), date="2020"),
        entry("old", "harbour", "chips <https://example.org/p>", "! subscribe", date="2019"),
        entry("only", digest=document("= summary", "words"), date="2018"),
    )
    assert ids(index, query) == found
    index.close()


def test_a_name_that_was_not_resolved_fits_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "Leon", names={"Leon": "leon"}))
    assert ids(index, "company:leon") == []
    assert ids(index, Query("", Named("company", "leon", ("leon",)))) == ["a"]
    assert ids(index, Query("", Named("company", "leon", ()))) == []
    assert ids(index, Query("", And((Field("unheard-of", "x"),)))) == []
    index.close()


def test_roles(tmp_path: Path) -> None:
    index = filled(
        tmp_path, entry("a", "x", digest=document("y")), entry("b", digest=document("y"))
    )
    assert {row.id: row.role for row in index.rows(parse("")).rows} == {"a": TEXT, "b": DIGEST}
    index.close()


def test_issues_by_their_keys(tmp_path: Path) -> None:
    def keyed(issue_id: str, *keys: str) -> IssueEntry:
        given = entry(issue_id, "x", number=7)
        return replace(given, issue=replace(given.issue, keys=keys))

    index = filled(tmp_path, keyed("a", "url:one", "number:letter/7"), keyed("b", "url:two"))
    index.put_issues([keyed("c", "url:two", "url:three")])
    found = index.keyed(["url:one", "url:two", "url:four"])
    assert {key: row.id for key, row in found.items()} == {"url:one": "a", "url:two": "b"}
    assert (found["url:one"].number, found["url:one"].title) == (7, "Issue a")
    assert index.keyed([]) == {}
    assert index.keyed([*(f"url:{n}" for n in range(40_000)), "url:three"]).keys() == {"url:three"}

    index.put_issues([keyed("a", "url:five")])
    index.remove_issues(["b"])
    found = index.keyed(["url:one", "url:two", "url:five"])
    assert {key: row.id for key, row in found.items()} == {"url:two": "c", "url:five": "a"}
    index.close()
