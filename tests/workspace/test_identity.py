from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.domain.issue import DateSource, DocumentRef, Issue, Metadata
from chinai_tui.workspace import ImportOptions
from chinai_tui.workspace.identity import find, key_table, merge, new_id, with_options


def document(title: str) -> Document:
    return Document(title, (Block(BlockKind.HEADING, BlockRole.TITLE, 0, "", 0, len(title)),))


DIGEST = Issue(
    id="chinai-7",
    publication="chinai",
    title="Of a digest",
    number=7,
    url="https://example.org/7",
    keys=("url:https://example.org/7", "number:chinai/7"),
    documents={DocumentRole.DIGEST: DocumentRef("d1", format="markdown")},
)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (Metadata(id="of-its-own", title="x"), "of-its-own"),
        (Metadata(id="Not An Id", title="Some words"), "some-words"),
        (Metadata(publication="chinai", number=7), "chinai-7"),
        (Metadata(publication="low-down", title="Why Not"), "low-down-why-not"),
        (Metadata(title="Why Not"), "why-not"),
    ],
)
def test_an_id_says_what_the_issue_is(metadata: Metadata, expected: str) -> None:
    assert new_id(metadata, document("First words"), set()) == expected


def test_an_id_is_given_once() -> None:
    taken = {"why-not", "why-not-2"}
    assert new_id(Metadata(title="Why not?"), document("x"), taken) == "why-not-3"


def test_a_text_without_latin_letters_gets_an_id_too() -> None:
    made = new_id(Metadata(title="商汤"), document("商汤"), set())
    assert made == document("商汤").revision[:12]


def test_the_weightiest_key_decides() -> None:
    other = replace(DIGEST, id="other", keys=("hash:abc",))
    table = key_table([DIGEST, other])
    assert find(("hash:abc", "number:chinai/7"), table) == "chinai-7"
    assert find(("hash:abc",), table) == "other"
    assert find(("post:1",), table) == ""


def test_what_the_text_says_goes_before_what_a_digest_says() -> None:
    text = Metadata(title="Of the text", publication="chinai", number=7)
    merged = merge(DIGEST, text, DocumentRef("t1", format="plain"), ("hash:1",), "First words")
    assert merged.title == "Of the text"
    assert merged.url == DIGEST.url
    assert merged.main_role is DocumentRole.TEXT
    assert merged.documents[DocumentRole.DIGEST].revision == "d1"
    assert merged.keys == ("url:https://example.org/7", "number:chinai/7", "hash:1")


def test_a_digest_only_fills_what_is_empty() -> None:
    issue = replace(DIGEST, title="Of the text", documents={DocumentRole.TEXT: DocumentRef("t1")})
    digest = Metadata(title="Of a digest", subtitle="More", role=DocumentRole.DIGEST)
    merged = merge(issue, digest, DocumentRef("d2"), (), "x")
    assert (merged.title, merged.subtitle) == ("Of the text", "More")


def test_a_poorer_text_does_not_replace_a_better_one() -> None:
    html = merge(DIGEST, Metadata(), DocumentRef("t1", format="html"), (), "x")
    plain = merge(html, Metadata(), DocumentRef("t2", format="plain"), (), "x")
    assert plain.documents[DocumentRole.TEXT].revision == "t1"
    newer = merge(html, Metadata(), DocumentRef("t3", format="html"), (), "x")
    assert newer.documents[DocumentRole.TEXT].revision == "t3"


def test_the_same_text_again_changes_nothing() -> None:
    metadata = Metadata(title="Of the text", publication="chinai", number=7)
    once = merge(DIGEST, metadata, DocumentRef("t1", accessed="2030-01-01"), ("hash:1",), "x")
    again = merge(once, metadata, DocumentRef("t1", accessed="2030-02-02"), ("hash:1",), "x")
    assert again == once


def test_a_date_of_the_user_stays() -> None:
    options = ImportOptions(date="2020-05-18", title="Mine", url="https://example.org/mine")
    said = with_options(Metadata(title="Of the text", date="2020"), options)
    assert (said.title, said.date, said.date_source) == ("Mine", "2020-05-18", DateSource.USER)
    merged = merge(DIGEST, said, DocumentRef("t1"), (), "x")
    later = Metadata(date="2021-01-01", date_source=DateSource.TEXT)
    assert merge(merged, later, DocumentRef("t2"), (), "x").date == "2020-05-18"


def test_a_text_without_a_title_is_named_by_its_first_words() -> None:
    base = Issue("x", "unfiled", "")
    assert merge(base, Metadata(), DocumentRef("t1"), (), "First words…").title == "First words…"
