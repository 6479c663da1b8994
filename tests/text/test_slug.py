from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.slug import free, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Cloudwalk -- A "National Team" Member', "cloudwalk-a-national-team-member"),
        ("China's Élan", "chinas-elan"),
        ("商汤", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_titles_become_plain_names(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text(), st.integers(5, 60))
def test_a_name_is_safe_and_short(text: str, limit: int) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text, limit))
    assert len(slug(text, limit)) <= limit


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 8, 9, 100])
def test_names_are_numbered_in_turn(count: int) -> None:
    names: list[str] = []
    for _ in range(count + 1):
        names.append(free("lamp", names))
    assert names == ["lamp", *(f"lamp-{number}" for number in range(2, count + 2))]


def test_a_taken_name_is_found_soon_among_many() -> None:
    class Counting(set[str]):
        asked = 0

        def __contains__(self, name: object) -> bool:
            self.asked += 1
            return super().__contains__(name)

    taken = Counting({"lamp", *(f"lamp-{number}" for number in range(2, 100_000))})
    assert free("lamp", taken) == "lamp-100000"
    assert taken.asked < 40


@given(st.sets(st.integers(2, 30)))
def test_no_name_is_given_twice(numbers: set[int]) -> None:
    taken = {"lamp", *(f"lamp-{number}" for number in numbers)}
    assert free("lamp", taken) not in taken
