from __future__ import annotations

from chinai_tui.domain.document import Document
from chinai_tui.index.forms import OUTSIDE, Body, Column, Line, lines, near, words
from tests.index.building import DIGEST, ORIGINAL, TEXT, TRANSLATION, document

TITLES = ("Of chips", "")


def test_each_block_that_counts_is_a_line_in_its_column() -> None:
    text = document("= Of chips", "# Policies", "商湯 runs", "! subscribe", "see <https://a.org/b>")
    assert lines(text, TITLES) == [
        Line(Column.TITLE, 0, "of chip"),
        Line(Column.HEADING, 1, "polici"),
        Line(Column.TEXT, 2, "商 汤 run"),
        Line(Column.REST, 3, "subscrib"),
        Line(Column.TEXT, 4, "see"),
        Line(Column.LINKS, 4, "a org b"),
    ]


def test_a_title_that_the_text_does_not_have_is_found_too() -> None:
    assert lines(document("= Chips", "…", "x"), TITLES) == [
        Line(Column.TITLE, 0, "chip"),
        Line(Column.TEXT, 2, "x"),
        Line(Column.TITLE, OUTSIDE, "of chip"),
    ]


def test_no_phrase_reaches_across_two_lines() -> None:
    rows = words(TEXT, {TEXT: [Line(Column.TEXT, 0, "a b"), Line(Column.TEXT, 1, "c")]})
    assert rows == {TEXT: ("", "", f"a b {' '.join('¶' * 11)} c", "", "", "", "")}


def test_what_is_attached_stands_in_the_row_of_the_main_document() -> None:
    of = {role: [Line(Column.TITLE, 0, role), Line(Column.REST, 1, "r")] for role in (TEXT, DIGEST)}
    of[ORIGINAL] = [Line(Column.HEADING, 0, "h"), Line(Column.LINKS, 0, "l")]
    gap = " ".join("¶" * 11)
    assert words(TEXT, of) == {
        TEXT: ("text", "", "", "l", "r", "", "h"),
        DIGEST: ("digest", "", "", "", "r", "", ""),
    }
    del of[TEXT]
    assert words(DIGEST, of) == {DIGEST: ("digest", "", "", "l", "r", "", "h")}
    alone = {TRANSLATION: [Line(Column.TEXT, 0, "a"), Line(Column.LINKS, 0, "l")]}
    assert words(TRANSLATION, alone) == {TRANSLATION: ("", "", "a", "l", "", "a", "")}
    assert words(TEXT, {}) == {}
    twice = alone | {ORIGINAL: [Line(Column.LINKS, 0, "m"), Line(Column.TEXT, 0, "b")]}
    assert words(TRANSLATION, twice) == {TRANSLATION: ("", "", "a", f"l {gap} m", "", "a", "b")}


def test_a_body_gives_its_lines_back_and_finds_runs_in_them() -> None:
    entries = [
        Line(Column.TITLE, 0, "1 a b"),
        Line(Column.TEXT, 12, "a b"),
        Line(Column.TEXT, 13, "b ab a b"),
        Line(Column.LINKS, 13, "a c"),
        Line(Column.TITLE, OUTSIDE, "t"),
    ]
    body = Body(Body.pack(entries))
    assert body.lines() == entries
    assert body.heads == [(entry.column, entry.block) for entry in entries]
    every = set(Column)
    assert body.blocks_with([" a b "], every) == {0, 12, 13}
    assert body.blocks_with([" a b "], {Column.TEXT}) == {12, 13}
    assert body.blocks_with([" a"], {Column.LINKS}) == {13}
    assert body.blocks_with([" 1"], every) == {0}
    assert body.blocks_with([" b b "], every) == set()
    assert body.blocks_with([" c ", " 1 ", " t "], every) == {0, 13, OUTSIDE}


def test_words_near_each_other_are_found_within_one_line() -> None:
    body = Body(
        Body.pack(
            [
                Line(Column.TEXT, 0, "a " + "x " * 10 + "b"),
                Line(Column.TEXT, 1, "a " + "x " * 11 + "b"),
                Line(Column.HEADING, 2, "b c a"),
                Line(Column.TEXT, 3, "a"),
                Line(Column.TEXT, 4, "b"),
            ]
        )
    )
    assert body.blocks_near([["a"], ["b"]], {Column.TEXT}) == {0}
    assert body.blocks_near([["a"], ["b", "c"]], set(Column)) == {2}
    assert near("a b x a".split(), [["a"], ["b"]]) == [(0, 1), (1, 2), (3, 4)]
    assert near(["a", *"x" * 11, "b", "a"], [["a"], ["b"]]) == [(12, 13), (13, 14)]


def test_an_empty_document_has_no_lines() -> None:
    assert Body(Body.pack([])).lines() == Body(Body.pack([])).heads == []
    assert words(TEXT, {TEXT: lines(Document("", ()))}) == {TEXT: ("",) * 7}
