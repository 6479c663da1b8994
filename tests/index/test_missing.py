from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.query import Answer, Missing
from chinai_tui.text.query import parse
from tests.index.building import entry, filled


def ask(path: Path, query: str) -> Answer:
    issue = entry("a", "= Surveillance", "chips of policies near a harbour 商汤", "! subscribe")
    index = filled(path, issue)
    answer = index.search(parse(query), lambda *key: issue.documents[key[1]], 9)
    index.close()
    return answer


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
