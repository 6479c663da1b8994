from __future__ import annotations

import pytest

from chinai_tui.ui.dates import about, spelled


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2020-05-18", "18 May 2020"),
        ("2018-09-01", "1 Sep 2018"),
        ("2020-05", "May 2020"),
        ("2019", "2019"),
        ("", ""),
        ("2020-13-01", "2020-13-01"),
        ("some day", "some day"),
        ("2020-xx", "2020-xx"),
    ],
)
def test_a_date_is_spelled_as_far_as_it_is_known(date: str, words: str) -> None:
    assert spelled(date) == words


def test_a_near_date_is_told_to_the_month() -> None:
    assert about("2020-05-18") == "≈ May 2020"
    assert about("2019") == "≈ 2019"
