"""Makes documents for the tests of the layout, and shows them laid out."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from rich.cells import cell_len

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout import Insertion, Layout, Options
from chinai_tui.text.layout.breaking import CLOSING, OPENING

LOOSE = " \n\t\u3000"
"""At which lines break."""

Part = tuple[Block, str]

thorough = settings(max_examples=80, deadline=None)


def block(kind: str, text: str, marker: str = "", level: int = 0, role: str = "") -> Block:
    return Block(BlockKind(kind), BlockRole(role), level, marker, 0, len(text))


def document(*parts: Part) -> Document:
    blocks = []
    at = 0
    for model, text in parts:
        blocks.append(Block(model.kind, model.role, model.level, model.marker, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(text for _model, text in parts), tuple(blocks))


def make(*rows: tuple[object, ...]) -> Document:
    """The document of these blocks, each with the arguments of `block`."""
    return document(*((block(*row), str(row[1])) for row in rows))  # type: ignore[arg-type]


def page(source: Document, width: int, options: Options | None = None) -> list[str]:
    """The rows as they are drawn, without the space at their ends."""
    layout = Layout(source, width, options or Options(), cell_len)
    return [layout.text(row).rstrip() for row in range(layout.rows)]


def is_loose(source: Document, start: int, end: int) -> bool:
    """Whether a text may be left out between lines: space, and the bars of a row's cells."""
    return all(
        char in LOOSE or (char == "|" and source.blocks[source.block_at(at)].kind is BlockKind.ROW)
        for at, char in enumerate(source.text[start:end], start)
    )


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


def parts(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[Part]]:
    """A block of any kind."""
    return st.builds(
        lambda kind, text, marker, level, role: [(block(kind, text, marker, level, role), text)],
        st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.RULE]),
        text,
        st.sampled_from(["", "•", "-", "1.", "12.", "一、", "a marker too long"]),
        st.integers(0, 4),
        st.sampled_from(list(BlockRole)),
    )


CELL = st.lists(st.one_of(CHUNK, st.just("12.5")), max_size=4).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> list[Part]:
    """The rows of a table; they need not have as many cells as each other."""
    rows = draw(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5))
    head = draw(st.integers(0, 1))
    return [
        (block("row", text, level=head if n == 0 else 0), text)
        for n, text in enumerate(" | ".join(cells) for cells in rows)
    ]


def documents(text: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    """Documents of blocks with such texts, and of tables."""
    several = st.lists(st.one_of(parts(text), parts(text), tables()), max_size=8)
    return several.map(lambda found: document(*(part for some in found for part in some)))


DOCUMENTS = documents(st.one_of(PROSE, TEXT, ANY_TEXT))
WIDTHS = st.integers(20, 200)


@st.composite
def numbered(draw: st.DrawFn) -> tuple[Document, tuple[Insertion, ...]]:
    """A document, and numbers to be drawn behind some of its words, each another one."""
    source = draw(documents(st.one_of(PROSE, TEXT)))
    ends = [
        at
        for block in source.blocks
        for at in range(block.start + 1, block.end + 1)
        if source.text[at - 1] not in LOOSE + "|"
    ]
    chosen = sorted(draw(st.sets(st.sampled_from(ends), max_size=8))) if ends else []
    return source, tuple((at, f"⁽{n}⁾"[: 1 + n % 3]) for n, at in enumerate(chosen))
