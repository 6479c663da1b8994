from __future__ import annotations

import pytest

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.issue import Issue
from chinai_tui.export import w3c
from chinai_tui.ingest.annotations import Form, form_of

OWN = w3c.write(Annotation("a1", AnnotationKind.NOTE, "chinai-94", text="w"), Issue("x", "y", "z"))


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (OWN, "notes.annotations.jsonl", Form.OWN),
        ("\ufeff" + OWN, "a.txt", Form.OWN),
        ("{broken\n" + OWN, "a.txt", Form.OWN),
        ("broken\n" + OWN, "a.jsonl", Form.OWN),
        ('{"total": 1, "rows": [{"uri": "https://a.example"}]}', "a", Form.HYPOTHESIS),
        ('{"rows": [], "total": 0}', "a.json", Form.HYPOTHESIS),
        (
            '{\n "export_date": "2026", "annotations": [ {"id": "x", "target": []',
            "a.json",
            Form.HYPOTHESIS,
        ),
        ("Highlight,Book Title,Book Author\nwords,A,B\n", "a.csv", Form.READWISE),
        ('\ufeffTags,"Book Title",Note,"Highlight"\r\n', "a.txt", Form.READWISE),
        ("Highlight, Book", "a.csv", None),
        ('{"rows": [1, 2]}', "a.json", None),
        ('{"annotations": "none"}', "a.json", None),
        ("A text that says rows and annotations, among others.", "a.txt", None),
        ("", "a.jsonl", None),
    ],
)
def test_the_content_tells_the_form(text: str, name: str, form: Form | None) -> None:
    assert form_of(text, name) is form


def test_a_long_text_is_told_at_once() -> None:
    assert form_of("{" * 5_000_000, "a.json") is None
    assert form_of("a," * 5_000_000, "a.csv") is None
    assert form_of("{\n" * 1_000_000, "a.json") is None
