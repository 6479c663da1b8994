"""The right-hand side of the page of an entity: light rows, groups, what is new, the filter."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow
from chinai_tui.errors import NotFoundError
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.company import CompanyScreen, reading
from chinai_tui.ui.screens.company.passages import Named, Passages, listed, place_told, title
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import HIT
from chinai_tui.ui.widgets.passage_rows import DeferredRow, Detail, HeadingRow
from chinai_tui.workspace.entities import VISITED, PassagePlace
from tests.ui.screens.over import over, ready, until, write

LONG_AGO = "2001-01-01T00:00:00Z"

MADE_UP = Entity("made-up", EntityKind.COMPANY, "Made Up")
LAMPS = Entity("lamps", EntityKind.GROUP, "Three Lamps")
TEXTS = (
    "Made Up sells kites.",
    "Nobody but Made Up sells lanterns to the harbour, and nobody minds.",
    "A line on Made Up.",
    "The Three Lamps sell kites.",
)


def places(*numbers: int) -> list[PassagePlace]:
    at = [(number, TEXTS[number].index("e U" if number < 3 else "Lamps")) for number in numbers]
    return [PassagePlace(f"x-{n}", DocumentRole.TEXT, 0, ((hit, hit + 3),)) for n, hit in at]


def issue(number: int, date: str = "", near: str = "") -> IssueRow:
    name = f"Title {'abcd'[number]}z"
    return IssueRow(f"x-{number}", "p", "P", number, name, date, near, 1, DocumentRole.TEXT)


def made(opened: list[str], *, fresh: frozenset[str] = frozenset()) -> Passages:
    """Three passages of a company and one of its group; the third cannot be read."""

    def read(place: PassagePlace) -> Passage:
        opened.append(place.issue)
        if place.issue == "x-2":
            raise NotFoundError("x-2: [/b] is gone")
        text = TEXTS[int(place.issue[2:])]
        return Passage(place.issue, place.role, 0, 0, len(text), place.hits, "On kites:", text)

    rows = [issue(0, "2020-05-18"), issue(1, "", "2020-05-25"), issue(2), issue(3, "2020")]
    issues = {row.id: row for row in rows}
    return Passages(Named(MADE_UP, places(0, 1, 2), [(LAMPS, places(3))], issues, fresh), read)


def head(row: DeferredRow) -> str:
    return "".join(part.text for part in row.read().head)


def know_all(passages: Passages) -> None:
    while rows := passages.unread(2):
        passages.know(passages.texts(rows))


# Without a library


def test_a_passage_is_read_when_its_row_is_and_once() -> None:
    opened: list[str] = []
    passages = made(opened)
    own = passages.own.rows
    listed(passages.fitting(""))
    assert opened == []
    assert own[1].read() is own[1].read()
    assert opened == ["x-1"]
    assert own[1].read().limit == 2


def test_heads_tell_issue_and_date_and_what_is_new() -> None:
    passages = made([], fresh=frozenset({"x-1"}))
    heads = [head(row) for row in passages.own.rows]
    assert heads == ["#0 18 May 2020", "#1 ≈ May 2020 new", "#2 ≈"]
    assert passages.fresh == {passages.own.rows[1].id}


def test_a_passage_that_cannot_be_read_says_why() -> None:
    row = made([]).own.rows[2].read()
    assert row.passage.text == "x-2: [/b] is gone"
    assert row.passage.hits == ()
    assert row.place.issue == "x-2"


def test_groups_stand_under_a_heading_and_are_not_counted_as_its_own() -> None:
    passages = made([])
    rows = listed(passages.fitting(""))
    (heading,) = [row for row in rows if isinstance(row, HeadingRow)]
    assert heading.left[0].text == "by the name of a group: Three Lamps"
    assert rows.index(heading) == 3
    over = title(passages, passages.fitting(""), "")
    assert over[1].text == "  3 by date"
    chapters = passages.fitting("")
    assert place_told(chapters[0].rows[2], chapters) == "passage 3 of 3"
    assert place_told(chapters[1].rows[0], chapters) == "passage 1 of 1 by Three Lamps"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kites", ["x-0", "x-1", "x-3"]),
        ("LANTERNS harb", ["x-1"]),
        ("title cz", ["x-2"]),
        ("may", ["x-0", "x-1"]),
        ("#3", ["x-3"]),
        ("lanterns az", []),
        ("", ["x-0", "x-1", "x-2", "x-3"]),
    ],
)
def test_the_filter_looks_in_words_section_and_issue(text: str, found: list[str]) -> None:
    passages = made([])
    know_all(passages)
    fitting = [passages.issue(row) for each in passages.fitting(text) for row in each.rows]
    assert fitting == found


def test_an_excerpt_shows_and_lights_what_the_filter_sought() -> None:
    app_pens = Pens(SimpleNamespace(current_theme=SimpleNamespace(dark=True)))
    far = "Lanterns are lit here. " + "Nothing is told of it. " * 40 + "Made Up sells kites."
    hit = far.index("e U")
    place = PassagePlace("x-0", DocumentRole.TEXT, 0, ((hit, hit + 3),))
    passage = Passage("x-0", DocumentRole.TEXT, 0, 0, len(far), place.hits, "On ropes:", far)
    named = Named(MADE_UP, [place], [], {"x-0": issue(0)}, frozenset())
    passages = Passages(named, lambda _: passage)
    know_all(passages)
    (row,) = passages.own.rows

    def drawn() -> list[str]:
        """The pieces that are lit."""
        ground = app_pens("ink", on=HIT).bgcolor
        pieces = [piece for line in row.lines(70, app_pens, Detail()) for piece in line.left]
        return [text for text, style in pieces if style.bgcolor == ground]

    assert drawn() == []
    for sought, lit in (("LANTERN", "Lantern"), ("rope", "rope"), ("title", "Title")):
        passages.fitting(sought)
        assert lit in drawn()
    passages.fitting("")
    assert drawn() == []


def test_the_filter_answers_for_what_is_read_and_says_how_much_that_is() -> None:
    passages = made([])
    passages.know(passages.texts(passages.unread(1)))
    found = passages.fitting("kites")
    assert [len(chapter.rows) for chapter in found] == [1, 0]
    told = "".join(part.text for part in title(passages, found, "kites"))
    assert told == "Passages  1 of 3 with “kites” · reading 1 of 4  Esc clears"
    know_all(passages)
    told = "".join(part.text for part in title(passages, passages.fitting("kites"), "kites"))
    assert told == "Passages  2 of 3 with “kites”  Esc clears"


# On the page


async def test_the_page_opens_only_texts_that_are_on_screen(reader, workspace, monkeypatch) -> None:
    read = workspace.entities.passage
    opened = set()

    def noted(place: PassagePlace) -> Passage:
        opened.add(place)
        return read(place)

    monkeypatch.setattr(workspace.entities, "passage", noted)
    monkeypatch.setattr("chinai_tui.ui.screens.passage_screen.TOLD_AT_ONCE", 1)
    async with reader.run_test(size=(120, 24)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        total = len(reader.screen.right.rows)
        assert 0 < len(opened) <= 8 < total
        await pilot.press("slash")
        await write(pilot, "x")
        await ready(pilot)
        assert len(opened) >= len(workspace.entities.passages("sensetime"))


async def test_the_first_passages_are_there_before_all_are_known(
    reader, workspace, shows, monkeypatch
) -> None:
    monkeypatch.setattr(reading, "FIRST", 3)
    monkeypatch.setattr(CompanyScreen, "_read_all", lambda _: None)
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        assert shows(reader, "Passages reading …")
        first = [row for row in reader.screen.right.rows if isinstance(row, DeferredRow)]
        assert 0 < len(first) <= 3
        monkeypatch.undo()
        await pilot.press("down")
        current = reader.screen.right.current
        reader.screen._read_all()
        await ready(pilot)
        found = len(workspace.entities.passages("sensetime"))
        assert shows(reader, f"Passages {found} by date")
        assert reader.screen.right.current.id == current.id


@pytest.mark.parametrize("size", [(160, 45), (60, 20)])
async def test_a_company_is_shown_by_the_names_of_its_groups_too(
    reader, workspace, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        meant = [each.group for each in workspace.entities.summary("cloudwalk").through]
        assert meant
        headings = [row for row in reader.screen.right.rows if isinstance(row, HeadingRow)]
        texts = [row.left[0].text for row in headings]
        assert [text for text in texts if text.startswith("by the name")] == [
            f"by the name of a group: {each.name}" for each in meant
        ]
        await pilot.press("G")
        assert shows(reader, f"by {meant[-1].name}")


@pytest.mark.parametrize("size", [(160, 45), (60, 20)])
async def test_what_came_since_the_last_visit_is_marked_and_found(
    reader, workspace, shows, size
) -> None:
    workspace.library.save_session(**{f"{VISITED}cloudwalk": LONG_AGO})
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        found = len(workspace.entities.passages("cloudwalk"))
        right = reader.screen.right
        first = next(n for n, row in enumerate(right.rows) if isinstance(row, DeferredRow))
        await pilot.press("g", "tab", "n")
        assert right.has_focus
        assert right.cursor == first + 1
        assert shows(reader, " new ·")
        await pilot.press("G", "n")
        assert right.cursor == first
        assert shows(reader, f"{found} by date · {found} new")


async def test_leaving_the_page_ends_what_is_new(reader, workspace, shows) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        assert workspace.entities.last_visit("cloudwalk") == ""
        await pilot.press("n")
        assert shows(reader, "no passage here is new since the last visit")
        await pilot.press("q")
        await ready(pilot)
        visited = datetime.fromisoformat(workspace.entities.last_visit("cloudwalk"))
        assert before <= visited <= datetime.now(UTC)
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        assert not workspace.entities.summary("cloudwalk").fresh


async def test_an_entity_that_is_gone_is_not_visited(reader, workspace) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, CompanyScreen(workspace, "nobody"))
        await pilot.press("q")
        await ready(pilot)
        assert workspace.entities.last_visit("nobody") == ""


async def test_one_jumps_from_the_page_to_an_issue(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        answers = await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("c")
        await pilot.pause()
        await write(pilot, "94")
        await pilot.press("enter")
        await until(pilot, lambda: bool(answers))
        (visit,) = answers
        assert isinstance(visit, Visit)
        assert visit.place.issue == "chinai-94"


async def test_where_one_jumps_to_is_remembered(reader, workspace) -> None:
    async with reader.run_test(size=(160, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        await pilot.press("c")
        await pilot.pause()
        await write(pilot, "megvii")
        await pilot.press("enter")
        await ready(pilot)
        assert workspace.library.session()["jumped"].split()[0] == "megvii"


async def test_a_passage_takes_a_head_and_two_lines(reader, workspace, lines) -> None:
    async with reader.run_test(size=(100, 45)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        body = [line[41:] for line in lines(reader)[3:-2]]
        heads = [n for n, line in enumerate(body) if re.search(r"#\d+ |· \S", line)]
        assert len(heads) > 5
        assert all(later - first <= 4 for first, later in pairwise(heads))


async def test_scrolling_by_the_mouse_tells_whose_words_come_into_view(
    reader, workspace, monkeypatch
) -> None:
    monkeypatch.setattr("chinai_tui.ui.screens.passage_screen.TOLD_AT_ONCE", 2)
    async with reader.run_test(size=(120, 24)) as pilot:
        await over(pilot, CompanyScreen(workspace, "sensetime"))
        right = reader.screen.right
        assert set(right.details) == {row.id for row in right.rows[:2]}
        right._scroll_rows(3)
        right._scroll_rows(3)
        await ready(pilot)
        assert {row.id for row in right.rows[2:4]} <= set(right.details)
        assert (right.top, right.cursor) == (2, 0)
