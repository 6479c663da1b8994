from __future__ import annotations

import pytest

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.mail_furniture import Forwarding, forwarding, is_cut, trim

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


def test_a_banner() -> None:
    lines = [
        "See this", "", "-----Original Message-----", "From: A Writer <a@b.example>",
        "Sent: Monday, July 7, 2025 7:10 AM", "To: r@example.org", "Subject: Kettles", "", "Text",
    ]  # fmt: skip
    told = Forwarding(
        7, frozenset({5}), "A Writer <a@b.example>", "Monday, July 7, 2025 7:10 AM", "Kettles"
    )
    assert forwarding(lines) == told
    assert forwarding(lines[3:]) == Forwarding(
        4, frozenset({2}), told.sender, told.date, told.subject
    )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["From: the province", "came kettles."],
        ["From: the province", "Date: unknown", "It went on."],
        ["Text"] * 20 + ["Begin forwarded message:", "From: a"],
        ["From" + " " * 50_000 + "x", "-" * 50_000 + "x"],
    ],
)
def test_what_is_no_banner(lines: list[str]) -> None:
    assert forwarding(lines) is None


def test_a_banner_in_chinese() -> None:
    found = forwarding(
        ["---- 转发邮件信息 ----", "发件人：某报", "日期：2025年7月7日", "主题：铜壶"]
    )
    assert found == Forwarding(4, frozenset(), "某报", "2025年7月7日", "铜壶")


def test_the_end_of_what_is_free() -> None:
    assert is_cut(pieces("Kettles.", "Keep reading with a 7-day free trial"))
    assert not is_cut(pieces("Kettles.", "I subscribe to the rest of it."))


def test_blocks_of_nothing_but_signs_take_no_time() -> None:
    assert kept("!" * 200_000 + "x", "© " + "," * 200_000 + "x") != []
