"""Names where they do not mean their entity."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.entity import Alias, Entity, EntityKind, Exclusion
from chinai_tui.entities.recogniser import Recogniser

ENTITIES = (
    Entity("ark", EntityKind.COMPANY, "Ark", aliases=(Alias("Ark Robotics"), Alias("舟舟"))),
    Entity("arks", EntityKind.GROUP, "Ark Robotics Group"),
    Entity("robots", EntityKind.PRODUCT, "Robotics"),
    Entity("wen", EntityKind.PERSON, "Wen Xi", han="文希"),
)


def document(*blocks: str) -> Document:
    made, at = [], 0
    for text in blocks:
        made.append(Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", at, at + len(text), ()))
        at += len(text) + 1
    return Document("\n".join(blocks), tuple(made))


def found(
    exclusions: list[Exclusion], *blocks: str, issue: str = "letter-1"
) -> list[tuple[str, str]]:
    recogniser = Recogniser(ENTITIES, exclusions)
    return [(each.entity, each.words) for each in recogniser.find(document(*blocks), issue)]


def test_everywhere_the_name_never_marks_and_others_do() -> None:
    assert found([Exclusion("ark", "ark")], "Ark and ARK, arks, 舟舟.") == [("ark", "舟舟")]


def test_a_shorter_or_another_name_surfaces() -> None:
    text = "The Ark Robotics Group came."
    assert found([], text) == [("arks", "Ark Robotics Group")]
    group = Exclusion("arks", "Ark Robotics Group", "letter-1")
    assert found([group], text) == [("ark", "Ark Robotics")]
    long = Exclusion("ark", "Ark Robotics", "letter-1")
    assert found([group, long], text) == [("ark", "Ark"), ("robots", "Robotics")]


def test_only_in_that_issue() -> None:
    exclusion = Exclusion("ark", "Ark", "letter-1")
    assert found([exclusion], "Ark.") == []
    assert found([exclusion], "Ark.", issue="letter-2") == [("ark", "Ark")]
    assert found([exclusion], "Ark.", issue="") == [("ark", "Ark")]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("Noah built the", "of wood", 1),
        ("the", "", 1),
        ("", "of  wood", 1),
        ("Noah\u00a0built the ", " of wood", 1),
        ("Noah sold the", "of wood", 2),
        ("Noah built the", "of steel", 2),
    ],
)
def test_only_at_that_place(before: str, after: str, left: int) -> None:
    exclusion = Exclusion("ark", "Ark", "letter-1", before, after)
    text = "Noah built the Ark of wood, and Ark of steel sold it."
    assert len(found([exclusion], text)) == left
    assert len(found([exclusion], text.replace("the Ark of", "the\nArk\nof"))) == left


def test_words_around_a_name_may_be_meant_in_every_issue() -> None:
    exclusion = Exclusion("ark", "Ark", before="Noah's")
    assert found([exclusion], "Noah's Ark. The Ark.", issue="x") == [("ark", "Ark")]


def test_surroundings_with_characters_that_are_not_seen() -> None:
    exclusion = Exclusion("ark", "Ark", "letter-1", "⛵️ my")
    assert found([exclusion], "⛵️ my Ark") == []


def test_a_surname_is_left_out_and_the_full_name_stays() -> None:
    text = "Wen Xi spoke. Then Wen left, said Wen."
    assert len(found([], text)) == 3
    assert found([Exclusion("wen", "Wen")], text) == [("wen", "Wen Xi")]
    at = Exclusion("wen", "Wen", "letter-1", "Then")
    assert [words for _, words in found([at], text)] == ["Wen Xi", "Wen"]


def test_it_says_nothing_of_other_entities() -> None:
    assert found([Exclusion("robots", "Ark")], "Ark") == [("ark", "Ark")]


WORDS = st.lists(
    st.sampled_from(["Ark", "Ark Robotics", "Group", "Robotics", "Wen Xi", "Wen", "a", "."]),
    max_size=12,
).map(" ".join)
EXCLUSIONS = st.builds(
    Exclusion,
    st.sampled_from(["ark", "arks", "robots", "wen"]),
    st.sampled_from(["Ark", "ark robotics", "Ark Robotics Group", "Robotics", "Wen Xi", "Wen"]),
    st.sampled_from(["", "letter-1", "letter-2"]),
    st.sampled_from(["", "a", "Group"]),
    st.sampled_from(["", "a"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(EXCLUSIONS, max_size=4), WORDS)
def test_what_is_excluded_never_marks(exclusions: list[Exclusion], text: str) -> None:
    marked = found(exclusions, text)
    for each in exclusions:
        if each.issue != "letter-2" and not (each.before or each.after):
            assert (each.entity, each.text.lower()) not in [(e, w.lower()) for e, w in marked]


def test_chinese_that_is_broken_over_a_line() -> None:
    text = "有人说舟\n舟和文\n希都走了。"
    assert found([], text) == [("ark", "舟\n舟"), ("wen", "文\n希")]
    here = Exclusion("ark", "舟舟", "letter-1", "有 人说", "和文 希都")
    assert found([here], text) == [("wen", "文\n希")]
    assert found([here], f"{text}还有舟舟。") == [("wen", "文\n希"), ("ark", "舟舟")]
    assert found([], "舟 舟", "舟", "舟") == []
