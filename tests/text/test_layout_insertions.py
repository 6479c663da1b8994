from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.domain.document import BlockKind, Document
from chinai_tui.text.layout import Fold, Insertion, Layout, Options, shown
from chinai_tui.text.layout.cells import clusters
from tests.text.layouts import WIDTHS, is_loose, make, numbered, page, thorough

Numbered = tuple[Document, tuple[Insertion, ...]]


def behind(source: Document, numbers: Mapping[str, str]) -> Options:
    """Numbers behind the first places where words stand."""
    found = [(source.text.index(word) + len(word), number) for word, number in numbers.items()]
    return Options(insertions=tuple(sorted(found)))


@given(numbered(), WIDTHS)
@thorough
def test_every_insertion_stands_once_where_there_is_room(made: Numbered, width: int) -> None:
    source, insertions = made
    layout = Layout(source, width, Options(measure=width, insertions=insertions), cell_len)
    drawn: dict[int, str] = {}
    for line in layout.lines():
        drawn.setdefault(line.block, "")
        drawn[line.block] += "".join(text.strip(" ") for _at, text in line.insertions)
    for number, block in enumerate(source.blocks):
        wanted = "".join(text for at, text in insertions if block.start < at <= block.end)
        assert drawn[number] == wanted or (width < 40 and not drawn[number])


@given(numbered(), WIDTHS)
@thorough
def test_insertions_stand_on_the_line_of_the_word_before(made: Numbered, width: int) -> None:
    source, insertions = made
    layout = Layout(source, width, Options(measure=width, insertions=insertions), cell_len)
    at = 0
    for row, line in enumerate(layout.lines()):
        assert is_loose(source, at, line.start)
        at = line.end
        assert all(line.start < offset <= line.end for offset, _text in line.insertions)
        assert [*dict(line.insertions)] == sorted(offset for offset, _text in line.insertions)
        if source.blocks[line.block].kind is not BlockKind.CODE:
            assert cell_len(layout.text(row)) <= width
    assert is_loose(source, at, len(source.text))


@given(numbered(), WIDTHS)
@thorough
def test_a_place_is_where_the_row_draws_the_character(made: Numbered, width: int) -> None:
    source, insertions = made
    layout = Layout(source, width, Options(insertions=insertions), cell_len)
    for row, line in enumerate(layout.lines()):
        text = source.text[line.start : line.end]
        drawn = layout.text(row)
        for start, end in pairwise(clusters(text, cell_len)):
            char = shown(source.blocks[line.block], text[start:end])
            seen = cell_len(text[:start].replace("\t", "x")) or not start
            if seen and cell_len(char) and char != "│":
                place = layout.place(line.start + start)
                assert place.row == row
                assert layout.offset(*place) == line.start + start
                left = _left(drawn, place.column)
                assert drawn[left:].startswith(char)


def _left(drawn: str, column: int) -> int:
    """The length of the part of a row that takes so many cells."""
    at = cells = 0
    for start, end in pairwise(clusters(drawn, cell_len)):
        if cells >= column:
            break
        cells += cell_len(drawn[start:end])
        at = end
    return at


def test_a_number_stays_with_its_word() -> None:
    source = make(("paragraph", "see the report of the bank"))
    options = behind(source, {"report": "¹²", "bank": "³"})
    assert page(source, 14, options) == ["see the", "report¹² of", "the bank³"]
    assert page(source, 16, options) == ["see the report¹²", "of the bank³"]
    assert page(source, 15, options) == ["see the", "report¹² of the", "bank³"]


def test_a_number_stands_before_what_follows_its_word() -> None:
    source = make(("paragraph", "见《人工智能标准》，共三卷。"))
    options = behind(source, {"标准": "¹²"})
    assert page(source, 20, options) == ["见《人工智能标", "准¹²》，共三卷。"]
    assert page(source, 14, behind(source, {"》": "⁷"})) == [
        "见《人工智能标",
        "准》⁷，共三",
        "卷。",
    ]


def test_a_number_behind_a_space_stands_before_it() -> None:
    source = make(("paragraph", "one two three"))
    layout = Layout(source, 20, Options(insertions=((4, "¹"),)), cell_len)
    assert layout.text(0) == "one¹ two three"
    assert layout.line(0).insertions == ((3, "¹"),)


def test_a_number_never_parts_a_character() -> None:
    source = make(("paragraph", "cafe\u0301 👩‍👩‍👧 字"))
    options = Options(insertions=((4, "¹"), (8, "²"), (13, "³")))
    assert page(source, 20, options) == ["cafe\u0301¹ 👩‍👩‍👧² 字³"]


def test_numbers_of_one_place_are_one_insertion() -> None:
    source = make(("paragraph", "one two"))
    layout = Layout(source, 20, Options(insertions=((3, "¹"), (3, "²"), (7, "³"))), cell_len)
    assert layout.line(0).insertions == ((3, "¹²"), (7, "³"))
    assert layout.text(0) == "one¹² two³"


def test_numbers_at_the_start_of_a_block_have_nothing_to_stand_behind() -> None:
    source = make(("paragraph", "one"), ("paragraph", "two"))
    assert page(source, 20, Options(insertions=((0, "¹"), (3, "²"), (4, "³")))) == [
        "one²",
        "",
        "two",
    ]


def test_numbers_behind_mere_space_are_left_out_alone() -> None:
    source = make(("paragraph", "  one\n\ntwo"))
    numbers = Options(insertions=((2, "¹"), (6, "²"), (7, "³"), (10, "⁴")))
    assert page(source, 20, numbers) == ["  one²³", "", "two⁴"]


def test_numbers_that_would_be_cut_are_left_out() -> None:
    source = make(("paragraph", "字字"), ("paragraph", "字"))
    options = Options(insertions=((1, "¹²"), (2, "³"), (4, "⁴")))
    assert page(source, 3, options) == ["字", "字", "", "字⁴"]
    assert page(source, 4, options) == ["字¹²", "字³", "", "字⁴"]


def test_a_number_within_a_long_run_of_marks_is_not_cut_off() -> None:
    source = make(("paragraph", ")" * 12))
    assert page(source, 6, Options(insertions=((6, "¹²"),))) == [")))))", ")¹²)))", ")))"]


def test_control_characters_are_not_taken_for_numbers() -> None:
    source = make(("paragraph", "ab \x01c"))
    layout = Layout(source, 4, Options(insertions=((5, "¹"),)), len)
    assert [layout.text(row) for row in range(layout.rows)] == ["ab", "\x01c¹"]


def test_places_are_behind_the_numbers_before_them() -> None:
    source = make(("item", "one two three", "•"))
    layout = Layout(source, 14, Options(insertions=((3, "¹²"), (7, "³"))), cell_len)
    assert [layout.text(row) for row in range(layout.rows)] == ["• one¹² two³", "  three"]
    assert [layout.place(at) for at in (2, 3, 4, 6, 7, 8)] == [
        (0, 4),
        (0, 7),
        (0, 8),
        (0, 10),
        (0, 12),
        (1, 2),
    ]
    assert [layout.offset(0, column) for column in (4, 5, 6, 7, 8, 10, 11, 12)] == [
        2,
        2,
        2,
        3,
        4,
        6,
        6,
        7,
    ]


def test_a_number_behind_a_wide_character_counts_to_it() -> None:
    source = make(("paragraph", "国家 字"))
    layout = Layout(source, 12, Options(insertions=((2, "¹²"),)), cell_len)
    assert layout.text(0) == "国家¹² 字"
    assert [layout.offset(0, column) for column in range(8)] == [0, 0, 1, 1, 1, 1, 2, 3]


def test_numbers_stand_in_code_and_before_what_closes_an_image() -> None:
    source = make(("code", "a\nb = 1"), ("image", "a hall"), ("embed", "Video"))
    at = [source.text.index(word) + len(word) for word in ("a", "b", "hall", "Video")]
    numbers = tuple(zip(at, "¹²³⁴", strict=True))
    assert page(source, 30, Options(insertions=numbers)) == [
        "  a¹",
        "  b² = 1",
        "",
        "[image: a hall³]",
        "",
        "[embed: Video⁴]",
    ]


def test_what_says_itself_that_it_is_a_picture_is_not_told_so_twice() -> None:
    source = make(("image", "image"), ("embed", "embedded: novel"), ("image", "a hall"))
    at = source.text.index("image") + len("image")
    assert page(source, 30, Options(insertions=((at, "¹"),))) == [
        "[image¹]",
        "",
        "[embedded: novel]",
        "",
        "[image: a hall]",
    ]


def test_what_is_folded_has_no_numbers() -> None:
    source = make(("paragraph", "Share it", "", 0, "boilerplate"))
    options = Options(folds=(Fold(0, 1, "Greeting"),), insertions=((8, "¹"),))
    assert page(source, 30, options) == ["▸ Greeting"]


@given(st.integers(2, 30))
def test_without_insertions_lines_are_as_they_were(width: int) -> None:
    source = make(("paragraph", "国家队 of the 2020s，“state-owned” e\u0301 🇨🇳 and 标准化委员会"))
    plain = Layout(source, width, Options(), cell_len)
    nothing = Layout(source, width, Options(insertions=((3, ""), (9, ""))), cell_len)
    assert [(line.start, line.end) for line in plain.lines()] == [
        (line.start, line.end) for line in nothing.lines()
    ]
