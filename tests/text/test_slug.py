from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.slug import slug


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
