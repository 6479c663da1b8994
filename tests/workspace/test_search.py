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
    source = "security company:nobody"
    (problem,) = workspace.search.parse(source).problems
    assert source[problem.start : problem.end] == "nobody"
    assert "no company" in problem.reason
    assert workspace.search.search(source).hits == ()


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
