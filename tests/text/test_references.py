from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Document, Span, SpanKind
from chinai_tui.text.references import references
from chinai_tui.text.spans import spans_of
from tests.text.building import document, documents

LABELS = ("ChinAI", "Practical AI")


def found(text: Document | str) -> list[tuple[str, str, int]]:
    """The words, label and number of each reference."""
    doc = document(text) if isinstance(text, str) else text
    return [
        (doc.text[each.start : each.end], each.label, each.number)
        for each in references(doc, LABELS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In issue #11 we saw.", [("issue #11", "", 11)]),
        ("Issue # 4 (2018)", [("Issue # 4", "", 4)]),
        ("see ChinAI #154.", [("ChinAI #154", "ChinAI", 154)]),
        ("ChinAI Newsletter #5", [("ChinAI Newsletter #5", "ChinAI", 5)]),
        ("ChinAI’s issue #5", [("ChinAI’s issue #5", "ChinAI", 5)]),
        ("(practical  AI #7)", [("practical  AI #7", "practical  AI", 7)]),
        ("issue ＃１１", [("issue ＃１１", "", 11)]),
        ("ChinAI＃9", [("ChinAI＃9", "ChinAI", 9)]),
    ],
)
def test_a_number_with_a_word(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("issues #9, #16, and #19", ["issues #9", "#16", "#19"]),
        ("issues #9 & #10", ["issues #9", "#10"]),
        ("issues #9 and #10, #11", ["issues #9", "#10", "#11"]),
        ("issues #9–#12 or #14", ["issues #9", "#12", "#14"]),
        ("issues #9–12, #14", ["issues #9", "12", "#14"]),
        ("issues ＃9、＃10", ["issues ＃9", "＃10"]),
        ("issue #9, see #10", ["issue #9"]),
        ("issue #9 and issue #10", ["issue #9", "issue #10"]),
        ("issue #9–10th", ["issue #9"]),
        ("#8, issue #9; then #10", ["issue #9"]),
    ],
)
def test_each_number_of_a_list_is_one(text: str, numbers: list[str]) -> None:
    assert [words for words, _, _ in found(text)] == numbers


def test_a_list_keeps_its_label() -> None:
    assert found("ChinAI issues #9 and #10, issue #11") == [
        ("ChinAI issues #9", "ChinAI", 9),
        ("#10", "ChinAI", 10),
        ("issue #11", "", 11),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "#11 alone",
        "last week's issue",
        "a tissue #11",
        "MyChinAI #11",
        "issue 11",
        "issue #11th",
        "issue #1,000",
        "issue #12345",
        "issue #4.5",
        "issue of #11",
    ],
)
def test_what_names_no_issue(text: str) -> None:
    assert found(text) == []


def test_none_reaches_over_the_end_of_a_block() -> None:
    assert found(document("the issue", "#11")) == []
    assert [words for words, _, _ in found(document("issues #9,", "#11"))] == ["issues #9"]


def test_a_link_goes_before_a_reference() -> None:
    doc = document(
        "issues [#9](https://a.example), #16 and [see issue #19](https://b.example), #20"
    )
    assert [words for words, _, _ in found(doc)] == ["#16", "#20"]
    assert found(document("[ChinAI](https://a.example) #5")) == []


def test_a_link_within_another_changes_nothing() -> None:
    doc = document("[far and wide, in issue #9](https://a.example), issue #10")
    (block,) = doc.blocks
    inner = Span(SpanKind.LINK, 4, 7, "https://b.example")
    doc = Document(doc.text, (replace(block, spans=(*block.spans, inner)),))
    assert [words for words, _, _ in found(doc)] == ["issue #10"]


def test_without_labels_only_the_word_counts() -> None:
    doc = document("ChinAI #5 and issue #6")
    assert [each.number for each in references(doc, ())] == [6]


@given(documents)
@settings(max_examples=150, deadline=None)
def test_references_stand_in_order_in_their_blocks_beside_the_links(doc: Document) -> None:
    links = spans_of(doc, SpanKind.LINK)
    end = 0
    for each in references(doc, LABELS):
        assert end <= each.start < each.end
        end = each.end
        block = doc.blocks[doc.block_at(each.start)]
        assert block.start <= each.start < each.end <= block.end
        assert doc.text[each.start : each.end].endswith(str(each.number))
        assert not any(link.start < each.end and each.start < link.end for link in links)


@pytest.mark.parametrize(
    "piece", ["issue ", "issue #1, ", "#1 ", ", #1", "ChinAI ", "ChinAI   newsletter   ", "#", "–1"]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    doc = document("issue #1" + piece * (200_000 // len(piece)) + " " * 100_000 + "#2")
    start = time.perf_counter()
    references(doc, LABELS)
    assert time.perf_counter() - start < 3


@given(st.text(alphabet="issue #12, and\n–ChinAI", max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_looked_through(text: str) -> None:
    for words, label, number in found(text):
        assert words.endswith(str(number))
        assert words.startswith(label)
