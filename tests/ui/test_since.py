"""The words of the section below a text, and where they lead."""

from __future__ import annotations

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.link import NO_TAIL, LinkKind, Tail
from chinai_tui.domain.rows import IssueRow
from chinai_tui.domain.since import NamedSince, SinceThen
from chinai_tui.ui.since import tail_of

CRANE = Entity("crane", EntityKind.COMPANY, "Crane")


def row(number: int | None = 5, title: str = "On cranes", **values: str) -> IssueRow:
    filled = {"publication": "letter", "outlet": "The Letter", "date": "2025-03-02", "near": ""}
    filled |= values
    return IssueRow(f"i-{number}", number=number, title=title, minutes=1, role=TEXT, **filled)


TEXT = DocumentRole.TEXT


def told(*citing: IssueRow, more: int = 0, named: tuple[NamedSince, ...] = ()) -> list[str]:
    tail = tail_of(SinceThen("letter", citing, more, named))
    return tail.document.text.split("\n")[2:]


def linked(tail: Tail) -> list[str]:
    return [tail.document.text[link.start : link.end] for link in tail.links]


def test_where_nothing_came_there_is_no_heading() -> None:
    assert tail_of(SinceThen("letter")) == NO_TAIL


def test_a_heading_stands_above_what_came() -> None:
    tail = tail_of(SinceThen("letter", (row(),)))
    assert tail.document.text.split("\n")[:2] == ["", "Since then"]
    assert tail.document.headings() == [1]
    assert [tail.document.text_of(n) for n in range(3)] == tail.document.text.split("\n")


def test_an_issue_that_cites_is_told_by_number_title_and_date() -> None:
    assert told(row()) == ["Cited in #5: On cranes (2 Mar 2025)"]
    assert told(row(publication="other", outlet="Other")) == [
        "Cited in Other #5: On cranes (2 Mar 2025)"
    ]
    assert told(row(None)) == ["Cited in On cranes (2 Mar 2025)"]
    assert told(row(None, publication="other", outlet="Other", date="")) == [
        "Cited in On cranes, Other (≈)"
    ]


def test_a_date_that_is_only_near_says_so() -> None:
    assert told(row(date="", near="2025-03-02")) == ["Cited in #5: On cranes (≈ Mar 2025)"]


def test_the_ones_before_are_counted() -> None:
    assert told(row(4), row(5), more=3)[-1] == "and 3 more before these"
    assert told(row(4), row(5, date=""), more=3)[-1] == "and 3 more"


def test_an_entity_is_told_with_how_many_name_it_and_the_latest() -> None:
    assert told(named=(NamedSince(CRANE, 14, row(310), 40), NamedSince(CRANE, 1, row(), 3))) == [
        "Crane: in 14 later issues, last #310 (2 Mar 2025)",
        "Crane: in 1 later issue, #5 (2 Mar 2025)",
    ]


def test_the_names_of_issues_are_links_to_them() -> None:
    named = NamedSince(CRANE, 2, row(310), 40), NamedSince(CRANE, 2, row(311), 0)
    tail = tail_of(SinceThen("letter", (row(),), 2, named))
    assert linked(tail) == ["#5: On cranes", "#310", "#311"]
    assert {link.kind for link in tail.links} == {LinkKind.ISSUE}
    assert [(link.target, link.place) for link in tail.links] == [
        ("i-5", 0),
        ("i-310", 40),
        ("i-311", 1),
    ]
    assert [link.shown for link in tail.links] == [
        "#5: On cranes",
        "#310: On cranes",
        "#311: On cranes",
    ]
    spans = [span for block in tail.document.blocks for span in block.spans]
    assert [(span.start, span.end) for span in spans] == [
        (link.start, link.end) for link in tail.links
    ]


def test_nothing_of_it_counts() -> None:
    tail = tail_of(SinceThen("letter", (row(),)))
    assert [block.is_counted for block in tail.document.blocks] == [False, True, False]


def test_what_came_from_outside_is_cleaned_and_stays_in_its_line() -> None:
    hostile = row(title="a\x1b[31m\nb", outlet="c\x07\nd", publication="other")
    (line,) = told(hostile)
    assert line == "Cited in c d #5: a b (2 Mar 2025)"
    (line,) = told(named=(NamedSince(Entity("x", EntityKind.PERSON, "e\nf\x9b"), 1, row(), 3),))
    assert line.startswith("e f: in 1 later issue")


def test_of_a_beginning_the_end_tells_where_the_rest_is() -> None:
    tail = tail_of(None, "https://l.example/p/one")
    assert tail.document.text == (
        "\nThis is only the beginning of the text; the rest, which may be for paying subscribers,"
        " is at https://l.example/p/one."
    )
    assert linked(tail) == ["https://l.example/p/one"]
    assert [(link.kind, link.target) for link in tail.links] == [
        (LinkKind.WEB, "https://l.example/p/one")
    ]
    unknown = tail_of(None, "").document.text
    assert unknown == "\nThis is only the beginning of the text."
    both = tail_of(SinceThen("letter", (row(),)), "").document
    assert both.text.startswith(f"{unknown}\n\nSince then\nCited in #5")
    assert [both.text_of(n) for n in range(len(both.blocks))] == both.text.split("\n")
