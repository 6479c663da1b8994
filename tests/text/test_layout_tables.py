from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.domain.document import Document, Span, SpanKind
from chinai_tui.text.layout import Layout, LineKind, Options
from tests.text.layouts import make, page, thorough


def table(*rows: str, head: bool = True) -> Document:
    return make(*(("row", row, "", int(head and n == 0)) for n, row in enumerate(rows)))


LABS = table(
    "Lab | City | Founded | Staff",
    "依图 | Shanghai | 2012 | 1,200",
    "Megvii | Beijing | 2011 | 950",
    "商汤科技 | Hong Kong | 2014 | –",
)
WORDS = st.lists(st.sampled_from("a lab 依图 950 of Shanghai e\u0301 –".split()), min_size=1).map(
    " ".join
)


def test_columns_that_fit_are_aligned() -> None:
    assert page(LABS, 60) == [
        "Lab      │ City      │ Founded │ Staff",
        "─────────┼───────────┼─────────┼──────",
        "依图     │ Shanghai  │    2012 │ 1,200",
        "Megvii   │ Beijing   │    2011 │   950",
        "商汤科技 │ Hong Kong │    2014 │     –",
    ]


def test_a_table_that_does_not_fit_becomes_records() -> None:
    assert page(LABS, 37) == [
        "Lab │ City │ Founded │ Staff",
        "",
        "Lab      依图",
        "City     Shanghai",
        "Founded  2012",
        "Staff    1,200",
        "",
        "Lab      Megvii",
        "City     Beijing",
        "Founded  2011",
        "Staff    950",
        "",
        "Lab      商汤科技",
        "City     Hong Kong",
        "Founded  2014",
        "Staff    –",
    ]
    assert page(LABS, 38)[1].startswith("─")


def test_cells_of_a_record_hang_behind_their_label() -> None:
    source = table(
        "Lab | What the reporters were told there",
        "依图 | eight chips, and not one of them with a name",
    )
    layout = Layout(source, 36, Options(), cell_len)
    assert [layout.text(row) for row in range(layout.rows)] == [
        "Lab │ What the reporters were told",
        "there",
        "",
        "Lab           依图",
        "What the re…  eight chips, and not",
        "              one of them with a",
        "              name",
    ]
    line = layout.line(4)
    assert line.prefix == "What the re…  "
    assert source.text[line.start : line.end] == "eight chips, and not"
    assert layout.place(line.start) == (4, 14)
    assert layout.place(line.start - 1) == (3, 18)
    assert layout.offset(4, 3) == line.start
    assert layout.rows_of(1) == range(3, 7)


def test_a_table_without_a_head_has_no_rule_and_no_labels() -> None:
    rows = ("seven labs in the north | 7", "one lab | 1", "nine | 9")
    assert page(table(*rows, head=False), 40) == [
        "seven labs in the north │ 7",
        "one lab                 │ 1",
        "nine                    │ 9",
    ]
    assert page(table(*rows, head=False), 20) == [
        "seven labs in the",
        "  north",
        "7",
        "",
        "one lab",
        "1",
        "",
        "nine",
        "9",
    ]


def test_a_bold_row_is_a_head() -> None:
    source = table("Lab | City", "依图 | Shanghai", head=False)
    assert page(source, 40) == ["Lab  │ City", "依图 │ Shanghai"]
    head, row = source.blocks
    bold = tuple(Span(SpanKind.STRONG, *cell) for cell in ((0, 3), (6, 10)))
    marked = Document(source.text, (replace(head, spans=bold), row))
    assert page(marked, 40) == ["Lab  │ City", "─────┼─────────", "依图 │ Shanghai"]
    half = Document(source.text, (replace(head, spans=bold[:1]), row))
    assert page(half, 40) == page(source, 40)


def test_the_rule_is_drawn_above_the_first_row_of_the_body() -> None:
    layout = Layout(LABS, 60, Options(), cell_len)
    rule = layout.line(1)
    assert (rule.kind, rule.block) == (LineKind.BLANK, 1)
    assert rule.prefix == layout.text(1)
    assert layout.rows_of(0) == range(1)
    assert layout.rows_of(1) == range(2, 3)


def test_a_head_begins_another_table() -> None:
    source = make(
        ("row", "Lab | City", "", 1),
        ("row", "依图 | Shanghai"),
        ("row", "Law | Year of the law", "", 1),
        ("row", "DSL | 2021"),
        ("paragraph", "after"),
    )
    assert page(source, 40) == [
        "Lab  │ City",
        "─────┼─────────",
        "依图 │ Shanghai",
        "",
        "Law │ Year of the law",
        "────┼────────────────",
        "DSL │            2021",
        "",
        "after",
    ]


def test_a_row_of_one_cell_goes_over_all_columns() -> None:
    source = table("Lab | City", "Those in the south of the country", "依图 | Shanghai")
    assert page(source, 40) == [
        "Lab  │ City",
        "─────┼─────────",
        "Those in the south of the country",
        "依图 │ Shanghai",
    ]
    assert page(make(("row", "alone")), 40) == ["alone"]


def test_empty_cells_keep_their_columns() -> None:
    assert page(table("Lab | | City", "| 2012 | Shanghai", "依图 | |"), 40) == [
        "Lab  │      │ City",
        "─────┼──────┼─────────",
        "     │ 2012 │ Shanghai",
        "依图 │      │",
    ]
    assert page(table("Laboratory | | City", "| 2012 | Shanghai", "依图 | |"), 20) == [
        "Laboratory │ │ City",
        "",
        "        2012",
        "City    Shanghai",
        "",
        "Labor…  依图",
    ]


def test_a_bar_within_a_word_is_no_edge_of_a_cell() -> None:
    assert page(table("a|b | c", "long one | d"), 30) == [
        "a|b      │ c",
        "─────────┼──",
        "long one │ d",
    ]


def test_numbers_of_links_count_to_the_width_of_a_cell() -> None:
    source = table("Lab | City | Staff", "依图 | Shanghai | 12", "Face | Rome | 950")
    at = [source.text.index(word) + len(word) for word in ("依图", "Shanghai", "12", "950")]
    numbers = Options(insertions=tuple(zip(at, ["¹", "²", "³", "⁴⁵"], strict=True)))
    assert page(source, 40, numbers) == [
        "Lab   │ City      │ Staff",
        "──────┼───────────┼──────",
        "依图¹ │ Shanghai² │   12³",
        "Face  │ Rome      │ 950⁴⁵",
    ]
    layout = Layout(source, 40, numbers, cell_len)
    first = source.text.index("依图")
    assert [layout.offset(2, column) - first for column in (3, 4, 5, 6, 7, 8)] == [1, 1, 2, 3, 4, 5]
    assert layout.place(first + 5) == (2, 8)
    assert page(source, 24, numbers)[2:5] == ["Lab    依图¹", "City   Shanghai²", "Staff  12³"]


def test_a_number_behind_a_cell_stays_with_its_words() -> None:
    source = table("Lab | City", "依图 | Shanghai")
    numbers = Options(insertions=((source.text.index("依图") + 3, "¹"),))
    assert page(source, 16, numbers) == ["Lab   │ City", "──────┼─────────", "依图¹ │ Shanghai"]
    assert page(source, 15, numbers) == ["Lab │ City", "", "依图¹", "Shanghai"]


def test_labels_are_left_out_where_next_to_nothing_of_them_could_stand() -> None:
    source = table("Lab | City", "依图 | Shanghai and Rome")
    assert page(source, 18)[2:] == ["Lab   依图", "City  Shanghai and", "      Rome"]
    assert page(source, 17)[2:] == ["依图", "Shanghai and", "  Rome"]


def test_records_leave_out_numbers_that_would_be_cut() -> None:
    source = table("字字 | 字", head=False)
    numbers = Options(insertions=((1, "¹"), (6, "²")))
    assert page(source, 5, numbers) == ["字¹", "  字", "字²"]
    assert page(source, 4, numbers) == ["字", "  字", "字"]


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=6))
@thorough
def test_bars_stand_below_each_other(rows: list[list[str]]) -> None:
    lines = page(table(*map(" | ".join, rows)), 4000, Options(measure=4000))
    del lines[1]
    bars = {
        tuple(cell_len(line[:at]) for at, char in enumerate(line) if char == "│") for line in lines
    }
    assert len(bars) == 1
    assert [[cell.strip() for cell in line.split("│")] for line in lines] == rows
