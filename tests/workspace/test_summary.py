"""What is told of an entity in short: who is strongest beside it, what is new, through whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.entity import EntityKind
from chinai_tui.workspace import Workspace
from chinai_tui.workspace.entities import COMPANIONS, SHARED, strongest

OFTEN, CLOSE, CHANCE = ("often", 9, 1.5), ("close", 4, 6.0), ("chance", 2, 40.0)


@pytest.mark.parametrize(
    ("issues", "often", "order"),
    [
        (12, None, [CLOSE, OFTEN]),
        (80, None, [CLOSE, OFTEN]),
        (99, None, [OFTEN]),
        (12, {}, [OFTEN, CLOSE, CHANCE]),
    ],
)
def test_lift_decides_only_among_those_that_share_enough(issues, often, order) -> None:
    assert strongest([CHANCE, OFTEN, CLOSE], issues, often) == order


def test_where_nobody_shares_enough_the_count_decides() -> None:
    others = [("a", 1, 9.0), ("b", 2, 3.0), ("c", 2, 5.0)]
    assert strongest(others, 20) == [others[2], others[1], others[0]]
    assert strongest(others, 20, {"b": 7, "c": 6}) == [others[1], others[2], others[0]]
    assert strongest([], 20) == []


@pytest.mark.parametrize(("dated", "first"), [(12, "docks"), (11, "cranes")])
def test_below_twelve_dated_issues_plain_counts_decide(paths, tmp_path, dated, first) -> None:
    paths.config.mkdir(parents=True)
    names = {"lamps": "Lyra Lamps", "cranes": "Quay Cranes", "docks": "Deep Docks"}
    paths.entities.write_text(
        "".join(
            f'[[entity]]\nid = "{i}"\nkind = "company"\nname = "{n}"\n' for i, n in names.items()
        )
    )
    texts = dict.fromkeys(range(1, dated + 1), "They saw Lyra Lamps")
    texts |= {n: f"{texts[n]} and Quay Cranes" for n in range(3, dated + 1)}
    texts |= {n: f"{texts[n]} and Deep Docks" for n in range(8, dated + 1)}
    texts |= dict.fromkeys(range(50, 60), "They saw Quay Cranes alone")
    folder = tmp_path / "texts"
    folder.mkdir()
    for n, text in texts.items():
        whole = f"ChinAI #{n + 200}: Lamps {n}\n\nJanuary {n % 28 + 1}, 2019\n\n{text}.\n"
        (folder / f"{n}.txt").write_text(whole, "utf-8")
    workspace = Workspace.open(paths, Settings())
    try:
        workspace.transfer.import_paths([folder])
        summary = workspace.entities.summary("lamps")
        assert len(summary.timeline) == dated
        assert [each.entity.id for each in summary.together][:1] == [first]
    finally:
        workspace.close()


def lamps(workspace: Workspace, folder: Path, count: int, first: int = 200) -> None:
    """Issues that name one company, every second one another too, and every fourth a third."""
    folder.mkdir(exist_ok=True)
    for n in range(first, first + count):
        also = ", Megvii" * (n % 2 == 0) + ", Yitu" * (n % 4 == 0)
        text = (
            f"ChinAI #{n}: Lamps {n}\n\nJanuary {n % 28 + 1}, 2019\n\nThey saw SenseTime{also}.\n"
        )
        (folder / f"{n}.txt").write_text(text, "utf-8")
    workspace.transfer.import_paths([folder])


def test_who_is_named_beside_it_with_the_latest_shared_issues(workspace, tmp_path) -> None:
    lamps(workspace, tmp_path / "texts", 24)
    together = {each.entity.id: each for each in workspace.entities.summary("sensetime").together}
    assert len(together) <= COMPANIONS
    megvii = together["megvii"]
    assert len(megvii.shared) == SHARED
    named = {each: {p.issue for p in workspace.entities.timeline(each)} for each in together}
    own = {p.issue for p in workspace.entities.timeline("sensetime")}
    for other, each in together.items():
        assert each.issues == len(own & named[other])
        assert set(each.shared) <= own & named[other]
        assert len(each.shared) == min(SHARED, each.issues)
    order = [row.id for row in workspace.library.rows().rows if row.id in own & named["megvii"]]
    assert list(megvii.shared) == order[:SHARED]
    lifts = [each.lift for each in workspace.entities.summary("sensetime").together]
    assert lifts == sorted(lifts, reverse=True)


def test_groups_that_mean_it_are_counted_apart(workspace) -> None:
    summary = workspace.entities.summary("yitu")
    (dragons,) = (each for each in summary.through if each.group.id == "cv-dragons")
    own = workspace.entities.summary("cv-dragons")
    assert (dragons.mentions, dragons.issues) == (own.mentions, len(own.timeline))
    assert dragons.mentions > 0
    assert summary.mentions == sum(point.count for point in workspace.entities.timeline("yitu"))
    assert all(each.mentions for each in summary.through)


def test_what_came_in_after_the_last_visit_is_new(workspace, tmp_path) -> None:
    lamps(workspace, tmp_path / "first", 2)
    assert workspace.entities.last_visit("sensetime") == ""
    assert workspace.entities.summary("sensetime").fresh == frozenset()
    added = {p.added for p in workspace.entities.timeline("sensetime")}
    assert all(added)
    workspace.library.save_session(**{"visited:sensetime": "2000-01-01T00:00:00Z"})
    assert workspace.entities.last_visit("sensetime") == "2000-01-01T00:00:00Z"
    summary = workspace.entities.summary("sensetime")
    assert summary.fresh == {p.issue for p in summary.timeline}
    assert workspace.entities.summary("yitu").fresh == frozenset()
    workspace.library.save_session(**{"visited:sensetime": max(added)})
    assert workspace.entities.summary("sensetime").fresh == frozenset()


def test_totals_are_those_of_the_timelines(workspace) -> None:
    totals = workspace.entities.totals()
    for each in ("cloudwalk", "sensetime"):
        timeline = workspace.entities.timeline(each)
        assert totals[each] == (sum(p.count for p in timeline), len(timeline))
    assert "nobody" not in totals


@pytest.mark.parametrize("entity", ["megvii", "cloudwalk", "leon"])
def test_places_are_told_after_all_others(workspace: Workspace, entity: str) -> None:
    together = workspace.entities.summary(entity).together
    places = [each.entity.kind is EntityKind.PLACE for each in together]
    assert together
    assert places == sorted(places)
