from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.query import And, Answer, Named, Query, Word
from chinai_tui.errors import NotFoundError
from chinai_tui.index import Index, IssueEntry
from chinai_tui.index.passages import PASSAGES
from chinai_tui.text.fields import FIELDS, VALUES
from chinai_tui.text.query import parse
from tests.index.building import DIGEST, TEXT, document, entry, filled, ids


def search(path: Path, query: str | Query, *entries: IssueEntry, limit: int = 50) -> Answer:
    index = filled(path, *entries)
    documents = {(e.issue.id, role): doc for e in entries for role, doc in e.documents.items()}
    query = parse(query) if isinstance(query, str) else query
    answer = index.search(query, lambda *key: documents[key], limit)
    index.close()
    return answer


def found(answer: Answer) -> list[str]:
    return [hit.issue for hit in answer.hits]


def lit(answer: Answer, number: int = 0, passage: int = 0) -> list[str]:
    """The words that are lit in a passage."""
    place = answer.hits[number].passages[passage]
    return [place.text[start - place.start : end - place.start] for start, end in place.hits]


def test_titles_weigh_more_than_headings_and_headings_more_than_text(tmp_path: Path) -> None:
    rest = "harbours and other things of the kind"
    answer = search(
        tmp_path,
        "wharf",
        entry("text", "= one", "# two", f"a wharf {rest}"),
        entry("heading", "= one", "# the wharf", f"two {rest}"),
        entry("title", "= A wharf", "# two", f"one {rest}"),
        entry("none", "= one", "# two", f"one {rest}"),
    )
    assert found(answer) == ["title", "heading", "text"]
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_what_meets_in_one_passage_comes_first(tmp_path: Path) -> None:
    answer = search(
        tmp_path,
        "harbour chips",
        entry("apart", "= Harbour chips harbour", "harbour harbour", "chips chips"),
        entry("under", "# Harbours", "y", "many chips", "# Chips", "z"),
        entry("block", "x", "of chips in a harbour"),
        entry("across", "# Chips", "z", "# Harbours", "y"),
    )
    assert {hit.issue: hit.together for hit in answer.hits} == {
        "under": True, "block": True, "apart": True, "across": False,
    }  # fmt: skip
    assert found(answer)[-1] == "across"
    under = next(hit for hit in answer.hits if hit.issue == "under")
    assert under.passages[0].text == "many chips"
    assert under.passages[0].section == "Harbours"


def test_function_words_are_asked_of_the_issue_but_not_of_a_passage(tmp_path: Path) -> None:
    query = "the chips of a harbour"
    answer = search(
        tmp_path,
        query,
        entry("a", "the end of a day", "Harbour chips"),
        entry("b", "harbour chips"),
    )
    (hit,) = answer.hits
    assert (hit.issue, hit.together, answer.widened) == ("a", True, "")
    assert [passage.text for passage in hit.passages] == ["Harbour chips"]
    assert lit(answer) == ["Harbour", "chips"]


def test_function_words_alone_are_shown(tmp_path: Path) -> None:
    entries = entry("a", "= Of the", "x", date="2019"), entry("b", "of the", date="2020")
    answer = search(tmp_path, "of the", *entries)
    assert found(answer) == ["b", "a"]
    assert lit(answer) == ["of", "the"]


def test_an_entity_and_a_word_meet_where_it_is_mentioned(tmp_path: Path) -> None:
    names = {"Leon": "leon"}
    query = Query("", And((Named("company", "leon", ("leon",)), Word("cameras"))))
    answer = search(
        tmp_path,
        query,
        entry("apart", "Leon Leon Leon", "cameras cameras", names=names),
        entry("together", "nothing here", "Leon sells cameras", names=names),
        entry("folded", "! Leon", "cameras", names=names),
    )
    assert found(answer) == ["together", "apart"]
    assert [hit.together for hit in answer.hits] == [True, False]
    assert lit(answer) == ["Leon", "cameras"]
    assert [passage.block for passage in answer.hits[0].passages] == [1]


def test_who_is_named_more_comes_first(tmp_path: Path) -> None:
    names = {"Leon": "leon", "Megvii": "megvii"}
    answer = search(
        tmp_path,
        Query("", Named("company", "x", ("leon", "megvii"))),
        entry("once", "Leon", date="2021", names=names),
        entry("often", "Leon met Megvii", "Leon", date="2019", names=names),
        entry("new", "Megvii", date="2022", names=names),
    )
    assert found(answer) == ["often", "new", "once"]
    assert lit(answer) == ["Leon", "Megvii"]


def test_passages_lie_in_the_document_and_carry_the_hits(tmp_path: Path) -> None:
    text = document("= T", "# Of ports", "The Ports of café, and 商湯", "no", "port")
    answer = search(
        tmp_path, "ports (商汤 OR cafe)", entry("a", *text.text.split("\n"), date="2019")
    )
    (hit,) = answer.hits
    for passage in hit.passages:
        assert answer.query.source
        assert (passage.issue, passage.role) == ("a", TEXT)
    best = hit.passages[0]
    assert best.text == "The Ports of café, and 商湯"
    assert lit(answer) == ["Ports", "café", "商湯"]


def test_at_most_so_many_passages_and_issues(tmp_path: Path) -> None:
    entries = [entry(f"a-{n}", *["chips"] * 9) for n in range(6)]
    answer = search(tmp_path, "chips", *entries, limit=4)
    assert len(answer.hits) == 4
    assert all(len(hit.passages) == PASSAGES for hit in answer.hits)


def test_a_title_that_the_text_does_not_have_is_found_without_a_passage(tmp_path: Path) -> None:
    answer = search(tmp_path, "issue chips", entry("a", "chips"), entry("b", "= Issue chips"))
    assert {hit.issue: (hit.together, len(hit.passages)) for hit in answer.hits} == {
        "a": (False, 1),
        "b": (True, 1),
    }


def test_a_title_is_the_last_passage(tmp_path: Path) -> None:
    answer = search(tmp_path, "chips", entry("a", "= Chips", "x", "of chips"))
    assert [passage.text for passage in answer.hits[0].passages] == ["of chips", "Chips"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("surveillan*", ["Surveillance"]),
        ("surveil*", ["Surveillance"]),
        ('"deep learning"', ["deep learning"]),
        ("learned", ["learning"]),
        ("face++", ["Face++"]),
        ("gpt-4", ["GPT-4"]),
        ("gpt-*", ["GPT"]),
        ("国家队", ["国家队"]),
        ("家队*", ["家队"]),
        ('"deep learning of" learning', ["deep learning of"]),
    ],
)
def test_hits_are_lit_as_they_stand(tmp_path: Path, query: str, words: list[str]) -> None:
    text = "Surveillance and deep learning of Face++, GPT-4 or a 国家队"
    assert lit(search(tmp_path, query, entry("a", text))) == words


def test_links_and_digests_are_shown_where_they_are(tmp_path: Path) -> None:
    linked = entry("a", "see this <https://example.org/chips>", digest=document("x", "in short"))
    answer = search(tmp_path / "1", "in:links chips", linked)
    assert lit(answer) == ["see this"]
    answer = search(tmp_path / "2", "in:digest short", linked)
    assert answer.hits[0].passages[0].role is DIGEST
    assert lit(answer) == ["short"]
    answer = search(tmp_path / "3", "in:digest in:text this", linked)
    assert answer.hits[0].passages[0].role is TEXT


def test_conditions_alone_answer_newest_first_without_passages(tmp_path: Path) -> None:
    answer = search(
        tmp_path, "year:2019", entry("a", "x", date="2019-01"), entry("b", "x", date="2019-05"),
        entry("c", "x"),
    )  # fmt: skip
    assert found(answer) == ["b", "a"]
    assert answer.undated == 1
    assert all(hit.together and hit.passages == () for hit in answer.hits)


def test_words_and_conditions_as_alternatives(tmp_path: Path) -> None:
    answer = search(
        tmp_path, "chips OR year:2019", entry("a", "x", date="2019"), entry("b", "chips")
    )
    assert found(answer) == ["b", "a"]


IDIOM = ("like a mouse caught in the accordion", "风箱里的老鼠,两边受气")


@pytest.mark.parametrize(
    ("query", "widened"),
    [
        ("accordion mouse", ""),
        ("风箱里的老鼠，两边受气", ""),
        ("风箱里的老鼠,两边受气", ""),
        ("風箱裡的老鼠，兩邊受氣", ""),
        ("mouse in an accordion", "These fit without “in”, “an”."),
        ('"accordion mouse"', "not side by side"),
        ('"mouse in an accordion"', "not side by side"),
        ("mouse accordion bagpipe", "2 of the 3 words"),
        ("老鼠风箱两边", "3 of the 5 words"),
    ],
)
def test_where_nothing_fits_the_search_widens_and_says_so(
    tmp_path: Path, query: str, widened: str
) -> None:
    answer = search(tmp_path, query, entry("a", *IDIOM), entry("b", "something else"))
    assert found(answer) == ["a"]
    assert widened in answer.widened
    assert bool(widened) == bool(answer.widened)
    assert answer.hits[0].passages


@pytest.mark.parametrize(
    "query", ["mouse year:1999 in an", "mouse -caught", "lion", "in an", "x y", 'mouse "a b c d"']
)
def test_what_is_excluded_or_holds_for_the_issue_is_never_given_up(
    tmp_path: Path, query: str
) -> None:
    answer = search(tmp_path, query, entry("a", *IDIOM))
    assert answer.hits == ()
    assert answer.widened == ""


def test_nobody_is_no_entity_that_could_be_given_up(tmp_path: Path) -> None:
    words = (Word("mouse"), Word("accordion"), Word("like"))
    query = Query("", And((Named("company", "nobody", ()), *words)))
    assert search(tmp_path, query, entry("a", *IDIOM)).hits == ()


def test_a_document_that_cannot_be_had_costs_its_passages_only(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"), entry("b", "chips"))
    there: Mapping[str, Document] = {"b": document("chips")}

    def give(issue: str, role: DocumentRole) -> Document:
        if issue not in there:
            raise NotFoundError(issue)
        return there[issue]

    answer = index.search(parse("chips"), give, 10)
    assert {hit.issue: len(hit.passages) for hit in answer.hits} == {"a": 0, "b": 1}
    index.close()


def test_a_document_that_has_become_another_is_no_error(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "x", "y", "chips"))
    answer = index.search(parse("chips"), lambda issue, role: document("quite different"), 10)
    assert answer.hits[0].passages == ()
    index.close()


pieces = st.sampled_from(
    [
        "chips",
        "har",
        "商汤",
        "the",
        " ",
        " ",
        "(",
        ")",
        '"',
        "-",
        "*",
        " OR ",
        "in:",
        "title",
        "notes",
    ]
    + [f"{name}:" for name in FIELDS]
    + ["2019", "1..3", "company", "digest", "\0", "\udcff", "¶", "plus", "'"]
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = filled(
        tmp_path_factory.mktemp("any"),
        entry("a", "= Chips", "the harbour 商汤", number=1, date="2019"),
        entry("b", "chips", digest=document("x")),
    )
    yield made
    made.close()


@settings(max_examples=120, deadline=None)
@example("tag:\udcff")
@example("pub:a\0b")
@example("\udcffchips\udcff*")
@given(source=st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join)))
def test_any_query_is_answered(index: Index, source: str) -> None:
    query = parse(source)
    listed = {row.id for row in index.rows(query).rows}
    answer = index.search(query, lambda issue, role: document("= Chips", "the harbour 商汤"), 5)
    assert answer.widened or {hit.issue for hit in answer.hits} == listed


def test_an_empty_index_answers(tmp_path: Path) -> None:
    assert search(tmp_path, "chips").hits == ()
    assert search(tmp_path, "").hits == ()


def test_boilerplate_is_found_only_where_everything_is_searched(tmp_path: Path) -> None:
    issues = [entry("a", "chips", "! subscribe to chips"), entry("b", "chips")]
    assert found(search(tmp_path / "1", "subscribe", *issues)) == []
    answer = search(tmp_path / "2", "subscribe in:all", *issues)
    assert found(answer) == ["a"]
    assert lit(answer) == ["subscribe"]


def test_words_near_each_other_are_lit_together(tmp_path: Path) -> None:
    far = "chips " + "x " * 11 + "export"
    answer = search(
        tmp_path,
        'near:"exports chip"',
        entry("far", far),
        entry("near", "chips are not for export", far),
        entry("apart", "chips", "export"),
    )
    assert found(answer) == ["near"]
    assert lit(answer) == ["chips", "export"]
    assert len(answer.hits[0].passages) == 1


def test_words_that_are_nowhere_near_are_found_apart_and_it_is_said(tmp_path: Path) -> None:
    answer = search(tmp_path, 'near:"chips export"', entry("apart", "chips", "export"))
    assert found(answer) == ["apart"]
    assert "side by side" in answer.widened


def test_mentions_are_counted_of_those_asked_for(tmp_path: Path) -> None:
    names = {"Megvii": "megvii", "Leon": "leon"}
    issues = [
        entry("one", "Megvii Leon Leon", names=names),
        entry("two", "Megvii Megvii Leon", names=names),
    ]
    megvii = Named("company", "megvii", ("megvii",))
    index = filled(tmp_path, *issues)
    several = parse("mentions:>1").root
    assert ids(index, Query("", And((megvii, several)))) == ["two"]
    assert sorted(ids(index, Query("", several))) == ["one", "two"]
    assert ids(index, parse("mentions:>3")) == []
    index.close()


def test_an_answer_stands_in_the_order_that_was_asked_for(tmp_path: Path) -> None:
    issues = [
        entry("old", "= chips chips", "chips", number=3, date="2018"),
        entry("new", "chips and other things of this kind", number=2, date="2020"),
        entry("none", "= chips", number=None, date=""),
    ]
    index = filled(tmp_path, *issues)
    by = {
        sort: [r.id for r in index.rows(parse(f"chips sort:{sort}")).rows]
        for sort in VALUES["sort"]
    }
    assert by["date"] == ["new", "old", "none"]
    assert by["number"] == ["old", "new", "none"]
    assert by["relevance"][-1] == "new"
    assert [row.id for row in index.rows(parse("sort:number")).rows] == by["number"]
    index.close()
    assert found(search(tmp_path / "2", "chips sort:date", *issues)) == by["date"]
    assert found(search(tmp_path / "3", "chips", *issues)) == by["relevance"]
