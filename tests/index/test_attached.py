"""Words that stand in a full translation, or in the Chinese source, of an issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.query import IssueHit
from chinai_tui.index import Index
from chinai_tui.text.query import parse
from tests.index.building import DIGEST, ORIGINAL, TEXT, TRANSLATION, document, entry, filled, ids

POST = entry(
    "post",
    "= Cranes",
    "the harbour in short",
    "more <https://example.org/quays>",
    digest=document("a summary of quays"),
    translation=document(
        "= Wagons",
        "# Berths",
        "no drivers at any quay",
        "the <https://example.org/sluices>",
        "! bye",
    ),
    original=document("无人驾驶的货车", "! 再见"),
)
ENTRIES = [
    POST,
    entry("other", "cranes and drivers", "quay"),
    entry("alone", translation=document("= Lorries", "drivers of lorries")),
    entry("digest", digest=document("of lorries"), original=document("司机")),
]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return filled(tmp_path, *ENTRIES)


def hits(index: Index, query: str) -> dict[str, IssueHit]:
    documents = {(e.issue.id, role): doc for e in ENTRIES for role, doc in e.documents.items()}
    answer = index.search(parse(query), lambda *key: documents[key], 9)
    assert not answer.widened
    return {hit.issue: hit for hit in answer.hits}


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ("wagons", ["post"]),
        ("货车", ["post"]),
        ("drivers", ["alone", "other", "post"]),
        ("harbour wagons 货车", ["post"]),
        ("driv* -harbour", ["alone", "other"]),
        ("wagons in:title", []),
        ("wagons in:text", []),
        ("wagons in:translation", ["post"]),
        ("harbour in:translation", []),
        ("cranes in:translation", []),
        ("drivers in:text", ["alone", "other"]),
        ("drivers in:translation", ["alone", "post"]),
        ("货车 in:translation", []),
        ("货车 in:original", ["post"]),
        ("货车 in:original in:translation", ["post"]),
        ("harbour (wagons in:translation)", ["post"]),
        ("wagons in:digest", []),
        ("bye", []),
        ("bye in:all", ["post"]),
        ("再见 in:all", ["post"]),
        ("sluices", []),
        ("sluices in:links", ["post"]),
        ("wagons in:all", ["post"]),
        ('"harbour in short" wagons', ["post"]),
        ('"any quay"', ["post"]),
        ('"short wagons"', []),
        ('near:"drivers quay"', ["post"]),
        ('near:"short quay"', []),
        ("has:translation", ["alone", "post"]),
        ("has:original", ["digest", "post"]),
        ("lorries", ["alone", "digest"]),
        ("司机 lorries", ["digest"]),
        ("summary", []),
    ],
)
def test_words_hold_for_all_texts_of_an_issue(index: Index, query: str, fitting: list[str]) -> None:
    assert sorted(ids(index, query)) == fitting
    if fitting:
        assert sorted(hits(index, query)) == fitting


def test_a_passage_tells_which_document_it_is_of(index: Index) -> None:
    (hit,) = hits(index, "harbour wagons").values()
    assert not hit.together
    assert [(each.role, each.text) for each in hit.passages] == [
        (TEXT, "the harbour in short"),
        (TRANSLATION, "Wagons"),
    ]
    (hit,) = hits(index, "quay berths").values()
    assert hit.together
    (best, *_) = hit.passages
    assert (best.role, best.section, best.hits) == (
        TRANSLATION,
        "Berths",
        ((32, 36),),
    )
    (passage,) = hits(index, "货车")["post"].passages
    assert (passage.role, passage.hits) == (ORIGINAL, ((5, 7),))
    assert {each.role for each in hits(index, "再见 in:all")["post"].passages} == {ORIGINAL}
    assert {each.role for each in hits(index, "summary in:digest")["post"].passages} == {DIGEST}
    assert [each.role for each in hits(index, "sluices in:links")["post"].passages] == [TRANSLATION]


def test_each_part_of_a_query_is_shown_where_all_of_it_meets_nowhere(tmp_path: Path) -> None:
    texts = document(*["a crane"] * 9, "a lorry and a crane"), document(*["a quay"] * 9)
    made = entry("a", *["a harbour"] * 9, translation=texts[0], original=texts[1])
    index = filled(tmp_path / "other", made)
    answer = index.search(parse("harbour cranes lorry quay"), lambda _, r: made.documents[r], 9)
    (hit,) = answer.hits
    assert [each.text for each in hit.passages] == [
        "a lorry and a crane",
        "a harbour",
        "a quay",
        "a harbour",
        "a harbour",
    ]


def test_an_issue_has_one_score_for_all_its_texts(index: Index) -> None:
    assert hits(index, "wagons in:translation")["post"].score > 0
    assert list(hits(index, "drivers sort:relevance"))[-1] == "post"


def test_what_is_no_longer_attached_is_no_longer_found(index: Index) -> None:
    index.put_issues([entry("post", "= Cranes", "the harbour in short")])
    assert ids(index, "wagons OR 货车") == []
    index.put_issues([POST])
    index.remove_issues(["alone"])
    assert sorted(ids(index, "drivers")) == ["other", "post"]
