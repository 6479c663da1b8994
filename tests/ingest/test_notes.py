from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, SpanKind
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.notes import mark_notes

Read = Callable[..., ingest.Reading]
Spans = Callable[..., list[tuple[str, str, str]]]


def marked(*texts: str) -> list[tuple[str, str, list[str]]]:
    """Paragraphs afterwards: marker of a footnote, text, targets."""
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in texts]
    mark_notes(pieces)
    return [(each.marker, each.text, [target for *_, target in each.ranges]) for each in pieces]


def test_both_ends_are_paired() -> None:
    assert marked("So it is said[2], and[9] so it is[1].", "[1] One.", "[2]: Two, see [1].") == [
        ("", "So it is said[2], and[9] so it is[1].", ["2", "1"]),
        ("1", "One.", []),
        ("2", "Two, see [1].", ["1"]),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("So it is said[1], and no note.",),
        ("So it is said, without a sign.", "[1] A note."),
        ("So it is said[1].", "[1]"),
        ("[1] A paragraph with a number.", "[2] As [1] says.", "[3] As [2] says."),
        ("So it is said[1], at length.", "[1] One.", "More words.", "[2] Two, in the text."),
        ("So it is said[1], at length.", "[2] Two.", "[1] One."),
        ("Said[1].", "[1] One.", "Much more is said after it than before."),
    ],
)
def test_no_notes(texts: tuple[str, ...]) -> None:
    assert marked(*texts) == [("", text, []) for text in texts]


def test_notes_of_the_source_go_first() -> None:
    pieces = [
        Piece(BlockKind.PARAGRAPH, "So it is said[1]."),
        Piece(BlockKind.FOOTNOTE, "Its own note.", marker="1"),
        Piece(BlockKind.PARAGRAPH, "[1] One."),
    ]
    mark_notes(pieces)
    assert [piece.ranges for piece in pieces] == [[], [], []]


def test_in_a_plain_text_and_behind_them_the_closing(read: Read, spans: Spans) -> None:
    reading = read(
        "ChinAI #900: On Cranes\n\nSome words of an introduction, and then this[1].\n\n"
        "Further words that go on for a while and tell what is to be told.\n\n"
        "[1] See https://a.example/x\n\nThank you for reading.\n"
    )
    assert spans(reading.document) == [
        ("footnote", "[1]", "1"),
        ("link", "https://a.example/x", "https://a.example/x"),
    ]
    assert [(b.kind.value, b.role.value, b.marker) for b in reading.document.blocks[-2:]] == [
        ("footnote", "", "1"),
        ("paragraph", "boilerplate", ""),
    ]


def test_notes_of_a_wrapped_text_are_not_joined(read: Read) -> None:
    lines = "A wrapped text has lines that all end where there is no more room for\nanother word[1]"
    notes = "[1] The first note, which is so long that it has to be wrapped, just\nas[2] the text."
    source = f"The Title of It All\n\n{lines}\n\n{lines}\n\n{lines}[2]\n\n{notes}\n[2] Another."
    found = [b for b in read(source).document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert [block.marker for block in found] == ["1", "2"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("[12] :a", min_size=1, max_size=12).map(str.strip), max_size=6))
def test_every_reference_leads_to_a_note(texts: list[str]) -> None:
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in texts if text]
    mark_notes(pieces)
    notes = [piece.marker for piece in pieces if piece.kind is BlockKind.FOOTNOTE]
    targets = [
        (target, piece.text[start:end])
        for piece in pieces
        for kind, start, end, target in piece.ranges
        if kind is SpanKind.FOOTNOTE
    ]
    assert len(set(notes)) == len(notes)
    assert {target for target, _ in targets} == set(notes)
    assert all(words == f"[{target}]" for target, words in targets)
    assert all(piece.text for piece in pieces)
