"""What stands below the text is laid out with it, and no offset of the text leads there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.text.layout import Layout, LineKind, Options
from tests.text.layouts import DOCUMENTS, WIDTHS, make, page, thorough

TEXT = make(("paragraph", "one two three four five six"), ("paragraph", "the end"))
TAIL = make(
    ("rule", ""),
    ("heading", "Afterwards", "", 1, "label"),
    ("item", "a wall was built in the north", "•"),
    ("item", "short", "•"),
)


def laid_out(width: int = 20) -> Layout:
    return Layout(TEXT, width, Options(measure=width, tail=TAIL), cell_len)


def test_a_tail_stands_below_a_blank_line_hangs_and_is_tight() -> None:
    layout = laid_out()
    assert [layout.text(row).rstrip() for row in range(layout.height)] == [
        "one two three four",
        "five six",
        "",
        "the end",
        "",
        "─" * 20,
        "",
        "Afterwards",
        "",
        "• a wall was built",
        "  in the north",
        "• short",
    ]


def test_the_rows_of_the_text_are_those_it_has_without_a_tail() -> None:
    layout = laid_out()
    assert page(TEXT, 20, Options(measure=20, tail=TAIL)) == page(TEXT, 20, Options(measure=20))
    assert layout.rows == 4
    assert {line.kind for line in layout.lines()} == {LineKind.TEXT, LineKind.BLANK}
    below = [layout.line(row) for row in range(layout.rows, layout.height)]
    assert {line.kind for line in below} == {LineKind.TAIL}
    assert {(line.block, line.start, line.end) for line in below} == {(1, 28, 28)}


def test_a_row_below_is_found_by_the_offset_in_the_tail() -> None:
    layout = laid_out()
    north = TAIL.text.index("north")
    assert "north" in layout.text(layout.row_below(north))


def test_without_a_text_there_is_nothing_below_it() -> None:
    layout = Layout(make(), 20, Options(tail=TAIL), cell_len)
    assert (layout.rows, layout.height, layout.tail) == (0, 0, None)


@thorough
@given(DOCUMENTS, DOCUMENTS, WIDTHS, st.data())
def test_no_place_of_the_text_is_in_the_tail_and_back(source, tail, width, data) -> None:
    layout = Layout(source, width, Options(measure=width, tail=tail), cell_len)
    alone = Layout(source, width, Options(measure=width), cell_len)
    assert (layout.rows, layout.blocks()) == (alone.rows, alone.blocks())
    offset = data.draw(st.integers(0, len(source.text)))
    assert layout.place(offset) == alone.place(offset)
    assert layout.rows == 0 or layout.place(offset).row < layout.rows
    row = data.draw(st.integers(0, layout.height + 1))
    column = data.draw(st.integers(0, width))
    assert layout.offset(row, column) == alone.offset(min(row, max(0, alone.rows - 1)), column)
    if layout.tail is not None:
        assert layout.height == layout.rows + 1 + layout.tail.rows
