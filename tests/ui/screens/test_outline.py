"""The headings of a text beside it: shown, moved along, narrowed and chosen."""

from __future__ import annotations

from typing import Any

import pytest
from rich.segment import Segment
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.ingest import read
from chinai_tui.ui.screens.outline import OutlineScreen, depths, lengths, width_on
from chinai_tui.ui.widgets.direct_lines import DirectLines
from tests.ui.screens.over import over, write

TEXT = b"""# A title

First words.

## One [/b] section

Some words.

### A part of it

More words.

## Another [US] section

Last words.
"""
SIZES = [(100, 30), (80, 24), (60, 20), (40, 12)]


class Backdrop(DirectLines):
    """What stands under the outline: a letter in every cell."""

    letter = "x"

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(self.letter * self.size.width, self.pens())])


@pytest.fixture
def document() -> Document:
    return read(TEXT, "made-up.md").document


@pytest.fixture
def app(host) -> App[None]:
    return host(Backdrop())


def block(document: Document, words: str) -> int:
    return next(n for n in document.headings() if words in document.text_of(n))


@pytest.mark.parametrize("size", SIZES)
async def test_headings_are_shown_as_they_are_the_place_marked(app, document, lines, size) -> None:
    async with app.run_test(size=size) as pilot:
        await over(pilot, OutlineScreen(document, block(document, "part of it") + 1))
        width = width_on(*size)
        shown = [line[:width] for line in lines(app)]
        one, part, another = (
            next(line for line in shown if words in line)
            for words in ("One [/b]", "A part of", "Another [")
        )
        assert one.startswith("  One")
        assert part.startswith("▌   A part of")
        assert another.startswith("  Another")


@pytest.mark.parametrize("size", SIZES)
async def test_the_text_beside_and_the_lines_below_stay_in_view(app, document, lines, size) -> None:
    async with app.run_test(size=size) as pilot:
        await over(pilot, OutlineScreen(document, 0))
        width = width_on(*size)
        assert {line[width:] for line in lines(app)} == {"x" * (size[0] - width)}
        assert lines(app)[-2:] == ["x" * size[0]] * 2
        assert not any("x" in line[:width] for line in lines(app)[:-2])


async def test_the_text_beside_is_not_dimmed_and_drawn_as_it_changes(app, document, lines) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        backdrop = app.widget
        await over(pilot, OutlineScreen(document, 0))
        (beside,) = app.screen._compositor.render_strips()[-1]
        assert beside.style is not None
        assert beside.style.color == backdrop.pens().color
        assert beside.style.bgcolor == backdrop.pens().bgcolor
        backdrop.letter = "y"
        backdrop.refresh()
        await pilot.pause()
        assert lines(app)[5].endswith("y" * 60)


async def test_the_panel_follows_the_size_of_the_screen(app, document) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await over(pilot, OutlineScreen(document, 0))
        panel = app.screen.headings.parent
        assert panel.region.width == 36
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert panel.region.size == (40, 22)


def led(pilot: Pilot[None], document: Document, at: str) -> tuple[OutlineScreen, list[int]]:
    """An outline, and the blocks it shows beside itself."""
    seen: list[int] = []
    return OutlineScreen(document, block(document, at), seen.append), seen


async def test_the_text_follows_the_cursor(app, document) -> None:
    one, part, another = document.headings()
    async with app.run_test(size=(100, 30)) as pilot:
        screen, seen = led(pilot, document, "One")
        answers = await over(pilot, screen)
        assert seen == []
        await pilot.press("j", "j", "k")
        await pilot.pause()
        assert seen == [part, another, part]
        await pilot.press("G", "g")
        await pilot.pause()
        assert seen[3:] == [another, one]
        await pilot.press("down", "enter")
        assert seen[5:] == [part]
        assert answers == [part]


async def test_the_mouse_leads_the_text_and_a_second_click_stays(app, document) -> None:
    another = block(document, "Another")
    async with app.run_test(size=(100, 30)) as pilot:
        screen, seen = led(pilot, document, "One")
        answers = await over(pilot, screen)
        await pilot.click(offset=(5, 5))
        assert seen == [another]
        assert answers == []
        await pilot.click(offset=(5, 5))
        assert answers == [another]


async def test_a_click_on_the_text_stays_at_what_is_shown(app, document) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen, seen = led(pilot, document, "One")
        answers = await over(pilot, screen)
        await pilot.press("j")
        await pilot.click(offset=(80, 5))
        assert answers == seen == [block(document, "part of it")]


@pytest.mark.parametrize("key", ["escape", "q", "h", "t"])
async def test_who_backs_out_gets_no_heading(app, document, key) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, OutlineScreen(document, 0))
        await pilot.press("j", key)
        assert answers == [None]


async def test_the_place_stays_marked_as_the_cursor_leaves_it(app, document, lines) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await over(pilot, OutlineScreen(document, block(document, "One")))
        await pilot.press("G")
        await pilot.pause()
        one = next(line for line in lines(app) if "One [/b]" in line)
        assert one.startswith("┃ One")
        assert next(line for line in lines(app) if "Another" in line).startswith("▌ Another")


async def test_what_is_typed_after_a_slash_narrows_and_leads(app, document, shows) -> None:
    part = block(document, "part of it")
    async with app.run_test(size=(100, 30)) as pilot:
        screen, seen = led(pilot, document, "Another")
        answers = await over(pilot, screen)
        assert not shows(app, "words of a heading")
        await pilot.press("slash")
        await pilot.pause()
        assert shows(app, "words of a heading")
        await write(pilot, "PART")
        assert not shows(app, "Another [US] section")
        assert seen == [part]
        await pilot.press("enter")
        assert answers == [part]


async def test_escape_leaves_the_box_first_and_then_the_outline(app, document, shows) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen, seen = led(pilot, document, "One")
        answers = await over(pilot, screen)
        await pilot.press("slash")
        await write(pilot, "zzz")
        assert shows(app, "no heading has these words")
        await pilot.press("escape")
        await pilot.pause()
        assert shows(app, "Another [US] section")
        assert screen.headings.has_focus
        assert seen == []
        await pilot.press("escape")
        assert answers == [None]


async def test_before_the_first_heading_the_first_row_is_chosen_with_enter(app, document) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        answers = await over(pilot, OutlineScreen(document, 0))
        await pilot.press("enter")
        assert answers == [block(document, "One")]


def of(*headings: tuple[str, int, int]) -> Document:
    """Headings of a role and level, each with a paragraph of so many words below."""
    blocks, texts, at = [], [], 0
    for role, level, count in headings:
        kind = BlockKind.PARAGRAPH if role else BlockKind.HEADING
        for made in (kind, None):
            text = "head" if made else " ".join(["word"] * count)
            shape = (
                (made, BlockRole(role), level) if made else (BlockKind.PARAGRAPH, BlockRole.BODY, 0)
            )
            blocks.append(Block(*shape, "", at, at + len(text)))
            texts.append(text)
            at += len(text) + 1
    return Document("\n".join(texts), tuple(blocks))


HEADINGS: list[tuple[Any, list[int], list[int]]] = [
    ([("", 2, 228), ("", 3, 229), ("", 2, 1)], [0, 1, 0], [2, 1, 1]),
    ([("label", 0, 100), ("label", 0, 400)], [0, 0], [1, 2]),
    ([("", 1, 1), ("label", 0, 300), ("", 2, 1), ("label", 0, 1)], [0, 1, 1, 2], [2, 2, 1, 1]),
    ([("", 3, 1), ("", 1, 1)], [2, 0], [1, 1]),
    ([("", 1, 1), ("", 6, 1)], [0, 3], [1, 1]),
]


@pytest.mark.parametrize(("headings", "indents", "minutes"), HEADINGS)
def test_headings_are_indented_by_level_and_tell_their_minutes(headings, indents, minutes) -> None:
    source = of(*headings)
    found = depths(source)
    assert [*found] == source.headings()
    assert [*found.values()] == indents
    assert [*lengths(source, found).values()] == minutes


@pytest.mark.parametrize(
    ("size", "width"), [((160, 45), 36), ((120, 40), 30), ((89, 24), 40), ((60, 20), 36)]
)
def test_the_list_is_as_wide_as_the_one_it_stands_over(size, width) -> None:
    assert width_on(*size) == width
