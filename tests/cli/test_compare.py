"""`chinai compare`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_compare_tells_issues_counts_and_relations(run: Run) -> None:
    out = run("compare", "商汤", "Leon Technology").out
    assert "SenseTime\t商汤科技\t" in out
    assert "1 issue names all of them" in out
    assert "ChinAI #29: SenseTime ×" in out
    assert "Leon and SenseTime launched Tang Li Technology" in out


def test_compare_as_json(run: Run) -> None:
    data = run("compare", "sensetime", "megvii", "--json").json
    assert data["format"] == "chinai/compare"
    assert [each["id"] for each in data["entities"]] == ["sensetime", "megvii"]
    assert len(data["timelines"]) == 2
    assert all(len(each["counts"]) == 2 for each in data["shared"])


def test_an_ambiguous_name_lists_the_candidates(run: Run) -> None:
    outcome = run("compare", "sensetime", "zzqqxx")
    assert outcome.code == 1
    assert "zzqqxx: nobody" in outcome.err


@pytest.mark.parametrize(
    "names", ["sensetime", "sensetime 商汤", "sensetime megvii yitu leon cloudwalk alibaba"]
)
def test_two_to_five_are_compared(run: Run, names: str) -> None:
    outcome = run("compare", *names.split())
    assert outcome.code == 2
    assert "two to five" in outcome.err
    assert outcome.out == ""
