from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.rows import CoMention, EntityCount, EntitySummary, TimelinePoint
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.entity_summary import Calendar

ORION = Entity("orion", EntityKind.COMPANY, "Orion Vision", han="猎户视觉", pinyin="Lièhù Shìjué")
LYRA = Entity("lyra", EntityKind.COMPANY, "Lyra")
BUREAU = Entity("bureau", EntityKind.AGENCY, "Bureau of Lamps", han="灯局")
WEI = Entity("wei", EntityKind.PERSON, "Wei Lan")
COUNTS = [
    EntityCount(WEI, 9, 50),
    EntityCount(ORION, 7, 10),
    EntityCount(BUREAU, 3, 30),
    EntityCount(LYRA, 12, 20),
]
SUMMARY = EntitySummary(
    entity=replace(ORION, city="hong-kong"),
    groups=(Entity("trio", EntityKind.GROUP, "The Trio"),),
    members=(),
    timeline=(
        TimelinePoint("a-1", 1, "2018-01-02", 2),
        TimelinePoint("a-7", 7, "", 5),
        TimelinePoint("essay", None, "2020-03-01", 1),
    ),
    together=(CoMention(LYRA, 2, 1.5),),
    claims=(
        Claim("orion", "member of", object="trio", text="Orion is one of the Trio.", issue="a-1"),
        Claim("orion", "raised", value="2 m", text="Orion raised 2 million.", issue="a-1"),
        Claim(
            "orion",
            "listing",
            text="Orion may list in May.",
            said_by="a friend",
            status=ClaimStatus.RUMOUR,
        ),
    ),
)


def suggested(name: str, han: str = "", count: int = 1) -> Suggestion:
    return Suggestion(name, han, count, ("a-1",), DocumentRole.TEXT, 60, 60 + len(name))


VEGA = suggested("Vega Works", "织女厂", 5)
ALTAIR = suggested("Altair")


@pytest.fixture
def names() -> EntitySidebar:
    widget = EntitySidebar()
    widget.set_entities(COUNTS)
    return widget


async def test_names_stand_by_kind_with_their_counts_at_the_edge(host, lines, names) -> None:
    app = host(names)
    async with app.run_test(size=(32, 20)):
        assert [line.rstrip() for line in lines(app)[1:10]] == [
            " In this issue · 4 entities",
            "",
            " Companies",
            "▌ Orion Vision 猎户视觉       7",
            "  Lyra                       12",
            " State",
            "  Bureau of Lamps 灯局        3",
            " People",
            "  Wei Lan                     9",
        ]


async def test_moving_passes_over_headings_and_tells_of_names(host, names) -> None:
    app = host(names)
    async with app.run_test(size=(32, 20), message_hook=app.seen.append) as pilot:
        await pilot.press("j", "j", "k", "G", "j", "g", "k")
        told = [m.entity for m in app.said(EntitySidebar.Highlighted)]
        assert told == ["lyra", "bureau", "lyra", "wei", "orion"]


async def test_the_first_heading_is_seen_when_one_comes_back_up(host, lines, names) -> None:
    app = host(names)
    async with app.run_test(size=(32, 7)) as pilot:
        await pilot.press("G")
        assert "Companies" not in "".join(lines(app))
        await pilot.press("g")
        assert lines(app)[3].startswith(" Companies")


async def test_enter_and_a_second_click_open_the_page(host, names) -> None:
    app = host(names)
    async with app.run_test(size=(32, 20), message_hook=app.seen.append) as pilot:
        await pilot.press("j", "enter")
        await pilot.click(offset=(5, 3))
        await pilot.click(offset=(5, 7))
        await pilot.click(offset=(5, 7))
        assert [m.entity for m in app.said(EntitySidebar.Opened)] == ["lyra", "bureau"]


async def test_the_summary_tells_names_groups_counts_company_and_claims(host, lines, names) -> None:
    names.set_summary(SUMMARY)
    app = host(names)
    async with app.run_test(size=(32, 50)):
        shown = [line.strip() for line in lines(app)[11:36] if line.strip()]
        assert shown == [
            "Orion Vision 猎户视觉",
            "Lièhù Shìjué",
            "company · Hong Kong",
            "The Trio",
            "named 8 times in 3 issues",
            "#1 ×2 · ≈ undated #7 ×5 · Mar",
            "2020 ×1",
            "with Lyra                 in 2",
            "· Orion raised 2 million.",
            "stated, #1",
            "? Orion may list in May.",
            "rumour, a friend",
            "· Orion is one of the Trio.",
            "stated, #1",
        ]


async def test_names_keep_half_of_the_pane(host, lines, names) -> None:
    many = [EntityCount(replace(LYRA, id=f"l-{n}", name=f"Lyra {n}"), 1, n) for n in range(40)]
    names.set_entities(many)
    names.set_summary(SUMMARY)
    names.hint = "Enter page"
    app = host(names)
    async with app.run_test(size=(32, 24)) as pilot:
        shown = lines(app)
        assert sum("Lyra" in line for line in shown[:14]) >= 9
        assert shown[-1].strip() == "Enter page"
        await pilot.press("G")
        assert "▌ Lyra 39" in "\n".join(lines(app))


async def test_a_claim_is_told_with_its_source_or_not_at_all(host, lines, names) -> None:
    names.set_summary(SUMMARY)
    for height in range(12, 40):
        app = host(names)
        async with app.run_test(size=(32, height)):
            shown = [line.strip() for line in lines(app)]
            for number, line in enumerate(shown):
                if line.startswith(("· ", "? ")):
                    assert shown[number + 1].startswith(("stated", "rumour"))
        names = EntitySidebar()
        names.set_entities(COUNTS)
        names.set_summary(SUMMARY)


async def test_names_from_outside_are_cleaned_and_never_markup(host, lines) -> None:
    widget = EntitySidebar()
    hostile = replace(LYRA, name="[b]Ly\x1b[31mra[/b]", han="[@click=app.quit]天")
    widget.set_entities([EntityCount(hostile, 1, 0)])
    widget.set_summary(replace(SUMMARY, entity=hostile, claims=(), together=()))
    app: App[None] = host(widget)
    async with app.run_test(size=(50, 30)):
        shown = "\n".join(lines(app))
        assert "[b]Lyra[/b] [@click=app.quit]天" in shown
        assert "\x1b" not in shown


def test_the_cursor_goes_to_a_name_that_is_there(names: EntitySidebar) -> None:
    assert names.go_to("wei")
    assert names.current.entity == WEI
    assert not names.go_to("nobody")
    assert names.current.entity == WEI


def test_another_document_keeps_the_current_name_or_begins_anew(names: EntitySidebar) -> None:
    names.set_entities(COUNTS[:2], current="wei")
    assert names.current.entity == WEI
    names.set_entities(COUNTS[1:2], current="wei")
    assert names.current.entity == ORION


async def test_an_issue_that_names_nobody(host, shows) -> None:
    widget = EntitySidebar()
    widget.set_entities([])
    app = host(widget)
    async with app.run_test(size=(32, 20)) as pilot:
        await pilot.press("j", "k", "enter", "G", "space")
        assert shows(app, "In this issue · 0 entities")
        assert shows(app, "No known name here.")
        assert widget.current is None


async def test_a_plot_keeps_the_gaps_in_time(host, lines, names) -> None:
    dates = ["2018-01-05"] * 6 + ["2020-06-05"] * 6
    timeline = tuple(TimelinePoint(f"a-{n}", n, date, 1) for n, date in enumerate(dates))
    calendar = Calendar("2018-01-05", "2022-12-01")
    names.set_summary(replace(SUMMARY, timeline=timeline), calendar)
    app = host(names)
    async with app.run_test(size=(62, 50)):
        shown = [line.rstrip() for line in lines(app)]
        assert f" █{' ' * 28}█" in shown
        assert f" 2018{' ' * 52}2022" in shown


# The order


async def test_names_stand_by_place_within_their_kind_when_that_is_wanted(
    host, lines, names
) -> None:
    names.set_entities([*COUNTS, EntityCount(replace(LYRA, id="mira", name="Mira"), 1, 15)])
    app = host(names)
    async with app.run_test(size=(40, 20), message_hook=app.seen.append) as pilot:
        await pilot.press("j")
        names.set_by_place(True)
        await pilot.pause()
        shown = [line.rstrip() for line in lines(app)]
        assert shown[1] == " In this issue · 5 entities · by place"
        assert [line.split()[-2] for line in shown[4:7]] == ["猎户视觉", "Mira", "Lyra"]
        assert names.current.entity == LYRA
        names.set_by_place(False)
        await pilot.pause()
        assert lines(app)[1].rstrip() == " In this issue · 5 entities"
        assert [count.entity.name for count in names.entities[1:3]] == ["Lyra", "Mira"]
        assert names.current.entity == LYRA
        assert len(app.said(EntitySidebar.Highlighted)) == 1


async def test_a_narrow_pane_spares_the_noun_before_the_order(host, lines, names) -> None:
    names.set_by_place(True)
    app = host(names)
    async with app.run_test(size=(30, 20)):
        assert lines(app)[1].rstrip() == " In this issue · 4 · by place"


# Names that the catalogue lacks


async def test_names_the_catalogue_lacks_stand_last_and_can_be_chosen(host, lines, names) -> None:
    names.set_summary(SUMMARY)
    names.hint, names.suggestion_hint = "Enter page", "i add"
    names.set_suggestions([VEGA, ALTAIR])
    app = host(names)
    async with app.run_test(size=(34, 40), message_hook=app.seen.append) as pilot:
        assert names.suggestion is None
        assert [line.rstrip() for line in lines(app)[10:13]] == [
            " Not in the catalogue           2",
            "  Vega Works 织女厂             5",
            "  Altair                        1",
        ]
        assert "Enter page" in "".join(lines(app))
        await pilot.press("G", "k")
        assert names.suggestion == VEGA
        assert names.current is None
        assert [line.rstrip() for line in lines(app)[14:18]] == [
            " Vega Works 织女厂",
            " named 5 times in this issue",
            "",
            " i add",
        ]
        await pilot.press("enter", "j", "enter")
        await pilot.click(offset=(5, 11))
        await pilot.click(offset=(5, 11))
        told = [each.suggestion for each in app.said(EntitySidebar.SuggestionOpened)]
        assert told == [VEGA, ALTAIR, VEGA]
        assert app.said(EntitySidebar.Opened) == app.said(EntitySidebar.Highlighted) == []


async def test_many_unknown_names_are_counted_and_the_first_eight_shown(host, lines, names) -> None:
    names.set_suggestions([suggested(f"Vega {n}") for n in range(20)])
    app = host(names)
    async with app.run_test(size=(34, 40)):
        shown = lines(app)
        assert shown[10].split() == ["Not", "in", "the", "catalogue", "20"]
        assert sum("  Vega" in line for line in shown) == 8


def test_the_cursor_stays_on_its_name_when_unknown_names_come_and_go(names) -> None:
    names.go_to("bureau")
    names.set_suggestions([VEGA, ALTAIR])
    assert names.current.entity == BUREAU
    names.move_to(names.row_count() - 1)
    assert names.suggestion == ALTAIR
    names.set_suggestions([suggested("Deneb"), VEGA, ALTAIR])
    assert names.suggestion == ALTAIR
    names.set_suggestions([VEGA])
    assert names.current.entity == ORION
    names.set_entities([])
    assert (names.current, names.suggestion) == (None, None)


def test_an_issue_that_names_only_the_unknown(names) -> None:
    names.set_entities([], suggestions=[VEGA])
    assert names.suggestion == VEGA


async def test_unknown_names_are_cleaned_and_never_markup(host, lines, names) -> None:
    names.set_entities([], suggestions=[suggested("[b]Ve\x1b[31mga[/b]", "[@click=app.quit]天")])
    app = host(names)
    async with app.run_test(size=(50, 20)):
        shown = "\n".join(lines(app))
        assert shown.count("[b]Vega[/b] [@click=app.quit]天") == 2
        assert "\x1b" not in shown


# What is new


async def test_a_name_to_which_the_issue_is_news_has_a_dot(host, lines, names) -> None:
    names.set_fresh({"lyra"})
    app = host(names)
    async with app.run_test(size=(32, 20)):
        assert [line.rstrip() for line in lines(app)[4:6]] == [
            "▌ Orion Vision 猎户视觉       7",
            "  Lyra                     ● 12",
        ]


async def test_another_name_is_not_told_of_in_the_words_of_the_last(host, shows, names) -> None:
    names.set_summary(SUMMARY)
    app = host(names)
    async with app.run_test(size=(32, 40)) as pilot:
        assert shows(app, "Lièhù")
        names.set_entities(COUNTS, "wei")
        await pilot.pause()
        assert not shows(app, "Lièhù")


@pytest.mark.parametrize("width", [1, 2, 5, 12, 30, 80])
@pytest.mark.parametrize("height", [2, 3, 8, 40])
async def test_every_line_is_as_wide_as_the_pane(host, names, width: int, height: int) -> None:
    names.set_entities(COUNTS, suggestions=[VEGA, suggested("灯" * 50)])
    names.set_fresh({"lyra"})
    names.set_summary(SUMMARY)
    names.set_by_place(True)
    names.set_compact(height < 30)
    names.hint = "Enter page"
    app = host(names)
    async with app.run_test(size=(width, height)) as pilot:
        for keys in ("j", "G"):
            await pilot.press(keys)
            strips = [names.render_line(y) for y in range(height)]
            assert {strip.cell_length for strip in strips} == {width}
