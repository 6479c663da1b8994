from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.domain.issue import DateSource, DocumentRef, Issue, Metadata
from chinai_tui.workspace import ImportOptions
from chinai_tui.workspace.identity import (
    Known,
    find,
    joined,
    key_table,
    merge,
    new_id,
    with_options,
)


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


def told(title: str = "", url: str = "", **fields: object) -> Issue:
    return replace(Issue("", "unfiled", title, url=url), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        (told("Another name", "https://EXAMPLE.org/7/?utm=x"), "chinai-7"),
        (told("Another name", keys=("number:chinai/7",)), "chinai-7"),
        (told("of a DIGEST"), "chinai-7"),
        (told("Of a digest", "https://example.org/8"), "chinai-7"),
        (told("Of a digest", publication="low-down"), ""),
        (told("Of a digest", number=8), ""),
        (told("Of another"), ""),
        (told(id="chinai-7"), "chinai-7"),
        (told("Of another", id="chinai-7"), ""),
        (told(), ""),
    ],
)
def test_an_issue_is_meant_by_its_address_its_keys_or_its_title(
    issue: Issue, expected: str
) -> None:
    assert Known({DIGEST.id: DIGEST}).meant(issue) == expected


def test_a_title_that_two_issues_bear_means_none() -> None:
    other = replace(DIGEST, id="other", number=None, keys=(), url="")
    assert Known({each.id: each for each in (DIGEST, other)}).meant(told("Of a digest")) == ""


def test_an_issue_that_is_told_of_is_known_from_then_on() -> None:
    known = Known({DIGEST.id: DIGEST})
    made = known.add(told("Told", "https://example.org/9/", id="chinai-7"), "2026")
    assert (made.id, made.added) == ("told", "2026")
    assert made.keys == ("url:https://example.org/9",)
    assert known.meant(told("x", "https://example.org/9")) == known.meant(told("Told")) == "told"
    assert known.add(told(url="https://example.org/10"), "").title == "https://example.org/10"


def test_only_an_issue_without_a_text_waits_for_one() -> None:
    stub = replace(DIGEST, id="stub", title="A stub", documents={})
    known = Known({each.id: each for each in (DIGEST, stub)})
    assert known.awaiting(Metadata(title="a stub")) == "stub"
    assert known.awaiting(Metadata(title="Of a digest")) == ""


def test_of_two_records_what_is_there_stays_and_what_lacks_is_filled() -> None:
    other = replace(
        DIGEST, title="Other", subtitle="Below", keys=("hash:abc",), added="2020", date="2019",
        documents={DocumentRole.DIGEST: DocumentRef("d0", format="plain", accessed="2030")},
    )  # fmt: skip
    found = joined(replace(DIGEST, added="2021"), other)
    assert (found.title, found.subtitle, found.date) == ("Of a digest", "Below", "2019")
    assert found.keys == ("url:https://example.org/7", "number:chinai/7", "hash:abc")
    assert (found.added, found.documents) == ("2020", DIGEST.documents)


def test_of_two_records_the_one_with_the_text_tells() -> None:
    documents = {DocumentRole.TEXT: DocumentRef("t1", format="html", accessed="2020-01-02")}
    other = replace(DIGEST, title="Its own", publication="unfiled", documents=documents)
    found = joined(DIGEST, other)
    assert (found.title, found.publication) == ("Its own", "chinai")
    assert {*found.documents} == {DocumentRole.DIGEST, DocumentRole.TEXT}
    earlier = replace(documents[DocumentRole.TEXT], accessed="2019-01-02")
    again = joined(found, replace(other, documents={DocumentRole.TEXT: earlier}))
    assert again.documents[DocumentRole.TEXT] == earlier


@pytest.mark.parametrize("users", ["own", "other", "both"])
def test_of_two_records_a_date_of_the_users_stays(users: str) -> None:
    own = replace(DIGEST, date="2018", date_source=DateSource.TEXT)
    other = replace(DIGEST, date="2019", date_source=DateSource.FEED)
    own = replace(own, date_source=DateSource.USER) if users != "other" else own
    other = replace(other, date_source=DateSource.USER) if users != "own" else other
    found = joined(own, other)
    assert found.date == ("2019" if users == "other" else "2018")
    assert found.date_source is DateSource.USER
