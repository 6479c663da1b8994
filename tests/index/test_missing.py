from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.query import Answer, Missing
from chinai_tui.errors import NotFoundError
from chinai_tui.index import Index
from chinai_tui.text.query import parse
from tests.index.building import entry, filled


def ask(path: Path, query: str) -> Answer:
    issue = entry("a", "= Surveillance", "chips of policies near a harbour 商汤", "! subscribe")
    index = filled(path, issue)
    answer = index.search(parse(query), lambda *key: issue.documents[key[1]], 9)
    index.close()
    return answer


def nearest(index: Index, query: str) -> tuple[str, ...]:
    return index.search(parse(query), nothing, 9).missing[0].nearest


def nothing(issue: str, role: DocumentRole) -> Document:
    raise NotFoundError(f"{issue}: {role}")


def test_it_is_told_which_word_stands_nowhere_and_what_is_like_it(tmp_path: Path) -> None:
    answer = ask(tmp_path, "chips surviellance")
    assert answer.missing == (Missing("surviellance", ("surveillance",)),)


def test_words_that_stand_as_they_are_written_are_offered(tmp_path: Path) -> None:
    assert ask(tmp_path, "polices").missing == (Missing("polices", ("policies",)),)
    assert ask(tmp_path, "harbor").missing == (Missing("harbor", ("harbour",)),)


def test_nothing_is_offered_for_phrases_beginnings_and_characters(tmp_path: Path) -> None:
    answer = ask(tmp_path, '"chips harbour" harbov* 汤商 near:"chpis harbour"')
    assert answer.missing == (
        Missing("chips harbour"),
        Missing("harbov"),
        Missing("汤商"),
        Missing("chpis", ("chips",)),
    )


def test_where_something_fits_nothing_is_missing(tmp_path: Path) -> None:
    assert ask(tmp_path, "chips").missing == ()
    assert ask(tmp_path, "chips -nowhere").missing == ()
    assert ask(tmp_path, "chips OR nowhere").missing == ()


def test_words_that_are_the_stems_of_others_are_offered_too(tmp_path: Path) -> None:
    one, other = entry("a", "the cloudwalk"), entry("b", "of cloudwalks by surveillance")
    index = filled(tmp_path, one, other)
    assert nearest(index, "cloudwlak") == ("cloudwalk", "cloudwalks")
    assert nearest(index, "surveli") == ()
    index.close()


def test_words_that_come_in_later_are_offered(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"))
    assert nearest(index, "harbuor") == ()
    index.put_issues([entry("b", "harbour")])
    assert nearest(index, "harbuor") == ("harbour",)
    index.close()


def test_of_words_as_much_alike_the_more_usual_one_comes_first(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips 2019"), entry("b", "chips"), entry("c", "whips"))
    assert nearest(index, "xhips") == ("chips", "whips")
    assert nearest(index, "20199") == ()
    index.close()


def test_all_words_are_read_once_as_long_as_no_text_changes(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips harbour"))
    statements: list[str] = []
    with index._database.reading() as connection:
        connection.set_trace_callback(statements.append)
    for query in ("chpis harbuor", "harborr", "chisp"):
        nearest(index, query)
        index.set_meta("place", query)
    assert sum("group_concat(word" in each for each in statements) == 1
    assert not [each for each in statements if "FROM term" in each]
    index.close()
