from __future__ import annotations

import pytest

from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    count_words,
    is_han,
    mostly_han,
)


def document() -> Document:
    parts = [
        (BlockKind.HEADING, BlockRole.TITLE, "A title"),
        (BlockKind.PARAGRAPH, BlockRole.BOILERPLATE, "Subscribe here today"),
        (BlockKind.PARAGRAPH, BlockRole.LABEL, "Key Takeaways:"),
        (BlockKind.ITEM, BlockRole.BODY, "Two words"),
        (BlockKind.HEADING, BlockRole.BODY, "More"),
    ]
    blocks, start = [], 0
    for kind, role, text in parts:
        blocks.append(Block(kind, role, 0, "", start, start + len(text)))
        start += len(text) + 1
    return Document("\n".join(text for _, _, text in parts), tuple(blocks))


def test_blocks_are_found_by_offset() -> None:
    each = document()
    assert each.block_at(0) == 0
    assert each.block_at(each.blocks[3].start) == 3
    assert each.block_at(each.blocks[3].end) == 3
    assert each.block_at(10_000) == 4
    assert each.text_of(3) == "Two words"


def test_a_section_is_the_heading_or_label_above() -> None:
    each = document()
    assert each.headings() == [2, 4]
    assert each.section_of(0) is None
    assert each.section_of(3) == 2
    assert each.section_of(4) == 4


def test_boilerplate_does_not_count() -> None:
    assert document().words == len(["A", "title", "Key", "Takeaways:", "Two", "words", "More"])


def test_what_counts_and_what_opens_a_section() -> None:
    uncounted = {BlockRole.BOILERPLATE, BlockRole.REPEAT}
    for role in BlockRole:
        block = Block(BlockKind.PARAGRAPH, role, 0, "", 0, 0)
        assert block.is_counted is (role not in uncounted)
        assert block.is_heading is (role is BlockRole.LABEL)
    assert {"summary", "source"} <= {role.value for role in BlockRole}


def test_a_revision_is_that_of_the_text() -> None:
    assert document().revision == document().revision
    assert document().revision != Document("x", ()).revision


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two", 2), ("国家队 team", 3), ("国家队", 2), ("风箱里的老鼠，两边受气", 5)],
)
def test_two_characters_count_as_a_word(text: str, words: int) -> None:
    assert count_words(text) == words


def test_what_is_a_chinese_character() -> None:
    assert all(map(is_han, "商湯〇𠀀"))
    assert not any(map(is_han, "aあ，。가"))


def test_sections_are_found_without_a_walk_through_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = tuple(
        Block(BlockKind.ITEM, BlockRole.BODY, 0, "", 2 * n, 2 * n + 1) for n in range(99)
    )
    each, looks = Document("\n".join("x" * 99), blocks), []
    monkeypatch.setattr(Block, "is_heading", property(lambda block: bool(looks.append(block))))
    assert {each.section_of(number) for number in range(99)} == {None}
    assert len(looks) == 99


@pytest.mark.parametrize(
    ("text", "is_mostly"),
    [
        ("", False),
        ("plain words", False),
        ("one 字 among words", False),
        ("这是中文 with a few", False),
        ("这是一篇中文文章，约 2,000 字 by us", True),
        ("商汤 12", True),
        ("ab商汤", False),
    ],
)
def test_a_text_is_chinese_by_most_of_its_letters(text: str, is_mostly: bool) -> None:
    assert mostly_han(text) is is_mostly
