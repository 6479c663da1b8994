"""Several entities side by side: what is told, whom one asks for, where rows lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.comparison import MOST, Comparison
from chinai_tui.domain.entity import Claim, Entity, EntityKind
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.screens.company import CompanyScreen
from chinai_tui.ui.screens.company.reading import claim_place
from chinai_tui.ui.screens.compare import CompareScreen
from chinai_tui.ui.screens.compare.bands import Band, CountsRow, PairRow, Years
from chinai_tui.ui.screens.compare.rows import CLAIMS, Compared, View
from chinai_tui.ui.screens.compare.rows import rows as told_rows
from chinai_tui.ui.screens.jump import JumpScreen
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.fact_rows import ClaimRow, EntityRow, FoldRow
from chinai_tui.ui.widgets.jump_list import JumpList
from chinai_tui.ui.widgets.passage_rows import DeferredRow, Detail, TextRow
from chinai_tui.ui.widgets.timeline_plot import Span
from tests.ui.screens.over import over, ready, write

SIZES = [(160, 45), (80, 24), (60, 20), (40, 12)]
FOUR = ["sensetime", "megvii", "cloudwalk", "leon"]


def rows(app, kind: type) -> list:
    return [row for row in app.screen.entries.rows if isinstance(row, kind)]


def go_to(app, kind: type, number: int = 0) -> None:
    app.screen.entries.go_to(rows(app, kind)[number].id)


def names(app) -> list[str]:
    return [row.entity.id for row in rows(app, Band)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_all_names_and_reaches_every_row(
    reader, workspace, shows, lines, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompareScreen(workspace, FOUR))
        assert names(reader) == FOUR
        seen = set()
        listed = reader.screen.entries
        for _ in listed.rows:
            await pilot.pause()
            assert any(line.count("▌") for line in lines(reader))
            assert all(len(line) <= size[0] for line in lines(reader))
            seen.add(listed.current.id)
            listed.action_cursor_down()
        assert seen == {row.id for row in listed.rows if row.id}
        assert "q back" in lines(reader)[-1]
        await pilot.press("g")
        assert shows(reader, "SenseTime 商")
        assert "SenseTime, Megvii" in lines(reader)[-2]


async def test_few_issues_are_counted_one_by_one(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        comparison = workspace.comparing.compare(["sensetime", "leon"])
        counted = rows(reader, CountsRow)
        issues = {point.issue for points in comparison.timelines for point in points}
        assert {row.issue for row in counted} == issues
        for n, points in enumerate(comparison.timelines):
            known = {point.issue: point.count for point in points}
            assert [row.counts[n] for row in counted] == [known.get(r.issue, 0) for r in counted]
        assert shows(reader, f"{sum(p.count for p in comparison.timelines[0])} times in")
        assert all(shows(reader, row.title[:30]) for row in counted)
        assert not rows(reader, Years)
        await pilot.press("s")
        await pilot.pause()
        assert shows(reader, "there are too few dated issues for bars")


async def test_an_issue_that_names_all_opens_where_most_of_them_meet(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        ids = ["cloudwalk", "megvii", "sensetime"]
        answers = await over(pilot, CompareScreen(workspace, ids))
        shared = workspace.comparing.compare(ids).shared
        found = rows(reader, DeferredRow)
        assert [row.id for row in found] == [f"shared {each.issue}" for each in shared]
        number = next(n for n, each in enumerate(shared) if each.issue == "chinai-94")
        assert found[number].read().more == "  ".join(
            f"{name} ×{count}"
            for name, count in zip(
                ("CloudWalk", "Megvii", "SenseTime"), shared[number].counts, strict=True
            )
        )
        go_to(reader, DeferredRow, number)
        await pilot.press("enter")
        (visit,) = answers
        at = workspace.comparing.meetings(ids)["chinai-94"]
        assert visit.place == visit.among[number]
        assert (visit.place.issue, visit.place.hits) == ("chinai-94", at.hits)


async def test_a_count_opens_its_issue_where_it_names_them(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        go_to(reader, CountsRow)
        row = rows(reader, CountsRow)[0]
        await pilot.press("enter")
        at = workspace.comparing.meetings(["sensetime", "leon"])[row.issue]
        assert (answers[0].place.issue, answers[0].place.hits) == (row.issue, at.hits)


async def test_a_relation_opens_where_it_is_claimed(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        go_to(reader, ClaimRow)
        await pilot.pause()
        claim = rows(reader, ClaimRow)[0].claim
        assert shows(reader, f"relation · {claim.said_by}"[:30])
        await pilot.press("enter")
        assert answers[0].place == claim_place(workspace, claim)


async def test_names_are_added_by_the_box_and_taken_away(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        for key, typed in (("c", "megvii"), ("=", "cloudwalk"), ("@", "yitu")):
            await pilot.press(key)
            await pilot.pause()
            await write(pilot, typed)
            await pilot.press("enter")
            await ready(pilot)
        assert names(reader) == ["sensetime", "leon", "megvii", "cloudwalk", "yitu"]
        await pilot.press("c")
        await pilot.pause()
        assert shows(reader, "5 at most")
        go_to(reader, Band, 1)
        await pilot.press("d")
        await ready(pilot)
        assert names(reader) == ["sensetime", "megvii", "cloudwalk", "yitu"]
        assert shows(reader, "Leon Technology taken away")
        go_to(reader, DeferredRow)
        await pilot.press("d")
        await pilot.pause()
        assert shows(reader, "go to a name to take it away")


async def test_the_last_two_stay_and_a_name_comes_once(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        await pilot.press("g", "d")
        await pilot.pause()
        assert shows(reader, "a comparison needs two names")
        await pilot.press("c")
        await pilot.pause()
        await write(pilot, "leon")
        await pilot.pause()
        offered = reader.screen.query_one(JumpList).hits
        assert not {"sensetime", "leon"} & {hit.entity.id for hit in offered}
        await pilot.press("escape")
        await ready(pilot)
        assert names(reader) == ["sensetime", "leon"]


async def test_the_key_of_the_scale_is_told_only_where_there_are_bars(
    reader, workspace, lines, monkeypatch
) -> None:
    async with reader.run_test(size=(160, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        assert not reader.screen._compared.is_plotted
        assert "s scale" not in lines(reader)[-1]
        monkeypatch.setitem(vars(reader.screen._compared), "is_plotted", True)
        reader.screen.show_keys_here()
        await pilot.pause()
        assert "s scale" in lines(reader)[-1]


async def test_an_empty_enter_shows_what_is_chosen(reader) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        current = reader.screen.names.current.entity
        await pilot.press("=")
        await ready(pilot)
        await choose(pilot, "leon")
        await pilot.press("enter")
        await ready(pilot)
        assert names(reader) == [current.id, "leon"]


async def test_a_name_opens_its_page_and_one_comes_back(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, FOUR))
        await pilot.press("g", "enter")
        await ready(pilot)
        assert shows(reader, "chinai company › SenseTime")
        await pilot.press("q")
        await ready(pilot)
        assert isinstance(reader.screen, CompareScreen)


async def test_tab_goes_from_part_to_part(reader, workspace) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "leon"]))
        kinds = []
        for _ in range(4):
            kinds.append(type(reader.screen.entries.current))
            await pilot.press("tab")
        assert kinds == [Band, CountsRow, ClaimRow, DeferredRow]
        assert isinstance(reader.screen.entries.current, Band)
        await pilot.press("shift+tab")
        assert isinstance(reader.screen.entries.current, DeferredRow)


async def test_verbs_act_on_marked_passages(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", "megvii"]))
        go_to(reader, DeferredRow)
        places = [row.read().place for row in rows(reader, DeferredRow)[:2]]
        await pilot.press("x", "x", "m")
        await ready(pilot)
        marked = [
            (note.issue, note.anchor.start)
            for place in places
            for note in workspace.notes.of_issue(place.issue)
        ]
        assert marked == [(place.issue, place.start) for place in places]


async def test_nobody_meets_and_one_is_never_named(reader, workspace, shows) -> None:
    named = {node.entity.id for node in workspace.comparing.graph().nodes}
    unnamed = next(each.id for each in workspace.entities.all() if each.id not in named)
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, ["sensetime", unnamed]))
        assert shows(reader, "never named")
        assert shows(reader, f"the library never names {workspace.entities.get(unnamed).name}")
        assert shows(reader, "the catalogue knows of none among them")


async def test_an_entity_that_is_gone_is_told(reader, workspace, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, CompareScreen(workspace, ["sensetime", "nobody-at-all"]))
        assert shows(reader, "nobody-at-all: the catalogue has no such entity")
        await pilot.press("j", "enter", "tab", "d", "s", "y", "q")
        await ready(pilot)
        assert answers == [None]


# How one comes here


async def choose(pilot, typed: str) -> None:
    await pilot.pause()
    await write(pilot, typed)
    await pilot.press("enter")
    await ready(pilot)


async def test_from_the_panes_the_current_name_is_compared_with_those_one_types(
    reader, shows
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        main = reader.screen
        current = main.names.current.entity
        await pilot.press("=")
        await ready(pilot)
        assert shows(reader, f"compare {current.name} with …")
        await choose(pilot, "leon")
        offered = [hit.entity.id for hit in reader.screen.query_one(JumpList).hits]
        assert not {current.id, "leon"} & set(offered)
        assert shows(reader, "Esc or empty Enter show the comparison")
        await choose(pilot, "baidu")
        await pilot.press("escape")
        await ready(pilot)
        assert names(reader) == [current.id, "leon", "baidu"]
        go_to(reader, CountsRow)
        issue = rows(reader, CountsRow)[0].issue
        await pilot.press("enter")
        await ready(pilot)
        assert reader.screen is main
        assert main.opened.issue.id == issue


async def test_five_are_shown_at_once_and_one_is_not_compared(reader, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("=", "escape")
        await ready(pilot)
        assert shows(reader, "nothing compared: that takes two names")
        await pilot.press("=")
        for typed in ("leon", "baidu", "yitu", "megvii"):
            await choose(pilot, typed)
        assert len(names(reader)) == MOST


async def test_from_a_page_the_marked_names_are_compared_at_once(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cv-dragons"))
        left = reader.screen.left
        marked = [row for row in left.rows if isinstance(row, EntityRow)][:2]
        left.focus()
        for row in marked:
            left.go_to(row.id)
            await pilot.press("x")
        await pilot.press("=")
        await ready(pilot)
        assert names(reader) == ["cv-dragons", *(row.entity.id for row in marked)]
        go_to(reader, DeferredRow)
        await pilot.press("enter")
        await ready(pilot)
        assert answers[0].place.issue


async def test_of_more_than_five_the_first_are_compared(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, [*FOUR, "leon", "baidu", "yitu"]))
        assert names(reader) == [*FOUR, "baidu"]
        assert shows(reader, "5 at most: the last 1 left out")


async def test_from_a_page_without_marks_one_is_asked(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "leon"))
        await pilot.press("=")
        await ready(pilot)
        assert isinstance(reader.screen, JumpScreen)
        assert reader.screen.query_one(JumpList).hits
        await choose(pilot, "sensetime")
        await pilot.press("escape")
        await ready(pilot)
        assert names(reader) == ["leon", "sensetime"]


# Rows, without a library

LILY = Entity("lily", EntityKind.COMPANY, "Lily [/b]", han="百合")
FERN = Entity("fern", EntityKind.AGENCY, "Fern")
FIRST = 2019 * 12


def compared(*timelines: list[TimelinePoint], claims: tuple[Claim, ...] = ()) -> Compared:
    comparison = Comparison((LILY, FERN), tuple(map(tuple, timelines)), (), claims)
    return Compared(comparison, {}, Span(FIRST, FIRST + 23), {}, lambda _: None)


def monthly(count: int, months: int = 12) -> list[TimelinePoint]:
    return [TimelinePoint(f"i-{n}", n, f"2019-{n:02}-01", count) for n in range(1, months + 1)]


def text_of(host, row, width: int = 80) -> list[str]:
    drawn = row.lines(width, Pens(host, "ground"), Detail())
    return ["".join(text for text, _ in line.left) for line in drawn]


async def test_bars_are_drawn_to_their_own_peak_or_to_that_of_all(reader) -> None:
    async with reader.run_test(size=(80, 24)):
        found = compared(monthly(8), monthly(2, 6))
        own = [row for row in told_rows(found, View()) if isinstance(row, Band)]
        assert text_of(reader, own[0])[1] == f"8 {'█' * 12}"
        assert text_of(reader, own[1])[1] == f"2 {'█' * 6}"
        common = told_rows(found, View(to_common=True))
        low = [row for row in common if isinstance(row, Band)][1]
        assert text_of(reader, low)[1:] == ["8 ", "  ", f"  {'▆' * 6}"]
        (years,) = [row for row in common if isinstance(row, Years)]
        drawn = text_of(reader, years)[0]
        assert drawn.index("2020") - 2 == drawn.index("2019") - 2 + 12
        # A row that the cursor passes over begins two cells farther left than a band.
        assert drawn.index("2019") == text_of(reader, own[0])[1].index("█") + 2


def test_bars_are_drawn_from_twelve_dated_issues_on() -> None:
    assert compared(monthly(1), []).is_plotted
    assert compared(monthly(1, 6), monthly(1, 12)[6:]).is_plotted
    undated = [*monthly(1, 11), TimelinePoint("x", None, "", 1)]
    assert not compared(undated, undated).is_plotted
    assert not replace(compared(monthly(1), []), span=None).is_plotted


def test_many_relations_are_folded() -> None:
    claims = tuple(Claim("lily", "supplies", "fern", value=str(n)) for n in range(CLAIMS + 2))
    found = compared([], [], claims=claims)
    folded = told_rows(found, View())
    shown = [row for row in folded if isinstance(row, ClaimRow)]
    assert [row.text for row in shown] == [f"Lily [/b]: supplies Fern {n}" for n in range(CLAIMS)]
    assert [row.text for row in folded if isinstance(row, FoldRow)] == ["2 more relations"]
    whole = told_rows(found, View(unfolded=True))
    assert len([row for row in whole if isinstance(row, ClaimRow)]) == CLAIMS + 2


def test_two_have_no_table_of_pairs_and_none_that_meet_are_told() -> None:
    found = told_rows(compared(monthly(1), monthly(1)), View())
    assert not any(isinstance(row, PairRow) for row in found)
    assert found[-1] == TextRow("no issue names both of them", "faint")


async def test_the_cursor_may_have_come_to_a_row_that_is_not_listed_any_more(
    reader, workspace
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompareScreen(workspace, FOUR[:2]))
        go_to(reader, DeferredRow)
        reader.screen.entries.moved()
        reader.screen.entries.set_rows(rows(reader, Band))
        await ready(pilot)
        assert "issue" not in reader.screen.status.status.section
