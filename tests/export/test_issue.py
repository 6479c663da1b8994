from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    DocumentRole,
    Span,
    SpanKind,
)
from chinai_tui.domain.issue import DocumentRef, Issue, Publication
from chinai_tui.export.issue import body, render_issue
from chinai_tui.ingest import read
from tests.export.reading import PARSER, blocks, kinds, words
from tests.export.samples import CHINAI, GOLDEN, ISSUE, document

URLS = ["https://example.org/x", "https://e.org/a_(b)?c=1&copy;=2", "javascript:x", ""]
TEXT = st.text("ab1 *_`~[]()<>#!|\\&;:.-+=“商\n", min_size=1, max_size=30)


def one(kind: BlockKind, text: str, marker: str = "", level: int = 0) -> Document:
    return Document(text, (Block(kind, BlockRole.BODY, level, marker, 0, len(text)),))


def items(*rows: tuple[int, str, str]) -> Document:
    made = []
    at = 0
    for level, marker, text in rows:
        made.append(Block(BlockKind.ITEM, BlockRole.BODY, level, marker, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(row[2] for row in rows), tuple(made))


def test_a_whole_document() -> None:
    golden = (GOLDEN / "document.md").read_text("utf-8")
    assert render_issue(ISSUE, CHINAI, document()) == golden


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any blocks, with spans anywhere."""
    made: list[Block] = []
    text = ""
    for _ in range(draw(st.integers(0, 6))):
        words = draw(TEXT)
        kind = draw(st.sampled_from([*BlockKind]))
        spans = []
        for span in draw(st.lists(st.sampled_from([*SpanKind]), max_size=3)):
            first = draw(st.integers(0, len(words) - 1))
            last = draw(st.integers(first + 1, len(words)))
            target = draw(st.sampled_from(URLS)) if span is SpanKind.LINK else "1"
            start = len(text)
            spans.append(Span(span, start + first, start + last, target))
        marker = draw(st.sampled_from(["", "•", "-", "1.", "2.", "7)", "(3)"]))
        role = draw(st.sampled_from([BlockRole.BODY, BlockRole.LABEL]))
        level = draw(st.integers(0, 3))
        end = len(text) + len(words)
        made.append(Block(kind, role, level, marker, len(text), end, tuple(spans)))
        text += words + "\n"
    return Document(text.removesuffix("\n"), tuple(made))


def visible(source: Document) -> list[str]:
    """What a reader of the exported document should see, blocks run together."""
    seen = []
    for number, block in enumerate(source.blocks):
        text = words(source.text_of(number))
        numbered = block.kind is BlockKind.HEADING and block.marker[-1:] in (".", ")")
        if block.kind is not BlockKind.RULE:
            seen.append(f"{block.marker} {text}" if text and numbered else text)
    return seen


@settings(max_examples=150, deadline=None)
@given(documents())
def test_the_words_come_out_as_they_went_in(source: Document) -> None:
    plain = Document(
        source.text,
        tuple(
            Block(b.kind, b.role, b.level, b.marker, b.start, b.end,
                  tuple(s for s in b.spans if s.kind is not SpanKind.FOOTNOTE))
            for b in source.blocks
            if b.kind not in (BlockKind.FOOTNOTE, BlockKind.ROW)
        ),
    )  # fmt: skip
    seen = blocks(body(plain))
    assert "".join(seen).replace(" ", "") == "".join(visible(plain)).replace(" ", "")
    assert len(seen) == sum(map(bool, visible(plain)))


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_kind_of_block_is_what_it_was(source: Document) -> None:
    seen = set(kinds(body(source)))
    present = {
        block.kind
        for number, block in enumerate(source.blocks)
        if words(source.text_of(number)) or block.kind is BlockKind.RULE
    }
    for kind, token in (
        (BlockKind.HEADING, "heading"),
        (BlockKind.ITEM, "list_item"),
        (BlockKind.CODE, "fence"),
        (BlockKind.RULE, "hr"),
        (BlockKind.ROW, "table"),
    ):
        assert (kind in present) == (token in seen)
    quoted = bool(present & {BlockKind.QUOTE, BlockKind.PULLQUOTE})
    assert quoted == ("blockquote" in seen)
    assert "html_block" not in seen
    assert "code_block" not in seen


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXT.map(words), min_size=1, max_size=4), min_size=1, max_size=4))
def test_rows_are_a_table(rows: list[list[str]]) -> None:
    rows = [[cell.replace("|", "") for cell in row if cell.strip("| ")] for row in rows]
    lines = [" | ".join(row) for row in rows if row]
    made = []
    at = 0
    for line in lines:
        made.append(Block(BlockKind.ROW, BlockRole.BODY, 0, "", at, at + len(line)))
        at += len(line) + 1
    seen = blocks(body(Document("\n".join(lines), tuple(made))))
    expected = [words(cell) for row in rows for cell in row]
    assert seen == [cell for cell in expected if cell]


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        (items((0, "•", "a"), (1, "•", "b"), (2, "•", "c"), (0, "•", "d")),
         "- a\n  - b\n    - c\n- d"),
        (items((0, "1.", "a"), (0, "2.", "b"), (0, "1.", "c")), "1. a\n2. b\n\n1) c"),
        (items((0, "9.", "a"), (0, "10.", "b"), (1, "•", "c")), "9. a\n10. b\n    - c"),
        (items((3, "•", "a"), (1, "iv.", "b")), "- a\n  - iv. b"),
        (one(BlockKind.HEADING, "a #", level=9), "###### a \\#"),
        (one(BlockKind.CODE, "x ``` y", "py`th on"), "````python\nx ``` y\n````"),
        (one(BlockKind.QUOTE, "a\nb", level=1), "> > a\\\n> > b"),
        (one(BlockKind.PARAGRAPH, "\x1b[31mred\u202e"), "red"),
    ],
)  # fmt: skip
def test_forms(source: Document, markdown: str) -> None:
    assert body(source) == markdown


def test_numbers_are_those_of_the_text() -> None:
    markdown = body(items((0, "1.", "a"), (0, "3.", "b"), (0, "4.", "c"), (0, "2.", "d")))
    starts = [t.attrs.get("start", 1) for t in PARSER.parse(markdown) if "_list_open" in t.type]
    assert starts == [1, 3, 2]


def test_footnotes() -> None:
    text = "Said so[1] and so[2].\nWord\nLost\nTwice"
    spans = (Span(SpanKind.FOOTNOTE, 7, 10, "1"), Span(SpanKind.FOOTNOTE, 17, 20, "2"))
    made = [Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, 21, spans)]
    for start, end, marker in ((22, 26, "1"), (27, 31, "3"), (32, 37, "1")):
        made.append(Block(BlockKind.FOOTNOTE, BlockRole.BODY, 0, marker, start, end))
    markdown = body(Document(text, tuple(made)))
    assert markdown == (
        "Said so[^1] and so\\[2\\].\n\n[^1]: Word &#8203;\n\n\\[3\\] Lost\n\n\\[1\\] Twice"
    )
    assert blocks(markdown) == ["Said so[^1] and so[2].", "[3] Lost", "[1] Twice", "Word"]


def rows(*lines: tuple[int, str]) -> Document:
    made = []
    at = 0
    for level, line in lines:
        made.append(Block(BlockKind.ROW, BlockRole.BODY, level, "", at, at + len(line)))
        at += len(line) + 1
    return Document("\n".join(line for _, line in lines), tuple(made))


def test_a_table_begins_with_each_head() -> None:
    markdown = body(rows((1, "a | b"), (0, "1 | –"), (1, "c | d"), (1, "e | f")))
    assert markdown == (
        "| a | b |\n| --- | --- |\n| 1 | – |\n\n| c | d |\n| --- | --- |\n| e | f |"
    )
    assert body(rows((0, "1 | 2"), (0, "3 | 4"))).count("---") == 2


def test_the_second_paragraph_of_a_footnote_stays_with_it() -> None:
    source = read(b"# T\n\nSo it is[^1].\n\n[^1]: The note.\n\n    More of it.\n", "a.md").document
    markdown = body(source)
    assert markdown.endswith("[^1]: The note.\n\n    More of it.")
    assert blocks(markdown)[-2:] == ["The note.", "More of it."]


PREVIEWS = """# ChinAI #900: Around the Horn

## How it works

1. I list
2. You choose

## Around the Horn

### 1) [Who counts?](https://a.example/1)

**Summary**: A harbour does.

**Source**: Dock

## Links

**Must-read**: A paper

**Full Translation: Of a paper**

**Key Takeaways:**

A paragraph that is one.
"""


def test_roles_and_lead_ins_come_back() -> None:
    first = read(PREVIEWS.encode(), "a.md").document
    markdown = body(first)
    again = read(markdown.encode(), "b.md").document
    assert again == first
    assert markdown.splitlines()[1:] == PREVIEWS.splitlines()[1:]


def test_an_import_reads_it_back() -> None:
    reading = read(render_issue(ISSUE, CHINAI, document()).encode(), "900.md")
    metadata = reading.metadata
    assert (metadata.title, metadata.number, metadata.date) == (ISSUE.title, 900, "2031-01-06")
    assert (metadata.publication, metadata.url) == ("chinai", ISSUE.url)
    for line in ("Third, as the text has it", "> so they say", "“重点”内容 in bold"):
        assert line in reading.document.text


def test_real_texts_come_back_whole(corpus: Path) -> None:
    for file in sorted(corpus.glob("*.txt")):
        first = read(file.read_bytes(), file.name)
        issue = Issue("x", first.metadata.publication, first.metadata.title)
        markdown = render_issue(issue, Publication("x", "X"), first.document)
        again = read(markdown.encode(), "again.md")
        assert again.document.text == first.document.text


def test_a_footnote_that_goes_on_from_none_is_no_code() -> None:
    footnote = Block(BlockKind.FOOTNOTE, BlockRole.BODY, 0, "", 0, 3)
    source = Document("one\ntwo", (footnote, replace(footnote, start=4, end=7)))
    assert "code_block" not in kinds(body(source))


def test_a_beginning_is_told_to_be_one_and_read_as_one() -> None:
    reference = DocumentRef("0" * 64, truncated=True)
    issue = replace(ISSUE, documents={DocumentRole.TEXT: reference})
    markdown = render_issue(issue, CHINAI, document())
    assert 'extent: "beginning"' in markdown.split("\n")
    assert read(markdown.encode(), "900.md").truncated
    assert not read(render_issue(ISSUE, CHINAI, document()).encode(), "900.md").truncated
