from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.domain.document import BlockKind, Document
from chinai_tui.text.layout import Fold, Layout, LineKind, Options
from chinai_tui.text.layout.cells import clusters
from tests.text.layouts import DOCUMENTS, WIDTHS, is_loose, make, page, thorough


@given(DOCUMENTS, WIDTHS)
@thorough
def test_every_character_stands_once_and_in_order(source: Document, width: int) -> None:
    layout = Layout(source, width, Options(measure=width, lead="before it all"), cell_len)
    at = 0
    for line in layout.lines():
        assert at <= line.start <= line.end
        assert is_loose(source, at, line.start)
        at = line.end
    assert is_loose(source, at, len(source.text))


@given(DOCUMENTS, WIDTHS)
@thorough
def test_no_line_is_wider_than_asked(source: Document, width: int) -> None:
    options = Options(measure=width, lead="what stands above " * 9)
    layout = Layout(source, width, options, cell_len)
    for row, line in enumerate(layout.lines()):
        if source.blocks[line.block].kind is not BlockKind.CODE or line.kind is LineKind.LEAD:
            assert cell_len(layout.text(row)) <= width


@given(DOCUMENTS, WIDTHS, st.sampled_from(["", "above"]))
@thorough
def test_offset_to_place_and_back(source: Document, width: int, lead: str) -> None:
    layout = Layout(source, width, Options(lead=lead), cell_len)
    for row, line in enumerate(layout.lines()):
        text = source.text[line.start : line.end]
        for start, end in pairwise(clusters(text, cell_len)):
            seen = cell_len(text[:start].replace("\t", "x")) or not start
            if seen and cell_len(text[start:end].replace("\t", "x")):
                place = layout.place(line.start + start)
                assert place.row == row
                assert layout.offset(*place) == line.start + start


@given(DOCUMENTS, WIDTHS)
@thorough
def test_rows_of_a_block_are_those_that_show_it(source: Document, width: int) -> None:
    layout = Layout(source, width, Options(lead="above"), cell_len)
    assert layout.blocks() == list(range(len(source.blocks)))
    for block in layout.blocks():
        rows = layout.rows_of(block)
        lines = [layout.line(row) for row in rows]
        assert rows
        assert {line.block for line in lines} == {block}
        assert [line.first for line in lines] == [True] + [False] * (len(lines) - 1)
        assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
        assert all(layout.block_above(row) == block for row in rows)


def test_title_can_be_left_out_and_blocks_folded() -> None:
    source = make(
        ("heading", "Title", "", 0, "title"),
        ("paragraph", "Subscribe", "", 0, "boilerplate"),
        ("paragraph", "Share", "", 0, "boilerplate"),
        ("paragraph", "Body"),
    )
    layout = Layout(
        source, 40, Options(skip_title=True, folds=(Fold(1, 3, "Greeting (2)"),)), cell_len
    )
    assert [layout.text(row) for row in range(layout.rows)] == ["▸ Greeting (2)", "", "Body"]
    assert [line.kind for line in layout.lines()] == [
        LineKind.FOLD,
        LineKind.BLANK,
        LineKind.TEXT,
    ]
    assert layout.place(source.text.index("Share")) == (0, 0)
    assert layout.place(0) == (0, 0)
    assert layout.rows_of(0) == range(0)
    assert layout.rows_of(1) == range(1)
    assert layout.blocks() == [1, 3]


def test_what_a_fold_tells_is_cut_to_the_line() -> None:
    source = make(("paragraph", "Subscribe", "", 0, "boilerplate"))
    assert page(source, 20, Options(folds=(Fold(0, 1, "人工智能和国家队的问候"),))) == [
        "▸ 人工智能和国家队…"
    ]


def test_a_lead_stands_above_the_first_block() -> None:
    source = make(("heading", "Title", "", 0, "title"), ("paragraph", "Body"))
    layout = Layout(source, 40, Options(skip_title=True, lead="Digest in our words"), cell_len)
    assert [layout.text(row) for row in range(layout.rows)] == [
        "▸ Digest in our words",
        "",
        "Body",
    ]
    lead = layout.line(0)
    assert (lead.kind, lead.block, lead.first, lead.last) == (LineKind.LEAD, 1, False, False)
    assert (lead.start, lead.end) == (6, 6)
    assert layout.place(0) == layout.place(6) == (2, 0)
    assert layout.offset(0, 9) == 6
    assert layout.rows_of(1) == range(2, 3)
    assert layout.blocks() == [1]
    assert layout.block_above(0) == 1


def test_a_lead_and_a_fold_stand_together() -> None:
    source = make(("paragraph", "Share", "", 0, "boilerplate"), ("paragraph", "Body"))
    folds = (Fold(0, 1, "Greeting (1)"),)
    assert page(source, 40, Options(folds=folds, lead="Digest")) == [
        "▸ Digest",
        "▸ Greeting (1)",
        "",
        "Body",
    ]


def test_code_has_places_beyond_the_width() -> None:
    source = make(("paragraph", "before"), ("code", "x = 1\nname = '字' + " + "b" * 40))
    layout = Layout(source, 20, Options(), cell_len)
    assert layout.rows == 4
    at = source.text.index("bbb") + 30
    assert layout.place(at) == (3, 2 + len("name = ") + 4 + len(" + ") + 30)
    assert layout.offset(*layout.place(at)) == at
    assert layout.offset(3, 9 + 2) == layout.offset(3, 9 + 1) == source.text.index("字")
    assert layout.offset(3, 999) == len(source.text)


def test_places_beyond_the_text_are_its_nearest_end() -> None:
    source = make(("paragraph", "one two three"))
    layout = Layout(source, 8, Options(), cell_len)
    assert layout.offset(0, 99) == 7
    assert layout.offset(99, 0) == 8
    assert layout.place(7) == (0, 7)
    with pytest.raises(IndexError):
        layout.line(2)


def test_an_empty_document_has_no_rows() -> None:
    layout = Layout(Document("", ()), 80, Options(lead="above"), cell_len)
    assert layout.rows == 0
    assert layout.place(0) == (0, 0)
    assert layout.offset(3, 3) == 0
