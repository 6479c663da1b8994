from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.domain.entity import Mention
from chinai_tui.domain.gloss import Edge, Gloss
from chinai_tui.entities.glosses import glosses
from chinai_tui.ingest import read
from tests.text.building import document


def only(text: str) -> Gloss:
    (gloss,) = glosses(document(text))
    return gloss


@pytest.mark.parametrize(
    ("text", "han", "english", "edge"),
    [
        ("so the “night watch” (守夜人) grew", "守夜人", "night watch", Edge.QUOTED),
        ("so the ‘night watch’ [守夜人] grew", "守夜人", "night watch", Edge.QUOTED),
        ('a "dim" and a "night watch" (守夜人)', "守夜人", "night watch", Edge.QUOTED),
        ("“the night watch,” (“守夜人”) he said", "守夜人", "the night watch", Edge.QUOTED),
        ("of “freshly painted lamps (新漆灯)” and", "新漆灯", "freshly painted lamps", Edge.QUOTED),
        (
            '"a moth and a lamp" 飞蛾扑火,自取灭亡.',
            "飞蛾扑火,自取灭亡",
            "a moth and a lamp",
            Edge.QUOTED,
        ),
        ("a role for Orion Vision (猎户视觉) there", "猎户视觉", "Orion Vision", Edge.NAME),
        ("Orion [猎户 - since closed] was", "猎户", "Orion", Edge.NAME),
        ("by iLamp（爱灯）and", "爱灯", "iLamp", Edge.NAME),
        ("said Lyra CEO Wei Lan (魏岚) then", "魏岚", "Wei Lan", Edge.NAME),
        ("the Bureau of Lamps (灯局) has", "灯局", "Bureau of Lamps", Edge.NAME),
        ("The Ministry (灯部) has", "灯部", "The Ministry", Edge.NAME),
        ("Yet. The Lamp Ministry (灯部) has", "灯部", "Lamp Ministry", Edge.NAME),
        ("an article of 灯报 (Dengbao) on", "灯报", "Dengbao", Edge.BRACKET),
        ("the plan 五年灯 (wǔnián dēng, five-year lamp)", "五年灯", "five-year lamp", Edge.BRACKET),
        (
            "Word: 画蛇添足 (hua4she2tian1zu2) – to paint legs, or",
            "画蛇添足",
            "to paint legs",
            Edge.DASH,
        ),
        ("see [the lamp law](https://a.example) (灯法)", "灯法", "the lamp law", Edge.LINK),
        ("see [lamp law (灯法)](https://a.example) now", "灯法", "lamp law", Edge.LINK),
        ("with 5G lamps as “wire lamps” (5G电灯2025)", "5G电灯2025", "wire lamps", Edge.QUOTED),
    ],
)
def test_english_where_its_edge_is_told(text: str, han: str, english: str, edge: Edge) -> None:
    gloss = only(text)
    assert (gloss.han, gloss.english, gloss.edge) == (han, english, edge)


@pytest.mark.parametrize(
    "text",
    [
        "he spoke of the night watch (守夜人)",
        "“they belong to the old night watch (守夜人)” he said",
        "“they belong to lamps, so the night watch (守夜人).”",
        "Orion and Lyra Lamps (天琴灯)",
        "the Friends of Lyra (天琴)",
        "Wuhan's Orion (猎户)",
        "some lamps. Lamps Orion (猎户)",
        "Made in Lampland 2025 (灯国制造)",
        "# A Heading On Orion Vision (猎户)",
        "Orion (also known as 猎户)",
        "his “lamp or two, the watch (守夜人)",
    ],
)
def test_without_an_edge_the_chinese_stands_alone(text: str) -> None:
    gloss = only(text)
    assert (gloss.english, gloss.edge) == ("", Edge.NONE)
    assert text.lstrip("# ").startswith(gloss.lead[:4])
    assert (gloss.start, gloss.end) == (gloss.han_start, gloss.han_start + len(gloss.han))


@pytest.mark.parametrize(
    "text",
    [
        "the word 守夜人 is old",
        "lamps 灯 (2018) and 灯 (see above)",
        "at https://a.example/守夜人_(灯) one reads",
        "守夜人在灯下看书，不知道天已经亮了，还是在看书，看到晚上 (Dengbao)",
        "the fair of 灯 (https://a.example)",
        "a night watch",
    ],
)
def test_what_is_no_gloss(text: str) -> None:
    assert glosses(document(text)) == []


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("画蛇添足 (hua4she2tian1zu2) is", "huà shé tiān zú"),
        ("画蛇添足 (huà shé tiān zú) is", "huà shé tiān zú"),
        ("lamp [灯, dēng] is", "dēng"),
        ("lamp (pinyin: deng1, 灯) is", "dēng"),
        ("lamp fair (denghui; 灯会) is", "denghui"),
        ("灯会 (Denghui) is", ""),
        ("灯会 (GPT4) is", ""),
    ],
)
def test_pinyin_is_told_from_names(text: str, pinyin: str) -> None:
    assert only(text).pinyin == pinyin


def test_a_known_name_tells_where_english_begins() -> None:
    doc = document("he spoke of Wuhan's Orion and the night watch (守夜人)")
    start = doc.text.index("night")
    known = [Mention("watch", start, start + 11, "night watch")]
    (gloss,) = glosses(doc, known)
    assert (gloss.english, gloss.edge) == ("night watch", Edge.KNOWN)
    doc = document("Wuhan's Orion (猎户)")
    (gloss,) = glosses(doc, [Mention("wuhan", 0, 5, "Wuhan")])
    assert (gloss.english, gloss.edge) == ("Orion", Edge.NAME)


def test_emphasis_tells_it_and_uncounted_blocks_have_none() -> None:
    text = "of the lamp law (灯法)"
    spans = (Span(SpanKind.EMPHASIS, 7, 15),)
    for kind, role, found in (
        (BlockKind.PARAGRAPH, BlockRole.BODY, ["lamp law"]),
        (BlockKind.PARAGRAPH, BlockRole.REPEAT, []),
        (BlockKind.CODE, BlockRole.BODY, []),
    ):
        doc = Document(text, (Block(kind, role, 0, "", 0, len(text), spans),))
        assert [gloss.english for gloss in glosses(doc)] == found


_PIECES = (
    "灯|守夜人|5G电| |(|)|[x|]|“|”|\"|Orion|Lyra Vision|lamp|of| and |'s|, |. |–|deng1|Dēng|Dr.|"
    "https://a.example/灯|（|）|2025|《|》|、|·|"
).split("|")
rows = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=1, max_size=5), st.lists(st.integers(0, 90), max_size=4))
def test_a_gloss_stays_within_its_block_and_han_is_han(rows: list[str], places: list[int]) -> None:
    doc = document(*rows)
    known = [Mention("x", at, at + 4, "") for at in places if at + 4 <= len(doc.text)]
    reached = 0
    for gloss in glosses(doc, known):
        assert gloss.start <= gloss.han_start < gloss.end
        assert doc.text[gloss.han_start : gloss.han_start + len(gloss.han)] == gloss.han
        block = doc.blocks[doc.block_at(gloss.han_start)]
        assert block.start <= gloss.start <= gloss.end <= block.end
        assert re.search("[\u4e00-\u9fff]", gloss.han)
        assert not re.search(r"[()\[\]\s“”]", gloss.han)
        assert gloss.english in doc.text[gloss.start : gloss.end]
        assert bool(gloss.english) == (gloss.edge is not Edge.NONE)
        assert not re.search("[\u4e00-\u9fff]", gloss.english)
        assert gloss.han_start >= reached
        reached = gloss.han_start + len(gloss.han)


@pytest.mark.parametrize(
    "piece",
    [
        "(灯",
        "“灯",
        '" 灯',
        "灯a",
        "灯 (a",
        "A 灯(",
        "灯,",
        "Orion and (灯) ",
        "aoao(灯) ",
        "灯(ao ao) ",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(count: int) -> float:
        """The least of three times: a collection of cycles may fall into any of them."""
        doc = document(("lamp " * 30 + piece) * count)
        taken = []
        for _ in range(3):
            begun = time.process_time()
            glosses(doc)
            taken.append(time.process_time() - begun)
        return min(taken)

    assert seconds(800) < 25 * max(seconds(100), 0.002)


def test_the_glosses_of_real_texts(corpus: Path) -> None:
    found = {}
    for path in sorted(corpus.glob("*.txt")):
        doc = read(path.read_bytes(), path.name).document
        found[path.name[:3]] = [(g.han, g.edge, bool(g.pinyin)) for g in glosses(doc)]
    assert found == {
        "000": [],
        "001": [
            ("与众不同国家队", Edge.NONE, False),
            ("纯内资", Edge.QUOTED, False),
            ("风箱里的老鼠,两边受气", Edge.QUOTED, False),
        ],
        "002": [("立昂技术", Edge.NAME, False), ("分我杯羹", Edge.DASH, True)],
        "003": [],
        "004": [],
    }
