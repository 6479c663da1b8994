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


def test_places_of_passages_are_known_without_their_texts(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    entities = workspace.entities
    passages = entities.passages("sensetime")
    monkeypatch.setattr(entities._core, "document", None)
    found = entities.passage_places("sensetime")
    assert [(p.issue, p.role, p.block, p.hits) for p in passages] == [tuple(p) for p in found]
    assert len({(p.issue, p.role, p.block) for p in found}) == len(found) > 5
    first = entities.passage_places("sensetime", 3)
    assert [place[:3] for place in first] == [place[:3] for place in found[: len(first)]]
    assert sum(len(place.hits) for place in first) == 3
    assert entities.passage_places("no-one") == []


def test_a_passage_whose_text_has_changed_is_not_found(workspace: Workspace) -> None:
    (place, *_) = workspace.entities.passage_places("sensetime")
    assert workspace.entities.passage(place).hits == place.hits
    with pytest.raises(NotFoundError, match=f"{place.issue}: "):
        workspace.entities.passage(place._replace(block=10_000))
    with pytest.raises(NotFoundError, match="nothing-like-it: "):
        workspace.entities.passage(place._replace(issue="nothing-like-it"))


GROUPS = """
[[entity]]
id = "lamps"
kind = "group"
name = "Three Lamps"

[[entity]]
id = "crowd"
kind = "group"
name = "The Crowd"

[[entity]]
id = "guild"
kind = "group"
name = "The Guild"

[[entity]]
id = "works"
kind = "company"
name = "The Works"
"""


def test_a_company_is_meant_by_the_names_of_small_groups_of_which_it_is_surely_a_member(
    paths: Paths,
) -> None:
    def joins(member: str, group: str, status: str = "stated") -> str:
        return (
            f'[[claim]]\nsubject = "{member}"\nrelation = "member of"\nobject = "{group}"\n'
            f'status = "{status}"\nsaid_by = "Somebody"\n'
        )

    crowd = [f"c-{number}" for number in range(13)]
    people = [f'[[entity]]\nid = "{each}"\nkind = "company"\nname = "X {each}"\n' for each in crowd]
    claims = [
        *(joins(each, "crowd") for each in crowd),
        *(joins(each, "lamps", "rumour") for each in crowd),
        joins("c-0", "guild", "inference"),
        joins("c-0", "works"),
        joins("c-1", "lamps"),
    ]
    paths.config.mkdir(parents=True)
    paths.entities.write_text("\n".join([GROUPS, *people, *claims]), "utf-8")
    workspace = Workspace.open(paths, Settings())
    try:
        assert workspace.care.problems() == []
        meaning = {each: workspace.entities.groups_meaning(each) for each in ("c-0", "c-1")}
        assert [each.id for each in meaning["c-1"]] == ["lamps"]
        assert meaning["c-0"] == ()
    finally:
        workspace.close()


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
