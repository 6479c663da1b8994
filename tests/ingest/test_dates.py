from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chinai_tui.ingest.dates import moment, read_date, read_stamp


@pytest.mark.parametrize(
    "text",
    [
        "Apr 29, 2018",
        "April 29th, 2018",
        "Sunday, 29 Apr. 2018",
        "2018-04-29",
        "2018/4/29",
        "2018年4月29日",
    ],
)
def test_forms_of_a_date(text: str) -> None:
    assert read_date(text) == "2018-04-29"


@pytest.mark.parametrize(
    "text", ["", "Apr 29", "Apr 31, 2018", "on Apr 29, 2018", "29.13.2018", "0000-01-01", "9" * 50]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) == ""


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-05-18T10:11:12.000Z", "2020-05-18"),
        ("2020-05", "2020-05"),
        ("May 18, 2020", "2020-05-18"),
        (date(2020, 5, 18), "2020-05-18"),
        (datetime(2020, 5, 18, 9, tzinfo=UTC), "2020-05-18"),
        ("2020-13-40", ""),
        (date(1, 1, 1), ""),
        (20200518, ""),
        (None, ""),
    ],
)
def test_stamps(value: object, day: str) -> None:
    assert read_stamp(value) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 01 Jan 2024 23:30:00 -0500", "2024-01-01T23:30:00-05:00"),
        ("Mon, 01 Jan 2024 23:30:00 GMT", "2024-01-01T23:30:00Z"),
        ("2024-01-01T23:30:00.123-05:00", "2024-01-01T23:30:00-05:00"),
        ("2024-01-01T23:30:00Z", "2024-01-01T23:30:00Z"),
        ("2024-01-01", "2024-01-01T00:00:00Z"),
        ("Mon, 99 Jan 2024 10:00:00 +9999", ""),
        ("0001-01-01", ""),
        ("some day", ""),
        ("", ""),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert moment(text) == expected
