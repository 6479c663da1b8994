"""Which issues name whom, kept in memory and mended after each change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.index import Index
from tests.index.building import entry, filled

NAMES = {name.title(): name for name in ("ant", "bee", "cat", "dog")}
NUMBERS = st.integers(0, 6)
WORDS = st.lists(st.sampled_from([*NAMES]), max_size=4).map(" ".join)


def expected(texts: dict[int, str], entity: str) -> dict[str, int]:
    """How many texts name others beside an entity, counted the plain way."""
    named = [{NAMES[word] for word in text.split()} for text in texts.values()]
    among = [each for each in named if entity in each]
    counts = {other: sum(other in each for each in among) for other in NAMES.values()}
    return {other: count for other, count in counts.items() if count and other != entity}


@given(st.lists(st.tuples(NUMBERS, WORDS | st.none()), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_it_follows_every_change(tmp_path_factory: pytest.TempPathFactory, changes) -> None:
    index = Index(tmp_path_factory.mktemp("presence") / "index.sqlite3")
    texts: dict[int, str] = {}
    for number, words in changes:
        if words is None:
            texts.pop(number, None)
            index.remove_issues([f"i{number}"])
        else:
            texts[number] = words
            index.put_issues([entry(f"i{number}", words or "x", names=NAMES)])
        for entity in NAMES.values():
            found = index.together(entity)
            assert {other: both for other, both, _ in found} == expected(texts, entity)
            for other, both, lift in found:
                own, its = index.total(entity)[1], index.total(other)[1]
                assert lift == pytest.approx(both * len(texts) / (own * its))
    index.close()


def test_the_latest_shared_issues_come_first(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        *(
            entry(f"i{n}", "Ant Bee", names=NAMES, number=n, date=f"20{n:02}")
            for n in range(10, 22)
        ),
        entry("other", "Ant Cat", names=NAMES, number=99, date="2030"),
    )
    assert index.shared("ant", ["bee"], 3) == {"bee": ("i21", "i20", "i19")}
    assert index.shared("bee", ["ant", "cat"], 1) == {"ant": ("i21",), "cat": ()}


def test_what_is_written_down_follows_every_change(tmp_path: Path) -> None:
    index = filled(tmp_path, *(entry(f"i{n}", "Ant Bee", names=NAMES) for n in range(5)))
    index.keep_presence()
    index.close()
    changed = Index(tmp_path / "cache" / "index.sqlite3")
    changed.put_issues([entry("i1", "Ant Cat", names=NAMES), entry("i9", "Ant Dog", names=NAMES)])
    changed.close()
    opened = Index(tmp_path / "cache" / "index.sqlite3")
    found = {other: both for other, both, _ in opened.together("ant")}
    assert found == {"bee": 4, "cat": 1, "dog": 1}
    opened.remove_issues(["i0", "i9"])
    opened.close()
    again = Index(tmp_path / "cache" / "index.sqlite3")
    assert {other: both for other, both, _ in again.together("ant")} == {"bee": 3, "cat": 1}
    again.close()


def test_of_what_is_written_down_nothing_is_counted_again(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("one", "Ant Bee", names=NAMES))
    index.keep_presence()
    index.close()
    with sqlite3.connect(tmp_path / "cache" / "index.sqlite3") as connection:
        connection.execute("DELETE FROM tally")
    opened = Index(tmp_path / "cache" / "index.sqlite3")
    assert opened.together("ant") == [("bee", 1, 1.0)]
    opened.close()
