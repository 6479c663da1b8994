"""The links of a text: numbered, with where they lead, followed by number."""

from __future__ import annotations

import pytest

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.ui.screens.links import LinksScreen
from tests.ui.screens.over import over

Made = tuple[Document, list[Link]]


def made(*words: str) -> Made:
    """A document of one paragraph a link, and the links to numbered places."""
    blocks, links, start = [], [], 0
    for number, label in enumerate(words, 1):
        end = start + len(label)
        blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", start, end))
        target = f"https://site{number}.example/"
        links.append(Link(start, end, LinkKind.WEB, target, f"site{number}.example", number))
        start = end + 1
    return Document("\n".join(words), tuple(blocks)), links


def many(count: int) -> Made:
    return made(*(f"link {number}" for number in range(1, count + 1)))


def targets(answers: list[Link | None]) -> list[str]:
    return [answer.target for answer in answers if answer is not None]


@pytest.mark.parametrize("size", [(100, 30), (60, 20)])
async def test_links_are_shown_with_number_words_and_where_they_lead(reader, shows, size) -> None:
    document, links = made("[/b] a report", "[@click=app.quit] more")
    footnote = Link(0, 1, LinkKind.FOOTNOTE, "", "footnote 1", 0, 5)
    async with reader.run_test(size=size) as pilot:
        await over(pilot, LinksScreen(document, [footnote, *links]))
        assert shows(reader, "1 [/b] a report site1.example")
        assert shows(reader, "2 [@click=app.quit] more site2.example")
        assert not shows(reader, "footnote")


async def test_a_digit_follows_a_link_at_once_where_it_can_mean_no_other(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*many(9)))
        await pilot.press("7")
        assert targets(answers) == ["https://site7.example/"]


async def test_digits_are_taken_together_where_they_can(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*many(25)))
        await pilot.press("2")
        assert answers == []
        await pilot.press("4")
        assert targets(answers) == ["https://site24.example/"]


async def test_enter_follows_the_number_typed_so_far(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*many(25)))
        await pilot.press("2", "enter")
        assert targets(answers) == ["https://site2.example/"]


async def test_a_number_no_link_has_starts_anew(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*many(12)))
        await pilot.press("0", "9")
        assert targets(answers) == ["https://site9.example/"]


async def test_the_cursor_begins_at_the_current_paragraph(reader) -> None:
    document, links = many(9)
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(document, links, links[4].start))
        await pilot.press("j", "enter")
        assert targets(answers) == ["https://site6.example/"]


async def test_a_text_without_links_says_so(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*made()))
        assert shows(reader, "this text has no links")
        await pilot.press("1", "enter", "escape")
        assert answers == [None]


async def test_how_many_there_are_is_told_where_not_all_are_on_screen(reader, shows) -> None:
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, LinksScreen(*many(25)))
        assert shows(reader, "Links · 25")
        assert not shows(reader, "site25.example")


async def test_a_target_is_listed_once(reader, shows) -> None:
    document, links = made("first words", "other words")
    twice = [links[0], Link(links[1].start, links[1].end, LinkKind.WEB, "", "site1.example", 1)]
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, LinksScreen(document, twice))
        assert shows(reader, "first words")
        assert not shows(reader, "other words")


async def test_a_recording_stands_above_the_links(reader, shows) -> None:
    recording = "https://sound.example/94.mp3"
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, LinksScreen(*made("a report", "more"), recording=recording))
        assert shows(reader, "recording https://sound.example/94.mp3")
        await pilot.press("k", "enter")
        assert targets(answers) == [recording]
        answers = await over(pilot, LinksScreen(*made("a report", "more"), recording=recording))
        await pilot.press("2")
        assert targets(answers) == ["https://site2.example/"]
