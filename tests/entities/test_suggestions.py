from __future__ import annotations

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.entities.recogniser import Recogniser
from chinai_tui.entities.suggestions import KnownNames, MarkedText, suggestions
from tests.text.building import document

KNOWN = [
    Entity(
        "orion", EntityKind.COMPANY, "Orion Vision Group", han="猎户", aliases=(Alias("Orion"),)
    ),
    Entity("wuhan", EntityKind.PLACE, "Wuhan", han="武汉"),
]


def suggested(*texts: str) -> list[Suggestion]:
    """What is suggested for issues `a-0`, `a-1`, … of which each text has its paragraphs."""
    recogniser = Recogniser(KNOWN)
    marked = []
    for number, text in enumerate(texts):
        doc = document(*text.split("\n"))
        marked.append(MarkedText(f"a-{number}", DocumentRole.TEXT, doc, recogniser.find(doc)))
    return suggestions(marked, KnownNames.of(KNOWN))


def names(*texts: str) -> list[str]:
    return [each.name for each in suggested(*texts)]


def test_a_name_with_its_chinese_is_suggested_at_once() -> None:
    text = "so Lyra Lamps (天琴灯) and Lyra Lamps too\nfrom 灯报 (Dengbao) here"
    assert suggested(text, "Lyra Lamps again, by Dengbao") == [
        Suggestion("Lyra Lamps", "天琴灯", 3, ("a-0", "a-1"), DocumentRole.TEXT, 3, 13),
        Suggestion("Dengbao", "灯报", 2, ("a-0", "a-1"), DocumentRole.TEXT, 48, 55),
    ]


def test_a_term_that_is_no_name_is_not() -> None:
    assert names("the “night watch” (守夜人), the watch (守夜) and 画蛇 (hua4she2) – Lamps") == []


def test_what_is_known_is_not() -> None:
    assert names("Orion (猎户)", "a Hunter Firm (猎户) and 武汉 (City)") == []
    assert names("so Orion Vision, Orion Vision, Orion Vision, Vision Group\n" * 2) == []


def test_a_name_recurs_three_times_in_two_issues_or_four_in_one() -> None:
    assert names("by Lyra Lamps, Lyra Lamps", "by Lyra Lamps") == ["Lyra Lamps"]
    assert names("by Lyra Lamps, Lyra Lamps, Lyra Lamps") == []
    assert names("by Lyra Lamps, Lyra Lamps, Lyra Lamps, LYRA Lamps") == ["Lyra Lamps"]
    assert names("by Lyra Lamps", "by Lyra Lamps") == []


def test_a_known_place_may_be_part_of_an_unknown_name() -> None:
    assert names("the Wuhan Lamp Works rose, the Wuhan Lamp Works fell\n" * 2) == [
        "Wuhan Lamp Works"
    ]


def test_sentence_starts_headings_dates_and_single_words_are_no_names() -> None:
    assert names("Lamps Burn. Lamps Burn. Lamps Burn. Lamps Burn.") == []
    assert names("# by Lyra Lamps\n" * 5) == []
    assert names("on Monday March and Monday March\n" * 3) == []
    assert names("so Lyra and Lyra and Lyra and Lyra and Lyra") == []
    assert names("the Chinese AI of OLD LAMPS\n" * 5) == []


def test_titles_possessives_and_openings_are_not_part_of_a_name() -> None:
    text = "The Lyra Lamps shone. Then CEO Lyra Lamps's own, and “Lyra Lamps” for Lyra Lamps."
    assert names(text) == ["Lyra Lamps"]


def test_institutions_keep_their_whole_name() -> None:
    text = "so the Bureau of Lamps Affairs spoke, the Bureau of Lamps Affairs wrote\n"
    assert names(text * 2) == ["Bureau of Lamps Affairs"]


def test_names_with_chinese_come_first_then_the_most_frequent() -> None:
    text = "by Lyra Lamps and Vega Works\n" * 4 + "in Vega Works, Altair (牛郎星)"
    assert names(text) == ["Altair", "Vega Works", "Lyra Lamps"]


def test_nothing_is_suggested_from_nothing() -> None:
    assert suggestions([], KnownNames.of(KNOWN)) == []
