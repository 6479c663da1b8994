from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.query import Named, Not, NoteHit, Query
from chinai_tui.index import AnnotationEntry
from chinai_tui.text.query import parse
from tests.index.building import document, entry, filled

LEON = {"Leon": "leon"}


def note(number: int, issue: str, text: str, quote: str = "", *tags: str) -> Annotation:
    anchor = Anchor(DocumentRole.TEXT, "r", 0, 0, len(quote), quote, "", "")
    return Annotation(f"n{number}", AnnotationKind.NOTE, issue, anchor=anchor, text=text, tags=tags)


NOTES = (
    note(1, "a", "who pays for the chips"),
    note(2, "b", "a harbour", "of chips and policies"),
    note(3, "", "chips in general"),
    note(4, "a", "cranes"),
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("chip", ("n3", "n2", "n1")),
        ("chips policy", ("n2",)),
        ('"the chips"', ("n1",)),
        ("chips -harbour", ("n3", "n1")),
        ("cranes OR harbour", ("n4", "n2")),
        ('near:"pays chips"', ("n1",)),
        ("chips issue:1", ("n1",)),
        ("chip* -issue:1", ("n3", "n2")),
        ("chips in:title", ()),
        ("pay in:all", ("n1",)),
        ("chips OR issue:1", ("n3", "n2", "n1")),
        ("issue:1", ()),
        ("wharf", ()),
        ("", ()),
    ],
)
def test_notes_are_found_by_their_own_words(
    tmp_path: Path, query: str, ids: tuple[str, ...]
) -> None:
    issues = [entry("a", "text", number=1), entry("b", "text", number=2)]
    index = filled(tmp_path, *issues)
    index.put_annotations(map(AnnotationEntry, NOTES))
    documents = {each.issue.id: each.documents for each in issues}
    answer = index.search(parse(query), lambda issue, role: documents[issue][role], 9)
    index.close()
    assert tuple(each.id for each in answer.notes) == ids


def test_an_answer_tells_what_its_notes_say(tmp_path: Path) -> None:
    index = filled(tmp_path)
    passage = note(5, "b", "", "Chips\nand policies")
    index.put_annotations(map(AnnotationEntry, (*NOTES, passage)))
    index.put_annotations([AnnotationEntry(note(3, "", "of chips"))])
    answer = index.search(parse("chips"), lambda *_: document(), 9)
    index.close()
    assert answer.notes == (
        NoteHit("n5", "b", "", "Chips\nand policies"),
        NoteHit("n3", "", "", "of chips"),
        NoteHit("n2", "b", "", "a harbour"),
        NoteHit("n1", "a", "", "who pays for the chips"),
    )


PLACED = (
    Annotation(
        "m1", AnnotationKind.NOTE, "a", text="#ipo now", tags=("ipo",), created="2026-11-03"
    ),
    Annotation(
        "m2",
        AnnotationKind.HIGHLIGHT,
        "b",
        anchor=Anchor(DocumentRole.TEXT, "r", 21, 25, 2, "last"),
        tags=("state aid", "export"),
        created="2026-11-02",
    ),
    Annotation(
        "m3",
        AnnotationKind.BOOKMARK,
        "b",
        anchor=Anchor(DocumentRole.TEXT, "r", 6, 11, 1, "quote"),
        created="2026-11-04",
    ),
    Annotation("m4", AnnotationKind.NOTE, entity="leon", text="a harbour", created="2026-10-31"),
)


@pytest.mark.parametrize(
    ("query", "ids", "undated"),
    [
        ("", ["m3", "m1", "m2", "m4"], 0),
        ("sort:place", ["m3", "m2", "m1", "m4"], 0),
        ("sort:number", ["m3", "m2", "m1", "m4"], 0),
        ("tag:ipo", ["m1"], 0),
        ('"state aid"', ["m2"], 0),
        ('"aid export" OR near:"state export"', [], 0),
        ("is:note -tag:ipo", ["m4"], 0),
        ("noted:2026-11 -is:bookmark", ["m1", "m2"], 0),
        ("noted:..2026-11-02", ["m2", "m4"], 0),
        ("has:bookmark", ["m3", "m2"], 0),
        ("issue:2", ["m3", "m2"], 0),
        ("-issue:2", ["m1", "m4"], 0),
        ("mentions:0", ["m1"], 0),
        ("after:2019", ["m3", "m2"], 1),
        ("-after:2019", ["m4"], 1),
        ("first in:title", [], 0),
        ("issue in:title", ["m3", "m1", "m2"], 0),
        ("harbour in:all", ["m4"], 0),
        ("quote in:text", ["m3", "m2"], 0),
    ],
)
def test_annotations_are_found_by_what_they_are_and_by_their_issues(
    tmp_path: Path, query: str, ids: list[str], undated: int
) -> None:
    first = entry("a", "first", number=1)
    second = entry("b", "Leon", "some quote Leon", "last", number=2, date="2020", names=LEON)
    index = filled(tmp_path, first, second)
    index.put_annotations(map(AnnotationEntry, PLACED))
    found = index.annotations(parse(query))
    index.close()
    assert found == (ids, undated)


def test_annotations_are_on_whom_their_blocks_name(tmp_path: Path) -> None:
    second = entry("b", "Leon", "some quote Leon", "last", number=2, names=LEON)
    index = filled(tmp_path, entry("a", "Leon", number=1, names=LEON), second)
    index.put_annotations(map(AnnotationEntry, PLACED))
    leon = Named("company", "Leon", ("leon",))
    assert index.annotations(Query("", leon)) == (["m3", "m4"], 0)
    assert index.annotations(Query("", Not(leon))) == (["m1", "m2"], 0)
    index.close()
