"""Entities side by side over the shipped library."""

from __future__ import annotations

import pytest

from chinai_tui.errors import NotFoundError


def test_shared_issues_name_all_with_their_counts(workspace) -> None:
    comparison = workspace.comparing.compare(["sensetime", "leon", "sensetime"])
    assert [entity.id for entity in comparison.entities] == ["sensetime", "leon"]
    assert [shared.issue for shared in comparison.shared] == ["chinai-29"]
    for position, timeline in enumerate(comparison.timelines):
        in_issue = {point.issue: point.count for point in timeline}
        assert comparison.shared[0].counts[position] == in_issue["chinai-29"]
    assert comparison.claims
    for claim in comparison.claims:
        assert {claim.subject, claim.object} <= {"sensetime", "leon"}


def test_nobody_of_that_name_is_told(workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.comparing.compare(["sensetime", "no-such"])


def test_the_web_agrees_with_what_is_told_of_each(workspace) -> None:
    graph = workspace.comparing.graph()
    named = {node.entity.id: node for node in graph.nodes}
    summary = workspace.entities.summary("cloudwalk")
    assert named["cloudwalk"].mentions == summary.mentions
    ties = {
        frozenset((tie.first, tie.second)): tie
        for tie in graph.ties
        if "cloudwalk" in (tie.first, tie.second)
    }
    for other in summary.together:
        tie = ties[frozenset(("cloudwalk", other.entity.id))]
        assert (tie.issues, tie.lift) == (other.issues, pytest.approx(other.lift))
    assert all(claim.subject in named and claim.object in named for claim in graph.claims)
    assert graph.claims


def test_where_most_meet_comes_before_where_fewer_do(workspace) -> None:
    ids = ["cloudwalk", "megvii", "sensetime"]
    met = workspace.comparing.meetings(ids)
    passage = workspace.entities.passage(met["chinai-94"])
    assert all(name in passage.text for name in ("CloudWalk", "Megvii", "SenseTime"))
    assert [passage.text[a - passage.start : b - passage.start] for a, b in passage.hits][:1] == [
        "CloudWalk"
    ]
    named = {place.issue for each in ids for place in workspace.entities.passage_places(each)}
    assert met.keys() == named


def test_where_nobody_meets_the_first_mention_stands(workspace) -> None:
    (issue, *_) = [point.issue for point in workspace.comparing.compare(["leon"]).timelines[0]]
    place = workspace.comparing.meetings(["leon"])[issue]
    assert place == workspace.entities.passage_places("leon")[0]
    assert workspace.comparing.meetings([]) == {}


def test_each_two_are_told_with_the_issues_that_name_both(workspace) -> None:
    comparison = workspace.comparing.compare(["sensetime", "leon", "cloudwalk"])
    named = [{point.issue for point in points} for points in comparison.timelines]
    numbers = {entity.id: n for n, entity in enumerate(comparison.entities)}
    pairs = comparison.pairs
    assert len(pairs) == 3
    for first, second, issues in pairs:
        assert issues == len(named[numbers[first.id]] & named[numbers[second.id]])
    assert [count for *_, count in pairs] == sorted((count for *_, count in pairs), reverse=True)
