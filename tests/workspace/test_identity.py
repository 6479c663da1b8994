from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.domain.issue import DateSource, DocumentRef, Issue, Metadata, PastRevision
from chinai_tui.workspace import ImportOptions
from chinai_tui.workspace.identity import Known, new_id, told_hash, with_options
from chinai_tui.workspace.issue_record import joined, merge

UNTOLD = Metadata()


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
        (Metadata(publication="low-down", title="Low Down: Why Not"), "low-down-why-not"),
        (Metadata(publication="low-down", title="Low Down"), "low-down-low-down"),
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
    other = replace(DIGEST, id="other", keys=("hash:abc",), number=None)
    known = Known({each.id: each for each in (DIGEST, other)})
    assert known.keyed(UNTOLD, ("hash:abc", "number:chinai/7")) == "chinai-7"
    assert known.keyed(UNTOLD, ("hash:abc",)) == "other"
    assert known.keyed(UNTOLD, ("post:1",)) == ""


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
        (told("Another name", "https://EXAMPLE.org/7/?utm_source=x"), "chinai-7"),
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
    kept = replace(DIGEST.documents[DocumentRole.DIGEST], earlier=(PastRevision("d0", "2030"),))
    assert (found.added, found.documents) == ("2020", {DocumentRole.DIGEST: kept})


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


FORMATS = ("notes", "plain", "markdown", "epub", "mail", "html", "json-feed", "post")


@pytest.mark.parametrize("number", range(len(FORMATS) - 1))
def test_each_format_gives_way_to_a_better_one_only(number: int) -> None:
    poorer, better = (
        DocumentRef(each, original=each, format=each) for each in FORMATS[number : number + 2]
    )
    role = DocumentRole.TEXT
    issue = merge(DIGEST, Metadata(), poorer, (), "x")
    after = merge(issue, Metadata(), better, (), "x")
    assert after.documents[role].earlier == (PastRevision(poorer.revision),)
    assert [each.original for each in after.sources] == [poorer.original]
    back = merge(merge(DIGEST, Metadata(), better, (), "x"), Metadata(), poorer, (), "x")
    assert back.documents[role] == better
    assert [each.original for each in back.sources] == [poorer.original]


def test_a_text_that_is_cut_off_gives_way_to_any_whole_one() -> None:
    cut = DocumentRef("r1", original="o1", format="post", truncated=True)
    whole = DocumentRef("r2", original="o2", format="plain")
    for order in ((cut, whole), (whole, cut)):
        issue = DIGEST
        for each in order:
            issue = merge(issue, Metadata(), each, (), "x")
        assert issue.documents[DocumentRole.TEXT].revision == "r2"


def test_the_same_bytes_read_otherwise_are_a_revision_of_the_day_they_came_in() -> None:
    old = DocumentRef("r1", original="o", format="html", name="a.html", accessed="2020-01-02")
    new = DocumentRef("r2", original="o", format="plain", name="b", accessed="2021-01-02")
    issue = merge(merge(DIGEST, Metadata(), old, (), "x"), Metadata(), new, (), "x")
    kept = issue.documents[DocumentRole.TEXT]
    assert (kept.revision, kept.name, kept.accessed) == ("r2", "a.html", "2020-01-02")
    assert kept.earlier == (PastRevision("r1", "2020-01-02"),)
    assert issue.sources == ()


def record(id_: str, added: str, *keys: str, number: int | None = None) -> Issue:
    return Issue(id_, "pond", id_, number=number, keys=keys, added=added)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (record("a", "2", "post:1"), record("b", "1", "hash:x"), ["b", "a"]),
        (record("a", "1", "post:1"), record("b", "1", "hash:x"), ["a", "b"]),
        (record("a", "2", "post:1"), record("b", "1", "post:2", "hash:x"), ["a"]),
        (record("a", "2", "post:1", number=7), record("b", "1", "hash:x", number=8), ["a"]),
        (record("a", "2", "post:1", number=7), record("b", "1", "hash:x", number=7), ["b", "a"]),
        (record("a", "2", "url:y"), record("b", "1", "url:z"), []),
    ],
)
def test_records_are_one_unless_something_speaks_against_it(
    one: Issue, other: Issue, expected: list[str]
) -> None:
    known = Known({one.id: one, other.id: other})
    assert known.one(UNTOLD, ("post:1", "hash:x")) == expected


def test_a_text_is_not_of_an_issue_that_is_another_post() -> None:
    known = Known({"a": record("a", "1", "post:1", "url:y", "number:pond/7")})
    assert known.one(UNTOLD, ("post:2", "url:y", "number:pond/7")) == []
    assert known.one(UNTOLD, ("post:1", "url:z")) == known.one(UNTOLD, ("url:y",)) == ["a"]
    assert known.same(record("a", "1", "post:2", "url:y")) == ""


def test_an_id_leads_where_its_record_went() -> None:
    stays = replace(record("a", "1"), former=("b",))
    known = Known({"a": stays})
    assert (known.named("a"), known.named("b"), known.named("c")) == ("a", "a", "")
    assert "b" in known
    assert known.add(record("b", "2"), "2").id == "pond-b"


HERE = record("a", "1", "post:1", "url:https://p.example/a", "number:pond/7", "hash:x", number=7)
AT_A, AT_B = "url:https://p.example/a", "url:https://p.example/b"


@pytest.mark.parametrize(
    ("said", "keys", "is_it"),
    [
        (UNTOLD, ("hash:x",), True),
        (UNTOLD, ("post:2", "hash:x"), False),
        (UNTOLD, ("post:2", AT_A), False),
        (Metadata(publication="pond", number=8), (AT_A,), False),
        (Metadata(publication="pond", number=8), ("post:1",), True),
        (Metadata(number=8), (AT_A,), True),
        (Metadata(publication="lake"), ("hash:x",), False),
        (Metadata(publication="lake"), ("post:1", AT_A), False),
        (Metadata(publication="unfiled"), (AT_A,), True),
        (UNTOLD, (AT_B, "hash:x"), False),
        (Metadata(publication="pond", number=7), (AT_B, "number:pond/7"), False),
        (Metadata("A", publication="pond", number=7), (AT_B, "number:pond/7"), True),
        (UNTOLD, (AT_B, "post:1"), True),
        (UNTOLD, ("url:https://elsewhere.example/b", "hash:x"), True),
        (UNTOLD, (AT_A, AT_B), True),
    ],
)
def test_what_contradicts_a_record_is_not_of_its_issue(
    said: Metadata, keys: tuple[str, ...], is_it: bool
) -> None:
    assert Known({"a": HERE}).one(said, keys) == (["a"] if is_it else [])


def test_what_the_user_corrects_does_not_part_an_issue_from_its_texts() -> None:
    issue = replace(HERE, publication="lake", number=9, overruled={"publication": "pond"})
    issue = replace(issue, overruled={"publication": "pond", "number": 7})
    known = Known({"a": issue})
    for said in (Metadata(publication="pond", number=7), Metadata(publication="lake", number=9)):
        assert known.one(said, (AT_A,)) == ["a"]
    assert known.one(Metadata(publication="pond", number=8), (AT_A,)) == []


def test_a_key_that_two_issues_have_leads_to_the_one_that_fits() -> None:
    other = replace(HERE, id="b", publication="lake", keys=("post:2", "hash:x"), added="2")
    known = Known({each.id: each for each in (other, HERE)})
    assert known.one(Metadata(publication="lake"), ("hash:x",)) == ["b"]
    assert known.one(Metadata(publication="pond"), ("hash:x",)) == ["a"]
    assert known.one(UNTOLD, ("hash:x",)) == ["a"]


def test_a_number_that_two_posts_have_leads_to_neither() -> None:
    other = replace(HERE, id="b", keys=("post:2", "number:pond/7"), added="2")
    known = Known({each.id: each for each in (other, HERE)})
    said = Metadata(publication="pond", number=7)
    assert known.one(said, ("number:pond/7",)) == []
    assert known.one(said, ("post:2", "number:pond/7")) == ["b"]


def test_a_short_text_is_known_by_its_title_too() -> None:
    teaser, whole = "For paying readers only.", "For paying readers only. " * 40
    for words, alike in ((teaser, False), (whole, True)):
        title = BlockKind.HEADING, BlockRole.TITLE, 0, "", 0, 4
        body = BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 5, 5 + len(words)
        text = Document(f"Pond\n{words}", (Block(*title), Block(*body)))
        hashes = {told_hash(each, text, "same") for each in ("Lamps", "Boats")}
        assert (len(hashes) == 1) is alike
        assert told_hash("lamps", text, "same") == told_hash("Lamps", text, "same")
