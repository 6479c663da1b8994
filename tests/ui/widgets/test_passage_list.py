"""Lists of passages: what is drawn of a row, moving among rows of different heights, verbs."""

from __future__ import annotations

import pytest
from rich.style import Style

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.query import Passage
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import DARK
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import (
    DeferredNotes,
    Detail,
    HeadingRow,
    NoteRow,
    PassageRow,
    TextRow,
)

SIZES = [(100, 30), (40, 12)]


def passage(number: int, text: str = "some words of a passage", **fields) -> PassageRow:
    """A passage of an issue of its own."""
    start = 100 * number
    hits = tuple((start + a, start + b) for a, b in fields.pop("hits", ()))
    end = start + len(text)
    made = Passage(f"issue-{number}", DocumentRole.TEXT, 1, start, end, hits, text=text)
    place = Place(made.issue, made.role, start, end, hits)
    fields.setdefault("head", (Part(f"#{number}", "strong", bold=True), Part(" a head")))
    return PassageRow(place, made, **fields)


def style_of(app, words: str) -> Style:
    """The style in which words stand on the screen."""
    strips = app.screen._compositor.render_strips()
    (found,) = {seg.style for strip in strips for seg in strip if words in seg.text}
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_a_passage_has_head_snippet_section_and_voice(host, shows, size) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=size) as pilot:
        rows.set_rows([passage(7, section="A section", more="2 more")])
        rows.set_details({rows.rows[0].id: Detail("guest, A. Name", "★ ▸")})
        await pilot.pause()
        assert shows(pilot.app, "▌ #7 a head")
        assert shows(pilot.app, "★ ▸")
        assert shows(pilot.app, "some words of a passage")
        assert shows(pilot.app, "A section · guest, A. Name")
        assert shows(pilot.app, "2 more")


async def test_long_passages_are_cut_to_three_lines_around_the_hit(host, shows, lines) -> None:
    text = "before " * 90 + "the needle here " + "after " * 90
    at = text.index("needle")
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows([passage(1, text, hits=[(at, at + 6)])])
        await pilot.pause()
        assert shows(pilot.app, "needle")
        assert sum("before" in line or "after" in line for line in lines(pilot.app)) <= 3


async def test_hits_are_lit_and_names_underlined_in_their_colour(host) -> None:
    text = "SenseTime sells a camera"
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        row = passage(1, text, hits=[(0, 9), (18, 24)], names={"sensetime": "company"})
        rows.set_rows([row])
        await pilot.pause()
        name, hit = style_of(pilot.app, "SenseTime"), style_of(pilot.app, "camera")
        assert name.underline
        assert name.color.name == DARK["company"]
        assert hit.bgcolor.name == DARK["hit"]
        assert not hit.underline


@pytest.mark.parametrize("size", SIZES)
async def test_titles_and_notes_of_others_are_shown_as_they_are(host, shows, size) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=size) as pilot:
        rows.set_title((Part("[Translation] [/b] list"),))
        rows.set_rows(
            [
                HeadingRow((Part("[US] head"),)),
                passage(1, "[@click=app.quit]x[/] \x1b[2Jtext \u202eback"),
                NoteRow("n", None, (Part("[/] note"),), quote="[b", text="one\n\x1b]0;t\x07two"),
                TextRow("[/b] alone"),
            ]
        )
        await pilot.pause()
        for told in ("[Translation] [/b] list", "[US] head", "[@click=app.quit]x[/]", "[/] note"):
            assert shows(pilot.app, told)
        for told in ("“[b”", "[/b] alone", "text back", "two"):
            assert shows(pilot.app, told)
        text = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert not set("\x1b\x07\u202e") & set(text)


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_can_be_come_to_and_is_then_on_screen(host, lines, size) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=size) as pilot:
        made = [HeadingRow((Part("first heading"),))]
        for number in range(24):
            if number == 12:
                made.append(HeadingRow((Part("second heading"),)))
            made.append(passage(number, "words " * (1 + 7 * (number % 5))))
        rows.set_rows(made)
        await pilot.pause()
        for number in range(24):
            ticked = [line for line in lines(pilot.app) if line.startswith("▌")]
            assert ticked[0].startswith(f"▌  #{number} a head")
            assert len(ticked) == len(rows.draw_row(rows.cursor, rows.pens)) - rows._air_below(
                rows.cursor
            )
            rows.action_cursor_down()
        for number in range(23, -1, -1):
            assert rows.current.place.issue == f"issue-{number}"
            rows.action_cursor_up()
        assert any("first heading" in line for line in lines(pilot.app))


async def test_pages_ends_and_heading_rows(host) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows([HeadingRow((Part("head"),)), *map(passage, range(50))])
        for key, least, most in (("space", 2, 10), ("G", 50, 50), ("b", 40, 49), ("g", 1, 1)):
            await pilot.press(key)
            assert least <= rows.cursor <= most
        await pilot.press("k")
        assert rows.cursor == 1


async def test_what_is_told_below_the_last_row_comes_into_view_with_it(host, shows) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows(
            [*map(passage, range(9)), HeadingRow((Part("end"),)), TextRow("the last word")]
        )
        await pilot.press("G")
        assert rows.current.place.issue == "issue-8"
        assert shows(pilot.app, "the last word")


async def test_the_cursor_stays_on_its_row_when_rows_come_or_go(host) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows([passage(n) for n in range(10)])
        await pilot.press("j", "j", "j")
        rows.set_rows([passage(n) for n in range(2, 10)])
        assert rows.current.place.issue == "issue-3"
        rows.set_rows([passage(n) for n in range(5, 10)])
        assert rows.current.place.issue == "issue-5"
        rows.set_rows([passage(n) for n in range(10)], current=passage(8).id)
        assert rows.current.place.issue == "issue-8"


async def test_it_tells_which_row_is_come_to_and_which_is_chosen(host) -> None:
    app = host(PassageList())
    async with app.run_test(size=(60, 20), message_hook=app.seen.append) as pilot:
        app.widget.set_rows([passage(1), passage(2)])
        await pilot.press("j", "enter")
        assert app.said(PassageList.Highlighted)[-1].passages.current.place.issue == "issue-2"
        assert [each.row.place.issue for each in app.said(PassageList.Opened)] == ["issue-2"]


async def test_a_verb_acts_on_the_row_and_on_all_marked_ones(host, shows) -> None:
    app = host(PassageList())
    async with app.run_test(size=(60, 20), message_hook=app.seen.append) as pilot:
        app.widget.set_rows([passage(n) for n in range(4)])
        await pilot.press("m", "x", "j", "x", "y")
        first, second = app.said(PassageList.Verb)
        assert (first.verb, [row.place.issue for row in first.rows]) == ("bookmark", ["issue-0"])
        assert second.verb == "copy"
        assert [row.place.issue for row in second.rows] == ["issue-0", "issue-2"]
        assert shows(app, "x #0 a head")
        assert not shows(app, "x #1 a head")
        app.widget.unmark()
        await pilot.pause()
        assert not shows(app, "x #0 a head")


async def test_an_empty_list_takes_every_key(host) -> None:
    app = host(PassageList())
    async with app.run_test(size=(60, 20), message_hook=app.seen.append) as pilot:
        for rows in ((), (HeadingRow((Part("nothing"),)), TextRow("at all"))):
            app.widget.set_rows(rows)
            await pilot.press("j", "k", "G", "g", "space", "b", "enter", "x", "y", "a")
        assert app.said(PassageList.Verb) == app.said(PassageList.Opened) == []


async def test_a_click_goes_to_a_row_and_a_second_one_chooses_it(host) -> None:
    app = host(PassageList())
    async with app.run_test(size=(60, 20), message_hook=app.seen.append) as pilot:
        app.widget.set_rows([passage(n) for n in range(4)])
        await pilot.pause()
        await pilot.click(offset=(5, 4))
        assert app.widget.current.place.issue == "issue-1"
        await pilot.click(offset=(5, 3))
        assert [each.row.place.issue for each in app.said(PassageList.Opened)] == ["issue-1"]


async def test_a_thousand_passages_are_not_all_laid_out(host) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows([passage(n, "words " * 60) for n in range(1000)])
        await pilot.pause()
        assert len(rows._rows) < 20
        await pilot.press("G")
        assert len(rows._rows) < 60
        assert rows.current.place.issue == "issue-999"


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_a_long_title_gives_way_to_what_is_told_beside_it(host, shows, width) -> None:
    head = (Part("#7 ", "strong", bold=True), Part("made-up title " * 12), Part("  3 Aug 2026"))
    rows = PassageList()
    async with host(rows).run_test(size=(width, 20)) as pilot:
        rows.set_rows([passage(7, head=head)])
        rows.set_details({rows.rows[0].id: Detail("guest", "★ ▸")})
        await pilot.pause()
        assert shows(pilot.app, "… 3 Aug 2026")
        assert shows(pilot.app, "★ ▸")


async def test_rows_of_annotations_are_read_when_they_are_drawn(host, shows) -> None:
    read = []

    def reader(annotation_id: str) -> NoteRow:
        read.append(annotation_id)
        return NoteRow(annotation_id, None, (Part(f"note {annotation_id}"),))

    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows(DeferredNotes([str(number) for number in range(10_000)], reader))
        await pilot.pause()
        assert shows(pilot.app, "note 0")
        assert len(read) < 100
        await pilot.press("G")
        assert shows(pilot.app, "note 9999")
        assert len(read) < 200


async def test_a_long_note_is_cut(host, shows, lines) -> None:
    rows = PassageList()
    async with host(rows).run_test(size=(60, 20)) as pilot:
        rows.set_rows([NoteRow("n", None, (Part("head"),), text="line of it\n" * 40)])
        await pilot.pause()
        assert shows(pilot.app, "line of it …")
        assert sum("line of it" in each for each in lines(pilot.app)) == 6
