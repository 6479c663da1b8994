from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events

from chinai_tui.text.layout import Layout, Options
from chinai_tui.ui.theme import DARK
from chinai_tui.ui.widgets import document_selection as motions
from chinai_tui.ui.widgets.document_view import DocumentView
from tests.ui.widgets.documents import (
    SHORT,
    document,
    find,
    followed,
    part,
    pointer,
    screen,
    shown,
    told,
    words,
)

GROUND = DARK["ground"]


async def test_selecting_by_keys() -> None:
    async with shown(SHORT) as (view, pilot, host):
        await pilot.press("h", "escape")
        assert view.selection is None
        await pilot.press("v", "e")
        assert view.selection == find(SHORT, "CloudWalk")
        await pilot.press("w", "l")
        assert view.selection == find(SHORT, "CloudWalk 云从")
        await pilot.press("dollar_sign")
        assert view.selection == (SHORT.blocks[2].start, SHORT.blocks[2].end)
        await pilot.press("0", "j", "right_curly_bracket")
        assert view.selection == (SHORT.blocks[2].start, SHORT.blocks[3].end)
        assert told(host, DocumentView.SelectionChanged)[1] == find(SHORT, "CloudWalk")
        await pilot.press("escape")
        await pilot.pause()
        assert view.selection is None
        assert told(host, DocumentView.SelectionChanged)[-1] == (0, 0)


async def test_selecting_begins_where_the_paragraph_begins_on_screen() -> None:
    async with shown(document(part("paragraph", words(1, 600)))) as (view, pilot, _host):
        await pilot.press("space", "v")
        assert view.selection is not None
        assert view.selection[0] == view.top_offset > 0
        for _ in range(30):
            await pilot.press("j")
        row = view.lines.place(view.selection[1] - 1).row
        assert view.scroll_y <= row < view.scroll_y + 24


async def test_another_document_ends_the_selection() -> None:
    async with shown(SHORT) as (view, pilot, host):
        await pilot.press("v")
        view.show(SHORT)
        await pilot.pause()
        assert view.selection is None
        assert told(host, DocumentView.SelectionChanged)[-1] == (0, 0)


async def test_selecting_by_mouse() -> None:
    async with shown(SHORT) as (view, pilot, host):
        await pilot.mouse_down(offset=(13, 2))
        view.on_mouse_move(pointer(events.MouseMove, view, 17, 2))
        assert view.selection == find(SHORT, "云从 ")
        await pilot.mouse_up(offset=(17, 2))
        await pilot.click(offset=(43, 2))
        assert view.selection is None
        await pilot.pause()
        assert followed(host) == ["https://r.example"]


async def test_whole_lines_are_selected_whatever_the_motions_do() -> None:
    source = document(part("paragraph", words(1)), part("paragraph", words(2)))
    async with shown(source) as (view, pilot, _host):
        lines = [view.lines.line(row) for row in range(3)]
        await pilot.press("V")
        assert view.selection == (lines[0].start, lines[0].end)
        await pilot.press("j", "w", "w")
        assert view.selection == (lines[0].start, lines[1].end)
        await pilot.press("v")
        assert view.selection is not None
        assert view.selection[1] < lines[1].end
        await pilot.press("V", "V")
        assert view.selection is None


@pytest.mark.parametrize(("clicks", "selected"), [(2, "cameras"), (3, None)])
async def test_clicks_select_a_word_then_the_paragraph(clicks: int, selected: str | None) -> None:
    async with shown(SHORT) as (view, pilot, _host):
        column = 3 + screen(view)[2][3:].index("cameras") + 4
        await pilot.click(offset=(column, 2), times=clicks)
        wanted = selected or SHORT.text_of(2)
        assert view.selection == find(SHORT, wanted)


async def test_a_selection_is_the_text_between_its_ends_and_is_drawn_as_such() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        await pilot.press("v", "w", "w", "w")
        assert view.selection is not None
        start, end = view.selection
        selected = SHORT.text[start:end]
        lit = [
            segment.text
            for segment in view.render_line(2)
            if segment.style and segment.style.bgcolor and segment.style.bgcolor.name != GROUND
        ]
        assert "".join(lit) == selected == "CloudWalk 云从 s"


MOTIONS = [
    motions.left,
    motions.right,
    motions.up,
    motions.down,
    motions.word,
    motions.word_back,
    motions.word_end,
    motions.line_start,
    motions.line_end,
    motions.paragraph,
    motions.paragraph_back,
]
MIXED = document(
    part("paragraph", "国家队 and the e\u0301lite 👩‍👩‍👧 of CloudWalk云从科技，they say."),
    part("rule", ""),
    part("item", "short"),
    part("quote", "风箱里的老鼠，两边受气。" * 4),
)


@given(st.lists(st.sampled_from(MOTIONS), max_size=30), st.integers(20, 60))
@settings(max_examples=80, deadline=None)
def test_motions_stay_on_characters_of_the_text(steps: list[motions.Motion], width: int) -> None:
    layout = Layout(MIXED, width, Options(), cell_len)
    at = 0
    for step in steps:
        at = step(layout, at)
        start, end = motions.character_at(layout, at)
        assert at == start < end <= len(MIXED.text)
        assert any(block.start <= at and end <= block.end for block in MIXED.blocks)


def test_words_go_forward_and_back_over_the_same_places() -> None:
    layout = Layout(MIXED, 40, Options(), cell_len)
    there = [0]
    while (following := motions.word(layout, there[-1])) != there[-1]:
        there.append(following)
    back = [there[-1]]
    while (before := motions.word_back(layout, back[-1])) != back[-1]:
        back.append(before)
    assert back[::-1] == there
    assert MIXED.text[there[1]] == "家"
