from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import BlockKind, SpanKind
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.writer import BlockWriter
from chinai_tui.text.layout.tables import BAR


def rows(writer: BlockWriter) -> list[tuple[str, int, str, str]]:
    return [(p.kind.value, p.level, p.marker, p.text) for p in writer.pieces]


def test_the_second_block_of_an_item_has_no_marker() -> None:
    writer = BlockWriter()
    writer.open_list(3, ")")
    writer.item()
    writer.runs.append("first")
    writer.end()
    writer.runs.append("more")
    writer.item(7)
    writer.runs.append("seventh")
    writer.close_list()
    assert rows(writer) == [
        ("item", 0, "3)", "first"),
        ("item", 0, "", "more"),
        ("item", 0, "7)", "seventh"),
    ]


def test_lists_nest_and_a_list_without_words_of_its_own_keeps_the_outer_marker() -> None:
    writer = BlockWriter()
    writer.open_list(1)
    writer.item()
    writer.open_list()
    writer.item()
    writer.runs.append("inner")
    writer.close_list()
    writer.runs.append("outer")
    writer.close_list()
    assert rows(writer) == [("item", 1, "•", "inner"), ("item", 0, "1.", "outer")]


def test_what_is_quoted_is_a_quotation_even_in_a_list() -> None:
    writer = BlockWriter()
    writer.open_quote()
    writer.open_quote()
    writer.open_list()
    writer.item()
    writer.runs.append("theirs")
    writer.close_list()
    writer.close_quote()
    writer.close_quote()
    writer.runs.append("ours")
    writer.end()
    assert rows(writer) == [("quote", 1, "•", "theirs"), ("paragraph", 0, "", "ours")]


def test_an_open_mark_goes_on_in_the_next_block() -> None:
    writer = BlockWriter()
    writer.open(SpanKind.STRONG)
    writer.runs.append("one")
    writer.end()
    writer.runs.append("two")
    writer.close()
    writer.end()
    assert [piece.ranges for piece in writer.pieces] == [
        [(SpanKind.STRONG, 0, 3, "")],
        [(SpanKind.STRONG, 0, 3, "")],
    ]


def test_a_finished_block_waits_for_the_end_of_the_one_at_hand() -> None:
    writer = BlockWriter()
    writer.runs.append("before ")
    writer.put(Piece(BlockKind.IMAGE, "picture"))
    writer.runs.append("and after")
    writer.end()
    assert rows(writer) == [("paragraph", 0, "", "before and after"), ("image", 0, "", "picture")]


def test_a_container_gives_its_marker_to_its_first_block() -> None:
    writer = BlockWriter()
    writer.open_special(BlockKind.FOOTNOTE, "2")
    writer.runs.append("note")
    writer.end()
    writer.runs.append("its second paragraph")
    writer.close_special()
    assert rows(writer) == [
        ("footnote", 0, "2", "note"),
        ("footnote", 0, "", "its second paragraph"),
    ]


def test_an_item_outside_a_list_is_a_paragraph() -> None:
    writer = BlockWriter()
    writer.item()
    writer.runs.append("stray")
    writer.end()
    assert rows(writer) == [("paragraph", 0, "", "stray")]


def test_cells_keep_their_columns_and_their_bars() -> None:
    writer = BlockWriter()
    for cells in (["", "A"], ["a|b", "\u200b "], ["", " "], ["|", "z"], ["|a |", "b | c"]):
        for cell in cells:
            writer.cell()
            writer.runs.append(cell)
        writer.end_row(is_head=cells[1] == "A")
    assert rows(writer) == [
        ("row", 1, "", "– | A"),
        ("row", 0, "", "a|b | –"),
        ("row", 0, "", "¦ | z"),
        ("row", 0, "", "|a| | b|c"),
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text("a|– \u200b\x1b[", max_size=4), max_size=3), max_size=4))
def test_the_cells_of_a_row_are_as_many_as_they_were(cells: list[list[str]]) -> None:
    writer = BlockWriter()
    for run in cells:
        writer.cell()
        writer.runs += run
    writer.end_row()
    assert all(len(piece.text.split(" | ")) == len(cells) for piece in writer.pieces)
    assert all(len(BAR.findall(piece.text)) == len(cells) - 1 for piece in writer.pieces)
