"""The links of a text: numbered, with their hosts, followed by number."""

from __future__ import annotations

import pytest

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.ui.screens.links import LinksScreen, host_of, links_of
from tests.ui.screens.over import over


def document(*links: tuple[str, str]) -> Document:
    """A document of one paragraph a link: its words and its address."""
    text = "\n".join(label for label, _ in links)
    blocks, start = [], 0
    for label, url in links:
        end = start + len(label)
        spans = (Span(SpanKind.LINK, start, end, url),)
        blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", start, end, spans))
        start = end + 1
    return Document(text, tuple(blocks))


def many(count: int) -> Document:
    return document(*((f"link {n}", f"https://site{n}.example/") for n in range(1, count + 1)))


@pytest.mark.parametrize("size", [(100, 30), (60, 20)])
async def test_links_are_shown_with_number_words_and_host(reader, shows, size) -> None:
    made = document(
        ("[/b] a report", "https://www.example.org/report?x=1"),
        ("[@click=app.quit] more", "https://例え.example/"),
        ("looks harmless", "javascript:alert(1)"),
    )
    async with reader.run_test(size=size) as pilot:
        await over(pilot, LinksScreen(made))
        assert shows(reader, "1 [/b] a report www.example.org")
        assert shows(reader, "2 [@click=app.quit] more xn--r8jz45g.example")
        assert shows(reader, "3 looks harmless not a web address: javascript:alert(1)")


async def test_a_digit_follows_a_link_at_once_where_it_can_mean_no_other(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(many(9)))
        await pilot.press("7")
        assert answers == ["https://site7.example/"]


async def test_digits_are_taken_together_where_they_can(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(many(25)))
        await pilot.press("2")
        assert answers == []
        await pilot.press("4")
        assert answers == ["https://site24.example/"]


async def test_enter_follows_the_number_typed_so_far(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(many(25)))
        await pilot.press("2", "enter")
        assert answers == ["https://site2.example/"]


async def test_a_number_no_link_has_starts_anew(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(many(12)))
        await pilot.press("0", "9")
        assert answers == ["https://site9.example/"]


async def test_the_cursor_begins_at_the_current_paragraph(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(many(9), current=4))
        await pilot.press("j", "enter")
        assert answers == ["https://site6.example/"]


async def test_a_text_without_links_says_so(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(document()))
        assert shows(reader, "this text has no links")
        await pilot.press("1", "enter", "escape")
        assert answers == [None]


def test_an_address_is_listed_once() -> None:
    made = document(("a", "https://x.example/"), ("b", "https://x.example/"))
    assert [link.label for link in links_of(made)] == ["a"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "https://a\x1b[2J/", "//x", "", "https://[/"]
)
def test_what_is_no_web_address_has_no_host(url) -> None:
    assert host_of(url) == ""
