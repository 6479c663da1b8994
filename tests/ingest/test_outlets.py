from __future__ import annotations

import pytest

from chinai_tui.ingest.outlets import OUTLETS, is_furniture, outlet_of, outlet_of_title


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("ChinAI Newsletter #3: Stats", 3, "Stats"),
        ("ChinAI #94: Chips -- and more", 94, "Chips -- and more"),
        ("ChinAI # 350： Around [修路人]", 350, "Around [修路人]"),
        ("chinai #12 - A title", 12, "A title"),
        ("ChinAI #7. A title", 7, "A title"),
    ],
)
def test_numbered_titles(title: str, number: int, rest: str) -> None:
    found = outlet_of_title(title)
    assert found is not None
    outlet, match = found
    assert (outlet.id, int(match["number"]), match["title"]) == ("chinai", number, rest)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "ChinAI",
        "On ChinAI #94: a title",
        "ChinAI #94",
        "AI #9: x",
        "ChinAI #94 is on chips",
        "ChinAI #94 Said more than this.",
    ],
)
def test_other_titles(title: str) -> None:
    assert outlet_of_title(title) is None


@pytest.mark.parametrize(
    ("host", "text", "expected"),
    [
        ("chinai.substack.com", "", "chinai"),
        ("notchinai.substack.com", "", None),
        ("", "Some words\nA Blog by Jonathan Low\nMore", "low-down"),
        ("", "They quote A Blog by Jonathan Low in passing", None),
        ("", "Join Changelog++ with Daniel Whitenack", "practical-ai"),
        ("", "Only Daniel Whitenack", None),
    ],
)
def test_hosts_and_signs(host: str, text: str, expected: str | None) -> None:
    found = outlet_of(host, text)
    assert (found.id if found else None) == expected


def test_ids_are_unique() -> None:
    assert len({outlet.id for outlet in OUTLETS}) == len(OUTLETS)


@pytest.mark.parametrize(
    "text",
    ["0 comments:", "Post a Comment", "Subscribe now", "Share", "Leave us a comment", "Like"],
)
def test_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text", ["Comments on the draft", "They share what they have", "Subscribe to this view of it"]
)
def test_what_is_no_furniture(text: str) -> None:
    assert not is_furniture(text)
