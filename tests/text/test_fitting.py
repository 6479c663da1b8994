"""What of the bin fits a query, by the dates and numbers of issues."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.issue import Issue
from chinai_tui.text.fitting import fits
from chinai_tui.text.query import parse

NOTE = Annotation("n", AnnotationKind.NOTE, issue="lamps-9", text="On 01.AI and lamps")
ISSUE = Issue("lamps-9", publication="lamps", number=9, title="Lamps", date="2019-06")


def asked(query: str, issue: Issue | None = ISSUE) -> bool:
    return fits(parse(query).root, NOTE, issue, lambda: ())


@pytest.mark.parametrize(
    "query", ["after:2019", "after:2019-06-01", "before:2020", "issue:9", "issue:..9", "lamp 01.AI"]
)
def test_a_note_fits(query: str) -> None:
    assert asked(query)


@pytest.mark.parametrize("query", ["after:2020", "before:2019-06", "issue:10..", "AI.01", "lam"])
def test_a_note_does_not_fit(query: str) -> None:
    assert not asked(query)


@pytest.mark.parametrize("query", ["after:1999", "before:2099", "issue:9"])
@pytest.mark.parametrize("issue", [None, replace(ISSUE, number=None, date="")])
def test_what_is_not_known_of_its_issue_fits_no_bound(query: str, issue: Issue | None) -> None:
    assert not asked(query, issue)
