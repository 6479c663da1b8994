"""Searching the library: what is shown while one types, and where it leads."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.search import SearchScreen
from chinai_tui.ui.widgets.facet_list import FacetList
from chinai_tui.ui.widgets.passage_rows import NoteRow, PassageRow
from chinai_tui.workspace import ImportOptions
from tests.ui.screens.over import over, ready, until, write

SIZES = [(140, 40), (60, 20)]
HOSTILE = """# [Translation] Chips [/b] and cameras

Opening words.

## The [US] section

SenseTime and Megvii sell cameras; one wombat [@click=app.quit] sells chips.

A second wombat does not.
"""
FAR = """# Far apart

Here is a numbat.

## Elsewhere

A quokka is not with it.
"""


@pytest.fixture
def stocked(workspace, tmp_path):
    """The library with two texts of one's own."""
    for name, text in (("near.md", HOSTILE), ("far.md", FAR)):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        workspace.transfer.import_paths([file], ImportOptions())
    return workspace


def passages(app) -> list[PassageRow]:
    return [row for row in app.screen.passages.rows if isinstance(row, PassageRow)]


def place_words(workspace, place) -> list[str]:
    text = workspace.library.document(place.issue, place.role).text
    return [text[start:end] for start, end in place.hits]


@pytest.mark.parametrize("size", SIZES)
async def test_results_come_as_one_types(reader, stocked, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, SearchScreen(stocked))
        assert shows(reader, "search the library")
        assert shows(reader, "company:商汤")
        await write(pilot, "womb*")
        await until(pilot, lambda: shows(reader, "2 passages in 1 issue"))
        assert shows(reader, "— [Translation] Chips [/b] and cameras")
        assert shows(reader, "[@click=app.quit] sells chips.")
        assert shows(reader, "The [US] section ·")
        assert shows(reader, " ms")


@pytest.mark.parametrize("size", SIZES)
async def test_enter_in_the_box_opens_the_best_passage_with_its_hits(reader, stocked, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "wombat"))
        await pilot.press("enter")
        (visit,) = answers
        assert isinstance(visit, Visit)
        assert visit.query == "wombat"
        assert visit.place.role is DocumentRole.TEXT
        assert visit.place == visit.among[0]
        assert len(visit.among) == 2
        assert place_words(stocked, visit.place) == ["wombat"]


async def test_reopened_it_shows_the_same_list_and_place(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "wombat"))
        await pilot.press("down", "enter")
        (visit,) = answers
        assert visit.place == visit.among[1]
        await over(pilot, SearchScreen(stocked, visit.query, visit.place))
        assert reader.screen.passages.current.place == visit.place
        assert shows(reader, "passage 2 of 2")


async def test_what_meets_in_a_passage_comes_before_what_only_shares_the_issue(
    reader, stocked, shows
) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "numbat quokka"))
        assert shows(reader, "only in the same issue 1")
        assert not shows(reader, "together in a passage")
        await over(pilot, SearchScreen(stocked, "wombat chips"))
        assert shows(reader, "together in a passage")
        assert not shows(reader, "only in the same issue")


async def test_names_of_the_query_are_underlined_and_words_lit(reader, stocked) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat company:商汤"))
        strips = reader.screen._compositor.render_strips()
        styles = {seg.text: seg.style for strip in strips[2:] for seg in strip}
        assert styles["SenseTime"].underline
        assert not styles["wombat"].underline
        assert styles["wombat"].bgcolor != styles["SenseTime"].bgcolor


async def test_what_a_date_leaves_out_is_counted(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat after:2001"))
        assert shows(reader, "nothing fits “wombat after:2001” · 1 undated left out")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_answer_says_so_and_gives_advice(reader, stocked, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "[/b]zzqzzq"))
        assert shows(reader, "nothing fits “[/b]zzqzzq”")
        assert shows(reader, "Try fewer words")
        await pilot.press("enter", "down", "enter")
        assert answers == []


@pytest.mark.parametrize(
    ("query", "told", "offered"),
    [
        ("sensetme", "“sensetme” has no hits; did you mean company:SenseTime", "company:SenseTime"),
        ("云丛科技", "did you mean company:CloudWalk", "company:CloudWalk"),
        ("wombat company:sensetme", "“company:sensetme” has no hits", "company:SenseTime"),
        ("wombat year:1950", "“year:1950” has no hits", ""),
        ("wombat -wombat", "Each part of the query has hits, but no issue fits", ""),
    ],
)
async def test_an_empty_answer_says_what_has_no_hits(
    reader, stocked, shows, query, told, offered
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, query))
        assert shows(reader, told)
        choices = reader.screen.box.line.completion.choices
        assert [choice.text for choice in choices][:1] == ([offered] if offered else [])


@pytest.mark.parametrize(
    ("query", "reason", "underlined"),
    [
        ('wombat "open', "the quotation mark is not closed", '"'),
        ("wombat company:[nobody]", "no company goes by the name [nobody]", "[nobody]"),
    ],
)
async def test_problems_of_a_query_are_underlined_and_explained(
    reader, stocked, shows, query, reason, underlined
) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, query))
        assert shows(reader, reason)
        strips = reader.screen._compositor.render_strips()
        assert any(underlined in seg.text and seg.style.underline for seg in strips[1] if seg.style)


async def test_several_problems_are_told_in_their_order(reader, stocked, lines) -> None:
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, SearchScreen(stocked, "company:nobodyhere colour:red"))
        told = [line.strip() for line in lines(reader)]
        first = told.index("no company goes by the name nobodyhere")
        assert told[first + 1].startswith("there is no field colour:")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_offered_leaves_the_way_back_in_view(reader, stocked, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, SearchScreen(stocked))
        await write(pilot, "ipo comp")
        await until(pilot, lambda: shows(reader, "Tab company: names a company"))
        assert shows(reader, "Esc back")
        assert shows(reader, "↑ asked before")


async def test_all_that_fit_are_counted_where_the_answer_is_cut(
    reader, stocked, shows, monkeypatch
) -> None:
    monkeypatch.setattr("chinai_tui.ui.screens.search.screen.FIRST", 2)
    monkeypatch.setattr("chinai_tui.ui.screens.search.answering.LIMIT", 2)
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "China"))
        fitting = len(stocked.library.rows("China").rows)
        assert fitting > 2
        assert shows(reader, f"in the first 2 issues of {fitting}")


async def test_a_widened_query_says_so(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat second chips quokka"))
        result = reader.screen.result
        assert result.answer.widened
        assert shows(reader, result.answer.widened)


async def test_counts_stand_beside_where_there_is_room(reader, stocked, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        assert shows(reader, "year")
        assert shows(reader, "undated ━━━━━━━━━━━━ 1")
        assert shows(reader, "publication")
        await pilot.resize_terminal(100, 40)
        await pilot.pause()
        assert not shows(reader, "publication")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_without_room_the_counts_stand_in_place_of_the_list(
    reader, stocked, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, SearchScreen(stocked, "cameras"))
        screen = reader.screen
        await pilot.press("tab")
        assert shows(reader, "Tab narrow")
        await pilot.press("tab")
        assert screen.facets.has_focus
        assert shows(reader, "narrow to")
        assert not screen.passages.display
        await pilot.press("escape")
        assert screen.passages.has_focus
        assert not shows(reader, "narrow to")
        await pilot.press("tab")
        labels = [facet.label for facet in screen.facets.facets]
        screen.facets.move_to(labels.index("Megvii"))
        await pilot.press("enter")
        await ready(pilot)
        assert screen.passages.has_focus
        assert screen.result.answer.query.source == "company:megvii cameras"
        await pilot.press("tab", "tab")
        assert screen.box.line.has_focus
        assert screen.passages.display


async def test_a_slash_leads_back_to_the_box_and_tab_to_the_list(reader, stocked) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        screen = reader.screen
        assert screen.box.line.has_focus
        await pilot.press("tab")
        assert screen.passages.has_focus
        await pilot.press("slash")
        assert screen.box.line.has_focus
        await pilot.press("down")
        assert screen.passages.has_focus
        assert screen.passages.current == passages(reader)[1]


async def test_the_last_query_is_the_one_that_is_answered(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked))
        await write(pilot, "wombat")
        await pilot.press(*["backspace"] * 6)
        await write(pilot, "quokka")
        await until(pilot, lambda: shows(reader, "1 passage in 1 issue"))
        await ready(pilot)
        assert shows(reader, "A quokka is not with it.")
        assert not shows(reader, "second wombat")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_backing_out_answers_nothing(reader, stocked, key) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "wombat"))
        if key == "q":
            await pilot.press("tab")
        await pilot.press(key)
        assert answers == [None]


async def test_verbs_act_where_the_passage_is_listed(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        await pilot.press("tab", "y")
        await ready(pilot)
        assert "one wombat [@click=app.quit] sells chips" in reader.clipboard
        assert "—" in reader.clipboard
        await pilot.press("m")
        await ready(pilot)
        (bookmark,) = stocked.notes.bookmarks()
        assert bookmark.anchor.exact.endswith("sells chips.")
        assert shows(reader, "bookmark made")
        assert shows(reader, "★")
        await pilot.press("m")
        await ready(pilot)
        assert stocked.notes.bookmarks() == []
        await pilot.press("u")
        await ready(pilot)
        assert stocked.notes.bookmarks() == [bookmark]


async def test_a_note_is_written_on_all_marked_passages(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        await pilot.press("tab", "x", "x")
        assert shows(reader, "2 rows marked")
        await pilot.press("a")
        await pilot.pause()
        await write(pilot, "see #fauna")
        await pilot.press("ctrl+s")
        await ready(pilot)
        notes = stocked.notes.all()
        assert [(note.text, note.tags) for note in notes] == [("see #fauna", ("fauna",))] * 2
        assert shows(reader, "noted on 2 passages")
        assert not reader.screen.passages.marked


async def test_enter_waits_for_the_answer(reader, stocked) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "quokka"))
        box = reader.screen.box.line
        box.value = "wombat"
        await box.action_submit()
        await until(pilot, lambda: bool(answers))
        assert answers[0].query == "wombat"
        assert place_words(stocked, answers[0].place) == ["wombat"]


async def test_a_cut_answer_is_followed_by_the_whole_and_keeps_the_cursor(
    reader, stocked, shows, monkeypatch
) -> None:
    monkeypatch.setattr("chinai_tui.ui.screens.search.answering.FIRST", 2)
    monkeypatch.setattr("chinai_tui.ui.screens.search.screen.FIRST", 2)
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "China"))
        await until(pilot, lambda: shows(reader, "in the first 2 issues"))
        await pilot.press("down")
        current = reader.screen.passages.current.id
        await until(pilot, lambda: reader.screen.result.limit > 2)
        await pilot.pause()
        assert not shows(reader, "in the first")
        assert reader.screen.passages.current.id == current


async def test_counts_narrow_the_query_when_chosen(reader, stocked, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "cameras"))
        screen = reader.screen
        assert shows(reader, "SenseTime")
        await pilot.press("tab", "tab")
        assert screen.facets.has_focus
        labels = [facet.label for facet in screen.facets.facets]
        wanted = labels.index("Megvii")
        screen.facets.move_to(wanted)
        await pilot.press("enter")
        await ready(pilot)
        assert screen.box.line.value == "company:megvii cameras"
        assert screen.result.answer.query.source == "company:megvii cameras"
        await pilot.press("escape")
        assert screen.passages.has_focus
        await pilot.press("shift+tab")
        assert screen.box.line.has_focus


async def test_the_tab_key_takes_what_is_offered(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked))
        await write(pilot, "wombat compa")
        await ready(pilot)
        assert shows(reader, "Tab company: names a company")
        await pilot.press("tab")
        assert reader.screen.box.line.value == "wombat company:"
        await write(pilot, "sens")
        await ready(pilot)
        assert shows(reader, "Tab company:SenseTime 商汤")
        await pilot.press("tab")
        await ready(pilot)
        assert reader.screen.box.line.value == "wombat company:SenseTime "
        assert reader.screen.box.line.has_focus
        assert shows(reader, "1 issue")


async def test_a_word_like_a_misspelt_one_is_offered(reader, stocked, shows) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wobmat"))
        assert shows(reader, "“wobmat” has no hits; did you mean wombat?")
        assert shows(reader, "Tab did you mean wombat")
        await pilot.press("tab")
        await ready(pilot)
        assert reader.screen.result.answer.query.source == "wombat "
        assert shows(reader, "2 passages in 1 issue")


async def test_queries_of_before_come_back(reader, stocked) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        for query in ("wombat", "quokka"):
            answers = await over(pilot, SearchScreen(stocked, query))
            await pilot.press("enter")
            await ready(pilot)
            assert answers
        await over(pilot, SearchScreen(stocked))
        line = reader.screen.box.line
        await write(pilot, "new")
        for key, query in (("up", "quokka"), ("up", "wombat"), ("up", "wombat")):
            await pilot.press(key)
            assert line.value == query
        for query in ("quokka", "new"):
            await pilot.press("down")
            assert line.value == query


async def test_notes_are_found_with_the_texts(reader, stocked, shows) -> None:
    stocked.notes.entity_note("sensetime", "a wombat of a company")
    row = next(iter(stocked.library.rows("wombat").rows))
    text = stocked.library.document(row.id).text
    start = text.index("A second")
    stocked.notes.note(row.id, row.role, start, start + 8, "the other wombat")
    async with reader.run_test(size=(100, 40)) as pilot:
        answers = await over(pilot, SearchScreen(stocked, "wombat"))
        assert shows(reader, "in your notes 2")
        assert shows(reader, "a wombat of a company")
        notes = [row for row in reader.screen.passages.rows if isinstance(row, NoteRow)]
        placed = next(row for row in notes if row.place is not None)
        await pilot.press("tab")
        reader.screen.passages.go_to(placed.id)
        await pilot.press("enter")
        (visit,) = answers
        assert visit.place.start == start


async def test_what_waits_to_be_indexed_is_told_and_found_as_soon_as_it_is(
    reader, stocked, shows
) -> None:
    (waits,) = [row.id for row in stocked.library.rows("numbat").rows]
    async with reader.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        stocked._indexing.put_on_list([stocked.library.issue(waits)])
        await over(pilot, SearchScreen(stocked, "numbat"))
        await until(pilot, lambda: shows(reader, "nothing fits “numbat” · 1 issue still to be"))
        stocked.care.catch_up()
        await until(pilot, lambda: shows(reader, "1 passage in 1 issue"))
        assert not shows(reader, "still to be indexed")


async def test_an_answer_to_what_no_longer_stands_in_the_box_is_dropped(
    reader, stocked, shows
) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        screen = reader.screen
        late = screen.result
        screen.box.set_query("quokka")
        await until(pilot, lambda: screen.result.answer.query.source == "quokka")
        screen._show(late)
        await pilot.pause()
        assert screen.result.answer.query.source == "quokka"
        assert not shows(reader, "second wombat")


async def test_what_is_asked_later_is_asked_once_and_for_what_then_stands_in_the_box(
    reader, stocked, monkeypatch
) -> None:
    monkeypatch.setattr("chinai_tui.ui.screens.search.answering.REST_SECONDS", 0.01)
    monkeypatch.setattr("chinai_tui.ui.screens.search.answering.PAUSE_SECONDS", 0.01)
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        screen = reader.screen
        cut = replace(screen.result, limit=1)
        asked = []
        monkeypatch.setattr(screen, "search", lambda source, limit=0: asked.append(source))
        screen._typed_at = time.monotonic() + 1
        screen.typed("quokka")
        screen._go_on(cut)
        screen._go_on(cut)
        await until(pilot, lambda: bool(asked))
        await ready(pilot)
        assert asked == ["quokka"]


async def test_the_cursor_may_have_come_to_a_row_of_the_answer_before(
    reader, stocked, shows
) -> None:
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wombat"))
        screen = reader.screen
        screen.passages.moved()
        screen.box.set_query("quokka")
        await until(pilot, lambda: screen.result.answer.query.source == "quokka")
        await ready(pilot)
        assert shows(reader, "passage 1 of 1")


@pytest.mark.parametrize(
    "query",
    [
        "cameras",
        "SenseTime OR numbat",
        "SenseTime OR “China",
        "year:2018..2024 China",
        "a) OR China",
    ],
)
async def test_as_many_issues_are_found_as_the_count_said(reader, stocked, query) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, query))
        screen = reader.screen
        facets = [facet for facet in screen.facets.facets if facet.narrows]
        assert facets
        for facet in facets:
            screen.box.set_query(query)
            screen._narrow(FacetList.Chosen(facet.narrows))
            found = stocked.library.rows(screen.box.line.value).rows
            assert len(found) == facet.count, screen.box.line.value


async def test_a_second_year_takes_the_place_of_the_first(reader, stocked) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "China"))
        for year in ("year:2018", "year:2019"):
            reader.screen._narrow(FacetList.Chosen(year))
        assert reader.screen.box.line.value == "year:2019 China"


async def test_where_a_note_is_found_nothing_else_is_advised(reader, stocked, shows) -> None:
    stocked.notes.entity_note("sensetime", "a wobmat of a company")
    async with reader.run_test(size=(100, 40)) as pilot:
        await over(pilot, SearchScreen(stocked, "wobmat"))
        assert shows(reader, "no text fits “wobmat”")
        assert shows(reader, "a wobmat of a company")
        assert not shows(reader, "did you mean")
