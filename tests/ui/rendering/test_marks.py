"""What is marked in a document, by block and on the bar."""

from __future__ import annotations

from chinai_tui.domain.annotation import Color
from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.ui.rendering import marks
from chinai_tui.ui.rendering.highlights import ROLES
from chinai_tui.ui.rendering.marks import Mark, Marks

GREEN = ROLES[Color.GREEN]


def document(*blocks: tuple[str, str]) -> Document:
    made = []
    at = 0
    for role, text in blocks:
        made.append(Block(BlockKind.PARAGRAPH, BlockRole(role), 0, "", at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(text for _role, text in blocks), tuple(made))


TWO = document(("", "One lamp."), ("", "Another lamp."))


def test_a_mark_over_two_blocks_is_drawn_in_both_and_told_once() -> None:
    found = Marks(TWO, [Mark(4, 17, marks.HIGHLIGHT), Mark(4, 8, marks.HIT)])
    assert (4, 17, GREEN) in found.drawn(0)
    assert found.drawn(1) == [(4, 17, GREEN)]
    assert found.on_bar() == [(4, marks.HIGHLIGHT), (4, marks.HIT)]


def test_a_note_on_a_part_is_drawn_and_on_the_whole_only_signed() -> None:
    found = Marks(TWO, [Mark(0, 9, marks.NOTE), Mark(10, 17, marks.NOTE)])
    assert found.drawn(0) == []
    assert found.drawn(1) == [(10, 17, GREEN)]
    assert found.signs(0) == (False, 1)


def test_the_bar_tells_of_the_current_entity_alone() -> None:
    named = [Mark(4, 8, "company", "a"), Mark(4, 8, marks.MENTION_CURRENT, "a")]
    assert Marks(TWO, named).on_bar() == [(4, marks.MENTION_CURRENT)]


def test_references_are_drawn_and_not_told_on_the_bar() -> None:
    found = Marks(TWO, [Mark(0, 3, marks.REFERENCE, "other")])
    assert found.drawn(0) == [(0, 3, marks.REFERENCE)]
    assert found.on_bar() == []
    assert found.mention_at(1) == ""


def test_blocks_that_say_what_they_are_begin_with_words_that_stand_out() -> None:
    source = document(
        ("reading", "Must-read: A guide to lamps: part two"),
        ("summary", "摘要：一盏灯"),
        ("source", "https://example.org"),
        ("reading", "No such words"),
        ("reading", f"{'long ' * 12}: words"),
        ("", "Nota bene: a paragraph"),
    )
    found = Marks(source)
    shown = [
        [source.text[start:end] for start, end, name in found.drawn(n) if name == marks.LEAD_IN]
        for n in range(len(source.blocks))
    ]
    assert shown == [["Must-read:"], ["摘要："], [], [], [], []]


def test_highlights_that_lie_on_each_other_are_both_drawn_and_signed_in_their_order() -> None:
    found = Marks(
        TWO,
        [
            Mark(4, 14, marks.HIGHLIGHT, "b", Color.RED),
            Mark(0, 9, marks.HIGHLIGHT, "a", Color.BLUE),
        ],
    )
    assert found.drawn(0) == [(4, 14, ROLES[Color.RED]), (0, 9, ROLES[Color.BLUE])]
    assert found.colors(0) == [(0, Color.BLUE), (4, Color.RED)]
    assert found.colors(1) == []
