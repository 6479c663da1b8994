from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout import Fold, Layout, LineKind, Options
from chinai_tui.text.layout.breaking import CLOSING, OPENING, wrap
from chinai_tui.text.layout.cells import clusters

LOOSE = " \n\t\u3000"
"""At which lines break."""


def block(kind: str, text: str, marker: str = "", level: int = 0, role: str = "") -> Block:
    return Block(BlockKind(kind), BlockRole(role), level, marker, 0, len(text))


def document(*parts: tuple[Block, str]) -> Document:
    blocks = []
    at = 0
    for model, text in parts:
        blocks.append(Block(model.kind, model.role, model.level, model.marker, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(text for _model, text in parts), tuple(blocks))


def make(*rows: tuple[object, ...]) -> Document:
    return document(*((block(*row), str(row[1])) for row in rows))  # type: ignore[arg-type]


def page(source: Document, width: int, options: Options | None = None) -> list[str]:
    layout = Layout(source, width, options or Options(), cell_len)
    return [layout.text(row).rstrip() for row in range(layout.rows)]


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, 0, width, cell_len)]


# What texts are made of: every sort of character that lines are broken by.
WORDS = st.sampled_from(
    [
        *"a fund state-owned U.S. 3,000 don’t café e\u0301te\u0301 中 国家队 人工智能 ＡＩ".split(),
        *"かな 한국 👩‍👩‍👧 ❤️ 🇨🇳 👍🏽 क्‍ष https://example.org/a/path?with=query&and=more#part".split(),
        "x" * 70,
        "字" * 50,
    ]
)
ODD = st.sampled_from(["", "", "—", "——", "--", "-", "\u3000", "\t", "·"])
CHUNK = st.tuples(
    st.sampled_from(["", "", "", *OPENING]), WORDS, st.sampled_from(["", "", *CLOSING])
).map("".join)
GLUE = st.sampled_from(["", " ", " ", " ", "  ", "\n"])


def texts(between: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(CHUNK, between, GLUE).map("".join), max_size=40).map(
        lambda parts: "".join(parts).strip(LOOSE)
    )


PROSE = texts(st.just(""))
TEXT = texts(ODD)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
BLOCKS = st.builds(
    lambda kind, text, marker, level, role: (block(kind, text, marker, level, role), text),
    st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.RULE]),
    st.one_of(PROSE, TEXT, ANY_TEXT),
    st.sampled_from(["", "•", "-", "1.", "12.", "一、", "a marker too long"]),
    st.integers(0, 4),
    st.sampled_from(list(BlockRole)),
)
DOCUMENTS = st.lists(BLOCKS, max_size=8).map(lambda parts: document(*parts))
WIDTHS = st.integers(20, 200)
thorough = settings(max_examples=80, deadline=None)


@given(DOCUMENTS, WIDTHS)
@thorough
def test_every_character_stands_once_and_in_order(source: Document, width: int) -> None:
    layout = Layout(source, width, Options(measure=width), cell_len)
    at = 0
    for line in layout.lines():
        assert at <= line.start <= line.end
        assert not source.text[at : line.start].strip(LOOSE)
        at = line.end
    assert not source.text[at:].strip(LOOSE)


@given(DOCUMENTS, WIDTHS)
@thorough
def test_no_line_is_wider_than_asked(source: Document, width: int) -> None:
    layout = Layout(source, width, Options(measure=width), cell_len)
    for row, line in enumerate(layout.lines()):
        if source.blocks[line.block].kind is not BlockKind.CODE:
            assert cell_len(layout.text(row)) <= width


@given(DOCUMENTS, WIDTHS)
@thorough
def test_offset_to_place_and_back(source: Document, width: int) -> None:
    layout = Layout(source, width, Options(), cell_len)
    for row, line in enumerate(layout.lines()):
        text = source.text[line.start : line.end]
        for start, end in pairwise(clusters(text, cell_len)):
            seen = cell_len(text[:start].replace("\t", "x")) or not start
            if seen and cell_len(text[start:end].replace("\t", "x")):
                place = layout.place(line.start + start)
                assert place.row == row
                assert layout.offset(*place) == line.start + start


@given(PROSE, st.integers(8, 200))
@thorough
def test_no_line_starts_with_closing_or_ends_with_opening_marks(text: str, width: int) -> None:
    for (_start, end), (start, _end) in pairwise(wrap(text, 0, width, cell_len)):
        if "\n" not in text[end:start]:
            assert text[start] not in CLOSING
            assert text[end - 1] not in OPENING


@given(TEXT, st.integers(20, 200))
@thorough
def test_words_that_fit_are_not_cut(text: str, width: int) -> None:
    ranges = wrap(text, 0, width, cell_len)
    inner = {start for (_start, end), (start, _end) in pairwise(ranges) if end == start}
    for word in re.finditer(r"(?<!\S)[A-Za-z’.,]{1,20}(?!\S)", text):
        assert not inner & set(range(word.start() + 1, word.end()))


@given(TEXT, st.integers(8, 60))
@thorough
def test_lines_are_as_full_as_they_can_be(text: str, width: int) -> None:
    for (first, end), (start, last) in pairwise(wrap(text, 0, width, cell_len)):
        gap = text[end:start]
        word = re.match(r"\S+", text[start:last])
        if gap == " " and word and word.group().isascii() and word.group().isalpha():
            following = text[start + word.end() : last][:1]
            if not following.strip() and text[end - 1] not in OPENING:
                assert cell_len(text[first:end]) + 1 + word.end() > width


@given(ANY_TEXT, st.integers(8, 60))
@thorough
def test_clusters_measure_as_the_whole_does(text: str, width: int) -> None:
    starts = clusters(text, cell_len)
    assert sum(cell_len(text[a:b]) for a, b in pairwise(starts)) == cell_len(text)


def test_a_plain_paragraph_fills_its_lines() -> None:
    assert lines("the quick brown fox jumps over it", 12) == [
        "the quick",
        "brown fox",
        "jumps over",
        "it",
    ]


def test_breaks_after_hyphens_and_dashes_between_letters_only() -> None:
    assert lines("a state-owned bank", 8) == ["a state-", "owned", "bank"]
    assert lines("from 2018-2019 on", 9) == ["from", "2018-2019", "on"]
    assert lines("its funds—private", 10) == ["its funds—", "private"]


def test_chinese_breaks_between_characters_but_not_before_closing_marks() -> None:
    assert lines("他们研究人工智能，很久了。", 16) == ["他们研究人工智", "能，很久了。"]
    assert lines("公司（名为旷视）成立", 6) == ["公司", "（名为", "旷视）", "成立"]
    assert lines("“重点”和“难点”", 7) == ["“重点”", "和“难", "点”"]
    assert lines("一段——说明", 5) == ["一", "段——", "说明"]


def test_a_latin_word_beside_chinese_stays_whole() -> None:
    assert lines("由SenseTime商汤开发", 11) == ["由SenseTime", "商汤开发"]
    assert lines("国家队 (national team)", 10) == ["国家队", "(national", "team)"]


def test_a_chinese_space_breaks_like_any_other() -> None:
    assert lines("第一\u3000第二\u3000第三", 7) == ["第一", "第二", "第三"]


def test_wide_characters_never_straddle_the_edge() -> None:
    assert lines("字字字字字", 5) == ["字字", "字字", "字"]


def test_emoji_and_marks_are_not_taken_apart() -> None:
    assert lines("👩‍👩‍👧👩‍👩‍👧🇨🇳🇨🇳", 4) == ["👩‍👩‍👧👩‍👩‍👧", "🇨🇳🇨🇳"]
    assert lines("🇨🇳🇨🇳🇨🇳", 5) == ["🇨🇳🇨🇳", "🇨🇳"]
    assert lines("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_a_long_address_is_cut_behind_its_slashes() -> None:
    url = "https://example.org/reports/2020/summary?lang=en"
    assert lines(f"See {url} there", 24) == [
        "See",
        "https://example.org/",
        "reports/2020/summary?",
        "lang=en there",
    ]


def test_a_word_longer_than_the_line_is_cut_by_cells() -> None:
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_bullets_numbers_and_nested_items_hang() -> None:
    source = make(
        ("item", "first of them all, and long enough", "•"),
        ("item", "one level down, where the text goes on", "-", 1),
        ("item", "back", "*"),
    )
    assert page(source, 24, Options(measure=24)) == [
        "• first of them all, and",
        "  long enough",
        "",
        "  ◦ one level down,",
        "    where the text goes",
        "    on",
        "",
        "• back",
    ]


def test_numbers_of_a_list_are_flush_right_and_short_items_stand_tight() -> None:
    source = make(("item", "nine", "9."), ("item", "ten", "10."), ("paragraph", "after"))
    assert page(source, 40) == [" 9. nine", "10. ten", "", "after"]


def test_quotes_carry_a_bar_through_the_gap() -> None:
    source = make(("paragraph", "before"), ("quote", "one two three four five"), ("quote", "six"))
    assert page(source, 20) == ["before", "", "│ one two three four", "│ five", "│", "│ six"]


def test_headings_rules_images_and_table_rows() -> None:
    source = make(
        ("heading", "Title", "", 0, "title"),
        ("heading", "Below it", "", 0, "subtitle"),
        ("row", "Name | City"),
        ("row", "依图 | Shanghai"),
        ("rule", ""),
        ("image", "a market hall seen from above"),
        ("paragraph", "Photo: nobody", "", 0, "caption"),
        ("image", ""),
    )
    assert page(source, 24) == [
        "Title",
        "Below it",
        "",
        "Name │ City",
        "依图 │ Shanghai",
        "",
        "─" * 24,
        "",
        "[image: a market hall",
        "        seen from above]",
        "Photo: nobody",
        "",
        "[image]",
    ]


def test_code_is_not_wrapped() -> None:
    source = make(("code", "if a:\n    return " + "b" * 40))
    assert page(source, 20) == ["  if a:", "      return " + "b" * 40]


def test_footnotes_hang_by_their_number() -> None:
    assert page(make(("footnote", "where it is said at length", "3")), 20) == [
        "3 where it is said",
        "  at length",
    ]


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


def test_places_beyond_the_text_are_its_nearest_end() -> None:
    source = make(("paragraph", "one two three"))
    layout = Layout(source, 8, Options(), cell_len)
    assert layout.offset(0, 99) == 7
    assert layout.offset(99, 0) == 8
    assert layout.place(7) == (0, 7)
    with pytest.raises(IndexError):
        layout.line(2)


def test_an_empty_document_has_no_rows() -> None:
    layout = Layout(Document("", ()), 80, Options(), cell_len)
    assert layout.rows == 0
    assert layout.place(0) == (0, 0)
    assert layout.offset(3, 3) == 0
