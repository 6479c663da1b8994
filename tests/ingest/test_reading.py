from __future__ import annotations

import pytest

from chinai_tui.domain.document import BlockKind
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece, assemble
from chinai_tui.ingest.reading import Draft, first_words, title_from, without_title


def draft(title: str, *texts: str, level: int = 1) -> Draft:
    """A draft of headings (`# …`) and paragraphs."""
    pieces = [
        Piece(BlockKind.HEADING, text[2:], level=level)
        if text.startswith("# ")
        else Piece(BlockKind.PARAGRAPH, text)
        for text in texts
    ]
    return without_title(Draft(Metadata(title=title), pieces))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short enough", "Short enough"),
        ("  two\n  lines ", "two lines"),
        ("One, two, three, four", "One, two, three…"),
        ("商汤科技是一家中国的人工智能公司它在香港", "商汤科技是一家中国的人工智能公司…"),
        ("- " * 20, "- - - - - - - -…"),
    ],
)
def test_first_words(text: str, words: str) -> None:
    assert first_words(text, 16) == words


def test_the_heading_that_repeats_the_title_goes() -> None:
    assert [piece.text for piece in draft("On Chips", "Words.", "# on chips", "More.").pieces] == [
        "Words.",
        "More.",
    ]
    assert len(draft("On Chips", "# ChinAI #94: On Chips", "Words.").pieces) == 1
    assert len(draft("On Chips", "# Another", "Words.").pieces) == 2


def test_a_great_heading_at_the_start_is_the_title() -> None:
    found = draft("", "# On Chips", "Words.")
    assert (found.metadata.title, len(found.pieces)) == ("On Chips", 1)
    assert draft("", "# Section", "Words.", level=3).metadata.title == ""
    assert draft("", "Words.", "# Section", "More.").metadata.title == ""
    assert draft("", "# Alone").metadata.title == ""


def test_a_numbered_title_need_not_be_a_heading() -> None:
    assert draft("", "ChinAI #94: On Chips", "Words.").metadata.title == "ChinAI #94: On Chips"


def test_a_subtitle_that_is_known_goes_with_the_title() -> None:
    known = Metadata(title="On Chips", subtitle="And cities")
    pieces = [Piece(BlockKind.HEADING, "On Chips", level=1)]
    pieces += [Piece(BlockKind.PARAGRAPH, text) for text in ("And cities", "Words.", "And cities")]
    found = without_title(Draft(known, pieces)).pieces
    assert [piece.text for piece in found] == ["Words.", "And cities"]


def test_title_from() -> None:
    assert title_from(assemble([Piece(BlockKind.HEADING, "T"), Piece(BlockKind.RULE)])) == "T"
    assert title_from(assemble([])) == ""
