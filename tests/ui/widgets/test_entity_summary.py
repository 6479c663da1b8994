from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.rows import (
    CoMention,
    EntitySummary,
    GroupMention,
    IssueRow,
    TimelinePoint,
)
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.entity_summary import (
    Calendar,
    last_told,
    suggestion_lines,
    summary_lines,
)

ORION = Entity("orion", EntityKind.COMPANY, "Orion Vision", han="猎户视觉")
LYRA = Entity("lyra", EntityKind.COMPANY, "Lyra")
MIRA = Entity("mira", EntityKind.COMPANY, "Mira")
TRIO = Entity("trio", EntityKind.GROUP, "the Trio")
CALENDAR = Calendar("2010-02-01", "2025-11-30")


def points(*counts: tuple[str, int]) -> tuple[TimelinePoint, ...]:
    found = enumerate(counts)
    return tuple(TimelinePoint(f"a-{n}", n, date, count) for n, (date, count) in found)


DOZEN = points(*((f"20{11 + n}-05-01", n + 1) for n in range(12)))
SUMMARY = EntitySummary(ORION, (), (), (), (), ())


class Plain(Pens):
    """Pens without a screen."""

    def __init__(self) -> None:
        self.dark, self.on = True, "pane"


def told(summary: EntitySummary, calendar: Calendar = CALENDAR, width: int = 30) -> list[str]:
    """The lines below the names, the right edge after a bar."""
    lines = [
        "".join(text for text, _ in left) + "".join(f" | {text}" for text, _ in right)
        for left, right in summary_lines(summary, calendar, width, 99, Plain())
    ]
    return lines[2:]


def row(issue: str, date: str, near: str = "") -> IssueRow:
    return IssueRow(issue, "lamps", "Lamps", None, issue, date, near, 5, DocumentRole.TEXT)


# The plot


def plotted(*counts: tuple[str, int], first: str = "", last: str = "") -> tuple[str, str]:
    """Bars and years of an entity that twelve issues or more name."""
    timeline = points(*counts, *[counts[-1]] * 12)
    lines = told(replace(SUMMARY, timeline=timeline), Calendar(first, last), width=24)
    return lines[1], lines[2]


def test_a_plot_spans_the_time_of_the_library() -> None:
    bars, years = plotted(("2019-01-01", 3), first="2018-01", last="2019-12-30")
    assert bars == f"{' ' * 12}█{' ' * 11}"
    assert years == f"2018{' ' * 16}2019"


def test_two_plots_lie_under_each_other() -> None:
    early, years = plotted(("2018-03-01", 9), first="2018", last="2025-06-01")
    late, same = plotted(("2018-03-01", 1), ("2025-06-01", 9), first="2018", last="2025-06-01")
    assert (len(early), years) == (len(late), same)
    assert early.index("█") == late.index("▁")
    assert late[-1] == "█"


def test_what_lies_outside_the_time_of_the_library_is_drawn_all_the_same() -> None:
    bars, years = plotted(("2017-12-01", 2), first="2018-01-01", last="2018-02-01")
    assert bars == "█  "
    assert years == "2017"


def test_the_calendar_spans_the_dated_issues() -> None:
    rows = [
        row("a-9", "", "2021-05-04"),
        row("a-8", "2021-05-04"),
        row("a-7", "2020"),
        row("essay", ""),
        row("note", "long ago"),
    ]
    assert Calendar.of(rows) == Calendar("2020", "2021-05-04")
    assert Calendar.of([]) == Calendar.of(rows[3:]) == Calendar()


# When it is named


def test_from_twelve_dated_issues_on_there_is_a_plot_over_the_librarys_time() -> None:
    plot, years, named, ends = told(replace(SUMMARY, timeline=DOZEN))[1:]
    assert len(plot) == 30
    assert plot[-1] == " "
    assert years == f"2010{' ' * 22}2025"
    assert named == "named 78 times in 12 issues"
    assert ends == "first in #0, last in #11"


def test_with_fewer_the_counts_are_told() -> None:
    few = points(("2018-01-02", 2), ("2020-03-01", 1), ("", 1))
    assert told(replace(SUMMARY, timeline=few), width=60)[1:] == [
        "named 4 times in 3 issues",
        "#0 ×2 · #1 ×1 · ≈ undated #2 ×1",
    ]
    assert told(replace(SUMMARY, timeline=few[:1]))[1:] == ["named 2 times in 1 issue", "#0 ×2"]


def test_of_more_than_four_the_last_are_told_and_the_ends() -> None:
    many = points(*[(f"2018-0{n}-02", n) for n in range(1, 7)])
    assert told(replace(SUMMARY, timeline=many), width=60)[2:] == [
        "… #2 ×3 · #3 ×4 · #4 ×5 · #5 ×6",
        "first in #0, last in #5",
    ]


def test_without_a_number_the_month_is_told_and_without_a_date_what_is_near() -> None:
    timeline = (
        TimelinePoint("essay", None, "2018-03-05", 1),
        TimelinePoint("a-7", 7, "", 2, near="2018-05-01"),
        TimelinePoint("a-8", 8, "", 1),
        TimelinePoint("letter", None, "", 3),
    )
    assert told(replace(SUMMARY, timeline=timeline), width=60)[2:] == [
        "Mar 2018 ×1 · #7 ≈ May 2018 ×2 · ≈ undated #8 ×1 · ≈ ×3"
    ]


def test_undated_issues_are_told_beside_a_plot_and_are_no_end_unless_near_a_date() -> None:
    near = TimelinePoint("a-97", 97, "", 2, near="2023-05-01")
    timeline = (*DOZEN, near, TimelinePoint("letter", None, "", 3))
    assert told(replace(SUMMARY, timeline=timeline), width=60)[3:] == [
        "named 83 times in 14 issues",
        "first dated in #0, last in #97 ≈ May 2023",
        "≈ 2 undated issues",
    ]


UNPLACED = (TimelinePoint("a-8", 8, "", 1), TimelinePoint("a-9", 9, "", 1))


@pytest.mark.parametrize(
    ("timeline", "ends", "last"),
    [
        ((), "", ""),
        (UNPLACED[:1], "", "≈ undated in #8"),
        (UNPLACED * 3, "≈ 6 undated issues", "≈ undated in #9 and 5 more"),
        (DOZEN[:5], "first in #0, last in #4", "last in #4 · 1 May 2015"),
        (
            (*DOZEN[:5], *UNPLACED),
            "first dated in #0, last in #4; 2 more undated",
            "last dated in #4 · 1 May 2015; 2 undated",
        ),
        (
            (TimelinePoint("essay", None, "2018-04-29", 1), *UNPLACED * 2),
            "dated in Apr 2018; 4 more undated",
            "last dated 29 Apr 2018; 4 undated",
        ),
    ],
)
def test_no_end_is_told_across_what_has_a_place_in_time_and_what_has_none(
    timeline: tuple[TimelinePoint, ...], ends: str, last: str
) -> None:
    assert last_told(timeline) == last
    if ends:
        assert told(replace(SUMMARY, timeline=timeline), width=60)[-1] == ends


def test_what_is_new_since_the_last_visit_is_told() -> None:
    fresh = replace(SUMMARY, timeline=DOZEN, fresh=frozenset({"a-1", "a-2"}))
    assert told(fresh)[-1] == "2 new since you last looked"
    assert "new" not in "".join(told(replace(fresh, fresh=frozenset())))


def test_names_of_groups_are_told_apart() -> None:
    through = (GroupMention(TRIO, 3, 2), GroupMention(replace(TRIO, name="BAT"), 1, 1))
    named = replace(SUMMARY, timeline=DOZEN[:1], through=through)
    assert told(named, width=60)[1:] == [
        "named once in 1 issue",
        "#0 ×1",
        "and as the Trio ×3, as BAT ×1",
    ]
    assert told(replace(named, timeline=()), width=60)[1:] == ["as the Trio ×3, as BAT ×1"]


def test_a_group_tells_its_members() -> None:
    assert told(replace(SUMMARY, entity=TRIO, members=(ORION, LYRA))) == [
        "2 members: Orion Vision, Lyra"
    ]


# Who is named with it


@pytest.mark.parametrize("timeline", [DOZEN, DOZEN[:3]])
def test_the_three_strongest_companions_are_told_as_they_are_ranked(timeline) -> None:
    together = [CoMention(LYRA, 3, 9.0), CoMention(MIRA, 14, 2.0), CoMention(TRIO, 5, 1.0)]
    together.append(CoMention(ORION, 99, 0.5))
    assert told(replace(SUMMARY, timeline=timeline, together=tuple(together)))[-3:] == [
        "with Lyra | in 3",
        "     Mira | in 14",
        "     the Trio | in 5",
    ]


# Names outside the catalogue


def test_a_name_outside_the_catalogue_is_told_with_its_chinese() -> None:
    vega = Suggestion("Vega Works", "织女厂", 1, ("a-1",), DocumentRole.TEXT, 5, 15)
    lines = suggestion_lines(vega, 40, Plain())
    assert ["".join(text for text, _ in left) for left, _ in lines] == [
        "Vega Works 织女厂",
        "named once in this issue",
    ]
