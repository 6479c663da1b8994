from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.entities.recogniser import Recogniser


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


CATALOGUE = Recogniser(
    [
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
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SenseTime and sensetime", ["SenseTime", "sensetime"]),
        ("SenseTime’s lab, SenseTime's lab", ["SenseTime", "SenseTime"]),
        ("SenseTimes, SenseTime2 and preSenseTime", []),
        ("SENSETIME HIRES", ["SENSETIME"]),
        ("ＳｅｎｓｅＴｉｍｅ", ["ＳｅｎｓｅＴｉｍｅ"]),
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


NAMES = ["SenseTime", "商汤", "Face++", "Huawei Cloud", "Huawei", "01.AI", "Vision Dragons"]
GAPS = [" ", ", ", "。", " (", ") ", " – ", "’s new ", " \u200d", "\n", "的", " and then "]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(GAPS)), max_size=8))
def test_every_name_in_running_text_is_found(parts: list[tuple[str, str]]) -> None:
    lines = "".join(name + gap for name, gap in parts).split("\n")
    assert words(CATALOGUE, *lines) == [name for name, _ in parts]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("SenseTime+ 商汤科技.@/Huawi\u200d-'Ａ"), max_size=40)
    )
)
def test_any_text_gives_ordered_mentions_inside_its_blocks(lines: list[str]) -> None:
    text = document(*lines)
    mentions = CATALOGUE.find(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        block = text.blocks[text.block_at(mention.start)]
        assert block.start <= mention.start < mention.end <= block.end
