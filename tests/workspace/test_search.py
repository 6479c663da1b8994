from __future__ import annotations

import pytest

from chinai_tui.domain.query import Named
from chinai_tui.workspace import Workspace


@pytest.mark.parametrize("name", ["leon", '"Leon Technology"', "立昂技术", "立昂技術"])
def test_a_company_is_found_under_any_name(workspace: Workspace, name: str) -> None:
    query = workspace.search.parse(f"company:{name}")
    assert query.problems == ()
    assert isinstance(query.root, Named)
    assert query.root.entities == ("leon",)
    assert {hit.issue for hit in workspace.search.search(f"company:{name}").hits} == {"chinai-29"}


def test_a_name_nobody_has_is_a_problem_at_its_place(workspace: Workspace) -> None:
    source = "nobody lending OR company:nobody"
    (problem,) = workspace.search.parse(source).problems
    assert source[problem.start : problem.end] == "company:nobody"
    assert "no company" in problem.reason
    assert workspace.search.search("security company:nobody").hits == ()


def test_a_person_is_not_a_company(workspace: Workspace) -> None:
    assert workspace.search.parse('company:"Yin Qi"').problems
    assert not workspace.search.parse('person:"Yin Qi"').problems
    assert not workspace.search.parse('entity:"Yin Qi"').problems


def test_names_are_found_within_groups_and_negations(workspace: Workspace) -> None:
    source = "(company:leon OR company:sensetime) -company:cloudwalk"
    query = workspace.search.parse(source)
    assert query.problems == ()
    found = {hit.issue for hit in workspace.search.search(source).hits}
    assert "chinai-29" in found
    assert "chinai-94" not in found


def test_the_members_of_a_group_are_meant_by_it(workspace: Workspace) -> None:
    query = workspace.search.parse("company:group/cv-dragons")
    assert not query.problems
    assert isinstance(query.root, Named)
    assert {"sensetime", "megvii", "cloudwalk", "yitu"} <= set(query.root.entities)
    hits = {hit.issue for hit in workspace.search.search("company:group/cv-dragons").hits}
    assert {"chinai-29", "chinai-94"} <= hits
    (problem,) = workspace.search.parse("company:group/nobody").problems
    assert "group/nobody" in problem.reason
    (problem,) = workspace.search.parse("place:group/cv-dragons").problems
    assert "in that group" in problem.reason


def test_a_query_is_explained_with_the_names_it_means(workspace: Workspace) -> None:
    query = workspace.search.parse("company:商汤 chips")
    assert workspace.search.explain(query)[1] == "  names SenseTime (company:商汤)"


def test_names_tags_and_publications_complete_a_query(workspace: Workspace) -> None:
    texts = [each.text for each in workspace.search.complete("company:sens", 12).choices]
    assert "company:SenseTime" in texts
    people = workspace.search.complete("person:s", 8).choices
    kinds = {workspace.entities.resolve(c.text[7:].strip('"'))[0].kind.value for c in people}
    assert kinds == {"person"}
    assert [c.text for c in workspace.search.complete("pub:chi", 7).choices] == ["pub:chinai"]
    workspace.notes.entity_note("sensetime", "#stake in it")
    (choice,) = workspace.search.complete("tag:st", 6).choices
    assert (choice.text, choice.told) == ("tag:stake", "1 note")


def test_the_number_of_an_issue_is_offered_as_such(workspace: Workspace) -> None:
    found = workspace.search.search("#94").hits
    assert [each.issue for each in found] == ["chinai-94"]
    assert [each.id for each in workspace.library.rows("#94").rows] == ["chinai-94"]
    workspace.editing.edit("chinai-94", {"number": 7094})
    (missing,) = workspace.search.search("7094").missing
    assert missing.nearest == ("#7094",)


def test_a_name_that_no_text_has_is_offered_as_a_field(workspace: Workspace) -> None:
    for words, field in (("摩尔线程", "company:摩尔线程"), ("无名氏", "")):
        missing = workspace.search.search(f"{words} zzqq").missing
        nearest = {each.words: each.nearest for each in missing}
        assert nearest[words] == ((field,) if field else ())
        assert nearest["zzqq"] == ()


@pytest.mark.parametrize("typed", ["last 2 days", 'date:"last 2 days"', "issue:>4000"])
def test_a_condition_that_nothing_fits_is_told_as_it_was_typed(
    workspace: Workspace, typed: str
) -> None:
    assert [each.words for each in workspace.search.search(f"the {typed}").missing] == [typed]
