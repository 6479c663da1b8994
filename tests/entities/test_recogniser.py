from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.entities.links import links
from chinai_tui.entities.recogniser import Recogniser
from chinai_tui.entities.standing import Standing, standing
from chinai_tui.text.fold import fold


def company(id_: str, name: str, *aliases: str | Alias, **values: object) -> Entity:
    given_names = tuple(Alias(alias) if isinstance(alias, str) else alias for alias in aliases)
    return Entity(id_, EntityKind.COMPANY, name, aliases=given_names, **values)  # type: ignore[arg-type]


def document(
    *lines: str, kind: BlockKind = BlockKind.PARAGRAPH, role: BlockRole = BlockRole.BODY
) -> Document:
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(kind, role, 0, "", at, at + len(line)))
        at += len(line) + 1
    return Document("\n".join(lines), tuple(blocks))


def found(recogniser: Recogniser, *lines: str) -> list[tuple[str, str]]:
    text = document(*lines)
    mentions = recogniser.find(text)
    for mention in mentions:
        assert text.text[mention.start : mention.end] == mention.words
    return [(mention.entity, mention.words) for mention in mentions]


def words(recogniser: Recogniser, *lines: str) -> list[str]:
    return [name for _, name in found(recogniser, *lines)]


ENTITIES = [
    company("sensetime", "SenseTime", "商汤", han="商汤科技", hant="商湯科技"),
    company("megvii", "Megvii", "Face++", "旷视"),
    company("huawei", "Huawei", "华为"),
    company("huawei-cloud", "Huawei Cloud", "华为云"),
    company("01ai", "01.AI", Alias("Yi", case=True, needs=("01.AI", "零一万物", "Yi-34B"))),
    company("zai", "Z.ai"),
    company("leon", "Leon Technology", Alias("Leon", case=True, needs=("Urumqi", "立昂"))),
    company("ant", "Ant Group", Alias("Ant", case=True, needs=("Alipay",))),
    company("jd", "JD.com", Alias("JD", case=True, needs=("Jingdong", "京东"))),
    company("didi", "Didi Chuxing", Alias("Didi", case=True), Alias("DiDi", case=True), "滴滴"),
    company("pci", "PCI-Suntek", Alias("PCI", case=True, needs=("佳都",))),
    company("horizon", "Horizon Robotics", Alias("Horizon", case=True, needs=("Journey 5",))),
    company("dahua", "Dahua Technology", Alias("Dahua", needs=("Hikvision", "cameras"))),
    company("initials", "Alpha Beta", Alias("AB", search_only=True)),
    Entity("vision-dragons", EntityKind.GROUP, "Vision Dragons"),
]
CATALOGUE = Recogniser(ENTITIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SenseTime and sensetime", ["SenseTime", "sensetime"]),
        ("SenseTime’s lab, SenseTime's lab", ["SenseTime", "SenseTime"]),
        ("SenseTimed, SenseTime2 and preSenseTime", []),
        ("SENSETIME AND HUAWEI CLOUD HIRE", ["SENSETIME", "HUAWEI CLOUD"]),
        ("ＳｅｎｓｅＴｉｍｅ和ＨＵＡＷＥＩ", ["ＳｅｎｓｅＴｉｍｅ", "ＨＵＡＷＥＩ"]),
        ("ＪＤ.com or ＤｉＤｉ, not ｄｉｄｉ", ["ＪＤ.com", "ＤｉＤｉ"]),
        ("SenseTime (商汤)", ["SenseTime", "商汤"]),
        ("今天商湯科技發布", ["商湯科技"]),
        ("今天Huawei发布", ["Huawei"]),
        ("华为云和华为", ["华为云", "华为"]),
        ("Huawei Cloud, then Huawei", ["Huawei Cloud", "Huawei"]),
        ("Huawei-led, (Huawei), Huawei/Huawei", ["Huawei"] * 4),
        ("Sense\u200dTime", ["Sense\u200dTime"]),
        ("vision dragons", ["vision dragons"]),
        ("AB is for searching only", []),
        ("", []),
    ],
)
def test_names_and_their_boundaries(text: str, expected: list[str]) -> None:
    assert words(CATALOGUE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the SenseTimes and Huaweis of this world", ["SenseTime", "Huawei"]),
        ("two Ant Groups, the Huaweis’ rivals", ["Ant Group", "Huawei"]),
        ("Didis for hire", ["Didi"]),
        ("sensetimes, HUAWEIS, HuaweiS and Huaweiss", []),  # in its own capitals, with one s
        ("Alipay users like Ants", []),  # a name with a context rule has no plural
    ],
)
def test_plurals(text: str, expected: list[str]) -> None:
    assert words(CATALOGUE, text) == expected


def test_an_s_after_a_short_name_makes_another_word() -> None:
    assert words(Recogniser([company("ark", "Ark"), company("noah", "Noah")]), "Arks, Noahs") == [
        "Noah"
    ]


def test_names_broken_across_a_line_of_their_block() -> None:
    text = document("Ant\nGroup sells to Huawei\nCloud and\nHuawei", "Cloud stays", "Didi\nChuxing")
    marked = [mention.words for mention in CATALOGUE.find(text)]
    assert marked == ["Ant\nGroup", "Huawei\nCloud", "Huawei", "Didi\nChuxing"]


def test_a_longer_name_may_go_on_in_the_next_line_of_the_block() -> None:
    broken = CATALOGUE.find(document("Urumqi pays Leon\nPanetta"))
    assert broken == []
    assert [m.words for m in CATALOGUE.find(document("Urumqi pays Leon", "Panetta"))] == ["Leon"]


def test_names_side_by_side_are_of_one_entity() -> None:
    both = found(CATALOGUE, "Megvii (Face++) and SenseTime (商汤)")
    assert both == [
        ("megvii", "Megvii"),
        ("megvii", "Face++"),
        ("sensetime", "SenseTime"),
        ("sensetime", "商汤"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Megvii (Face++)", ["Megvii", "Face++"]),
        ("Face++'s users", ["Face++"]),
        ("a Face++like tool", ["Face++"]),
        ("Face+++ is a typo", []),
        ("Surface++ of ours", []),
        ("Face recognition on the face of it, face+", []),
    ],
)
def test_face_plus_plus(text: str, expected: list[str]) -> None:
    assert words(CATALOGUE, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "see https://www.sensetime.com/en",
        "see HTTPS://news.example/SenseTime/1",
        "see www.sensetime.com.",
        "at sensetime.com, perhaps",
        "write to press@sensetime.com",
        "follow @SenseTime for it",
        "见https://baike.example/商汤科技",
    ],
)
def test_nothing_is_found_in_links(text: str) -> None:
    assert words(CATALOGUE, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Z.ai, 01.AI and JD.com.", ["Z.ai", "01.AI", "JD.com"]),
        ("it was 2001.AI winter", []),
        ("Huawei.com sells", ["Huawei"]),
        ("Huawei, https://a.example and Huawei", ["Huawei", "Huawei"]),
    ],
)
def test_names_that_look_like_hosts_are_names(text: str, expected: list[str]) -> None:
    assert words(CATALOGUE, text) == expected


AMBIGUOUS = [
    # what the name is, with the document that makes it clear
    ("Ant", "Ant Group grew. Now Ant lends, and Ant’s rivals too.", ["Ant", "Ant"]),
    ("Ant", "Alipay belongs to Ant these days.", ["Ant"]),
    ("JD", "Jingdong, or JD for short, sells.", ["JD"]),
    ("JD", "JD.com says that JD delivers.", ["JD"]),
    ("Yi", "The firm 01.AI trained Yi, and then Yi-9B.", ["Yi", "Yi"]),
    ("Didi", "Later Didi withdrew; DiDi drivers knew.", ["Didi", "DiDi"]),
    ("PCI", "佳都科技 is known as PCI in English.", ["PCI"]),
    ("Horizon", "Horizon Robotics made chips. Buyers like Horizon for it.", ["Horizon"]),
    ("Leon", "In Urumqi the contractor Leon has half.", ["Leon"]),
    ("Dahua", "Both Hikvision and Dahua took part.", ["Dahua"]),
    ("Dahua", "DAHUA SELLS MORE CAMERAS", ["DAHUA"]),
    ("Face", "We log in by FACE++ and by face++.", []),
    ("JD", "京东 (JD) and JD’s couriers", ["JD", "JD"]),
    ("Horizon", "Journey 5 is a chip by “Horizon”.", ["Horizon"]),
    ("Leon", "The police of Urumqi rely on Leon, not on Leone.", ["Leon"]),
    # what it is not, for want of context
    ("Ant", "An ant, an Ant and Adam Ant.", []),
    ("JD", "She took her JD at night school.", []),
    ("Yi", "The Yi live in the hills.", []),
    ("Didi", "What did I say? Didier and didi.", []),
    ("PCI", "Plug it into the PCI slot or a PCIe one.", []),
    ("Horizon", "A Horizon grant, on the horizon.", []),
    ("Leon", "Leon is a city in Spain.", []),
    ("Dahua", "A village by the name of Dahua.", []),
    # what it is not although the context is there
    ("Ant", "Ant Group hired Adam Ant for Ant-Man.", []),
    ("JD", "Jingdong heard JD Vance speak.", []),
    ("Yi", "Yi-34B was tested by Yi Zeng and by J. Yi.", ["Yi"]),
    ("Leon", "Leon Technology met Leon Panetta, not Napoleon or Leonard.", []),
    ("Horizon", "Horizon Robotics looks to Horizon Europe and a far horizon.", []),
    ("Dahua", "The cameras of Liu Dahua, a collector.", []),
    ("PCI", "佳都 makes no PCI-Express cards.", []),
    ("Didi", "Didi Chuxing sued.", []),
    ("Face", "Megvii’s Face ID and Face of the year", []),
    ("Ant", "Alipay and the ANT protocol; Antwerp", []),
    ("Yi", "零一万物 has an office in Yi County.", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), AMBIGUOUS)
def test_ambiguous_names(name: str, text: str, expected: list[str]) -> None:
    marked = [word for word in words(CATALOGUE, text) if word.lower() == name.lower()]
    assert marked == expected


def test_a_context_rule_looks_at_the_whole_document() -> None:
    assert words(CATALOGUE, "Buyers trust Leon.", "The city of Urumqi pays.") == ["Leon"]
    assert words(CATALOGUE, "Buyers trust Leon.", "A town called Urumqis pays.") == []


def test_in_a_heading_every_word_may_have_a_capital() -> None:
    text = "Ant Files Again, Says Ant Group"
    heading = document(text, kind=BlockKind.HEADING)
    assert [m.words for m in CATALOGUE.find(heading)] == ["Ant", "Ant Group"]
    assert words(CATALOGUE, text) == ["Ant Group"]


@pytest.mark.parametrize("role", [BlockRole.BOILERPLATE, BlockRole.REPEAT])
def test_blocks_that_do_not_count_have_no_mentions(role: BlockRole) -> None:
    text = document("Huawei here", "Huawei there", "Ant is Urumqi")
    first, *rest = text.blocks
    skipped = Block(first.kind, role, 0, "", first.start, first.end)
    mentions = CATALOGUE.find(Document(text.text, (skipped, *rest)))
    assert [mention.start for mention in mentions] == [text.text.rindex("Huawei")]


def test_context_in_a_block_that_does_not_count_is_none() -> None:
    text = document("Jingdong subscribers", "buy at JD today")
    first, last = text.blocks
    skipped = Block(first.kind, BlockRole.BOILERPLATE, 0, "", first.start, first.end)
    assert CATALOGUE.find(Document(text.text, (skipped, last))) == []


def test_no_mention_reaches_over_the_border_of_a_block() -> None:
    assert words(CATALOGUE, "the new Huawei", "Cloud over it") == ["Huawei"]
    whole = "Huawei Cloud"
    blocks = (
        Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, 8),
        Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 8, 12),
    )
    assert [m.words for m in CATALOGUE.find(Document(whole, blocks))] == ["Huawei"]


def test_names_that_differ_in_capitals_only() -> None:
    recogniser = Recogniser(
        [company("a", "Ark", case=True), company("b", "ARK", case=True), company("c", "Ark Labs")]
    )
    assert found(recogniser, "Ark, ARK, ark and ARK LABS") == [
        ("a", "Ark"),
        ("b", "ARK"),
        ("c", "ARK LABS"),
    ]


def test_of_names_spelt_alike_the_strictest_comes_first() -> None:
    loose, strict = company("a", "Ark"), company("b", "ARK", case=True)
    bound = company("c", "Ark", needs=("cameras",))
    assert found(Recogniser([loose, strict]), "Ark, ARK") == [("a", "Ark"), ("b", "ARK")]
    assert found(Recogniser([loose, bound]), "Ark cameras") == [("c", "Ark")]


def test_a_longer_name_wins_over_one_with_a_condition_and_the_other_way_round() -> None:
    recogniser = Recogniser(
        [
            company("sky", "Sky"),
            company("sky-net", "Sky Net", needs=("cameras",)),
            company("net", "Net Works"),
        ]
    )
    assert found(recogniser, "Sky Net watches") == [("sky", "Sky")]
    assert found(recogniser, "Sky Net cameras") == [("sky-net", "Sky Net")]
    assert found(recogniser, "Sky Net Works") == [("sky", "Sky"), ("net", "Net Works")]


def test_without_entities_or_blocks_nothing_is_found() -> None:
    assert Recogniser([]).find(document("SenseTime")) == []
    assert CATALOGUE.find(Document("SenseTime", ())) == []


def naive(document: Document) -> list[tuple[str, int, int]]:
    """The same rules, each name looked for by itself at each place."""
    text, blocks = document.text, document.blocks
    for block in blocks:
        inner = text[block.start : block.end].replace("\n", " ")
        text = text[: block.start] + inner + text[block.end :]
    kept = [at for at, char in enumerate(text) if char != "\u200d"]
    text = "".join(text[at] for at in kept)
    folded, linked = fold(text), links(text)

    def places(name: str) -> Iterator[tuple[int, int, bool]]:
        """Where a name stands, and whether in the plural."""
        for start in range(len(text)):
            end = start + len(name)
            touching = name[-1] == "+" and folded[end : end + 1] == "+"
            if folded[start:end] != fold(name) or touching:
                continue
            if latin(name[0]) and start and latin(folded[start - 1]):
                continue
            plural = latin(name[-1]) and text[end : end + 1] == "s" and not latin(folded[end + 1 :])
            if latin(name[-1]) and latin(folded[end:]) and not plural:
                continue
            if any(a < end and b > start and (a, b) != (start, end) for a, b in linked):
                continue
            first, last = kept[start], kept[end - 1] + 1
            if any(b.is_counted and b.start <= first and last <= b.end for b in blocks):
                yield start, end, plural

    hits = []
    for entity in ENTITIES:
        own = Alias(entity.name), Alias(entity.han), Alias(entity.hant)
        for alias in (*own, *entity.aliases):
            for start, end, plural in places(alias.text) if alias.text else ():
                exact = unicodedata.normalize("NFKC", text[start:end]) == alias.text
                if alias.search_only or (not exact and (alias.case or plural)):
                    continue
                if not plural or (len(alias.text) > 3 and not alias.needs):
                    hits.append((start, -end, not alias.case, not alias.needs, entity.id, alias))
    clear = leftmost([hit for hit in hits if not hit[-1].needs])
    named = {hit[-2] for hit in clear}
    starts, ends = {hit[0] for hit in clear}, {-hit[1] for hit in clear}
    chosen = leftmost(
        hit
        for hit in hits
        if not hit[-1].needs
        or (
            (hit[-2] in named or any(not p[2] for need in hit[-1].needs for p in places(need)))
            and standing(text, hit[0], -hit[1], starts, ends) is Standing.ALONE
        )
    )
    return [(hit[-2], kept[hit[0]], kept[-hit[1] - 1] + 1) for hit in chosen]


def latin(char: str) -> bool:
    return char[:1].isalnum() and char[0] < "\u2e80"


def leftmost(hits: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    chosen: list[tuple[Any, ...]] = []
    for hit in sorted(hits, key=lambda hit: hit[:4]):
        if not chosen or hit[0] >= -chosen[-1][1]:
            chosen.append(hit)
    return chosen


PIECES = """
    SenseTime sensetime 商汤 商湯科技 Face++ Huawei HUAWEI Ｈuawei Cloud 华为云 01.AI Yi z.ai Z.ai
    Leon Ant Group Alipay JD JD.com DiDi Didi Chuxing 佳都 PCI Dahua Hikvision Urumqi Later
    s x + ( ) . - ’s 的 www. @ / \u200d
"""
BLOCKS = st.tuples(
    st.lists(st.sampled_from([*PIECES.split(), *[" "] * 12, "\n"]), max_size=14).map("".join),
    st.sampled_from([BlockRole.BODY, BlockRole.BODY, BlockRole.REPEAT]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=4))
def test_what_is_found_is_what_the_rules_say(parts: list[tuple[str, BlockRole]]) -> None:
    whole = document(*(text for text, _ in parts))
    blocks = tuple(replace(b, role=r) for b, (_, r) in zip(whole.blocks, parts, strict=True))
    text = Document(whole.text, blocks)
    assert [(m.entity, m.start, m.end) for m in CATALOGUE.find(text)] == naive(text)


NAMES = ["SenseTime", "商汤", "Face++", "Huawei Cloud", "Huawei", "01.AI", "Vision Dragons"]
GAPS = [" ", ", ", "。", " (", ") ", " – ", "’s new ", " \u200d", "\n", "的", " and then "]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(GAPS)), max_size=8))
def test_every_name_in_running_text_is_found(parts: list[tuple[str, str]]) -> None:
    lines = "".join(name + gap for name, gap in parts).split("\n")
    assert words(CATALOGUE, *lines) == [name for name, _ in parts]
