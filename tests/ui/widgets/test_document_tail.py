"""What stands below the text: seen and followed, but no part of what is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import NO_TAIL, Link, LinkKind, Tail
from chinai_tui.ui.widgets.document_view import DocumentView
from tests.ui.widgets.documents import (
    LONG,
    Host,
    document,
    find,
    followed,
    part,
    piece,
    pointer,
    screen,
    shown,
    told,
    web_links,
    words,
)

BRIEF = document(
    part("paragraph", "CloudWalk 云从 sells cameras; see the report.", report="https://r.example"),
    part("paragraph", "Nothing to follow here."),
)
BELOW = document(
    part("rule", "", "boilerplate"),
    part("heading", "Afterwards", "label"),
    part("item", "Cited in #310: A made-up title", "boilerplate", **{"#310": "letter-310"}),
    part("item", "Crane: last #311", "boilerplate", **{"#311": "letter-311"}),
)
TAIL = Tail(
    BELOW,
    tuple(
        Link(*find(BELOW, number), LinkKind.ISSUE, f"letter-{number[1:]}", f"issue {number}")
        for number in ("#310", "#311")
    ),
)
MUCH = Tail(document(*(part("item", words(n, 6), "boilerplate") for n in range(40))), ())


@asynccontextmanager
async def with_tail(
    source: Document = LONG, tail: Tail = TAIL, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[DocumentView, Pilot[None], Host]]:
    async with shown(source, size) as (view, pilot, host):
        view.show(source, links=web_links(source), tail=tail)
        await pilot.pause()
        yield view, pilot, host


def row_with(view: DocumentView, text: str) -> int:
    return next(y for y, line in enumerate(screen(view)) if text in line)


async def test_the_end_key_shows_it_below_the_last_paragraph() -> None:
    async with with_tail() as (view, pilot, _host):
        await pilot.press("G")
        rows = screen(view)
        assert rows[-1].endswith("▪ Crane: last #311")
        assert "Afterwards" in "\n".join(rows)
        assert view.current == len(LONG.blocks) - 1
        assert view.position.progress == 1.0


async def test_it_is_dim_and_its_links_are_links() -> None:
    async with with_tail(BRIEF) as (view, _pilot, _host):
        palette = view.painter().palette
        assert piece(view, "Afterwards").style == palette("section-label")
        assert piece(view, "Cited in ").style == palette("boilerplate")
        assert piece(view, "#310").style == palette("boilerplate", "link")


async def test_the_text_is_read_when_its_own_end_was_seen() -> None:
    async with with_tail(size=(80, 20)) as (view, pilot, host):
        await pilot.press("G", "g")
        host.posted.clear()
        view.show(LONG, tail=MUCH)
        await pilot.pause()
        while not view.is_at_end:
            assert view.progress < 1.0
            assert told(host, DocumentView.EndReached) == []
            await pilot.press("j")
        await pilot.pause()
        assert view.progress == 1.0
        assert not view.is_at_bottom
        assert told(host, DocumentView.EndReached) == [(False,)]


async def test_space_shows_it_before_one_pages_on() -> None:
    async with with_tail(BRIEF, MUCH) as (view, pilot, host):
        assert view.is_at_end
        while not view.is_at_bottom:
            assert [again for (again,) in told(host, DocumentView.EndReached) if again] == []
            await pilot.press("space")
        assert told(host, DocumentView.EndReached) == [(False,)]
        await pilot.press("space")
        assert told(host, DocumentView.EndReached)[-1] == (True,)
        assert "p39w5" in screen(view)[-1]


async def test_letters_point_at_its_links_and_enter_follows() -> None:
    async with with_tail(BRIEF) as (view, pilot, host):
        await pilot.press("f")
        assert "#310s A made-up title" in screen(view)[row_with(view, "Cited in")]
        assert screen(view)[row_with(view, "Crane:")].endswith("last #311d")
        await pilot.press("d")
        assert piece(view, "#311").style == view.painter().palette("boilerplate", "link", "pointed")
        assert view.pointed == TAIL.links[1]
        assert followed(host) == []
        await pilot.press("enter")
        await pilot.pause()
        assert followed(host) == ["letter-311"]
        assert view.pointed is None


async def test_tab_goes_on_from_the_links_of_the_text_to_those_below() -> None:
    async with with_tail(BRIEF) as (view, pilot, _host):
        await pilot.press("f", "a")
        seen = []
        for _ in range(3):
            await pilot.press("tab")
            seen.append(view.pointed.target)
        assert seen == ["letter-310", "letter-311", "https://r.example"]


async def test_a_link_below_that_is_pointed_at_comes_on_screen() -> None:
    source = document(part("paragraph", "A link here.", here="https://r.example"), *LONG_PARTS)
    async with with_tail(source) as (view, pilot, _host):
        await pilot.press("f", "a", "tab")
        assert view.pointed == TAIL.links[0]
        assert "Cited in" in "\n".join(screen(view))


LONG_PARTS = [part("paragraph", words(n)) for n in range(20)]


async def test_enter_at_the_last_paragraph_points_below_it() -> None:
    async with with_tail() as (view, pilot, host):
        await pilot.press("enter")
        assert view.pointed is None
        await pilot.press("G", "enter")
        assert view.pointed == TAIL.links[0]
        await pilot.press("enter")
        await pilot.pause()
        assert followed(host) == ["letter-310"]


async def test_a_click_follows_and_the_pointer_is_told_of_it() -> None:
    async with with_tail(BRIEF) as (view, pilot, host):
        y = row_with(view, "#310")
        x = screen(view)[y].index("#310") + 1
        view.on_mouse_move(pointer(events.MouseMove, view, x, y, button=0))
        await pilot.pause()
        assert told(host, DocumentView.Pointed)[-1][0] is not None
        await pilot.click(DocumentView, offset=(x, y))
        await pilot.click(DocumentView, offset=(x + 8, y))
        await pilot.pause()
        assert followed(host) == ["letter-310"]


@pytest.mark.parametrize("to", [(30, 0), (5, 1)])
async def test_nothing_in_it_can_be_selected_by_dragging(to: tuple[int, int]) -> None:
    async with with_tail(BRIEF) as (view, pilot, host):
        y = row_with(view, "Cited in")
        await pilot.mouse_down(DocumentView, offset=(10, y))
        view.on_mouse_move(pointer(events.MouseMove, view, 10 + to[0], y + to[1]))
        await pilot.pause()
        assert view.selection is None
        assert told(host, DocumentView.SelectionChanged) == []


async def test_a_selection_stops_at_the_end_of_the_text() -> None:
    async with with_tail(BRIEF) as (view, pilot, _host):
        await pilot.press("G", "v", *"jjjjjj", *"}}}", *"llllllllllllllllllllllllllllll")
        start, end = view.selection
        assert end == len(BRIEF.text)
        view.end_selection()
        await pilot.mouse_down(DocumentView, offset=(10, row_with(view, "CloudWalk")))
        y = row_with(view, "Crane:")
        view.on_mouse_move(pointer(events.MouseMove, view, 70, y))
        start, end = view.selection
        assert start < end <= len(BRIEF.text)


async def test_paragraphs_are_those_of_the_text() -> None:
    async with with_tail(BRIEF) as (view, pilot, _host):
        for _ in range(8):
            await pilot.press("}")
        assert BRIEF.text_of(view.current) == "Nothing to follow here."
        y = row_with(view, "Afterwards")
        await pilot.click(DocumentView, offset=(6, y))
        assert BRIEF.text_of(view.current) == "Nothing to follow here."


async def test_where_it_fills_the_screen_the_last_paragraph_is_the_current_one() -> None:
    async with with_tail(LONG, MUCH) as (view, pilot, _host):
        await pilot.press("G")
        assert screen(view)[0].strip().startswith("▪ p")
        assert view.current == len(LONG.blocks) - 1
        await pilot.press("k", "k")
        assert view.current == len(LONG.blocks) - 1
        assert view.passage[1] == len(LONG.text)


async def test_a_place_below_the_text_comes_back() -> None:
    async with with_tail(LONG, MUCH) as (view, pilot, _host):
        await pilot.press("G", "k", "k")
        before = screen(view)
        top, above, current = view.top_offset, view.rows_above, view.passage[0]
        view.show(BRIEF)
        view.show(LONG, offset=top, above=above, current=current, tail=MUCH)
        assert screen(view) == before


async def test_another_tail_does_not_move_the_text() -> None:
    async with with_tail(tail=NO_TAIL) as (view, pilot, _host):
        await pilot.press("space")
        before = screen(view)
        rows = view.virtual_size.height
        view.set_tail(TAIL)
        assert screen(view) == before
        assert view.virtual_size.height == rows + 1 + view.lines.tail.rows
        view.set_tail(NO_TAIL)
        assert screen(view) == before
        assert view.virtual_size.height == rows


async def test_another_tail_is_pointed_at_no_more() -> None:
    async with with_tail(BRIEF) as (view, pilot, _host):
        await pilot.press("f", "d")
        view.set_tail(TAIL)
        assert view.pointed is not None
        view.set_tail(NO_TAIL)
        assert view.pointed is None
