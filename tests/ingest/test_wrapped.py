from __future__ import annotations

from itertools import count

import pytest

from chinai_tui.ingest.wrapped import rejoined

FULL = "The kettles of the province were counted again in every quarter of it"
"""A line of 69 characters."""
HAN = "铜壶的数量在一周之内被统计了两次" * 4 + "，这是一个问题"
"""A line of 71."""


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([FULL, "during one week."], [FULL + " during one week."]),
        ([FULL, "during", "", FULL], [FULL + " during", "", FULL]),
        ([FULL, FULL + ",", "twice."], [FULL + " " + FULL + ", twice."]),
        (["* an item of", "  the list", "* another"], ["* an item of the list", "* another"]),
        (["12. an item", "    goes on", "    still"], ["12. an item goes on still"]),
        ([FULL, "* an item"], [FULL, "* an item"]),
        ([FULL, "> quoted"], [FULL, "> quoted"]),
        (["https://a.example/" + "x" * 60, "words"], ["https://a.example/" + "x" * 60, "words"]),
        (
            [FULL, "during it.", "A Writer", "12 Kettle Street"],
            [FULL + " during it.", "A Writer", "12 Kettle Street"],
        ),
        (["Short lines", "of a poem"], ["Short lines", "of a poem"]),
        ([FULL * 2, "a line a paragraph"], [FULL * 2, "a line a paragraph"]),
        (["* an item", "A paragraph"], ["* an item", "A paragraph"]),
        ([HAN + "。", HAN[:60] + "。”", HAN], [HAN + "。", HAN[:60] + "。”", HAN]),
        ([HAN, HAN[:60], "铜壶"], [HAN + HAN[:60], "铜壶"]),
        (["1. 铜壶", "   铁壶", "   copper"], ["1. 铜壶铁壶 copper"]),
        (["* a"] + ["  b"] * 100_000, ["* a" + " b" * 100_000]),
        ([], []),
    ],
    ids=count(),
)
def test_lines_that_were_only_broken(lines: list[str], joined: list[str]) -> None:
    assert rejoined(lines) == joined
