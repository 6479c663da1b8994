"""Claims, names and other entities as rows."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from chinai_tui.domain.entity import Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.ui.widgets.fact_rows import ClaimRow, EntityRow, Name, NamesRow, PlotRow
from chinai_tui.ui.widgets.flow import Part, Row
from chinai_tui.ui.widgets.passage_rows import Detail
from chinai_tui.ui.widgets.strips import line
from chinai_tui.ui.widgets.timeline_plot import Span

LAMPS = Entity("lamps", EntityKind.COMPANY, "Lyra Lamps", han="天琴灯")


def pens(*_: object, **__: object) -> Style:
    return Style()


def text(row: Row, width: int = 60) -> str:
    """A line as it is drawn."""
    return line(width, *row, fill=Style(), pad=0).text.rstrip()


def drawn(row, width: int = 60) -> list[str]:
    lines = [text(each, width) for each in row.lines(width, pens, Detail())]
    assert all(cell_len(each) <= width for each in lines)
    return lines


def test_names_keep_their_script_and_are_not_broken() -> None:
    row = NamesRow((Name("天琴燈", "traditional"), Name("Tiānqín Dēng", "pinyin"), Name("LL")))
    assert drawn(row) == ["traditional 天琴燈 · pinyin Tiānqín Dēng · LL"]
    assert drawn(row, 24) == ["traditional 天琴燈", "pinyin Tiānqín Dēng · LL"]


def test_as_many_shared_issues_as_there_is_room_for() -> None:
    row = EntityRow("with lamps", LAMPS, (Part("  12"),), ("#9", "#8", "#7"))
    assert drawn(row) == ["Lyra Lamps 天琴灯" + " " * 31 + "#9 #8 #7  12"]
    assert drawn(row, 31) == ["Lyra Lamps 天琴灯" + "   #9 #8 …  12"]
    assert drawn(row, 25) == ["Lyra Lamps 天琴灯" + " " * 6 + "12"]


def test_timelines_of_a_list_stand_under_each_other() -> None:
    span = Span(2018 * 12, 2018 * 12 + 11)
    points = (TimelinePoint("a", 1, "2018-01", 2), TimelinePoint("b", 2, "2018-12", 4))
    (first,) = drawn(EntityRow("a", LAMPS, (Part(" 6"),), points=points, span=span))
    (second,) = drawn(EntityRow("b", LAMPS, (Part(" 2"),), points=points[:1], span=span))
    (none,) = drawn(EntityRow("c", LAMPS, (Part(" 0"),), span=span))
    assert first.endswith("  ▄          █ 6")
    assert second.endswith("  █            2")
    assert none.endswith("灯" + " " * 42 + "0")
    row = EntityRow("a", LAMPS, (Part(" 6"),), points=points, span=span)
    assert drawn(row, 29)[0].endswith("灯   ▄     █ 6")
    assert drawn(row, 27)[0].endswith("灯" + " " * 9 + "6")


def test_a_claim_has_its_citation_beneath() -> None:
    row = ClaimRow(
        id="event 0",
        text="It was added.",
        status=ClaimStatus.STATED,
        when="9 Oct 2019",
        source="",
        claim=Claim("lamps", "entity list"),
        citation="84 FR 54002",
    )
    first, second = drawn(row)
    assert first.startswith("· It was added.")
    assert first.endswith("9 Oct 2019 · stated")
    assert second == "  84 FR 54002"


def test_a_plot_names_its_peak() -> None:
    points = [TimelinePoint("a", 7, "2018-01", 2), TimelinePoint("b", 8, "2018-12", 4)]
    peak, *bars, years = drawn(PlotRow(points, "company"))
    assert peak.strip() == "#8"
    assert bars[-1] == "1 █          █"
    assert years.strip() == "18"


def claim(source: str, speaker: str = "") -> ClaimRow:
    return ClaimRow(
        id="claim 0",
        text="It raised a sum.",
        status=ClaimStatus.STATED,
        when="",
        source=source,
        speaker=speaker,
        claim=Claim("lamps", "raised"),
        column=12,
    )


def test_sources_end_under_each_other() -> None:
    ends = [drawn(claim(each))[0] for each in ("#29", "The Pier", "A Very Long Name")]
    assert [cell_len(each) for each in ends] == [60, 60, 60]
    assert ends[0].endswith("stated  #29")
    assert ends[2].endswith("stated  A Very Long…")


def test_whose_words_stand_before_the_issue_or_below_it() -> None:
    row = claim("#29", "Ann Quay for Port Times")
    assert drawn(row, 80)[0].endswith("Ann Quay for Port Times  stated  #29")
    assert [each.strip() for each in drawn(row, 34)] == [
        "· It raised a sum.",
        "stated  #29",
        "Ann Quay for Port Times",
    ]


def test_a_chinese_name_is_whole_or_not_there() -> None:
    row = EntityRow("with lamps", LAMPS, (Part("12"),))
    assert drawn(row, 21) == ["Lyra Lamps 天琴灯  12"]
    assert drawn(row, 20) == ["Lyra Lamps" + " " * 8 + "12"]
