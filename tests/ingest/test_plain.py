from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockRole
from chinai_tui.domain.issue import DateSource

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
PROSE = "A paragraph of prose that goes on for a while and comes to an end."


def text(*blocks: str) -> str:
    return "\n\n".join(blocks)


def kinds(rows: list[tuple[str, str, int, str, str]]) -> list[str]:
    return [role or kind for kind, role, *_ in rows]


def test_title_and_subtitle(read: Read) -> None:
    reading = read(text("On Chips and Cities", "What two reports say about both", PROSE))
    assert reading.metadata.title == "On Chips and Cities"
    assert reading.metadata.subtitle == "What two reports say about both"
    assert [block.role for block in reading.document.blocks] == [
        BlockRole.TITLE,
        BlockRole.SUBTITLE,
        BlockRole.BODY,
    ]
    assert reading.document.text.startswith("On Chips and Cities\nWhat two reports")


@pytest.mark.parametrize(
    "first",
    [PROSE, "• an item", "Key Takeaways: none", "Show Notes:", "Must-read: it", "Leave a comment"],
)
def test_what_is_no_title(read: Read, first: str) -> None:
    reading = read(text(first, PROSE, PROSE + " Again."))
    assert reading.metadata.title == ""


def test_a_text_without_a_title_is_named_by_its_first_words(read: Read) -> None:
    opening = "Nobody had expected that the laboratory would close before its first year was over."
    reading = read(text("Leave a comment", opening, PROSE))
    assert reading.metadata.title == ""
    assert ingest.title_from(reading.document) == (
        "Nobody had expected that the laboratory would close before its…"
    )
    assert opening in reading.document.text


def test_a_single_line_is_title_and_text(read: Read) -> None:
    assert read("Only this").document.text == "Only this\nOnly this"


def test_site_author_and_date_in_front_of_the_title(read: Read, rows: Rows) -> None:
    source = text("A Blog by Erika Mustermann", " ", "Mar 3, 2019", "The Title of It All", PROSE)
    reading = read(source)
    assert reading.metadata.title == "The Title of It All"
    assert reading.metadata.authors == ("Erika Mustermann",)
    assert (reading.metadata.date, reading.metadata.date_source) == ("2019-03-03", DateSource.TEXT)
    assert kinds(rows(source)) == ["boilerplate", "boilerplate", "paragraph"]


def test_author_and_date_below_the_title(read: Read) -> None:
    reading = read(text("The Title of It All", "By Max Mustermann", "2019-03-03", PROSE))
    assert reading.metadata.authors == ("Max Mustermann",)
    assert reading.metadata.date == "2019-03-03"
    assert reading.metadata.subtitle == ""


def test_headings_stand_alone_and_open_something(rows: Rows) -> None:
    found = rows(
        text(
            "The Title of It All",
            PROSE,
            "A link to some report",
            "Where the money went",
            PROSE,
            "Is this one, too?",
            PROSE,
            "This is a sentence.",
            PROSE,
            "lower case is none",
            PROSE,
            "The last line opens nothing",
        )
    )
    assert [row[4] for row in found if row[0] == "heading"] == [
        "Where the money went",
        "Is this one, too?",
    ]
    assert {row[2] for row in found if row[0] == "heading"} == {2}


def test_a_heading_may_open_a_list_but_a_clause_leads_into_it(rows: Rows) -> None:
    found = rows(text("The Title of It All", PROSE, "Three cities", "• Wuhan", PROSE))
    assert ("heading", "", 2, "", "Three cities") in found
    found = rows(text("The Title of It All", PROSE, "In short, dear", "• reader", PROSE))
    assert ("paragraph", "", 0, "", "In short, dear") in found


def test_each_line_is_a_paragraph(rows: Rows) -> None:
    found = rows(text("The Title of It All", f"{PROSE}\n{PROSE} More of it.\n{'So on. ' * 20}"))
    assert kinds(found) == ["paragraph"] * 3


def test_lists_keep_their_numbers_and_nest_by_indentation(rows: Rows) -> None:
    source = "The Title of It All\n\nWhat is said:\n\n" + "\n".join(
        ["  - one", "    * inner", "      more on it", "  - two", "4. four", "7) seven"]
    )
    assert [row[2:] for row in rows(source)[1:]] == [
        (0, "•", "one"),
        (1, "•", "inner"),
        (1, "", "more on it"),
        (0, "•", "two"),
        (0, "4.", "four"),
        (0, "7)", "seven"),
    ]


def test_bullets_that_a_number_announces_are_nested(rows: Rows) -> None:
    source = text("The Title of It All", PROSE, "1. Some parts —", "• this", "• that", "2. End")
    assert [row[2] for row in rows(source)[1:]] == [0, 1, 1, 0]


def test_labels(rows: Rows) -> None:
    found = rows(
        text(
            "The Title of It All",
            "Context: " + PROSE,
            "Key Takeaways:",
            "• one",
            "FULL TRANSLATION: The Piece about Chips",
            "Further words:",
            PROSE,
            "He says:",
            PROSE,
        )
    )
    assert [row[4] for row in found if row[1] == "label"] == [
        "Context:",
        "Key Takeaways:",
        "FULL TRANSLATION: The Piece about Chips",
        "Further words:",
    ]


def test_a_list_that_lost_its_bullets(rows: Rows) -> None:
    source = "The Title of It All\n\nLearning Resources:\n\n\nFirst link\nSecond link\nWuhan\n\n"
    source += "Its page\nIts history\n\nHefei\n\nIts page\nIts map\n\n"
    source += "Sponsors:\n\nWe sell things. Buy them."
    found = rows(source)
    assert [(row[2], row[4]) for row in found if row[0] == "item"] == [
        (0, "First link"),
        (0, "Second link"),
        (0, "Wuhan"),
        (1, "Its page"),
        (1, "Its history"),
        (0, "Hefei"),
        (1, "Its page"),
        (1, "Its map"),
    ]
    assert found[-1][:2] == ("paragraph", "boilerplate")


def test_a_list_without_bullets_ends_before_the_next_heading(rows: Rows) -> None:
    source = text("The Title of It All", "Show Notes:", "A\nB\nC", "Next section", PROSE)
    assert kinds(rows(source)) == ["label", "item", "item", "item", "heading", "paragraph"]


def test_pictures_and_their_credits(rows: Rows) -> None:
    source = text("The Title of It All", f"{PROSE}\nPhoto_A man at a desk\nThe desk. (Agency)")
    assert kinds(rows(source)) == ["paragraph", "caption", "caption"]
    assert rows(source)[1][0] == "image"


def test_rules_part_blocks_but_do_not_end_a_text(rows: Rows) -> None:
    source = text("The Title of It All", PROSE, "* * *", "---", PROSE + " Again.", "-----")
    assert kinds(rows(source)) == ["paragraph", "rule", "paragraph"]


def test_addresses_are_links(read: Read, spans: Callable[..., list[tuple[str, str, str]]]) -> None:
    reading = read(text("The Title of It All", "See https://a.example/x?utm_source=b."))
    words = "https://a.example/x?utm_source=b"
    assert spans(reading.document) == [("link", words, "https://a.example/x")]
