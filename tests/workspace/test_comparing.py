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
