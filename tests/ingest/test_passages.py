from __future__ import annotations

import pytest

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.passages import mark_quotations

PROSE = "A paragraph of prose that goes on for a while and comes to an end."


def kinds(*texts: str) -> str:
    """The kinds of paragraphs with these texts; `#` begins a heading, `-` an item."""
    pieces = []
    for text in texts:
        kind = {"#": BlockKind.HEADING, "-": BlockKind.ITEM}.get(text[0], BlockKind.PARAGRAPH)
        pieces.append(Piece(kind, text))
    return " ".join(piece.kind.value for piece in mark_quotations(pieces))


def test_a_guest_speaks_up_to_the_next_heading() -> None:
    lead = "This week a reader offers her views on all of this (lightly edited by me):"
    assert kinds(lead, PROSE, "- point", PROSE, "# Links", PROSE) == (
        "paragraph quote quote quote heading paragraph"
    )


def test_a_guest_speaks_up_to_the_next_label_or_recommendation() -> None:
    lead = "In her own words:"
    assert kinds(lead, PROSE, "Context: " + PROSE).endswith("quote paragraph")
    assert kinds(lead, PROSE, "Must-read: " + PROSE).endswith("quote paragraph")


@pytest.mark.parametrize(
    "lead", ["From the abstract:", "An excerpt:", "As one of them writes:", "A key passage:"]
)
def test_one_paragraph_follows_an_announcement(lead: str) -> None:
    assert kinds(f"{PROSE} {lead}", PROSE, PROSE) == "paragraph quote paragraph"


@pytest.mark.parametrize(
    "lead", ["Here is the list:", "At the time, it claimed:", "Someone reports in Some Paper:"]
)
def test_no_quotation_where_it_is_not_sure(lead: str) -> None:
    assert kinds(lead, PROSE) == "paragraph paragraph"


def test_a_paragraph_in_quotation_marks() -> None:
    words = "Nobody knows what will come of it, and nobody asks"
    assert kinds(f"“{words}.”") == "quote"
    assert kinds(f"“{words},” she says. “{words}.”") == "paragraph"
    assert kinds("“Yes.”") == "paragraph"


def test_furniture_is_not_quoted() -> None:
    pieces = [
        Piece(BlockKind.PARAGRAPH, "In his own words:"),
        Piece(BlockKind.PARAGRAPH, "Share", BlockRole.BOILERPLATE),
        Piece(BlockKind.PARAGRAPH, PROSE),
    ]
    assert {piece.kind for piece in mark_quotations(pieces)} == {BlockKind.PARAGRAPH}
