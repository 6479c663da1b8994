from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.rows import CoMention, EntityCount, EntitySummary, TimelinePoint
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.entity_summary import sparkline

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
            "#1 ×2 · #7 ×5 · 2020 ×1",
            "with Lyra                   ×2",
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
        assert widget.current is None


def points(*counts: tuple[str, int]) -> list[TimelinePoint]:
    return [TimelinePoint(f"a-{n}", n, date, count) for n, (date, count) in enumerate(counts)]


def test_a_plot_is_as_wide_as_the_time_or_the_pane() -> None:
    plot, years = sparkline(points(("2018-01-01", 1), ("2018-06-01", 8)), 30)
    assert plot == "▁    █"
    assert years == "2018"
    plot, years = sparkline(points(("2018-01-01", 4), ("2024-12-01", 8)), 30)
    assert (len(plot), len(years)) == (30, 30)
    assert years == f"2018{' ' * 22}2024"


def test_a_plot_adds_up_what_falls_into_one_stretch() -> None:
    plot, _ = sparkline(points(("2019-01-01", 1), ("2019-01-20", 3), ("2019-12-01", 4)), 30)
    assert plot[0] == plot[-1] == "█"
    assert plot[1:-1].strip() == ""


def test_a_plot_of_one_month() -> None:
    plot, _ = sparkline(points(("2019-01-01", 1)), 30)
    assert "█" in plot


async def test_from_twelve_dated_issues_on_there_is_a_plot(host, lines, names) -> None:
    dated = tuple(points(*((f"20{10 + n}-05-01", n + 1) for n in range(12))))
    names.set_summary(replace(SUMMARY, timeline=dated))
    app = host(names)
    async with app.run_test(size=(32, 50)):
        shown = "\n".join(lines(app))
        assert "█" in shown
        assert "2010" in shown
        assert "first #0 · last #11" in shown
