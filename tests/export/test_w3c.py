"""Annotations as lines of JSON, as others read them and as we read them again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.export.w3c import read, write
from tests.export.samples import ISSUE, MARK, NOTE, ON_ENTITY, POST

FULL = replace(
    NOTE.annotation,
    creator="Ann Reader",
    created="2031-01-07T08:09:10Z",
    updated="2031-01-08T08:09:10Z",
)
ON_ISSUE = Annotation("5a5a", FULL.kind, issue="chinai-900", text="On the whole of it.")


@pytest.mark.parametrize("annotation", [FULL, MARK.annotation, ON_ENTITY.annotation, ON_ISSUE])
def test_what_is_written_is_read_as_it_was(annotation: Annotation) -> None:
    line = write(annotation)
    assert read(line) == (annotation, None)
    assert write(annotation) == line


def test_the_issue_is_told_along_without_its_documents() -> None:
    assert read(write(FULL, ISSUE)) == (FULL, replace(ISSUE, documents={}))


@given(st.builds(Annotation), st.none() | st.builds(Issue, documents=st.just({})))
def test_nothing_is_lost_of_any_annotation(annotation: Annotation, issue: Issue | None) -> None:
    line = write(annotation, issue)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert read(line) == (annotation, issue)


def test_it_is_as_the_model_has_it() -> None:
    found: dict[str, Any] = json.loads(write(FULL, ISSUE))
    anchor = FULL.anchor
    assert anchor is not None
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["id"] == "urn:x-chinai:annotation:7f3a2c910b5d4e66"
    assert (found["type"], found["motivation"]) == ("Annotation", "commenting")
    assert found["creator"] == {"type": "Person", "name": "Ann Reader"}
    assert (found["created"], found["modified"]) == (FULL.created, FULL.updated)
    assert [(body["purpose"], body["value"]) for body in found["body"]] == [
        ("commenting", FULL.text),
        ("tagging", "compute"),
        ("tagging", "utilisation"),
    ]
    quote, position = found["target"]["selector"]
    assert found["target"]["source"] == ISSUE.url
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", anchor.exact)
    assert (position["start"], position["end"]) == (anchor.start, anchor.end)


def test_what_the_model_has_no_words_for_is_under_our_own_name() -> None:
    own = json.loads(write(FULL))["chinai:annotation"]
    assert own["voice"]["kind"] == "translation"
    assert own["anchor"] == {"role": DocumentRole.TEXT, "revision": "4be1c0d2" * 8, "block": 3}
    assert "text" not in own


def test_a_target_without_an_address_has_a_name() -> None:
    assert json.loads(write(ON_ENTITY.annotation))["target"] == "urn:x-chinai:entity:modelworks"
    assert json.loads(write(ON_ISSUE, POST))["target"] == "urn:x-chinai:issue:chinai-900"
    hostile = replace(ISSUE, url="javascript:alert(1)")
    assert "javascript" not in json.loads(write(ON_ISSUE, hostile))["target"]


def test_a_terminal_finds_nothing_to_act_on() -> None:
    text = "a\x1b[31m\x9b2J\u202e\u2028\x7f 商汤\u3000🚀"
    line = write(replace(FULL, text=text))
    assert not set("\x1b\x9b\u202e\u2028\x7f") & set(line)
    assert "商汤\u3000🚀" in line
    assert read(line)[0].text == text


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        '{"type": "Annotation"}',
        '{"chinai:annotation": 5}',
        '{"chinai:annotation": {"id": "x", "kind": "song"}}',
        '{"chinai:annotation": {"id": "x", "kind": "note", "anchor": {"role": "text"}}}',
        '{"chinai:annotation": {"id": "x", "kind": "note"}, "body": 5}',
        "[" * 100_000,
    ],
)
def test_another_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(line)
