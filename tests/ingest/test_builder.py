from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.ingest.builder import Piece, assemble, make_piece

STRONG, EMPHASIS, LINK = SpanKind.STRONG, SpanKind.EMPHASIS, SpanKind.LINK


def marked(piece: Piece | None) -> list[tuple[SpanKind, str]]:
    assert piece is not None
    return [(kind, piece.text[start:end]) for kind, start, end, _ in piece.ranges]


def test_ranges_count_characters_of_the_clean_text() -> None:
    runs = ["Read\u200b ", "Cloud\u00adWalk", " and ", "\x1b[31mYitu\x1b[0m", "."]
    piece = make_piece(BlockKind.PARAGRAPH, runs, [(STRONG, 1, 2, ""), (EMPHASIS, 3, 4, "")])
    assert piece is not None
    assert piece.text == "Read CloudWalk and Yitu."
    assert marked(piece) == [(STRONG, "CloudWalk"), (EMPHASIS, "Yitu")]


def test_space_is_collapsed_across_the_edges_of_runs() -> None:
    runs = ["\n  One \n", " two ", "\u00a0three", "  \n"]
    piece = make_piece(BlockKind.PARAGRAPH, runs, [(STRONG, 1, 2, ""), (EMPHASIS, 2, 3, "")])
    assert piece is not None
    assert piece.text == "One two three"
    assert marked(piece) == [(STRONG, "two"), (EMPHASIS, "three")]


def test_marks_without_words_or_aim_are_dropped() -> None:
    marks = [(STRONG, 0, 1, ""), (LINK, 1, 2, ""), (LINK, 1, 2, "https://a.example/")]
    piece = make_piece(BlockKind.PARAGRAPH, ["  ", "words"], marks)
    assert marked(piece) == [(LINK, "words")]


def test_a_character_composed_across_runs_keeps_the_text_and_gives_up_the_marks() -> None:
    piece = make_piece(BlockKind.PARAGRAPH, ["Caf", "e", "\u0301"], [(STRONG, 1, 2, "")])
    assert piece is not None
    assert (piece.text, piece.ranges) == ("Café", [])


def test_code_keeps_lines_and_spaces() -> None:
    piece = make_piece(BlockKind.CODE, ["\n\nif a:\n\treturn  b  \n\n"], marker="python")
    assert piece is not None
    assert (piece.text, piece.marker) == ("if a:\n    return  b", "python")


@pytest.mark.parametrize("runs", [[], [""], [" \n "], ["\u200b"], ["\x1b[2J"]])
def test_an_empty_block_is_none(runs: list[str]) -> None:
    assert make_piece(BlockKind.PARAGRAPH, runs) is None


def test_a_rule_has_no_text() -> None:
    assert make_piece(BlockKind.RULE, []) == Piece(BlockKind.RULE)


def test_split_shares_text_and_ranges_out() -> None:
    runs = ["Context:", " about ", "Yitu"]
    piece = make_piece(BlockKind.PARAGRAPH, runs, [(STRONG, 0, 1, ""), (EMPHASIS, 1, 3, "")])
    assert piece is not None
    rest = piece.split(8)
    assert (piece.text, marked(piece)) == ("Context:", [(STRONG, "Context:")])
    assert (rest.text, marked(rest)) == ("about Yitu", [(EMPHASIS, "about Yitu")])


def test_assemble_joins_with_one_newline_and_shifts_the_ranges() -> None:
    pieces = [
        Piece(BlockKind.HEADING, "Title", BlockRole.TITLE),
        Piece(BlockKind.RULE),
        Piece(BlockKind.PARAGRAPH, "Some words", ranges=[(STRONG, 5, 10, "")]),
    ]
    document = assemble(pieces)
    assert document.text == "Title\n\nSome words"
    assert [(b.start, b.end) for b in document.blocks] == [(0, 5), (6, 6), (7, 17)]
    span = document.blocks[2].spans[0]
    assert document.text[span.start : span.end] == "words"


runs_of_text = st.lists(
    st.text(alphabet=st.sampled_from("ab 商\n\u00a0\u0301\u200b\x1b[\u202e…"), max_size=6),
    max_size=6,
)


@given(runs_of_text)
@settings(max_examples=150, deadline=None)
def test_any_runs_give_clean_text_with_ranges_inside(runs: list[str]) -> None:
    marks = [(STRONG, number, number + 1, "") for number in range(len(runs))]
    piece = make_piece(BlockKind.PARAGRAPH, runs, marks)
    if piece is None:
        return
    assert piece.text == piece.text.strip()
    assert "  " not in piece.text
    assert "\n" not in piece.text
    assert unicodedata.is_normalized("NFC", piece.text)
    assert all(0 <= start < end <= len(piece.text) for _, start, end, _ in piece.ranges)
    assert make_piece(BlockKind.PARAGRAPH, [piece.text]) == Piece(BlockKind.PARAGRAPH, piece.text)


def test_what_is_cut_from_the_start_takes_its_marks_along() -> None:
    piece = Piece(
        BlockKind.HEADING, "1) Cranes wait", ranges=[(STRONG, 0, 9, ""), (LINK, 3, 14, "x")]
    )
    assert piece.cut_start(3) == "1)"
    assert marked(piece) == [(STRONG, "Cranes"), (LINK, "Cranes wait")]


def test_what_is_bold_already_is_not_made_bold_again() -> None:
    piece = Piece(BlockKind.PARAGRAPH, "Must-read: it", ranges=[(STRONG, 0, 10, "")])
    piece.embolden(9)
    assert marked(piece) == [(STRONG, "Must-read:")]
    piece.embolden(13)
    assert marked(piece)[1:] == [(STRONG, "Must-read: it")]
