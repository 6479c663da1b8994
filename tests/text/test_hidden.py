from __future__ import annotations

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.rows import IssueList, IssueRow
from chinai_tui.text.hidden import hidden_told
from chinai_tui.text.query import parse

ROW = IssueRow("a", "p", "P", 1, "T", "2020-01-01", "", 5, DocumentRole.TEXT)


@pytest.mark.parametrize(
    ("query", "undated", "told"),
    [
        ("is:unread", 0, "2 shown, 14,934 read ones hidden"),
        ("is:READ", 0, "2 shown, 14,934 unread ones hidden"),
        ("is:bookmarked", 0, "2 shown, 14,934 hidden"),
        ("is:unread chips", 0, "2 shown, 14,934 hidden"),
        ("after:2019", 3, "2 shown, 14,934 hidden, 3 of them undated"),
    ],
)
def test_what_is_hidden_is_told(query: str, undated: int, told: str) -> None:
    listing = IssueList((ROW, ROW), 14_936, 2, undated)
    assert hidden_told(listing, parse(query)) == told


def test_one_is_told_as_one() -> None:
    told = hidden_told(IssueList((ROW, ROW), 3, 2), parse("is:unread"))
    assert told == "2 shown, 1 read one hidden"


def test_nothing_is_told_where_nothing_is_hidden() -> None:
    assert hidden_told(IssueList((ROW,), 1, 1), parse("is:unread")) == ""
