from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from chinai_tui.domain.entity import Mention
from chinai_tui.entities.catalogue import load
from chinai_tui.entities.recogniser import Recogniser
from chinai_tui.ingest import read
from chinai_tui.paths import bundled_library

CORPUS = os.environ.get("CHINAI_CORPUS", "")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CHINAI_CORPUS is not set")


@pytest.fixture(scope="module")
def mentions() -> dict[str, list[Mention]]:
    files = sorted((bundled_library() / "entities").glob("*.toml"))
    recogniser = Recogniser(load(files).entities.values())
    return {
        path.name[:3]: recogniser.find(read(path.read_bytes(), path.name).document)
        for path in sorted(Path(CORPUS).glob("*.txt"))
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000", {"megvii": 13, "casic": 4, "casicloud": 2, "zhihu": 3, "jd": 2, "didi": 1}),
        ("001", {"cloudwalk": 9, "megvii": 1, "sensetime": 1, "yitu": 1, "jiqizhixin": 3}),
        ("002", {"leon": 14, "sensetime": 8, "megvii": 9, "dahua": 1, "tang-li-technology": 1}),
        ("003", {"hikvision": 3, "iflytek": 1, "megvii": 2, "yitu": 2}),
        ("004", {"sensetime": 34, "xu-li": 16, "tang-xiaoou": 2, "jeffrey-ding": 3}),
    ],
)
def test_who_is_named_how_often(
    mentions: dict[str, list[Mention]], text: str, expected: dict[str, int]
) -> None:
    counts = Counter(mention.entity for mention in mentions[text])
    assert {entity: counts[entity] for entity in expected} == expected


def test_nobody_is_taken_for_somebody_else(mentions: dict[str, list[Mention]]) -> None:
    found = {text: {mention.entity for mention in named} for text, named in mentions.items()}
    assert "tang-xiaoou" not in found["002"]
    assert "xu-li" not in found["001"]
