from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len
from textual import events

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.ui.rendering.marks import Mark
from chinai_tui.ui.theme import DARK, LIGHT
from chinai_tui.ui.widgets.document_pane import Position
from chinai_tui.ui.widgets.document_view import DocumentView
from tests.ui.widgets.documents import (
    LONG,
    SHORT,
    document,
    find,
    part,
    piece,
    pointer,
    screen,
    shown,
    told,
    words,
)


async def test_lines_and_pages() -> None:
    async with shown(LONG) as (view, pilot, _host):
        before = screen(view)
        await pilot.press("j")
        assert screen(view)[:-1] == before[1:]
        await pilot.press("k")
        assert screen(view) == before
        await pilot.press("space")
        assert screen(view)[0].split() == before[-1].split()
        await pilot.press("b")
        assert screen(view) == before
        await pilot.press("ctrl+d")
        assert view.scroll_y == 12
        await pilot.press("ctrl+u")
        assert view.scroll_y == 0


async def test_moves_are_told_with_place_paragraph_and_progress() -> None:
    async with shown(LONG) as (view, pilot, host):
        positions: list[Position] = []
        host.watch(view, "position", lambda place: positions.append(place), init=False)
        assert view.progress == pytest.approx(24 / view.lines.rows)
        await pilot.press("G")
        assert positions[-1] == (view.top_offset, view.current, 1.0)
        assert view.current == len(LONG.blocks) - 1
        assert view.top_offset > 0
        await pilot.press("g")
        assert view.top_offset == 0
        assert view.scroll_y == 0


async def test_the_end_is_told_once_and_again_when_one_pages_on() -> None:
    async with shown(LONG) as (_view, pilot, host):
        await pilot.press("G", "k", "G")
        await pilot.pause()
        assert told(host, DocumentView.EndReached) == [(False,)]
        await pilot.press("space")
        await pilot.pause()
        assert told(host, DocumentView.EndReached) == [(False,), (True,)]


async def test_the_current_paragraph_is_the_first_on_screen_and_stays_with_its_text() -> None:
    async with shown(LONG) as (view, pilot, _host):
        assert LONG.text_of(view.current) == words(1)
        await pilot.press("j", "j", "j")
        assert LONG.text_of(view.current) == words(1)
        await pilot.press("space")
        rows = view.lines.rows_of(view.current)
        assert view.scroll_y <= rows.start < view.scroll_y + 24
        ticked = [line for line in screen(view) if line.startswith(" ┃ ")]
        assert len(ticked) == len([row for row in rows if row < view.scroll_y + 24])


async def test_paragraph_and_heading_motions_bring_their_block_on_screen() -> None:
    async with shown(LONG) as (view, pilot, _host):
        first = view.current
        for _ in range(12):
            await pilot.press("right_curly_bracket")
        assert view.current == first + 12
        assert view.scroll_y + 24 >= view.lines.rows_of(view.current).stop
        await pilot.press("left_curly_bracket")
        assert view.current == first + 11
        await pilot.press("right_square_bracket")
        assert LONG.text_of(view.current) == "Section 15"
        assert screen(view)[1].endswith("┃ Section 15")
        await pilot.press("left_square_bracket")
        assert LONG.text_of(view.current) == "Section 10"


async def test_at_the_end_lines_step_from_paragraph_to_paragraph() -> None:
    async with shown(SHORT) as (view, pilot, host):
        assert view.current == 2
        await pilot.press("j")
        assert view.current == 3
        await pilot.press("k")
        assert view.current == 2
        assert told(host, DocumentView.EndReached) == [(False,)]


async def test_go_to_brings_a_place_to_the_middle_and_leaves_one_in_sight() -> None:
    async with shown(LONG) as (view, pilot, host):
        start, end = find(LONG, "p17w30")
        view.go_to(start, end)
        await pilot.pause()
        assert any("p17w30" in line for line in screen(view)[8:16])
        assert LONG.text_of(view.current) == words(17)
        row = view.scroll_y
        view.go_to(*find(LONG, "p17w2"))
        assert view.scroll_y == row
        view.go_to(find(LONG, "p31w0")[0], top=True)
        assert "p31w0" in screen(view)[0]
        assert view.top_offset == find(LONG, "p31w0")[0]
        view.go_to(len(LONG.text))
        await pilot.pause()
        assert view.is_at_end
        assert not told(host, DocumentView.EndReached)


async def test_a_restored_place_is_at_the_top_with_its_own_paragraph() -> None:
    async with shown(LONG) as (view, pilot, _host):
        top, current = find(LONG, "p12w20")[0], find(LONG, "p14w3")[0]
        view.show(LONG, offset=top, current=current)
        await pilot.pause()
        assert "p12w20" in screen(view)[0]
        assert view.top_offset <= top
        assert LONG.text_of(view.current) == words(14)


@pytest.mark.parametrize("steps", range(12))
async def test_a_place_is_restored_to_the_row_blank_ones_included(steps: int) -> None:
    async with shown(LONG) as (view, pilot, _host):
        await pilot.press("space", *["j"] * steps)
        before = screen(view)
        top, above, current = view.top_offset, view.rows_above, view.passage[0]
        view.show(SHORT)
        view.show(LONG, (), top, current, above=above)
        await pilot.pause()
        assert screen(view) == before


async def test_long_lines_of_code_are_moved_sideways() -> None:
    code = document(part("paragraph", "above"), part("code", "x" * 70 + "END"))
    async with shown(code, (60, 12)) as (view, pilot, _host):
        assert screen(view)[2].endswith("…")
        await pilot.press("shift+right", "shift+right", "shift+right")
        assert screen(view)[2].rstrip(" ").endswith("END")
        assert "‹" in screen(view)[2]
        assert screen(view)[0].endswith("above")
        await pilot.press("shift+right")
        end = screen(view)
        await pilot.press("shift+right")
        assert screen(view) == end
        await pilot.press(*["shift+left"] * 9)
        assert screen(view)[2].endswith("…")


async def test_words_stand_at_the_right_of_a_heading_where_there_is_room() -> None:
    async with shown(LONG) as (view, pilot, _host):
        view.set_asides({6: "translation"})
        await pilot.pause()
        heading = next(line for line in screen(view) if "Section 5" in line)
        assert heading.endswith("translation")
        await pilot.resize_terminal(24, 24)
        await pilot.pause()
        assert "translation" not in "".join(screen(view))


async def test_resizing_and_another_measure_keep_the_place() -> None:
    async with shown(LONG, (120, 24)) as (view, pilot, _host):
        view.go_to(find(LONG, "p22w0")[0], top=True)
        await pilot.pause()
        top, current = view.top_offset, view.current
        for width in (60, 80, 44):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert (view.top_offset, view.current) == (top, current)
            assert "p22w0" in screen(view)[0]
            assert all(cell_len(line) <= width for line in screen(view))
        view.measure = 24
        await pilot.pause()
        assert "p22w0" in screen(view)[0]
        assert view.column == (9, 24)


async def test_marks_combine_and_move_nothing() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        layout = view.lines
        start, end = find(SHORT, "CloudWalk")
        view.set_marks([Mark(start, end, "company", "cloudwalk"), Mark(start, end, "hit")])
        await pilot.pause()
        style = piece(view, "CloudWalk").style
        assert style is not None
        assert style.underline
        assert style.color is not None
        assert style.color.name == DARK["company"]
        assert style.bgcolor is not None
        assert style.bgcolor.name == DARK["hit"]
        assert view.lines is layout
        view.set_marks([])
        assert any("CloudWalk 云从" in line for line in screen(view))
        host_theme = piece(view, "CloudWalk 云从 sells cameras; see the ").style
        assert host_theme is not None
        assert not host_theme.underline


async def test_the_theme_recolours_the_text() -> None:
    async with shown(SHORT) as (view, pilot, host):
        host.theme = "ink-light"
        await pilot.pause()
        style = piece(view, "Nothing to follow here.").style
        assert style is not None
        assert style.color is not None
        assert style.color.name == LIGHT["ink"]


@pytest.mark.parametrize(("width", "sign"), [(60, "▸"), (120, "▸ note")])
async def test_notes_and_bookmarks_have_signs_in_the_margins(width: int, sign: str) -> None:
    async with shown(SHORT, (width, 24)) as (view, pilot, _host):
        whole = (SHORT.blocks[2].start, SHORT.blocks[2].end)
        view.set_marks([Mark(*whole, "note", "n1"), Mark(*whole, "bookmark", "n2")])
        await pilot.pause()
        line = next(line for line in screen(view) if "CloudWalk" in line)
        assert line.split("C")[0].strip() == "★┃"
        assert line.endswith(sign)


async def test_a_note_on_a_few_words_lights_them() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        view.set_marks([Mark(*find(SHORT, "sells cameras"), "note", "n1")])
        await pilot.pause()
        style = piece(view, "sells cameras").style
        assert style is not None
        assert style.bgcolor is not None
        assert style.bgcolor.name == DARK["highlight-green"]


async def test_enter_opens_folds_and_closes_them_again() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        assert screen(view)[0].strip() == "▸ Greeting and subscription lines (2)"
        await pilot.press("left_curly_bracket", "enter")
        assert [line.strip(" ┃") for line in screen(view)[:3]] == [
            "Subscribe here¹",
            "",
            "Share this",
        ]
        await pilot.press("right_curly_bracket", "enter")
        assert "▸ Greeting" in screen(view)[0]


async def test_clicks_choose_names_and_paragraphs_and_open_folds() -> None:
    async with shown(SHORT) as (view, pilot, host):
        view.set_marks([Mark(*find(SHORT, "CloudWalk"), "company", "cloudwalk")])
        await pilot.click(offset=(5, 2))
        await pilot.click(offset=(70, 4))
        await pilot.pause()
        assert view.current == 3
        assert told(host, DocumentView.MentionActivated) == [("cloudwalk",)]
        await pilot.click(offset=(5, 0))
        assert "Subscribe here" in screen(view)[0]


async def test_the_line_for_another_text_is_told_when_it_is_clicked() -> None:
    async with shown(LONG, skip_title=True) as (view, pilot, host):
        view.show(LONG, lead="Digest, our words")
        await pilot.pause()
        assert screen(view)[0].strip() == "▸ Digest, our words"
        assert view.current == 2
        await pilot.click(offset=(5, 0))
        await pilot.pause()
        assert told(host, DocumentView.LeadActivated) == [()]


async def test_going_into_a_fold_opens_it() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        view.go_to(find(SHORT, "Share")[0])
        await pilot.pause()
        assert view.current == 1
        assert any("Share this" in line for line in screen(view))


async def test_the_wheel_scrolls_and_keeps_a_paragraph_on_screen_current() -> None:
    async with shown(LONG) as (view, pilot, _host):
        for _ in range(9):
            view.post_message(pointer(events.MouseScrollDown, view, 5, 5))
        await pilot.pause()
        rows = view.lines.rows_of(view.current)
        assert 0 < view.scroll_y < rows.stop
        assert view.top_offset > 0


async def test_title_and_subtitle_can_be_left_to_what_stands_above() -> None:
    async with shown(LONG, skip_title=True) as (view, _pilot, _host):
        assert "p1w0" in screen(view)[0]
        assert "A title" not in "\n".join(screen(view))


async def test_an_empty_document_takes_every_key() -> None:
    async with shown(Document("", ())) as (view, pilot, _host):
        for key in ("j", "k", "space", "b", "G", "g", "v", "enter", "right_curly_bracket"):
            await pilot.press(key)
        await pilot.press("right_square_bracket")
        view.go_to(5)
        await pilot.click(offset=(5, 5))
        assert not any(screen(view))


HOSTILE = (
    "\x1b]52;c;UFdO\x07[/b][@click=app.quit]x\x9b31m\u202e[Translation]\x00\x1b[2J\u2028end\ttab"
)


@pytest.mark.parametrize("kind", list(BlockKind))
async def test_no_control_code_reaches_a_strip(kind: BlockKind) -> None:
    block = Block(
        kind, BlockRole.BODY, 1, f"{HOSTILE[:6]}.", 0, len(HOSTILE), (Span(SpanKind.STRONG, 1, 4),)
    )
    async with shown(Document(HOSTILE, (block,)), (41, 12)) as (view, pilot, _host):
        view.set_marks([Mark(2, 9, "company"), Mark(5, 30, "hit")])
        await pilot.pause()
        for y in range(12):
            strip = view.render_line(y)
            assert strip.cell_length == cell_len(strip.text)
            assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in strip.text)
            assert all(segment.style is None or not segment.style.link for segment in strip)
        if kind is not BlockKind.RULE:
            assert "[/b][@click=app.quit]" in "".join(line.strip(" ┃│▎") for line in screen(view))
