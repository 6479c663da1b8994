from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.entities.recogniser import Recogniser
from chinai_tui.entities.surnames import follow_ups, surname_of


def person(id_: str, name: str, han: str = "", pinyin: str = "", *aliases: Alias) -> Entity:
    return Entity(id_, EntityKind.PERSON, name, han=han, pinyin=pinyin, aliases=aliases)


PEOPLE = [
    person("xu-li", "Xu Li", "徐立", "Xú Lì"),
    person("tang-xiaoou", "Tang Xiaoou", "汤晓鸥", "Tāng Xiǎo'ōu", Alias("Xiaoou Tang")),
    person("kai-fu-lee", "Kai-Fu Lee", "李开复", "Lǐ Kāifù"),
    person("jane-roe", "Jane Roe"),
    person("rick-roe", "Rick Roe Jr."),
    person("daron-a", "Daron Açar"),
    Entity("tang-li", EntityKind.COMPANY, "Tang Li Technology"),
    Entity("sensetime", EntityKind.COMPANY, "SenseTime"),
]
RECOGNISER = Recogniser(PEOPLE)


@pytest.mark.parametrize(
    ("entity", "surname"),
    list(zip(PEOPLE, ["xu", "tang", "lee", "roe", "roe", "acar"], strict=False)),
)
def test_the_surname_is_first_in_a_chinese_name_last_in_others(
    entity: Entity, surname: str
) -> None:
    assert surname_of(entity) == surname


def test_a_name_of_one_word_has_no_surname() -> None:
    assert surname_of(person("x", "Confucius", "孔子")) == ""


def test_without_both_pinyin_and_characters_either_tells() -> None:
    assert surname_of(person("x", "Wu Ming", "吴明")) == "wu"
    assert surname_of(person("x", "Wu Ming", "", "Wu Ming")) == "wu"
    assert surname_of(person("x", "Wu Ming")) == "ming"


def followed(*lines: str, heading: bool = False) -> list[tuple[str, str]]:
    blocks, at = [], 0
    for line in lines:
        kind = BlockKind.HEADING if heading and not at else BlockKind.PARAGRAPH
        blocks.append(Block(kind, BlockRole.BODY, 0, "", at, at + len(line)))
        at += len(line) + 1
    mentions = RECOGNISER.find(Document("\n".join(lines), tuple(blocks)))
    return [(m.entity, m.words) for m in mentions if " " not in m.words and m.words != "SenseTime"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Xu Li spoke. Then Xu left; Xu’s car waited."], [("xu-li", "Xu"), ("xu-li", "Xu")]),
        (["Xu Li spoke.", "“Yes,” said Xu."], [("xu-li", "Xu")]),
        (["徐立 spoke, and Xu left"], [("xu-li", "徐立"), ("xu-li", "Xu")]),
        (["Xiaoou Tang spoke, Prof. Tang and Mr. Tang too"], [("tang-xiaoou", "Tang")] * 2),
        (["Jane Roe founded SenseTime. When Roe left, CEO Roe"], [("jane-roe", "Roe")] * 2),
        (["Jane Roe of SenseTime: as SenseTime’s Roe or SenseTime Roe"], [("jane-roe", "Roe")] * 2),
        (["Daron Açar wrote. Acar, not Ácar"], [("daron-a", "Acar"), ("daron-a", "Ácar")]),
        (["Xu Li and the Xu-led team"], [("xu-li", "Xu")]),
        (["Tang Xiaoou at Tang Li Technology, then Tang"], [("tang-xiaoou", "Tang")]),
    ],
)
def test_a_surname_counts_after_the_full_name(
    lines: list[str], expected: list[tuple[str, str]]
) -> None:
    assert followed(*lines) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Xu spoke before Xu Li",
        "Xu Li met Xu Ming and Xu",  # somebody else of that name
        "Xu Xu, a student, and Xu Li; Xu",
        "Xu Li read J. Xu and Xu",
        "Tang Xiaoou and Tang Li Technology",
        "Jane Roe and Rick Roe met; Roe left",
        "Xu Li said xu and XU and Xuan and aXu",
        "Xu Li met Xu-Ming",
        "Xu Li. Clever Xu left",
        "Xu Li wrote to @Xu and www.Xu.com",
        "Xu Li met Xu\u00a0Ming and Xu",
        "Xu Li has Xus around, XuXu and 徐Xu",
    ],
)
def test_a_surname_that_may_be_somebody_else_is_left_alone(text: str) -> None:
    assert followed(text) == []


@pytest.mark.parametrize("other", ["Rick Roe Jr.", "Mary Roe", "the Roe Foundation"])
def test_before_the_name_is_somebody_elses_too_it_is_clear(other: str) -> None:
    lines = "Jane Roe spoke and Roe left.", f"{other} came, and Roe spoke."
    assert followed(*lines) == [("jane-roe", "Roe")]


def test_a_heading_in_title_case_makes_nobody_of_a_surname() -> None:
    lines = ["What Xu Thinks About Machine Learning", "Xu Li spoke. Again Xu Li and Xu."]
    assert followed(*lines, heading=True) == [("xu-li", "Xu")]


def test_a_name_that_goes_on_in_the_next_line_is_somebody_elses() -> None:
    text = "Xu Li met Xu\nMing; Xu left"
    block = Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, len(text))
    assert [m.words for m in RECOGNISER.find(Document(text, (block,)))] == ["Xu Li"]


WORDS = "Xu Roe Roe-Doe xu XU Xuan 徐 Mary Dr. said ’s . , -".split() + [" "] * 8 + ["\n"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
def test_surnames_are_found_as_words_longer_before_shorter(text: str) -> None:
    surnames = {"a": "xu", "b": "roe", "c": "roe-doe"}
    named = dict(enumerate(surnames, -9))
    pattern = re.compile(r"(?<![^\W_])(?:roe-doe|roe|xu)(?![^\W_])")
    words = [match.span() for match in pattern.finditer(text.lower())]
    found = list(follow_ups(text, text.lower(), named, (), surnames))
    assert [(start, end) for start, end, _ in found if (start, end) not in words] == []
    assert all(text[start:end].lower() == surnames[person] for start, end, person in found)
