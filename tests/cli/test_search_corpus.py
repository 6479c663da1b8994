"""What somebody who remembers a text in part finds of the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _imported(run: Run, corpus: Path) -> None:
    run("import", str(corpus))


@pytest.mark.parametrize(
    ("query", "widened"),
    [
        ("mouse in an accordion", ""),
        ('"mouse in an accordion"', "side by side"),
        ("accordion mouse", ""),
        ("风箱里的老鼠，两边受气", ""),
        ("风箱里的老鼠,两边受气", ""),
        ("“风箱里的老鼠，两边受气”", ""),
        ("風箱里的老鼠，兩邊受氣", ""),
        ("風箱裡的老鼠, 兩邊受氣", ""),
        ("风箱 老鼠 两边", ""),
        ("老鼠在风箱里两边", "of the"),
    ],
)
def test_an_idiom_is_found_as_it_is_remembered(run: Run, query: str, widened: str) -> None:
    data = run("search", query, "--json").json
    assert [issue["id"] for issue in data["issues"]] == ["chinai-94"]
    assert widened in data["widened"]
    assert bool(widened) == bool(data["widened"])
    assert data["issues"][0]["passages"]


def test_words_that_are_misspelt_are_named_with_those_of_the_titles(run: Run) -> None:
    for typed, meant in (("securitisation", "securitization"), ("clodwalk", "cloudwalk")):
        (missing,) = run("search", typed, "--json").json["missing"]
        assert missing["words"] == typed
        assert meant in " ".join(missing["nearest"]).lower()


def test_where_words_and_a_company_meet_stands_first_and_apart(run: Run) -> None:
    outcome = run("search", "facial recognition", "company:megvii")
    issues = run("search", "facial recognition", "company:megvii", "--json").json["issues"]
    together = [issue["together"] for issue in issues]
    assert together == sorted(together, reverse=True)
    assert set(together) == {True, False}
    assert outcome.out.count("only in the same issue:") == 1
