"""The page of an entity: what is told, in two columns or one, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.rows import EntitySummary, TimelinePoint
from chinai_tui.text.fold import fold
from chinai_tui.ui.screens.company import CompanyScreen, facts
from chinai_tui.ui.screens.company.reading import claim_place
from chinai_tui.ui.screens.working_screen import shown_path
from chinai_tui.ui.widgets.fact_rows import ClaimRow, CountRow, EntityRow, FoldRow, PlotRow
from chinai_tui.ui.widgets.passage_rows import DeferredRow, NoteRow
from tests.ui.screens.over import over, ready, write

SIZES = [(160, 45), (100, 30), (80, 24), (60, 20), (40, 12)]


def rows(app, kind: type) -> list:
    screen = app.screen
    shown = screen.right.rows if screen.is_narrow else [*screen.left.rows, *screen.right.rows]
    return [row for row in shown if isinstance(row, kind)]


def own_rows(app, entity: str) -> list[DeferredRow]:
    """The passages that name an entity itself."""
    return [row for row in rows(app, DeferredRow) if row.id.startswith(f"{entity}/")]


def go_to(app, kind: type, number: int = 0) -> None:
    """Put the focus on a row of a kind."""
    screen = app.screen
    row = rows(app, kind)[number]
    found = screen.right if row in screen.right.rows else screen.left
    found.focus()
    found.go_to(row.id)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_who_it_is_and_reaches_every_row(
    reader, workspace, shows, lines, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("g")
        assert shows(reader, "CloudWalk 云从科技")
        assert rows(reader, ClaimRow)
        assert rows(reader, DeferredRow)
        seen = set()
        for _ in range(2):
            shown = reader.focused
            for _ in shown.rows:
                assert any(line.count("▌") for line in lines(reader))
                seen.add(shown.current.id)
                shown.action_cursor_down()
            await pilot.press("tab", "g")
        both = [*reader.screen.left.rows, *reader.screen.right.rows]
        wide = [*reader.screen.right.rows] if reader.screen.is_narrow else both
        assert seen == {row.id for row in wide if row.id}
        assert all(len(line) <= size[0] for line in lines(reader))
        assert "chinai company ›  CloudWalk" in lines(reader)[-2]
        assert "q back" in lines(reader)[-1]


async def test_two_columns_stand_beside_each_other_and_tab_changes_between(
    reader, workspace, lines
) -> None:
    async with reader.run_test(size=(100, 30)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        assert reader.screen.right.has_focus
        top = lines(reader)[1]
        assert top.index("CloudWalk") < top.index("Passages")
        await pilot.press("tab")
        assert reader.screen.left.has_focus


async def test_in_one_column_the_passages_follow_and_tab_jumps_there(
    reader, workspace, shows
) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("tab")
        assert isinstance(reader.screen.right.current, DeferredRow)
        assert shows(reader, "Passages")
        await pilot.press("tab")
        assert not isinstance(reader.screen.right.current, DeferredRow)


async def test_the_page_follows_the_size_and_keeps_the_passage(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("j")
        current = reader.screen.right.current
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert reader.screen.right.current == current
        await pilot.resize_terminal(160, 45)
        await pilot.pause()
        assert reader.screen.right.current == current


async def test_a_rumour_is_marked_and_who_says_it_is_told(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        claims = rows(reader, ClaimRow)
        number = next(n for n, c in enumerate(claims) if c.status is ClaimStatus.RUMOUR)
        go_to(reader, ClaimRow, number)
        await pilot.pause()
        assert shows(reader, f"▌ ? {claims[number].text[:30]}")
        assert shows(reader, "rumour #94")
        assert shows(reader, f"claim · {claims[number].claim.said_by}"[:60])


async def test_a_claim_opens_its_issue_where_it_is_made(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        go_to(reader, ClaimRow)
        await pilot.press("enter")
        (visit,) = answers
        claim = workspace.entities.summary("cloudwalk").claims[0]
        assert visit.place.issue == claim.issue


@pytest.fixture
def weather(workspace, tmp_path) -> str:
    """An issue of the library that says the same in several sections."""
    file = tmp_path / "weather.md"
    file.write_text(
        "# The weather\n\nWell met.\n\nIt rained for a week.\n\n"
        "## In the north\n\nIt was dry.\n\nSnow fell on the Big Ｌake’s shore.\n\n"
        "## In the south\n\nIt was hot.\n\nIt rained for a week, too.\n",
        "utf-8",
    )
    workspace.transfer.import_paths([file])
    return next(row.id for row in workspace.library.rows().rows if row.title == "The weather")


@pytest.mark.parametrize(
    ("passage", "words", "paragraph", "lit"),
    [
        ("In the north", "big lake's shore", "Snow fell on the Big Ｌake’s shore.", True),
        ("", "Snow fell", "Snow fell on the Big Ｌake’s shore.", True),
        ("Opening", "It rained for a week", "It rained for a week.", True),
        ("In the south", "It rained for a week", "It rained for a week, too.", True),
        ("In the south", "Snow fell", "Snow fell on the Big Ｌake’s shore.", True),
        ("In the south", "It froze", "In the south", False),
        ("In the south", "", "In the south", False),
        ("In the east", "It froze", "", False),
    ],
)
def test_a_claim_opens_at_the_paragraph_that_has_its_words(
    workspace, weather, passage, words, paragraph, lit
) -> None:
    claim = Claim("sky", "figure", issue=weather, passage=passage, words=words)
    place = claim_place(workspace, claim)
    text = workspace.library.document(weather, place.role).text
    assert text[place.start : place.end] == paragraph
    shown = [fold(text[start:end]) for start, end in place.hits]
    assert shown == ([fold(words)] if lit else [])


def test_a_claim_of_an_issue_that_is_not_here_opens_nothing(workspace) -> None:
    assert claim_place(workspace, Claim("sky", "figure", issue="gone-1", words="It froze")) is None


async def test_a_passage_is_opened_among_all_of_them(reader, workspace) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        found = workspace.entities.passages("cloudwalk")
        await pilot.press("tab", "j", "enter")
        (visit,) = answers
        assert visit.place == visit.among[1]
        own = visit.among[: len(found)]
        assert [(p.issue, p.hits) for p in own] == [(p.issue, p.hits) for p in found]
        assert visit.place.start == found[1].hits[0][0]


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_typing_after_a_slash_filters_the_passages(reader, workspace, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        everything = len(rows(reader, DeferredRow))
        found = workspace.entities.passages("sensetime")
        total, word = len(found), "joint"
        fitting = [each for each in found if word in f"{each.text} {each.section}".lower()]
        assert 0 < len(fitting) < total
        await pilot.press("slash")
        await write(pilot, word.upper())
        await pilot.pause()
        assert shows(reader, f"{len(fitting)} of {total} with “JOINT”")
        await pilot.press("enter")
        await pilot.pause()
        assert reader.screen.right.has_focus
        assert len(own_rows(reader, "sensetime")) == len(fitting)
        assert shows(reader, "Esc clears")
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(reader, DeferredRow)) == everything
        assert isinstance(reader.screen, CompanyScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(reader.screen, CompanyScreen)


async def test_the_footer_offers_what_works_in_the_pane(reader, workspace, lines) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        assert "y copy with citation" in lines(reader)[-1]
        assert "= compare" in lines(reader)[-1]
        await pilot.press("tab")
        await pilot.pause()
        for offered in ("a note on it", "y copy claim", "x mark names", "= compare", "F follow"):
            assert offered in lines(reader)[-1]
        assert "m mark " not in lines(reader)[-1].replace("x mark", "")
        await pilot.press("tab")
        await pilot.pause()
        assert "y copy with citation" in lines(reader)[-1]
        await pilot.press("slash", "enter")
        await pilot.pause()
        assert "y copy with citation" in lines(reader)[-1]


async def test_with_no_note_it_is_told_how_to_write_one(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        assert "among the facts (Tab) a writes one" in reader.screen.left.rows[-1].text
        await pilot.press("tab", "a")
        await pilot.pause()
        assert shows(reader, "Note on SenseTime")


async def test_a_group_is_a_page_of_its_members_and_each_opens_its_own(
    reader, workspace, shows
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cv-dragons"))
        assert shows(reader, "Members")
        members = [row.entity.id for row in rows(reader, EntityRow) if row.id.startswith("Mem")]
        assert {"sensetime", "megvii", "yitu", "cloudwalk"} <= set(members)
        go_to(reader, EntityRow, members.index("yitu"))
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "chinai company › Yitu")
        await pilot.press("q")
        await ready(pilot)
        assert shows(reader, "chinai group › Four CV Dragons")
        assert answers == []


async def test_a_place_chosen_on_a_further_page_is_the_answer_of_the_first(
    reader, workspace
) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cv-dragons"))
        go_to(reader, EntityRow)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("tab", "tab", "enter")
        await ready(pilot)
        assert len(answers) == 1
        assert answers[0].place.issue
        assert type(reader.screen).__name__ == "MainScreen"


async def test_one_jumps_from_page_to_page(reader, workspace, shows) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("c")
        await pilot.pause()
        await write(pilot, "megvii")
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, "chinai company › Megvii")


async def test_a_count_leads_to_the_first_passage_of_its_issue(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        counts = rows(reader, CountRow)
        go_to(reader, CountRow, len(counts) - 1)
        await pilot.press("enter")
        assert reader.screen.right.has_focus
        assert reader.screen.right.current.read().place.issue == counts[-1].issue


async def test_many_claims_are_unfolded_on_demand(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        before = len(rows(reader, ClaimRow))
        (fold,) = rows(reader, FoldRow)
        above = reader.screen.left.rows[: reader.screen.left.rows.index(fold)]
        first = sum(isinstance(row, ClaimRow) for row in above)
        go_to(reader, FoldRow)
        await pilot.press("enter")
        assert fold.text == f"{len(rows(reader, ClaimRow)) - before} more claims"
        assert reader.screen.left.current == rows(reader, ClaimRow)[first]
        assert not rows(reader, FoldRow)


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_a_note_on_the_entity_is_written_edited_deleted_and_brought_back(
    reader, workspace, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        go_to(reader, ClaimRow)
        await pilot.press("a")
        await pilot.pause()
        assert shows(reader, "Note on CloudWalk")
        await write(pilot, "ask [/b]")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = workspace.notes.of_entity("cloudwalk")
        assert note.text == "ask [/b]"
        go_to(reader, NoteRow)
        await pilot.pause()
        assert shows(reader, "ask [/b]")
        await pilot.press("r")
        await pilot.pause()
        await write(pilot, "!")
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert workspace.notes.get(note.id).text == "ask [/b]!"
        go_to(reader, NoteRow)
        await pilot.press("d")
        await ready(pilot)
        assert workspace.notes.of_entity("cloudwalk") == []
        assert not rows(reader, NoteRow)
        await pilot.press("u")
        await ready(pilot)
        assert len(rows(reader, NoteRow)) == 1


async def test_a_claim_is_copied_with_who_says_it(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        go_to(reader, ClaimRow)
        await pilot.press("y")
        await pilot.pause()
        claim = rows(reader, ClaimRow)[0].claim
        assert reader.clipboard.startswith(f"{claim.text} (stated, ")
        assert reader.clipboard.endswith(f"{claim.said_by})")


async def test_a_note_on_a_passage_is_on_the_passage(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        place = reader.screen.right.current.read().place
        await pilot.press("a")
        await pilot.pause()
        await write(pilot, "here")
        await pilot.press("ctrl+s")
        await ready(pilot)
        (note,) = workspace.notes.of_issue(place.issue)
        assert (note.anchor.start, note.anchor.end) == (place.start, place.end)


async def test_the_page_is_written_as_a_dossier_and_the_file_is_said(
    reader, workspace, shows, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace.notes.entity_note("cloudwalk", "a note to hand on")
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("E")
        await ready(pilot)
        (file,) = Path(workspace.settings.export_folder).glob("*.md")
        assert "a note to hand on" in file.read_text("utf-8")
        assert reader.screen.status.said == f"dossier in {shown_path(file)}"
        assert str(tmp_path.name) in reader.screen.status.said


def test_a_file_is_told_by_its_full_path(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert shown_path(Path("notes/a.md")) == "~/notes/a.md"
    assert shown_path(Path("/elsewhere/a.md")) == "/elsewhere/a.md"


async def test_an_entity_that_is_gone_is_told(reader, workspace, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "nobody-at-all"))
        assert shows(reader, "nobody-at-all: the catalogue has no such entity")
        await pilot.press("j", "enter", "tab", "a", "y", "q")
        await ready(pilot)
        assert answers == [None]


# Facts, without a library


def told(claims=(), points=(), **fields) -> list:
    entity = Entity("made-up", EntityKind.COMPANY, "Made Up [/b]")
    other = Entity("other", EntityKind.COMPANY, "Other")
    made = facts.Facts(
        summary=EntitySummary(entity, (), (), tuple(points), (), tuple(claims)),
        notes=(),
        labels={"x-1": "#1"},
        others={"other": other, "made-up": entity},
        issues={},
        **fields,
    )
    return facts.rows(made)


def test_a_claim_about_another_begins_with_its_name() -> None:
    found = told(
        [
            Claim("other", "invested in", "made-up", text="The fund put money in.", issue="x-1"),
            Claim("other", "supplies", "made-up", text="Other sells to it."),
            Claim("made-up", "supplies", "other", value="chips"),
        ]
    )
    texts = [row.text for row in found if isinstance(row, ClaimRow)]
    assert texts == [
        "Other: The fund put money in.",
        "Other sells to it.",
        "supplies Other chips",
    ]


def test_mentions_are_drawn_only_where_there_are_issues_enough() -> None:
    points = [TimelinePoint(f"x-{n}", n, f"2020-{n:02}", n) for n in range(1, 13)]
    assert [type(row) for row in told(points=points) if isinstance(row, (PlotRow, CountRow))] == [
        PlotRow
    ]
    undated = [*points[:11], TimelinePoint("y", None, "", 2)]
    counted = [row for row in told(points=undated) if isinstance(row, CountRow)]
    assert len(counted) == 12
    assert counted[-1].date == "≈ undated"


async def test_a_name_is_followed_and_left(reader, workspace, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        assert not shows(reader, "followed")
        await pilot.press("F")
        await ready(pilot)
        assert workspace.news.followed() == ("cloudwalk",)
        assert shows(reader, "following CloudWalk")
        assert shows(reader, "CloudWalk 云从科技 followed")
        await pilot.press("F")
        await ready(pilot)
        assert workspace.news.followed() == ()
        await pilot.press("q", "F")
        await ready(pilot)
        assert workspace.news.followed() == (reader.screen.names.current.entity.id,)
