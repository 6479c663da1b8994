from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.text.query import parse
from tests.index.building import entry, filled


def note(number: int, issue: str, text: str, quote: str = "", *tags: str) -> Annotation:
    anchor = Anchor(DocumentRole.TEXT, "r", 0, 0, len(quote), quote, "", "")
    return Annotation(f"n{number}", AnnotationKind.NOTE, issue, anchor=anchor, text=text, tags=tags)


NOTES = (
    note(1, "a", "who pays for the chips"),
    note(2, "b", "a harbour", "of chips and policies"),
    note(3, "", "chips in general"),
    note(4, "a", "cranes"),
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("chip", ("n3", "n2", "n1")),
        ("chips policy", ("n2",)),
        ('"the chips"', ("n1",)),
        ("chips -harbour", ("n3", "n1")),
        ("cranes OR harbour", ("n4", "n2")),
        ('near:"pays chips"', ("n1",)),
        ("chips issue:1", ("n1",)),
        ("chip* -issue:1", ("n3", "n2")),
        ("issue:1", ()),
        ("wharf", ()),
        ("", ()),
    ],
)
def test_notes_are_found_by_their_own_words(
    tmp_path: Path, query: str, ids: tuple[str, ...]
) -> None:
    issues = [entry("a", "text", number=1), entry("b", "text", number=2)]
    index = filled(tmp_path, *issues)
    index.set_annotations(NOTES, replace_all=True)
    documents = {each.issue.id: each.documents for each in issues}
    answer = index.search(parse(query), lambda issue, role: documents[issue][role], 9)
    index.close()
    assert answer.notes == ids
