"""What the left-hand side of the page of an entity tells."""

from __future__ import annotations

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.rows import (
    CoMention,
    EntitySummary,
    GroupMention,
    IssueRow,
    TimelinePoint,
)
from chinai_tui.ui.screens.company import CompanyScreen, facts
from chinai_tui.ui.screens.company.reading import read_facts
from chinai_tui.ui.widgets.fact_rows import (
    AsideRow,
    ClaimRow,
    CountRow,
    EntityRow,
    NamesRow,
    PlotRow,
)
from chinai_tui.ui.widgets.passage_rows import HeadingRow, TextRow
from chinai_tui.ui.widgets.timeline_plot import Span
from tests.ui.screens.over import over, ready

LAMPS = Entity(
    "lamps",
    EntityKind.COMPANY,
    "Lyra Lamps",
    han="天琴灯",
    hant="天琴燈",
    pinyin="Tiānqín Dēng",
    aliases=(Alias("lyra lamps"), Alias("天琴"), Alias("LL")),
    city="port",
    homepage="https://lamps.example/about",
)
PORT = Entity("port", EntityKind.PLACE, "Port City")
DRAGONS = Entity("dragons", EntityKind.GROUP, "Seven Dragons")
EXCHANGE = Entity("exchange", EntityKind.COMPANY, "Port Exchange")
OTHERS = {each.id: each for each in (LAMPS, PORT, DRAGONS, EXCHANGE)}
SPAN = Span(2018 * 12, 2021 * 12 + 11)


def issue(number: int, date: str = "", near: str = "") -> IssueRow:
    return IssueRow(f"i-{number}", "p", "P", number, "T", date, near, 1, DocumentRole.TEXT)


def point(number: int, date: str = "", count: int = 1) -> TimelinePoint:
    return TimelinePoint(f"i-{number}", number, date, count)


ISSUES = {f"i-{n}": issue(n) for n in range(1, 40)}
MONTHS = tuple(point(n, f"2020-{n:02}", n) for n in range(1, 13))


def told(entity: Entity = LAMPS, *, timelines=None, span: Span | None = None, **summary) -> list:
    """The rows for a made-up entity."""
    empty = dict.fromkeys(("groups", "members", "timeline", "together", "claims"), ())
    return facts.rows(
        facts.Facts(
            summary=EntitySummary(entity, **{**empty, **summary}),
            notes=(),
            labels={"i-1": "#1", "i-2": "#2"},
            others=OTHERS,
            issues=ISSUES,
            span=span,
            members=timelines or {},
        )
    )


def texts(rows: list) -> list[str]:
    return [row.text for row in rows if isinstance(row, TextRow)]


def headings(rows: list) -> list[str]:
    """The heading of each part, and of the parts of one row what stands left."""
    return [row.left[0].text for row in rows if isinstance(row, HeadingRow)]


def under(rows: list, title: str, kind: type) -> list:
    """The rows of a kind below a heading."""
    at = next(n for n, row in enumerate(rows) if title in headings([row]))
    found = []
    for row in rows[at + 1 :]:
        if isinstance(row, HeadingRow):
            break
        found += [row] if isinstance(row, kind) else []
    return found


def test_every_name_is_told_once_with_its_script() -> None:
    rows = told()
    (names,) = (row for row in rows if isinstance(row, NamesRow))
    assert [(name.script, name.text) for name in names.names] == [
        ("traditional", "天琴燈"),
        ("pinyin", "Tiānqín Dēng"),
        ("also", "天琴"),
        ("", "LL"),
    ]
    assert [part.text for part in rows[0].left] == ["Lyra Lamps", " 天琴灯"]
    assert texts(rows)[0] == "company · Port City · lamps.example"


def test_listings_stand_in_the_header() -> None:
    claims = (
        Claim("lamps", "listed on", "exchange", "0042", "It is.", as_of="2019-05", said_by="a"),
        Claim("lamps", "listed on", text="Nowhere else.", until="2017", status=ClaimStatus.RUMOUR),
        Claim("lamps", "listing", "exchange", "filed"),
    )
    rows = told(claims=claims)
    listed = "listed on Port Exchange 0042 since May 2019; ? Nowhere else. until 2017"
    assert texts(rows)[1] == listed
    assert [row.claim for row in under(rows, "Claims", ClaimRow)] == list(claims)
    assert not any(text.startswith("listed on") for text in texts(told(claims=claims[2:])))


def test_events_of_the_entity_list_stand_apart_by_date() -> None:
    claims = (
        Claim("lamps", "entity list", text="Taken off.", as_of="2021", said_by="86 FR 2"),
        Claim("lamps", "raised", value="1 bn"),
        Claim(
            "lamps",
            "entity list",
            value="Rule on Lamps",
            text="Put on.",
            as_of="2019-10-09",
            said_by="84 FR 1",
            url="https://register.example/1",
        ),
    )
    rows = told(claims=claims)
    assert [row.claim for row in under(rows, "Claims", ClaimRow)] == [claims[1]]
    events = under(rows, "Entity List", ClaimRow)
    assert [(row.text, row.citation) for row in events] == [
        ("Put on.", "Rule on Lamps, 84 FR 1, register.example"),
        ("Taken off.", "86 FR 2"),
    ]
    ids = [row.id for row in rows if row.id]
    assert len(ids) == len(set(ids))


def test_a_claim_from_outside_the_library_has_its_page() -> None:
    claims = (
        Claim("lamps", "raised", value="1 bn", said_by="its report", url="https://lamps.example/r"),
        Claim("lamps", "raised", value="2 bn", said_by="the issue", issue="i-1"),
    )
    rows = under(told(claims=claims), "Claims", ClaimRow)
    assert [row.citation for row in rows] == ["its report, lamps.example", ""]


def test_the_claims_end_with_the_day_they_were_checked_to() -> None:
    line = "checked to 22 Nov 2031; absence is no evidence"
    rows = told(claims=(Claim("lamps", "raised", value="1 bn"),), checked="2031-11-22")
    places = [n for n, row in enumerate(rows) if isinstance(row, ClaimRow)]
    assert rows[places[-1] + 1] == AsideRow(line)
    bare = told(checked="2031-11-22")
    assert under(bare, "Claims", TextRow) == [TextRow(line, "faint")]
    assert not any("absence" in text for text in texts(told()))


def test_what_is_new_is_counted_with_its_issues() -> None:
    timeline = (point(1, count=5), point(2, count=2), point(3, count=1))
    assert "3 new in #2, #3" in texts(told(timeline=timeline, fresh=frozenset({"i-2", "i-3"})))
    assert not any("new in" in text for text in texts(told(timeline=timeline)))


def test_many_new_issues_are_told_by_the_latest() -> None:
    timeline = tuple(point(n) for n in range(1, 12))
    fresh = frozenset(each.issue for each in timeline)
    (line,) = (text for text in texts(told(timeline=timeline, fresh=fresh)) if "new" in text)
    assert line == "11 new in … #4, #5, #6, #7, #8, #9, #10, #11"


def test_mentions_are_drawn_over_the_time_of_the_library() -> None:
    rows = told(timeline=(*MONTHS, point(20)), span=SPAN)
    (plot,) = (row for row in rows if isinstance(row, PlotRow))
    assert (list(plot.points), plot.span) == (list(MONTHS), SPAN)
    assert "≈ 1 undated left out" in texts(rows)
    counts = [row for row in told(timeline=MONTHS[1:], span=SPAN) if isinstance(row, CountRow)]
    assert [row.count for row in counts] == list(range(2, 13))


def test_groups_that_mean_it_are_told_apart() -> None:
    rows = told(through=(GroupMention(DRAGONS, 31, 4),))
    (row,) = under(rows, "Named through a group", EntityRow)
    assert row.entity is DRAGONS
    assert [part.text.strip() for part in row.right] == ["31", "4"]
    assert "Named through a group" not in headings(told())


@pytest.mark.parametrize(("timeline", "lifts"), [(MONTHS, ["2.5"]), (MONTHS[1:], [])])
def test_who_is_named_beside_it_has_its_shared_issues(timeline, lifts) -> None:
    beside = CoMention(EXCHANGE, 7, 2.5, ("i-9", "i-3", "gone"))
    (row,) = under(told(timeline=timeline, together=(beside,)), "With", EntityRow)
    assert row.issues == ("≈ #9", "#3", "gone")
    assert [part.text.strip() for part in row.right] == ["7", *lifts]


MEMBERS = (LAMPS, EXCHANGE)
JOINED = tuple(
    Claim(each.id, "member of", "dragons", issue=f"i-{n}", status=status)
    for n, (each, status) in enumerate(
        zip(MEMBERS, (ClaimStatus.STATED, ClaimStatus.RUMOUR), strict=True), 1
    )
)


def members(timelines: dict) -> list[EntityRow]:
    rows = told(DRAGONS, timelines=timelines, span=SPAN, claims=JOINED, members=MEMBERS)
    return under(rows, "Members", EntityRow)


def test_a_group_shows_its_members_over_one_axis() -> None:
    rows = members({"lamps": MONTHS, "exchange": (point(2, "2021-02", 4), point(5))})
    assert [row.span for row in rows] == [SPAN, SPAN]
    assert rows[0].points == MONTHS
    assert rows[1].points == (point(2, "2021-02", 4),)
    assert ["".join(part.text for part in row.right).split() for row in rows] == [
        ["78", "#1"],
        ["5", "?", "#2"],
    ]


def test_a_group_of_which_little_is_known_has_plain_counts() -> None:
    rows = members({"lamps": MONTHS[1:], "exchange": ()})
    assert [row.span for row in rows] == [None, None]
    assert [row.right[0].text.strip() for row in rows] == ["77", "0"]
    told_all = told(DRAGONS, claims=JOINED, members=MEMBERS, checked="2031-11-22")
    assert "drawn over time from 12 dated issues on" in texts(told_all)
    assert "Claims" not in headings(told_all)


# With a library


def test_the_facts_of_a_group_have_the_timelines_of_its_members(workspace) -> None:
    found = read_facts(workspace, "cv-dragons")
    assert set(found.members) >= {"cloudwalk", "megvii", "sensetime", "yitu"}
    assert found.members["yitu"] == workspace.entities.timeline("yitu")
    assert read_facts(workspace, "yitu").members == {}


def test_the_span_is_that_of_the_whole_library(workspace, text_file) -> None:
    for number, date in ((201, "March 3, 2015"), (202, "May 5, 2024")):
        text_file.write_text(f"ChinAI #{number}: Lamps\n\n{date}\n\nNobody is named here.\n")
        workspace.transfer.import_paths([text_file])
    assert read_facts(workspace, "yitu").span == Span(2015 * 12 + 2, 2024 * 12 + 4)


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_a_co_mention_opens_its_page(reader, workspace, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CompanyScreen(workspace, "cloudwalk"))
        screen = reader.screen
        shown = screen.right if screen.is_narrow else screen.left
        row = next(row for row in shown.rows if (row.id or "").startswith("with "))
        shown.focus()
        shown.go_to(row.id)
        await pilot.pause()
        assert shows(reader, row.entity.name)
        assert row.issues[0].startswith(("#", "≈ #"))
        assert shows(reader, row.issues[0])
        await pilot.press("enter")
        await ready(pilot)
        assert shows(reader, f"› {row.entity.name}")
