from __future__ import annotations

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.repeats import mark_repeats

LONG = "A paragraph of prose that goes on for a while, in fact for more than sixty characters."
SAID = "The city holds more records than any other"


def paragraphs(*texts: str) -> list[Piece]:
    return [Piece(BlockKind.PARAGRAPH, text) for text in texts]


def told(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    return [(piece.kind.value, piece.role.value, piece.text) for piece in mark_repeats(pieces)]


def test_a_paragraph_given_twice_counts_once() -> None:
    assert [row[1] for row in told(paragraphs(LONG, LONG, "Yes.", "Yes."))] == [
        "",
        "repeat",
        "",
        "",
    ]


def test_a_leading_quotation_that_comes_again_is_pulled_out() -> None:
    body = f"They have them all. “{SAID} in the land,” he explains."
    piece = Piece(BlockKind.PARAGRAPH, f"“{SAID}.” {body}", ranges=[(SpanKind.STRONG, 45, 49, "")])
    assert told([piece]) == [
        ("pullquote", "repeat", f"“{SAID}.”"),
        ("paragraph", "", body),
    ]


def test_an_elided_quotation_is_found_by_its_parts() -> None:
    following = f"He goes on: “{SAID}, which is known, and it will keep them for long.”"
    pieces = paragraphs(f"“{SAID}… it will keep them for long.”", following)
    assert [row[:2] for row in told(pieces)] == [("pullquote", "repeat"), ("paragraph", "")]


def test_a_quotation_that_does_not_come_again_stays() -> None:
    text = f"“{SAID},” he says. “Nobody disputes it.”"
    assert told(paragraphs(text, LONG)) == [("paragraph", "", text), ("paragraph", "", LONG)]


def test_a_pull_quote_beside_its_sentence() -> None:
    far = paragraphs(f"Indeed, {SAID.lower()}.", *["Words."] * 10)
    pieces = [*far, Piece(BlockKind.PULLQUOTE, SAID), Piece(BlockKind.PULLQUOTE, LONG)]
    assert [row[1] for row in told(pieces)[-2:]] == ["repeat", ""]


def test_furniture_is_left_alone() -> None:
    pieces = [Piece(BlockKind.PARAGRAPH, LONG, BlockRole.BOILERPLATE) for _ in range(2)]
    assert [row[1] for row in told(pieces)] == ["boilerplate", "boilerplate"]
