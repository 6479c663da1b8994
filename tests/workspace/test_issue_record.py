from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DateSource, DocumentRef, Issue, Metadata
from chinai_tui.workspace.issue_record import (
    as_told,
    corrected,
    corrections,
    joined,
    merge,
    without_others,
)

BLANK = Issue("pond-7", "unfiled", "")
TEXT, DIGEST = DocumentRole.TEXT, DocumentRole.DIGEST
Arrival = tuple[Metadata, DocumentRef]


def arrival(format_: str, *, cut: bool = False, **told: object) -> Arrival:
    """A text in a format, and what it tells."""
    reference = DocumentRef(f"r-{format_}", f"o-{format_}", format_, truncated=cut)
    return Metadata(**told), reference  # type: ignore[arg-type]


def brought(*arrivals: Arrival, to: Issue = BLANK) -> Issue:
    """The record after these have come in, without the texts that were replaced."""
    for metadata, reference in arrivals:
        to = merge(to, metadata, reference, (), f"Words of {reference.format}")
    documents = {role: replace(each, earlier=()) for role, each in to.documents.items()}
    return replace(to, documents=documents)


NARRATION = arrival("notes", title="Told aloud", authors=("A Writer",), audio="https://a.example/1")
PLAIN = arrival("plain", title="Plain", subtitle="Below", authors=("B Writer",), number=7)
MAIL = arrival("mail", title="By mail", date="2031-01-02", date_source=DateSource.FEED)
PAGE = arrival("html", title="A page", authors=("A Writer", "C Writer"), url="https://p.example/7")
CUT = arrival("post", cut=True, title="Cut off", authors=("D Writer",), date="2030")
OURS = arrival("markdown", title="Of ours", subtitle="In our words", role=DIGEST)
UNTITLED = arrival("json-feed", publication="pond")


@pytest.mark.parametrize(
    "arrivals",
    [
        (NARRATION, PLAIN, MAIL, PAGE),
        (CUT, PLAIN, OURS, UNTITLED),
        (OURS, NARRATION, CUT, MAIL),
        (UNTITLED, PAGE, CUT),
        (arrival("html"), arrival("plain"), arrival("mail")),
    ],
)
def test_the_record_does_not_tell_the_order_of_arrival(arrivals: tuple[Arrival, ...]) -> None:
    found = [brought(*order) for order in permutations(arrivals)]
    assert [each for each in found if each != found[0]] == []


def test_of_each_field_the_best_text_that_has_it_tells() -> None:
    issue = brought(NARRATION, PLAIN, MAIL, PAGE)
    assert issue.title == "A page"
    assert issue.authors == ("A Writer", "C Writer")
    assert (issue.subtitle, issue.date, issue.number) == ("Below", "2031-01-02", 7)
    assert issue.audio == "https://a.example/1"
    assert set(issue.said_by) == {"subtitle", "date", "number", "audio"}
    own = without_others(issue)
    assert (own.title, own.subtitle, own.date, own.number) == ("A page", "", "", None)


def test_first_words_are_a_title_only_where_no_text_has_one() -> None:
    assert brought(arrival("html"), arrival("plain")).title == "Words of html"
    assert brought(arrival("html"), PLAIN).title == "Plain"


def test_a_date_of_the_users_stays_whoever_comes() -> None:
    said = arrival("notes", date="2029", date_source=DateSource.USER)
    for order in ((said, MAIL, PAGE), (MAIL, said, PAGE), (PAGE, MAIL, said)):
        issue = brought(*order)
        assert (issue.date, issue.date_source) == ("2029", DateSource.USER)


def test_the_better_of_two_records_tells_in_either_order() -> None:
    one, other = brought(NARRATION, PLAIN), brought(PAGE)
    for found in (joined(one, other), joined(other, one)):
        assert (found.title, found.subtitle) == ("A page", "Below")
        assert found.authors == ("A Writer", "C Writer")


def test_texts_that_either_record_had_before_stay_known() -> None:
    first = merge(BLANK, *PLAIN, (), "x")
    own = merge(first, *PAGE, (), "x")
    other = merge(first, *MAIL, (), "x")
    kept = joined(own, other).documents[TEXT]
    assert kept.revision == "r-html"
    assert [each.revision for each in kept.earlier] == ["r-plain", "r-mail"]
    assert joined(joined(own, other), other) == joined(own, other)


SAID = {"title": "Mine", "number": 9, "date": "2019-05", "date_source": DateSource.USER}


def test_what_the_user_corrects_no_text_changes_back() -> None:
    issue = corrected(brought(PLAIN), SAID)
    for after in (
        brought(PAGE, MAIL, to=issue),
        joined(issue, brought(PAGE, MAIL)),
        joined(brought(PAGE, MAIL), issue),
    ):
        assert {name: getattr(after, name) for name in SAID} == SAID
        told = as_told(after)
        assert (told.title, told.date, told.number) == ("A page", "2031-01-02", 7)
        assert corrections(after) == SAID
        assert (told.date_source, told.overruled) == (DateSource.FEED, {})


def test_of_two_corrections_the_own_stays() -> None:
    own = corrected(brought(PLAIN), {"title": "Mine"})
    other = corrected(brought(PAGE), {"title": "Theirs", "subtitle": "Theirs too"})
    found = joined(own, other)
    assert (found.title, found.subtitle) == ("Mine", "Theirs too")


def test_a_corrected_number_is_what_the_issue_is_known_by() -> None:
    issue = replace(brought(PLAIN), publication="pond", keys=("number:pond/7", "hash:x"))
    after = corrected(issue, {"number": 9, "url": "https://p.example/9"})
    assert after.keys == ("url:https://p.example/9", "number:pond/9", "hash:x")
    assert "number:pond/7" in as_told(after).keys
    again = merge(after, Metadata(), DocumentRef("r"), ("number:pond/7",), "x")
    assert "number:pond/7" not in again.keys


def test_the_better_bytes_of_the_same_words_are_the_records() -> None:
    page, post = (
        DocumentRef("same", f"o-{each}", each, f"a.{each}", came=f"c-{each}")
        for each in ("html", "post")
    )
    for order in ((page, post), (post, page)):
        issue = BLANK
        for each in order:
            issue = merge(issue, Metadata(), each, (), "x")
        kept = issue.documents[TEXT]
        assert (kept.original, kept.format, kept.came) == ("o-post", "post", "c-post")
        assert [(each.original, each.came) for each in issue.sources] == [("o-html", "c-html")]


def test_the_publication_of_a_poorer_text_stays_where_a_better_one_is_unfiled() -> None:
    filed, unfiled = arrival("plain", publication="pond"), arrival("html", publication="unfiled")
    for order in ((filed, unfiled), (unfiled, filed)):
        assert brought(*order).publication == "pond"


@pytest.mark.parametrize("came", ["", "o-as-sent"])
def test_of_the_same_bytes_what_is_kept_now_stands_in_place_of_what_was(came: str) -> None:
    metadata, reference = MAIL
    before = brought((metadata, replace(reference, came=came)))
    for told in {reference.original, came} - {""}:
        now = replace(reference, original="o-less", came=told)
        after = brought((metadata, now), to=before)
        assert after.documents[TEXT] == replace(now, came=came or reference.original)
        assert after.sources == ()
