"""Jumping to a name: what is shown while one types, and what comes of it."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.rows import IssueRow, JumpHit
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.screens.jump import REMEMBERED, JumpScreen, remember
from chinai_tui.ui.widgets.entity_summary import last_told
from chinai_tui.ui.widgets.jump_list import JumpList
from chinai_tui.ui.widgets.lines_pane import LinesPane
from tests.ui.screens.over import over, ready, until, write

SIZES = [(120, 40), (60, 20)]


def names(app) -> list[str]:
    return [hit.entity.id for hit in app.screen.query_one(JumpList).hits]


@pytest.mark.parametrize("size", SIZES)
async def test_without_letters_the_most_mentioned_are_offered(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        assert shows(reader, "most mentioned")
        hits = reader.screen.query_one(JumpList).hits
        assert hits
        assert [hit.mentions for hit in hits] == sorted((h.mentions for h in hits), reverse=True)
        assert shows(reader, f"▌ {hits[0].entity.name}")


@pytest.mark.parametrize("typed", ["sensetme", "商汤", "shangtang", "商湯", "SenseTime"])
async def test_a_name_in_any_script_and_with_a_slip_is_first(reader, typed) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, typed)
        assert names(reader)[0] == "sensetime"
        await pilot.press("enter")
        assert answers == ["sensetime"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_tells_characters_the_name_that_matched_and_counts(reader, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "face++")
        hit = reader.screen.query_one(JumpList).hits[0]
        assert hit.entity.id == "megvii"
        assert shows(reader, f"▌ Megvii {hit.entity.han} {hit.matched}")
        counted = str(hit.mentions) if size[0] < 76 else f"{hit.mentions} in {hit.issues} issue"
        assert shows(reader, counted)


async def test_the_keys_of_lists_move_while_one_types(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        rows = reader.screen.query_one(JumpList)
        for key, row in (("down", 1), ("ctrl+n", 2), ("ctrl+j", 3), ("ctrl+p", 2), ("up", 1)):
            await pilot.press(key)
            assert rows.cursor == row
        wanted = rows.hits[1].entity.id
        await pilot.press("enter")
        assert answers == [wanted]


async def test_letters_typed_after_enter_do_not_change_what_it_chose(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        box = reader.screen.query_one("LineInput")
        box.value = "sensetmequora"
        box.post_message(Input.Submitted(box, "sensetme"))
        await pilot.pause()
        assert answers == ["sensetime"]


async def test_escape_leads_back_with_nothing(reader) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "sense")
        await pilot.press("escape")
        assert answers == [None]


async def test_a_name_nobody_has_is_told_and_enter_does_nothing(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "qqzzxxqq")
        assert shows(reader, "nothing like “qqzzxxqq”")
        await pilot.press("enter")
        assert answers == []


async def test_nothing_is_told_beside_a_name_nobody_has(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "megvii")
        await until(pilot, lambda: shows(reader, "旷视"))
        pane = reader.screen.query_one(LinesPane)
        await until(pilot, lambda: pane.size.height and "Megvii" in drawn_text(pane))
        await write(pilot, "qqzzxx")
        await until(pilot, lambda: not drawn_text(pane).strip())
        assert shows(reader, "nothing like “megviiqqzzxx”")


def drawn_text(pane: LinesPane) -> str:
    return "".join(pane.render_line(y).text for y in range(pane.size.height))


async def test_markup_in_the_box_is_shown_as_it_is(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        reader.screen.query_one("LineInput").value = "[/b] [@click=app.quit]"
        await pilot.pause()
        assert shows(reader, "nothing like “[/b] [@click=app.quit]”")


async def test_the_name_under_the_cursor_is_told_of_where_there_is_room(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "cloudwalk")
        await until(pilot, lambda: shows(reader, "company · Guangzhou"))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not shows(reader, "company · Guangzhou")


async def test_a_number_and_words_of_a_title_lead_to_issues(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        chosen: list[str] = []
        answers = await over(pilot, JumpScreen(reader.screen.workspace, chosen.append))
        rows = reader.screen.query_one(JumpList)
        await write(pilot, "#94")
        first = rows.hits[0]
        assert isinstance(first, IssueRow)
        assert first.number == 94
        assert shows(reader, f"▌ #94 {first.title[:20]}")
        near = about(first.near) if first.near else "undated"
        assert shows(reader, spelled(first.date) if first.date else near)
        reader.screen.query_one("LineInput").value = first.title.split()[0]
        await pilot.pause()
        assert first in rows.hits
        names = [isinstance(hit, JumpHit) for hit in rows.hits]
        assert names == sorted(names, reverse=True)
        reader.screen.query_one("LineInput").value = "94"
        await pilot.press("enter")
        await pilot.pause()
        assert (answers, chosen) == ([None], [first.id])


async def test_where_no_issue_can_be_opened_none_is_offered(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace))
        await write(pilot, "#94")
        assert not any(isinstance(hit, IssueRow) for hit in reader.screen.query_one(JumpList).hits)


async def test_an_issue_is_told_of_beside_the_rows(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        workspace = reader.screen.workspace
        await over(pilot, JumpScreen(workspace, lambda _: None))
        await write(pilot, "94")
        row = reader.screen.query_one(JumpList).hits[0]
        named = workspace.entities.in_issue(row.id, row.role)
        await until(pilot, lambda: shows(reader, f"{row.minutes} min"))
        assert shows(reader, f"{named[0].entity.name}, ")


async def test_a_chosen_issue_opens_in_the_reader_and_one_can_go_back(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        main = reader.screen
        before = main.opened.issue.id
        rows = main.workspace.library.rows().rows
        other = next(row for row in rows if row.number is not None and row.id != before)
        await pilot.press("c")
        await write(pilot, f"#{other.number}")
        await pilot.press("enter")
        await ready(pilot)
        assert reader.screen is main
        assert main.opened.issue.id == other.id
        assert main.reader.has_focus
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert main.opened.issue.id == before


async def test_the_empty_box_begins_with_where_one_has_jumped_to(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        main = reader.screen
        for typed in ("quora", "kashgar", "quora"):
            await pilot.press("c")
            await write(pilot, typed)
            await pilot.press("enter")
            await ready(pilot)
            await pilot.press("q")
            await ready(pilot)
            assert reader.screen is main
        await pilot.press("c")
        await ready(pilot)
        assert shows(reader, "lately, then most mentioned")
        found = names(reader)
        assert found[:2] == ["quora", "kashgar"]
        assert len(set(found)) == len(found) > 2


async def test_the_box_says_what_the_name_is_for_while_it_is_empty(reader, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, JumpScreen(reader.screen.workspace, prompt="compare [/b] with …"))
        assert shows(reader, "compare [/b] with …")
        await write(pilot, "quora")
        assert not shows(reader, "compare [/b]")
        assert names(reader)[0] == "quora"


async def test_names_and_titles_are_at_hand_once_the_box_is_shown(reader, monkeypatch) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        workspace = reader.screen.workspace
        asked: list[bool] = []
        prepare = workspace.entities.prepare_jump
        monkeypatch.setattr(
            workspace.entities, "prepare_jump", lambda: (prepare(), asked.append(True))
        )
        await over(pilot, JumpScreen(workspace))
        assert asked
        assert workspace.entities.jump("商汤")[0].entity.id == "sensetime"


def test_only_so_many_are_remembered(workspace) -> None:
    for number in range(REMEMBERED + 2):
        remember(workspace, f"e-{number}")
    kept = workspace.library.session()["jumped"].split()
    assert kept == [f"e-{number}" for number in range(REMEMBERED + 1, 1, -1)]


async def test_beside_the_names_stands_who_it_is_and_where_it_was_last_named(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        workspace = reader.screen.workspace
        await over(pilot, JumpScreen(workspace))
        await write(pilot, "cloudwalk")
        summary = workspace.entities.summary("cloudwalk")
        await until(pilot, lambda: shows(reader, last_told(summary.timeline)))
        assert shows(reader, summary.entity.note.split(",")[0])


async def test_names_of_others_cannot_steer_the_terminal(host) -> None:
    entity = Entity("evil", EntityKind.COMPANY, "Ev\x1b]0;il\x07", han="\x9b31m莲")
    row = IssueRow("i", "p", "P", 7, "Ti\x1b[2Jtle [/b]", "2020-01-01", "", 1, DocumentRole.TEXT)
    app = host(JumpList())
    async with app.run_test(size=(80, 10)) as pilot:
        app.widget.set_hits([JumpHit(entity, "a\u202eb", 1, 1), row], "ev")
        await pilot.pause()
        drawn = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Title [/b]" in drawn
        assert drawn.replace("\n", "").isprintable()
        assert "\u202e" not in drawn
