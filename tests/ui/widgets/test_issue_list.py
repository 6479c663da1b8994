from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.rows import IssueList as Listing
from chinai_tui.domain.rows import IssueRow
from chinai_tui.ui.widgets.issue_list import IssueList

ROW = IssueRow(
    id="a-1",
    publication="a",
    outlet="A Letter",
    number=1,
    title="First",
    date="2020-05-18",
    near="",
    minutes=7,
    role=DocumentRole.TEXT,
)


def rows(count: int) -> tuple[IssueRow, ...]:
    return tuple(
        replace(ROW, id=f"a-{n}", number=n, title=f"Issue {n}", read=n % 2 == 0)
        for n in range(count, 0, -1)
    )


def listing(*found: IssueRow, total: int = 0) -> Listing:
    unread = sum(not row.read for row in found)
    return Listing(rows=found, total=total or len(found), unread=unread)


@pytest.fixture
def issues() -> IssueList:
    widget = IssueList()
    widget.set_listing(listing(*rows(9)))
    return widget


async def test_a_row_tells_number_title_date_and_minutes(host, lines) -> None:
    widget = IssueList()
    widget.set_listing(listing(ROW))
    app = host(widget)
    async with app.run_test(size=(40, 12)):
        assert lines(app)[:5] == [
            " " * 40,
            " Issues · 1 · 1 unread".ljust(40),
            " " * 40,
            "▌●   1 First".ljust(40),
            "▌      18 May 2020 · 7 min".ljust(40),
        ]


async def test_marks_tell_notes_and_bookmarks(host, lines) -> None:
    widget = IssueList()
    widget.set_listing(listing(replace(ROW, notes=3, bookmarks=1, read=True)))
    app = host(widget)
    async with app.run_test(size=(40, 12)):
        assert lines(app)[3].startswith("▌    1 First")
        assert "7 min ▸3 ★" in lines(app)[4]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (replace(ROW, date="", near="2018-09-10"), "≈ Sep 2018 · 7 min"),
        (replace(ROW, date=""), "▌      7 min"),
        (replace(ROW, number=None, date="", near="2019"), "≈ 2019 · A Letter"),
        (replace(ROW, number=None, date=""), "7 min · A Letter"),
    ],
)
async def test_what_is_not_known_is_told_as_such(host, lines, row: IssueRow, told: str) -> None:
    widget = IssueList()
    widget.set_listing(listing(row))
    app = host(widget)
    async with app.run_test(size=(40, 12)):
        assert told in lines(app)[4]


async def test_an_issue_without_a_number_has_a_dash(host, lines) -> None:
    widget = IssueList()
    widget.set_listing(listing(replace(ROW, number=None)))
    app = host(widget)
    async with app.run_test(size=(40, 12)):
        assert lines(app)[3].startswith("▌●   — First")


async def test_a_compact_list_takes_one_line_a_row(host, lines) -> None:
    widget = IssueList()
    widget.set_compact(True)
    widget.set_listing(listing(replace(ROW, bookmarks=1), replace(ROW, id="a-2")))
    app = host(widget)
    async with app.run_test(size=(30, 6)):
        assert lines(app)[1] == "▌●   1 First                ★ "
        assert lines(app)[2].startswith(" ●   1 First")


async def test_a_wide_compact_list_tells_the_date_too(host, lines) -> None:
    widget = IssueList()
    widget.set_compact(True)
    widget.set_listing(listing(ROW))
    app = host(widget)
    async with app.run_test(size=(80, 6)):
        assert lines(app)[1].rstrip().endswith("18 May 2020 · 7 min")


async def test_titles_that_look_like_markup_are_shown_as_they_are(host, lines) -> None:
    titles = ("[Translation] A [US] view", "x [/b] y", "[@click=app.quit]z[/]", "[b")
    widget = IssueList()
    widget.set_listing(listing(*(replace(ROW, id=t, title=t) for t in titles)))
    app = host(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        shown = "\n".join(lines(app))
        assert all(title in shown for title in titles)
        await pilot.click(offset=(10, 7))
        assert app.is_running


async def test_an_escape_sequence_in_a_title_does_not_reach_the_screen(host, lines) -> None:
    widget = IssueList()
    widget.set_listing(listing(replace(ROW, title="be\x1b]52;c;eA==\x07fore \u202eafter\x9b1m")))
    app = host(widget)
    async with app.run_test(size=(60, 12)):
        assert "before after" in lines(app)[3]
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set("".join(lines(app)))


async def test_a_long_chinese_title_is_cut_between_characters(host, lines) -> None:
    widget = IssueList()
    widget.set_listing(listing(replace(ROW, title="商汤科技与旷视科技的人脸识别")))
    app = host(widget)
    async with app.run_test(size=(20, 12)):
        assert lines(app)[3] == "▌●   1 商汤科技与…  "


async def test_moving_tells_of_each_issue(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 30), message_hook=app.seen.append) as pilot:
        await pilot.press("j", "j", "k", "G", "g")
        assert [m.issue for m in app.said(IssueList.Highlighted)] == [
            "a-8",
            "a-7",
            "a-8",
            "a-1",
            "a-9",
        ]


async def test_the_list_scrolls_with_the_cursor(host, lines, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 9)) as pilot:
        await pilot.press("j", "j", "j")
        assert "Issue 9" not in "\n".join(lines(app))
        assert "▌    6 Issue 6" in "\n".join(lines(app))
        await pilot.press("b", "b")
        assert "▌●   9 Issue 9" in lines(app)[3]


async def test_enter_opens(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 30), message_hook=app.seen.append) as pilot:
        await pilot.press("j", "enter")
        assert [m.issue for m in app.said(IssueList.Opened)] == ["a-8"]


async def test_a_click_chooses_and_a_second_one_opens(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 30), message_hook=app.seen.append) as pilot:
        await pilot.click(offset=(10, 6))
        assert issues.current.id == "a-8"
        assert app.said(IssueList.Opened) == []
        await pilot.click(offset=(10, 5))
        assert [m.issue for m in app.said(IssueList.Opened)] == ["a-8"]


async def test_n_goes_from_unread_to_unread(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 30)) as pilot:
        await pilot.press("n")
        assert issues.current.id == "a-7"
        await pilot.press("N")
        assert issues.current.id == "a-9"
        await pilot.press("N")
        assert issues.current.id == "a-9"


async def test_u_asks_for_the_opposite_of_what_is(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 30), message_hook=app.seen.append) as pilot:
        await pilot.press("u", "j", "u")
        asked = app.said(IssueList.ReadToggled)
        assert [(m.issue, m.read) for m in asked] == [("a-9", True), ("a-8", False)]


async def test_the_wheel_scrolls_without_moving_the_cursor(host, issues: IssueList) -> None:
    app = host(issues)
    async with app.run_test(size=(40, 9)) as pilot:
        await pilot._post_mouse_events([_scroll_down()], offset=(5, 5))
        assert issues.top == 3
        assert issues.current.id == "a-9"


def _scroll_down():
    from textual import events

    return events.MouseScrollDown


def test_the_cursor_stays_on_its_issue_when_rows_change(issues: IssueList) -> None:
    issues.go_to("a-5")
    issues.set_listing(listing(*rows(20)))
    assert issues.current.id == "a-5"


def test_the_row_under_the_cursor_stays_while_the_filter_does() -> None:
    widget = IssueList()
    widget.set_listing(listing(*rows(5)), filter_text="is:unread")
    widget.go_to("a-3")
    left = listing(*(row for row in rows(5) if row.id != "a-3"))
    widget.set_listing(left, filter_text="is:unread")
    assert [row.id for row in widget.listing.rows] == ["a-5", "a-4", "a-3", "a-2", "a-1"]
    assert widget.current.id == "a-3"


def test_another_filter_may_take_the_row_away() -> None:
    widget = IssueList()
    widget.set_listing(listing(*rows(5)))
    widget.go_to("a-3")
    widget.set_listing(listing(*rows(5)[:2], total=5), filter_text="x")
    assert widget.current.id == "a-5"


async def test_the_filter_tells_what_it_hides(host, shows) -> None:
    widget = IssueList()
    found = replace(listing(*rows(2), total=9), undated=1)
    widget.set_listing(found, filter_text="after:2019", problem="no year goes by that")
    widget.set_hidden("2 shown, 7 hidden")
    app = host(widget)
    async with app.run_test(size=(50, 20)):
        assert shows(app, "Issues · 9 · 1 unread")
        assert shows(app, "/ after:2019 2 shown, 7 hidden")
        assert shows(app, "no year goes by that")


async def test_what_a_long_filter_hides_stands_below_it(host, lines) -> None:
    widget = IssueList()
    hidden = "44 shown, 14,934 read ones hidden, 3 of them undated"
    widget.set_listing(listing(*rows(2)), filter_text="is:unread after:2019")
    widget.set_hidden(hidden)
    app = host(widget)
    async with app.run_test(size=(34, 20)):
        assert [each.strip() for each in lines(app)[2:5]] == [
            "/ is:unread after:2019",
            "44 shown, 14,934 read ones",
            "hidden, 3 of them undated",
        ]


async def test_rows_that_come_above_do_not_move_what_is_on_screen(host, lines) -> None:
    widget = IssueList()
    found = rows(60)
    widget.set_listing(listing(*found[20:]))
    app = host(widget)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press(*"j" * 15)
        before = lines(app)[3:]
        widget.set_listing(listing(*found))
        await pilot.pause()
        assert lines(app)[3:] == before
        widget.set_listing(listing(*found[5:10], *found[20:]))
        await pilot.pause()
        assert lines(app)[3:] == before


async def test_an_empty_list_says_so(host, shows) -> None:
    widget = IssueList()
    widget.set_listing(listing(total=3), filter_text="x")
    app = host(widget)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("j", "enter", "G", "n", "u", "space")
        assert shows(app, "nothing fits")


async def test_a_notice_stands_above_the_list(host, shows, issues: IssueList) -> None:
    issues.set_notice("These are samples; bring in your own")
    app = host(issues)
    async with app.run_test(size=(24, 20)):
        assert shows(app, "These are samples; bring in your own")


async def test_fifty_thousand_rows_are_not_drawn(host, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw: Callable[..., object] = IssueList.draw

    def counting(self, row, part, pens):
        drawn.append(row)
        return draw(self, row, part, pens)

    monkeypatch.setattr(IssueList, "draw", counting)
    widget = IssueList()
    widget.set_listing(listing(*(replace(ROW, id=f"a-{n}") for n in range(50_000))))
    app = host(widget)
    async with app.run_test(size=(40, 30)) as pilot:
        await pilot.press("G")
        assert widget.cursor == 49_999
        assert len(set(drawn)) < 60
