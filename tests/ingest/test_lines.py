from __future__ import annotations

from chinai_tui.ingest.lines import LineKind, split_lines


def test_markers_indentation_and_gaps() -> None:
    lines = split_lines("Words\n\n  • one\n\t- two\n3) three\n\n\n* * *\nlast")
    assert [(line.kind.name, line.marker, line.indent, line.text) for line in lines] == [
        ("TEXT", "", 0, "Words"),
        ("ITEM", "•", 2, "one"),
        ("ITEM", "•", 4, "two"),
        ("ITEM", "3)", 0, "three"),
        ("RULE", "", 0, ""),
        ("TEXT", "", 0, "last"),
    ]
    assert [(line.before, line.after) for line in lines] == [
        (1, 1),
        (1, 0),
        (0, 0),
        (0, 2),
        (2, 0),
        (0, 1),
    ]


def test_what_only_looks_like_an_item() -> None:
    texts = ["-5 degrees", "2018. A year", "1.8 billion", "— said she", "*stars* in words", "•"]
    lines = split_lines("\n".join(texts) + "\n" + "long " * 30)
    assert [line.kind for line in lines[:-1]] == [LineKind.TEXT] * len(texts)


def test_wrapped_lines_are_joined() -> None:
    text = (
        "Some paragraph that a mailer has cut into several lines, each of them about\n"
        "as long as the width of a terminal once was, whatever the words said and\n"
        "however the sentence went on, until it came to its end.\n\n"
        "- an item that was cut in the same way, since it too had more words in it\n"
        "  than there was room for in a line\n"
        "- another one\n"
    )
    assert [line.text for line in split_lines(text)] == [
        "Some paragraph that a mailer has cut into several lines, each of them about as long as "
        "the width of a terminal once was, whatever the words said and however the sentence went "
        "on, until it came to its end.",
        "an item that was cut in the same way, since it too had more words in it than there was "
        "room for in a line",
        "another one",
    ]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "One sentence of a length that is usual here, and so on.\n" * 5
    assert len(split_lines(text)) == 5
    assert len(split_lines("A short line\nanother\nand one more\nand the last")) == 4
