"""Who wrote a text, and when, by the lines below its title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.issue import DateSource
from chinai_tui.ingest.bylines import of_line

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("By A Writer", ("A Writer", "")),
        ("March 6, 2026", ("", "2026-03-06")),
        ("By A Writer, March 6, 2026", ("A Writer", "2026-03-06")),
        ("By A Writer • 6 Mar 2026", ("A Writer", "2026-03-06")),
        ("By A Writer – 2026-03-06", ("A Writer", "2026-03-06")),
        ("Wuhan, March 6, 2026", ("", "")),
        ("By and by, ships come in.", ("", "")),
        ("Ships of March 6, 2026", ("", "")),
    ],
)
def test_a_line(line: str, told: tuple[str, str]) -> None:
    assert of_line(line) == told


TEXT = (
    "{0}On Ships of the North\n\n{1}By A Writer\n{2}March 6, 2026\n\n"
    "The text begins here. It goes on.\n"
)


@pytest.mark.parametrize("subtitle", ["", "Plus, ropes\n\n"])
def test_below_the_title_of_a_plain_text(read: Read, rows: Rows, subtitle: str) -> None:
    source = TEXT.format("", subtitle, "")
    found = read(source).metadata
    assert (found.title, found.subtitle) == ("On Ships of the North", subtitle.strip())
    assert (found.authors, found.date) == (("A Writer",), "2026-03-06")
    assert [row[1] for row in rows(source)][bool(subtitle) :] == ["boilerplate", "boilerplate", ""]


def test_below_the_title_of_a_markdown_text(read: Read, rows: Rows) -> None:
    source = TEXT.format("# ", "", "\n")
    found = read(source, "a.md").metadata
    assert (found.authors, found.date, found.date_source) == (
        ("A Writer",),
        "2026-03-06",
        DateSource.TEXT,
    )
    assert [row[1] for row in rows(source, "a.md")] == ["boilerplate", "boilerplate", ""]
    told = read(f"---\nauthor: Another\ndate: 2025-01-02\n---\n{source}", "a.md").metadata
    assert (told.authors, told.date) == (("Another",), "2025-01-02")


def test_further_below_it_is_but_a_line(read: Read) -> None:
    source = "# On Ships\n\nThe text begins here.\n\nBy A Writer\n\nMarch 6, 2026\n"
    found = read(source, "a.md").metadata
    assert (found.authors, found.date) == ((), "")


def test_links_to_the_authors_of_a_post(read: Read) -> None:
    page = (
        "<title>T</title><article><div class='post-header'><h1 class='post-title'>T</h1>"
        "<a href='https://substack.com/@awriter'>A Writer</a> and"
        " <a href='https://substack.com/@ahelper'> A Helper</a></div><p>Words.</p>"
        "<div class='comments'><a href='https://substack.com/@reader'>A Reader</a></div></article>"
    )
    assert read(page).metadata.authors == ("A Writer", "A Helper")
    named = page.replace("<title>", "<meta name=author content='By Meta'><title>")
    assert read(named).metadata.authors == ("By Meta",)


def test_the_lines_of_a_mail_about_itself_are_furniture(rows: Rows) -> None:
    page = (
        "<title>ChinAI #900: T</title><p>By A Writer • 22 Jun 2026</p><p>View in browser</p>"
        "<p>The text begins here.</p><p>It goes on.</p>"
    )
    assert [row[1] for row in rows(page)] == ["boilerplate", "boilerplate", "", ""]
