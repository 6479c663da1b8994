from __future__ import annotations

import json
from typing import Any

import pytest

from chinai_tui.domain.annotation import AnnotationKind
from chinai_tui.errors import InputError
from chinai_tui.ingest.annotations import Told
from chinai_tui.ingest.annotations.hypothesis import read

URL = "https://chinai.substack.com/p/a-text-that-arrives"


def item(**fields: Any) -> dict[str, Any]:
    """An annotation as the service answers it."""
    quote = {"type": "TextQuoteSelector", "exact": "two\n words", "prefix": "or ", "suffix": "."}
    selectors = [
        {"type": "RangeSelector", "startOffset": 3},
        {"type": "TextPositionSelector", "start": 40, "end": 49},
        quote,
    ]
    return {
        "id": "Zk-9_x",
        "uri": URL,
        "text": "A thought",
        "tags": ["chips"],
        "user": "acct:lee@hypothes.is",
        "created": "2026-01-02T03:04:05.678901+00:00",
        "updated": "2026-01-03T03:04:05+01:00",
        "target": [{"source": URL, "selector": selectors}],
        "document": {"title": ["ChinAI #94: A text that arrives"]},
        "group": "__world__",
        **fields,
    }


def one(**fields: Any) -> Told | InputError:
    (found,) = read(json.dumps({"rows": [item(**fields)], "total": 1}))
    return found


def test_an_annotation_is_read() -> None:
    told = one()
    assert isinstance(told, Told)
    annotation, issue = told.annotation, told.issue
    assert (annotation.kind, annotation.text) == (AnnotationKind.NOTE, "A thought")
    assert (annotation.tags, annotation.creator) == (("chips",), "lee")
    assert annotation.anchor is not None
    assert annotation.anchor.exact == "two words"
    assert (annotation.anchor.prefix, annotation.anchor.suffix) == ("or ", ".")
    assert (annotation.anchor.start, annotation.anchor.end) == (40, 49)
    assert issue is not None
    assert (issue.publication, issue.number, issue.url) == ("chinai", 94, URL)
    assert issue.title == "A text that arrives"


def test_the_same_annotation_has_the_same_id_whatever_became_of_it() -> None:
    first, second, other = one(), one(text="changed"), one(id="other")
    assert isinstance(first, Told)
    assert isinstance(second, Told)
    assert isinstance(other, Told)
    assert first.annotation.id == second.annotation.id != other.annotation.id


@pytest.mark.parametrize(
    ("fields", "kind", "is_anchored"),
    [
        ({"text": ""}, AnnotationKind.HIGHLIGHT, True),
        ({"text": None}, AnnotationKind.HIGHLIGHT, True),
        ({"target": [{"source": URL}]}, AnnotationKind.NOTE, False),
        ({"target": []}, AnnotationKind.NOTE, False),
        ({"document": {}, "user": ""}, AnnotationKind.NOTE, True),
        ({"document": None}, AnnotationKind.NOTE, True),
        ({"document": {"title": "A page"}}, AnnotationKind.NOTE, True),
    ],
)
def test_what_an_annotation_may_lack(
    fields: dict[str, Any], kind: AnnotationKind, is_anchored: bool
) -> None:
    told = one(**fields)
    assert isinstance(told, Told)
    assert told.annotation.kind is kind
    assert (told.annotation.anchor is not None) is is_anchored


@pytest.mark.parametrize(
    "fields",
    [
        {"id": 3},
        {"uri": None},
        {"tags": "chips"},
        {"target": {"selector": []}},
        {"target": [{"selector": ["x"]}]},
        {"target": [{"selector": [{"type": "TextQuoteSelector", "exact": 3}]}]},
        {"target": [{"selector": [{"type": [], "exact": "w"}]}]},
        {"document": {"title": [[]]}},
    ],
)
def test_a_wrong_type_is_named(fields: dict[str, Any]) -> None:
    found = one(**fields)
    assert isinstance(found, InputError)
    assert found.place == "annotation 1"


def test_one_that_is_wrong_does_not_stop_the_rest() -> None:
    found = list(read(json.dumps({"annotations": [3, item(), None, item(id="b"), {}]})))
    assert [isinstance(each, Told) for each in found] == [False, True, False, True, False]


@pytest.mark.parametrize("text", ['{"rows": [', '{"rows": [' + "[" * 100_000, '{"rows": [NaN'])
def test_broken_json_is_named(text: str) -> None:
    (found,) = read(text)
    assert isinstance(found, InputError)
    assert "is broken JSON" in found.reason
