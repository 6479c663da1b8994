"""The readers on the real texts of the folder that `CHINAI_CORPUS` names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document

LETTERS = {
    BlockRole.TITLE: "T",
    BlockRole.SUBTITLE: "S",
    BlockRole.LABEL: "L",
    BlockRole.TAKEAWAY: "k",
    BlockRole.READING: "R",
    BlockRole.BOILERPLATE: "b",
    BlockRole.REPEAT: "r",
    BlockRole.CAPTION: "c",
}
KINDS = {
    BlockKind.HEADING: "H",
    BlockKind.PARAGRAPH: "p",
    BlockKind.ITEM: "i",
    BlockKind.QUOTE: "q",
}


@pytest.fixture(scope="module")
def readings(corpus: Path) -> dict[str, ingest.Reading]:
    """The readings of the five texts, by publication and number."""
    found = {}
    for source in ingest.walk([corpus]):
        assert isinstance(source, ingest.Source)
        reading = ingest.read(source.data, source.name)
        metadata = reading.metadata
        found[f"{metadata.publication} {metadata.number or ''}".strip()] = reading
    return found


def shape(document: Document) -> str:
    """A letter a block, by its role or its kind."""

    def letter(block: Block) -> str:
        return LETTERS.get(block.role) or KINDS[block.kind]

    return "".join(map(letter, document.blocks))


def test_publications_and_numbers(readings: dict[str, ingest.Reading]) -> None:
    assert sorted(readings) == ["chinai 23", "chinai 29", "chinai 94", "low-down", "practical-ai"]
    assert {reading.format for reading in readings.values()} == {"plain"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chinai 23", "TbbbHppiipHpppiiiippHpppppbb"),
        ("chinai 29", "TbbbHpiipppHppiiiipLpiiiipHpppppbb"),
        ("chinai 94", "TSbbLLpLkkkkkLLpqqqqqqHRpRpRpqRiibbbb"),
        ("practical-ai", "TprbbLbbbLiLiiiLiiiLiiLiiiLiiiLibb"),
        ("low-down", "TbbppppppppprpHpccpppppprpppHpprppppppppppbb"),
    ],
)
def test_the_shape_of_each_text(
    readings: dict[str, ingest.Reading], name: str, expected: str
) -> None:
    assert shape(readings[name].document) == expected


def test_metadata(readings: dict[str, ingest.Reading]) -> None:
    assert readings["chinai 94"].metadata.title.startswith("Cloudwalk -- A")
    assert readings["chinai 94"].metadata.subtitle.startswith("Breaking down")
    assert readings["chinai 29"].metadata.authors == ("Jeffrey Ding",)
    assert readings["low-down"].metadata.date == "2018-04-29"
    assert readings["low-down"].metadata.authors == ("Jonathan Low",)
    assert readings["practical-ai"].metadata.title == ""
    assert all(not readings[name].metadata.date for name in ("chinai 23", "chinai 29", "chinai 94"))


def test_markers_and_levels(readings: dict[str, ingest.Reading]) -> None:
    def items(name: str) -> list[tuple[str, int]]:
        blocks = readings[name].document.blocks
        return [(block.marker, block.level) for block in blocks if block.kind is BlockKind.ITEM]

    assert items("chinai 23") == [("1.", 0), ("2.", 0)] + [("•", 0)] * 4
    assert items("chinai 29") == [("•", 0)] * 2 + [("1.", 0)] + [("•", 1)] * 3 + [("•", 0)] * 4
    assert items("chinai 94") == [("•", 0)] * 5 + [("1.", 0), ("2.", 0)]
    notes = [level for _, level in items("practical-ai")]
    assert notes == [0] * 16


def test_show_notes_have_a_section_for_each_company(readings: dict[str, ingest.Reading]) -> None:
    document = readings["practical-ai"].document
    sections = {
        document.text_of(number): sum(
            document.section_of(each) == number for each in range(len(document.blocks))
        )
        - 1
        for number in document.headings()
    }
    named = {name: sections[name] for name in ("Hikvision", "iFlytek", "Megvii", "Yitu")}
    assert named == {"Hikvision": 3, "iFlytek": 2, "Megvii": 3, "Yitu": 3}


def test_lead_ins_are_bold(readings: dict[str, ingest.Reading]) -> None:
    document = readings["chinai 94"].document
    assert [document.text[span.start : span.end] for b in document.blocks for span in b.spans] == [
        "Full Translation",
        "READ FULL TRANSLATION",
        "Reflections",
        "Must-read",
        "Should-read",
        "Should-read",
        "Should-attend",
    ]


def test_nothing_is_lost_and_everything_sound(
    corpus: Path, check: Callable[[Document], None]
) -> None:
    for path in sorted(corpus.iterdir()):
        raw = path.read_text("utf-8")
        reading = ingest.read(path.read_bytes(), path.name)
        check(reading.document)
        document = reading.document.text
        lost = [word for word in raw.replace("•", " ").split() if word not in document]
        assert set(lost) <= {"ChinAI", "#94:", "#23:", "#29:", "Newsletter", "1.", "2.", "-"}
