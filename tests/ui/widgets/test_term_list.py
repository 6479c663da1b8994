from __future__ import annotations

import pytest

from chinai_tui.domain.gloss import Edge, Gloss
from chinai_tui.ui.widgets.term_list import TermList

WATCH = Gloss(10, 30, 24, "守夜人", "night watch", Edge.QUOTED, lead="the “night watch”")
IDIOM = Gloss(40, 90, 40, "画蛇添足", "to paint legs", Edge.DASH, pinyin="huà shé tiān zú")
SPOKEN = Gloss(95, 99, 95, "灯会", pinyin="dēnghuì")
PARTY = Gloss(100, 102, 100, "灯党", lead="a member of the old lamp party")
TERMS = [WATCH, IDIOM, SPOKEN, PARTY]


@pytest.fixture
def terms() -> TermList:
    widget = TermList()
    widget.set_terms(TERMS)
    return widget


async def test_terms_stand_with_english_pinyin_or_the_words_before(host, lines, terms) -> None:
    app = host(terms)
    async with app.run_test(size=(34, 20)):
        assert [line.rstrip() for line in lines(app)[1:11]] == [
            " Terms · 4 terms",
            "",
            "▌ 守夜人  night watch",
            "  画蛇添足  to paint legs",
            "  灯会  dēnghuì",
            "  灯党  … of the old lamp party",
            f" {'─' * 32}",
            " 守夜人",
            " night watch",
            "",
        ]


async def test_the_current_term_is_told_in_full_below(host, lines, terms) -> None:
    app = host(terms)
    async with app.run_test(size=(34, 24)) as pilot:
        await pilot.press("j")
        shown = [line.strip() for line in lines(app)]
        assert shown[8:11] == ["画蛇添足", "huà shé tiān zú", "to paint legs"]
        await pilot.press("G")
        shown = [line.strip() for line in lines(app)]
        assert shown[8:11] == ["灯党", "… a member of the old lamp party", ""]


async def test_a_long_term_without_english_has_the_row_to_itself(host, lines) -> None:
    widget = TermList()
    long = Gloss(9, 20, 9, "灯下看书不知天亮还在看", lead="to read by a lamp")
    widget.set_terms([long, Gloss(9, 20, 9, long.han, "to read on", Edge.LINK)])
    app = host(widget)
    async with app.run_test(size=(34, 20)):
        assert [line.rstrip() for line in lines(app)[3:5]] == [
            "▌ 灯下看书不知天亮还在看",
            "  灯下看书不知天…  to read on",
        ]


async def test_moving_and_choosing_tell_of_the_term(host, terms) -> None:
    app = host(terms)
    async with app.run_test(size=(34, 20), message_hook=app.seen.append) as pilot:
        await pilot.press("j", "enter", "G", "j")
        await pilot.click(offset=(5, 3))
        await pilot.click(offset=(5, 3))
        assert [m.row for m in app.said(TermList.Highlighted)] == [IDIOM, PARTY, WATCH]
        assert [m.row for m in app.said(TermList.Opened)] == [IDIOM, WATCH]


async def test_an_issue_without_terms_says_so(host, shows) -> None:
    widget = TermList()
    app = host(widget)
    async with app.run_test(size=(24, 20)) as pilot:
        await pilot.press("j", "k", "enter", "G", "space")
        assert shows(app, "Terms This issue gives no term in Chinese.")
        assert widget.current is None


async def test_another_document_keeps_the_current_term_or_begins_anew(host, terms) -> None:
    terms.cursor = 3
    terms.set_terms([IDIOM, PARTY])
    assert terms.current == PARTY
    terms.set_terms([IDIOM])
    assert terms.current == IDIOM


@pytest.mark.parametrize("width", [1, 2, 5, 12, 30, 80])
@pytest.mark.parametrize("height", [2, 3, 8, 40])
async def test_every_line_is_as_wide_as_the_pane(host, terms, width: int, height: int) -> None:
    long = Gloss(0, 9, 0, "灯" * 40, "lamps and more lamps " * 9, Edge.LINK, pinyin="dēng " * 40)
    terms.set_terms([long, *TERMS])
    terms.hint = "Enter passage"
    terms.set_compact(height < 30)
    app = host(terms)
    async with app.run_test(size=(width, height)) as pilot:
        strips = [terms.render_line(y) for y in range(height)]
        assert {strip.cell_length for strip in strips} == {width}
        await pilot.press("G")
        assert terms.current == PARTY
        shown = [terms.render_line(y).text for y in range(height)]
        assert width < 3 or any("▌" in text for text in shown)


async def test_the_terms_keep_half_of_the_pane(host, lines, terms) -> None:
    many = [Gloss(n, n + 2, n, f"灯{n}", "lamp " * 50, Edge.LINK) for n in range(40)]
    terms.set_terms(many)
    terms.hint = "Enter passage"
    app = host(terms)
    async with app.run_test(size=(32, 24)):
        shown = lines(app)
        assert sum("灯" in line for line in shown[:14]) >= 9
        assert shown[-1].strip() == "Enter passage"


async def test_terms_from_outside_are_cleaned_and_never_markup(host, lines) -> None:
    widget = TermList()
    widget.set_terms([Gloss(0, 4, 0, "[b]灯\x1b[31m[/b]", "[@click=app.quit]x", Edge.LINK)])
    app = host(widget)
    async with app.run_test(size=(50, 20)):
        shown = "\n".join(lines(app))
        assert "[b]灯[/b]" in shown
        assert "[@click=app.quit]x" in shown
        assert "\x1b" not in shown
