from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind, Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import InputError
from chinai_tui.export import w3c
from chinai_tui.ingest.annotations import READERS, Told, cleaned
from chinai_tui.ingest.annotations.cleaning import utc
from chinai_tui.text.tags import retagged

EVIL = "a\x1b]52;c;x\x07b\u202ec\x00\ud800"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
NOTE = Annotation("a1", AnnotationKind.NOTE, "chinai-94", text="words")
ANCHOR = Anchor(DocumentRole.TEXT, "", 0, 5, 0, "words")


def test_nothing_that_a_terminal_acts_on_is_kept() -> None:
    voice = Voice(VoiceKind.GUEST, EVIL, EVIL)
    evil = Annotation(
        EVIL, AnnotationKind.NOTE, EVIL, "", replace(ANCHOR, exact=EVIL, prefix=EVIL, suffix=EVIL),
        EVIL, EVIL, EVIL, (EVIL,), voice, EVIL, EVIL, EVIL,
    )  # fmt: skip
    told = Issue(EVIL, EVIL, EVIL, 3, EVIL, (EVIL,), EVIL, url="javascript:x", keys=(EVIL, "x:y"))
    kept, issue = cleaned(evil, told)
    assert not CONTROL.search(repr((kept, issue)))
    assert issue is not None
    assert (issue.id, issue.url, issue.keys, issue.date) == ("", "", (), "")
    assert cleaned(kept, issue) == (kept, issue)


def test_what_is_sound_stays_to_the_letter() -> None:
    anchor = Anchor(DocumentRole.DIGEST, "a" * 64, 3, 8, 1, "wo\nrds", "be ", " af")
    own = Annotation(
        "0123456789abcdef", AnnotationKind.HIGHLIGHT, "chinai-94", "", anchor, "two\nlines\n", "k",
        "blue", ("商汤", "a/b", "c++", "R&D", ".net", "policy.ai"),
        Voice(VoiceKind.GUEST, "Mark", "x", confirmed=True), "lee",
        "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z",
    )  # fmt: skip
    assert cleaned(own, None) == (own, None)
    assert cleaned(*w3c.read(w3c.write(own))) == (own, None)


@pytest.mark.parametrize("tag", ["R&D  team", " #c++", "a, b"])
def test_a_tag_from_anywhere_is_as_if_it_was_typed(tag: str) -> None:
    kept, _ = cleaned(replace(NOTE, tags=(tag,)), None)
    assert kept.tags == retagged((), [tag], ())


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (replace(NOTE, text="w" * 200_001), "characters"),
        (replace(NOTE, anchor=replace(ANCHOR, exact="w" * 50_001)), "characters"),
        (replace(NOTE, anchor=replace(ANCHOR, exact="\u200b ")), "quotes no words"),
        (replace(NOTE, issue=""), "does not say what it is on"),
        (replace(NOTE, issue="", entity="../x"), "whose id is none"),
        (replace(NOTE, text=" "), "says nothing"),
    ],
)
def test_what_cannot_be_kept_is_refused(annotation: Annotation, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cleaned(annotation, None)


@pytest.mark.parametrize(
    ("start", "end", "block"), [(-1, 5, 0), (5, 4, -3), (0, 10**30, 10**30), (3, 8, 0)]
)
def test_offsets_that_no_text_has_are_none(start: int, end: int, block: int) -> None:
    kept, _ = cleaned(
        replace(NOTE, anchor=Anchor(DocumentRole.TEXT, "r", start, end, block, "w")), None
    )
    assert kept.anchor is not None
    assert (kept.anchor.start, kept.anchor.end) in ((0, 0), (3, 8))
    assert kept.anchor.block == kept.anchor.revision.count("x") == 0


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2026-01-02T03:04:05.9+01:00", "2026-01-02T02:04:05Z"),
        ("2026-01-02 03:04:05", "2026-01-02T03:04:05Z"),
        ("2026-01-02", "2026-01-02T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_time_is_told_in_utc(time: str, expected: str) -> None:
    assert utc(time) == expected


def test_when_it_was_made_is_kept_to_the_microsecond() -> None:
    assert utc("2026-01-02T04:04:05.123456+01:00", "auto") == "2026-01-02T03:04:05.123456Z"
    assert utc("2026-01-02T03:04:05Z", "auto") == "2026-01-02T03:04:05Z"


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = ("id", "uri", "text", "tags", "user", "created", "updated", "target", "document")
SELECTOR = st.fixed_dictionaries(
    {"type": st.just("TextQuoteSelector") | WILD, "exact": st.text() | WILD, "start": WILD}
)
ITEM = st.fixed_dictionaries(
    {"id": st.text(), "uri": st.text()},
    optional={
        **dict.fromkeys(FIELDS[2:], WILD),
        "target": st.lists(st.fixed_dictionaries({"selector": st.lists(SELECTOR)})),
    },
)


def check(found: list[Any]) -> None:
    for each in found:
        if isinstance(each, Told):
            try:
                kept = cleaned(each.annotation, each.issue)
            except ValueError:
                continue
            assert not CONTROL.search(repr(kept))
            assert cleaned(*kept) == kept
        else:
            assert isinstance(each, InputError)


@given(st.lists(ITEM | WILD, max_size=4))
def test_any_json_is_read_or_named(rows: list[Any]) -> None:
    found = list(READERS["Hypothes.is"](json.dumps({"rows": rows})))
    assert len(found) == len(rows)
    check(found)


OWN = json.loads(w3c.write(replace(NOTE, anchor=ANCHOR, tags=("a",)), Issue("x", "y", "z")))
PLACES = [
    ("chinai:annotation",), ("chinai:issue",), ("body",), ("target",), ("created",), ("creator",),
    *(("chinai:annotation", name) for name in OWN["chinai:annotation"]),
    *(("chinai:annotation", "anchor", name) for name in OWN["chinai:annotation"]["anchor"]),
    *(("chinai:issue", name) for name in OWN["chinai:issue"]),
    ("target", "selector"), ("target", "selector", 0, "exact"), ("target", "selector", 1, "start"),
    ("body", 0, "value"), ("body", 0, "purpose"),
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PLACES), WILD), max_size=3))
def test_any_line_of_our_own_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    line = json.loads(json.dumps(OWN))
    for (*path, last), value in changes:
        with suppress(KeyError, TypeError, IndexError):
            inner = line
            for name in path:
                inner = inner[name]
            inner[last] = value
    try:
        annotation, issue = w3c.read(json.dumps(line))
    except ValueError:
        return
    check([Told("line 1", annotation, issue)])


@given(st.text(), st.text())
def test_any_table_is_read_or_named(head: str, body: str) -> None:
    check(list(READERS["Readwise"](f"Highlight,Book Title,{head}\n{body}")))
