from __future__ import annotations

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import EntityKind
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sensetme", "sensetime"),
        ("商汤", "sensetime"),
        ("shangtang", "sensetime"),
        ("商湯", "sensetime"),
        ("face++", "megvii"),
        ("cloudwalk", "cloudwalk"),
    ],
)
def test_a_jump_finds_a_company_under_any_name(
    workspace: Workspace, typed: str, meant: str
) -> None:
    assert workspace.entities.jump(typed)[0].entity.id == meant


def test_without_letters_the_most_named_come_first(workspace: Workspace) -> None:
    counts = [hit.mentions for hit in workspace.entities.jump("", limit=5)]
    assert len(counts) == 5
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_names_resolve_exactly(workspace: Workspace) -> None:
    assert [each.id for each in workspace.entities.resolve("SENSETIME")] == ["sensetime"]
    assert workspace.entities.resolve("sensetim") == []
    with pytest.raises(NotFoundError, match="no-one"):
        workspace.entities.get("no-one")


def test_an_issue_tells_who_is_in_it(workspace: Workspace) -> None:
    counts = workspace.entities.in_issue("chinai-94", DocumentRole.DIGEST)
    companies = [each for each in counts if each.entity.kind is EntityKind.COMPANY]
    assert companies[0].entity.id == "cloudwalk"
    opened = workspace.library.open("chinai-94")
    for each in counts:
        of_it = [m for m in opened.mentions if m.entity == each.entity.id]
        assert len(of_it) == each.count
        assert min(m.start for m in of_it) == each.first


def test_a_page_tells_claims_groups_and_passages(workspace: Workspace) -> None:
    page = workspace.entities.page("cloudwalk")
    assert "cv-dragons" in {group.id for group in page.summary.groups}
    assert any(claim.status.value == "rumour" for claim in page.summary.claims)
    assert all(claim.said_by for claim in page.summary.claims)
    assert page.passages
    for passage in page.passages:
        assert passage.hits
        for start, end in passage.hits:
            assert passage.start <= start < end <= passage.end
    assert page.summary.mentions >= len(page.passages)


def test_members_of_a_group(workspace: Workspace) -> None:
    members = {each.id for each in workspace.entities.summary("cv-dragons").members}
    assert {"cloudwalk", "megvii", "sensetime", "yitu"} <= members


def test_the_users_own_entities_join_the_catalogue(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.entities.write_text(
        '[[entity]]\nid = "my-own"\nkind = "company"\nname = "Zzyzx Works"\n', "utf-8"
    )
    workspace = Workspace.open(paths, Settings())
    try:
        assert workspace.entities.jump("zzyzx")[0].entity.id == "my-own"
    finally:
        workspace.close()


def test_a_fault_in_them_is_told_and_the_shipped_ones_hold(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.entities.write_text('[[entity]]\nid = "my-own"\nkind = "planet"\nname = "X"\n', "utf-8")
    workspace = Workspace.open(paths, Settings())
    try:
        (problem,) = workspace.care.problems()
        assert f"{paths.entities}:2: entity my-own.kind: " in problem
        assert workspace.entities.jump("sensetime")[0].entity.id == "sensetime"
    finally:
        workspace.close()
