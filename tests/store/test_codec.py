from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind, ReadingState, Voice
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DocumentRef, Issue, Publication
from chinai_tui.store.codec import Codec
from chinai_tui.store.records import SessionValue, UndoStep

numbers = st.integers(0, 2**40)
anchors = st.builds(Anchor, start=numbers, end=numbers, block=numbers)
annotations = st.builds(Annotation, anchor=st.none() | anchors, voice=st.none() | st.builds(Voice))
some_annotations = st.lists(annotations, max_size=2).map(tuple)
RECORDS: dict[type, tuple[st.SearchStrategy[Any], Any]] = {
    Annotation: (annotations, lambda record: record.id),
    ReadingState: (
        st.builds(ReadingState, anchor=st.none() | anchors),
        lambda record: record.issue,
    ),
    Issue: (st.builds(Issue, number=st.none() | numbers), lambda record: record.id),
    Publication: (st.builds(Publication), lambda record: record.id),
    SessionValue: (st.builds(SessionValue), lambda record: record.id),
    UndoStep: (
        st.builds(UndoStep, before=some_annotations, after=some_annotations),
        lambda record: record.id,
    ),
}
ISSUES = Codec(Issue, lambda issue: issue.id)
NOTES = Codec(Annotation, lambda annotation: annotation.id)


def through_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


@pytest.mark.parametrize("type_", RECORDS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_every_record_comes_back_as_it_was(type_: type, data: st.DataObject) -> None:
    strategy, key = RECORDS[type_]
    record = data.draw(strategy)
    codec = Codec(type_, key)
    assert codec.decode(key(record), through_json(codec.encode(record))) == record


def test_unknown_fields_survive_at_every_depth() -> None:
    issue = Issue("a", "p", "old", documents={DocumentRole.TEXT: DocumentRef("r1")})
    raw = through_json(ISSUES.encode(issue))
    raw["mood"] = "new in some later version"
    raw["documents"]["text"]["pages"] = 12
    changed = Issue("a", "p", "new", documents={DocumentRole.TEXT: DocumentRef("r2")})
    mapping = through_json(ISSUES.encode(changed, raw))
    assert mapping["mood"] == "new in some later version"
    assert mapping["title"] == "new"
    assert mapping["documents"]["text"] == {**raw["documents"]["text"], "revision": "r2"}


def test_what_a_record_no_longer_holds_does_not_come_back() -> None:
    both = {DocumentRole.TEXT: DocumentRef("r1"), DocumentRole.DIGEST: DocumentRef("r2")}
    raw = through_json(ISSUES.encode(Issue("a", "p", "t", documents=both)))
    only = Issue("a", "p", "t", documents={DocumentRole.TEXT: DocumentRef("r1")})
    assert list(ISSUES.encode(only, raw)["documents"]) == ["text"]


def test_an_anchor_that_is_given_up_is_gone() -> None:
    anchor = Anchor(DocumentRole.TEXT, "r", 0, 1, 0, "a")
    raw = through_json(NOTES.encode(Annotation("n", AnnotationKind.NOTE, anchor=anchor)))
    assert NOTES.encode(Annotation("n", AnnotationKind.NOTE), raw)["anchor"] is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        [],
        {},
        {"id": "n"},
        {"id": "n", "kind": "sermon"},
        {"id": "n", "kind": "note", "text": 3},
        {"id": "other", "kind": "note"},
        {"id": "n", "kind": "note", "tags": "abc"},
    ],
)
def test_what_does_not_validate_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        NOTES.decode("n", raw)


@pytest.mark.parametrize("text", ["half a pair \ud83d", "\udfff"])
def test_a_text_that_is_not_unicode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        NOTES.encode(Annotation("n", AnnotationKind.NOTE, text=text))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        ISSUES.encode(Issue("a", "p", "t", number=number))  # type: ignore[arg-type]
