from __future__ import annotations

import pytest

from chinai_tui.text.wiki import Link, links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [[SenseTime]].", [Link(4, 17, "SenseTime")]),
        ("[[ 商汤 |the firm]] and [[Yitu|]]", [Link(0, 17, "商汤"), Link(22, 31, "Yitu")]),
        ("[[]] [[ ]] [[|x]] [one] [[two\nlines]] [[open", []),
        ("[[a [[Leon]] b]]", [Link(4, 12, "Leon")]),
        ("[[" * 5000, []),
        ("`[[Yitu]]` and [[Leon]]", [Link(15, 23, "Leon")]),
        ("```\n[[Yitu]]\n```\n[[Leon]]", [Link(17, 25, "Leon")]),
    ],
)
def test_names_in_double_brackets_are_links(text: str, found: list[Link]) -> None:
    assert links(text) == found
