"""The one-line widgets: header, status line, footer."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from chinai_tui.ui.commands import Scope
from chinai_tui.ui.keymap import checked
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.reader_header import Heading, ReaderHeader
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from tests.ui.screens.over import until

HEADING = Heading(
    title="Lamps and [shadows]",
    subtitle="A long way round",
    facts=("A Letter #3", "Wei Lan", "18 May 2020", "7 min"),
    note="digest, our words",
)


async def test_the_header_tells_title_facts_and_progress(host, lines) -> None:
    widget = ReaderHeader()
    widget.show(HEADING)
    widget.set_progress(41)
    app = host(widget)
    async with app.run_test(size=(100, 4)):
        shown = [line.rstrip() for line in lines(app)]
        assert shown[0] == ""
        assert shown[1].strip() == "Lamps and [shadows]  A long way round"
        facts = "digest, our words · A Letter #3 · Wei Lan · 18 May 2020 · 7 min"
        assert shown[2].strip().startswith(f"{facts}  ")
        assert shown[2].endswith("41 %")
        assert len(shown[2]) == len(shown[3])
        assert set(shown[3].strip()) == {"─"}


@pytest.mark.parametrize(
    ("width", "percent", "minutes", "told"),
    [
        (100, 41, 6, "41 % · 6 min left"),
        (40, 41, 6, "41 %"),
        (100, 100, 1, "100 %"),
        (100, 99, 0, "99 %"),
    ],
)
async def test_the_header_tells_the_reading_time_that_is_left(
    host, lines, width, percent, minutes, told
) -> None:
    widget = ReaderHeader()
    widget.show(HEADING)
    app = host(widget)
    async with app.run_test(size=(width, 4)) as pilot:
        widget.set_progress(percent, minutes)
        await pilot.pause()
        assert lines(app)[2].rstrip().endswith(f"  {told}")


async def test_the_header_draws_only_what_has_changed(host) -> None:
    widget = ReaderHeader()
    widget.show(HEADING)
    app = host(widget)
    async with app.run_test(size=(80, 4)) as pilot:
        widget.set_progress(41, 6)
        await pilot.pause()
        kept = widget.render_lines(widget.size.region)
        widget.set_progress(41, 6)
        assert all(
            a is b for a, b in zip(kept, widget.render_lines(widget.size.region), strict=True)
        )
        widget.set_progress(41, 5)
        assert widget.render_lines(widget.size.region)[2] is not kept[2]


async def test_a_header_of_one_line_keeps_title_and_progress(host, lines) -> None:
    widget = ReaderHeader()
    widget.show(HEADING)
    widget.set_progress(7)
    app = host(widget)
    async with app.run_test(size=(40, 1)):
        assert lines(app)[0].strip().startswith("Lamps and [shadows]")
        assert lines(app)[0].rstrip().endswith("7 %")


async def test_the_header_stands_over_the_text(host, lines) -> None:
    for width in (40, 60, 90, 140):
        widget = ReaderHeader()
        widget.show(HEADING)
        app = host(widget)
        async with app.run_test(size=(width, 4)):
            facts, rule = lines(app)[2:]
            left = len(rule) - len(rule.lstrip())
            assert any(title[left:].startswith("Lamps") for title in lines(app)[:2])
            assert facts[left:].startswith("digest")
            assert len(rule.strip()) == min(88, width - 7)


@pytest.mark.parametrize(
    ("width", "title", "first", "second"),
    [
        (60, "Lamps", "", "Lamps  A long way round"),
        (26, "Lamps in a row", "Lamps in a row", "A long way round"),
        (26, "Lamps in a rather long row", "Lamps in a rather", "long row"),
    ],
)
async def test_title_and_subtitle_have_two_lines_where_they_need_them(
    host, lines, width, title, first, second
) -> None:
    widget = ReaderHeader()
    widget.show(Heading(title, "A long way round", ("Wei Lan",)))
    app = host(widget)
    async with app.run_test(size=(width, 4)):
        shown = [line.strip() for line in lines(app)]
        assert shown[:2] == [first, second]
        assert shown[2].startswith("Wei Lan")


async def test_what_a_key_opens_is_kept_where_the_facts_are_cut(host, lines) -> None:
    widget = ReaderHeader()
    facts = ("Lantern #7", "2 May")
    widget.show(Heading("Lamps", "", facts, "A Writer", "digest", ("recording L",)))
    app = host(widget)
    async with app.run_test(size=(50, 4)) as pilot:
        assert "digest · Lantern #7 · recording L       0 %" in " ".join(lines(app))
        await pilot.resize_terminal(90, 4)
        await pilot.pause()
        whole = "digest · Lantern #7 · A Writer · 2 May · recording L  "
        assert whole in " ".join(lines(app))
        await pilot.resize_terminal(54, 4)
        await pilot.pause()
        assert "digest · Lantern #7 · 2 May · recording L  " in " ".join(lines(app))
        await pilot.resize_terminal(30, 4)
        await pilot.pause()
        assert "digest · recordin…  0 %" in " ".join(lines(app))


async def test_a_header_without_a_document_is_blank_but_for_the_rule(host, lines) -> None:
    app = host(ReaderHeader())
    async with app.run_test(size=(60, 4)):
        assert lines(app)[1].strip() == ""


async def test_the_status_line_tells_where_one_is(host, lines) -> None:
    widget = StatusBar()
    where = Status("382 issues", "#94", "Key takeaways", "translation, Wu Xin", "3 of 17")
    widget.show(replace(where, paragraph="¶14"))
    app = host(widget)
    async with app.run_test(size=(100, 2)):
        line = lines(app)[0]
        assert line.startswith(
            " chinai 382 issues  #94  ¶14 · translation, Wu Xin · Key takeaways    "
        )
        assert line.rstrip().endswith("3 of 17")


async def test_what_is_said_stands_beside_what_is(host, lines) -> None:
    widget = StatusBar()
    widget.show(Status("5 issues", find="3 of 17"))
    app = host(widget)
    async with app.run_test(size=(90, 1)) as pilot:
        widget.say("noted", seconds=0.1)
        await pilot.pause()
        assert lines(app)[0].rstrip().endswith("noted  3 of 17")
        await until(pilot, lambda: "noted" not in lines(app)[0])


async def test_a_later_word_is_not_cut_short_by_the_clock_of_an_earlier_one(host, lines) -> None:
    widget = StatusBar()
    app = host(widget)
    async with app.run_test(size=(60, 1)) as pilot:
        widget.say("first", seconds=0.1)
        widget.say("second", seconds=0)
        await pilot.pause(0.3)
        assert "second" in lines(app)[0]


async def test_a_narrow_status_line_keeps_what_is_said(host, lines) -> None:
    widget = StatusBar()
    where = Status("382 issues", "#94", "A very long section heading", "guest", paragraph="¶14")
    widget.show(where)
    widget.say("[noted]\x1b[2J")
    app = host(widget)
    async with app.run_test(size=(40, 1)):
        assert lines(app)[0].startswith(" chinai  #94  ¶14 · guest")
        assert lines(app)[0].rstrip().endswith("[noted]")
        assert "…" in lines(app)[0]


async def test_what_is_said_is_cut_at_its_end_and_touches_no_border(host, lines) -> None:
    widget = StatusBar()
    widget.say("a long word to the reader that has no end")
    app = host(widget)
    async with app.run_test(size=(24, 1)):
        assert lines(app)[0] == " a long word to the re… "


REFUSED = "Lantern: lets no programs in (403); `chinai import` saved pages or mails"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, REFUSED),
        (60, " Lantern: lets no pr…; `chinai import` saved pages or mails "),
        (40, " Lantern: lets no programs in (403); `… "),
    ],
)
async def test_of_a_warning_the_way_out_is_shown_before_all_of_the_reason(
    host, lines, width, shown
) -> None:
    widget = StatusBar()
    widget.say(REFUSED, warning=True)
    app = host(widget)
    async with app.run_test(size=(width, 1)):
        assert shown in lines(app)[0]


async def test_the_footer_is_cut_from_the_right_and_keeps_help(host, lines) -> None:
    seen = []
    for width in (160, 100, 60, 30):
        widget = KeyFooter({})
        widget.show(Scope.MAIN, Scope.READER)
        app = host(widget)
        async with app.run_test(size=(width, 1)):
            (line,) = lines(app)
            assert line.startswith(" j k move")
            assert line.rstrip().endswith("? help")
            assert "…" not in line
            seen.append(line.split("? help")[0].rstrip())
    assert all(longer.startswith(shorter) for longer, shorter in pairwise(seen))
    assert len(set(seen)) == 4


async def test_the_footer_tells_the_keys_of_the_place(host, lines) -> None:
    widget = KeyFooter({})
    app = host(widget)
    async with app.run_test(size=(160, 1)) as pilot:
        widget.show(Scope.MAIN, Scope.LIST)
        await pilot.pause()
        assert "Enter read" in lines(app)[0]
        assert "n N unread" in lines(app)[0]
        widget.show(Scope.MAIN, Scope.READER)
        await pilot.pause()
        assert "Space page" in lines(app)[0]
        assert "unread" not in lines(app)[0]


async def test_the_footer_tells_the_users_own_keys(host, lines) -> None:
    keymap, _ = checked({"search": "^F", "previous_issue": "B"})
    widget = KeyFooter(keymap)
    widget.show(Scope.MAIN, Scope.SIDEBAR)
    app = host(widget)
    async with app.run_test(size=(160, 1)):
        assert "J B issue" in lines(app)[0]
        assert "^F search" in lines(app)[0]
