"""A query with one condition more: what it means is what both mean together."""

from __future__ import annotations

import pytest

from chinai_tui.text.narrowing import narrowed
from chinai_tui.text.query import parse


@pytest.mark.parametrize(
    ("source", "condition", "expected"),
    [
        ("", "year:2019", "year:2019"),
        ("chips", "year:2019", "year:2019 chips"),
        ("chips -phones", "pub:chinai", "pub:chinai chips -phones"),
        ("chips OR phones", "year:2019", "year:2019 (chips OR phones)"),
        ("(chips OR phones) cameras", "year:2019", "year:2019 (chips OR phones) cameras"),
        ("OR chips", "year:2019", "year:2019 (OR chips)"),
        ('chips "open words', "year:2019", 'year:2019 chips "open words'),
        ('chips OR "open words', "year:2019", 'year:2019 (chips OR "open words")'),
        ("chips OR “open words", "year:2019", 'year:2019 (chips OR “open words")'),
        ("chips OR (phones", "year:2019", "year:2019 (chips OR (phones)"),
        ("chips OR phones) cameras", "year:2019", "year:2019 (chips OR phones cameras)"),
        ("year:2018 chips", "year:2019", "year:2019 chips"),
        ("chips year:2018..2020 phones", "year:2019", "year:2019 chips phones"),
        ("year:2018 year:2019", "year:2019", "year:2019"),
        ("-year:2018 chips", "year:2019", "year:2019 -year:2018 chips"),
        ("chips OR year:2018", "year:2019", "year:2019 (chips OR year:2018)"),
        ("company:megvii chips", "company:megvii", "company:megvii chips"),
        ("company:megvii", "company:yitu", "company:yitu company:megvii"),
        ("mentions:>3 company:megvii", "company:yitu", "company:yitu (mentions:>3 company:megvii)"),
        ("sort:date", "year:2019", "year:2019 sort:date"),
    ],
)
def test_the_condition_holds_for_all_of_the_query(source, condition, expected) -> None:
    assert narrowed(source, condition) == expected


@pytest.mark.parametrize("source", ["chips OR phones", 'a OR "open', "a OR b) c", "a OR (b"])
def test_what_was_asked_for_is_still_asked_for(source) -> None:
    both = parse(narrowed(source, "year:2019")).root
    assert both.parts == (parse("year:2019").root, parse(source).root)
