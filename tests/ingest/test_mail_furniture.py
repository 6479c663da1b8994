from __future__ import annotations

import pytest

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.mail_furniture import is_cut, trim

TOLD = Metadata(title="Twelve Kettles", subtitle="A count", authors=("A Writer",))


def pieces(*texts: str) -> list[Piece]:
    return [
        Piece(BlockKind.HEADING, text[1:], level=1)
        if text.startswith("#")
        else Piece(BlockKind.PARAGRAPH, text)
        for text in texts
    ]


def kept(*texts: str) -> list[str]:
    """What is left of the blocks, those that are marked in brackets."""
    return [
        f"[{piece.text}]" if piece.role is BlockRole.BOILERPLATE else piece.text
        for piece in trim(pieces(*texts), TOLD)
    ]


def test_the_head_goes_as_far_as_the_title_or_the_last_button() -> None:
    assert kept(
        "Kettles were counted", "Forwarded this email? Subscribe here for more", "A house notice",
        "#Twelve Kettles", "A count", "A Writer", "Jul 7 ∙ Paid", "12", "READ IN APP",
        "Kettles were counted twice.", "Jul 7", "A Writer",
    ) == ["[A house notice]", "Kettles were counted twice.", "Jul 7", "A Writer"]  # fmt: skip


def test_a_title_far_down_is_the_author_s() -> None:
    long = "A whole paragraph of the author's about kettles. " * 8
    assert kept("Hello all", long, "#Twelve Kettles", "And so on.") == [
        "Hello all", long, "Twelve Kettles", "And so on.",
    ]  # fmt: skip


def test_the_foot_begins_with_the_first_notice_or_button() -> None:
    assert kept(
        "Kettles.", "Thank you.", "You’re currently a free subscriber to A Letter.",
        "Upgrade to paid", "Like", "Comment", "Restack", "© 2025 A Writer", "12 Kettle Street",
        "Unsubscribe", "Start writing",
    ) == ["Kettles.", "Thank you.", "[12 Kettle Street]"]  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        ("Kettles.", "Share", "A last thought."),
        ("Kettles.", "The dispute was about copyright and kettles.", "It goes on."),
        ("Kettles.", "Comment", "Like"),
        ("Kettles.", "© 2025 A Writer", "And a long paragraph. " * 20, "The end."),
    ],
)
def test_what_might_be_the_author_s_stays(texts: tuple[str, ...]) -> None:
    assert kept(*texts) == list(texts)


def test_the_end_of_what_is_free() -> None:
    assert is_cut(pieces("Kettles.", "Keep reading with a 7-day free trial"))
    assert not is_cut(pieces("Kettles.", "I subscribe to the rest of it."))


def test_blocks_of_nothing_but_signs_take_no_time() -> None:
    assert kept("!" * 200_000 + "x", "© " + "," * 200_000 + "x") != []
