"""Entities side by side: issues that name all of them, relations among them, the web of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.workspace.entities import PassagePlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chinai_tui.domain.comparison import Comparison, Graph, SharedIssue
    from chinai_tui.domain.document import DocumentRole
    from chinai_tui.domain.rows import TimelinePoint
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.entities import Entities


class Comparing:
    """What the library says of several entities together."""

    def __init__(self, core: Core, entities: Entities) -> None:
        self._core = core
        self._entities = entities

    def compare(self, entity_ids: Sequence[str]) -> Comparison:
        """Entities over each other, in the order given.

        Raises:
            NotFoundError: The catalogue has not got one of them.
        """
        from chinai_tui.domain.comparison import Comparison

        index = self._core.index
        ids = tuple(dict.fromkeys(entity_ids))
        entities = tuple(map(self._entities.get, ids))
        timelines = tuple(map(index.timeline, ids))
        claims = (claim for each in ids for claim in index.claims_of(each))
        among = {claim: None for claim in claims if claim.subject in ids and claim.object in ids}
        return Comparison(entities, timelines, tuple(_shared(timelines)), tuple(among))

    def meetings(self, entity_ids: Sequence[str]) -> dict[str, PassagePlace]:
        """For each issue that names one of them, the first passage that names most of them."""
        named: dict[tuple[str, DocumentRole, int], list[PassagePlace]] = {}
        for each in dict.fromkeys(entity_ids):
            for place in self._entities.passage_places(each):
                named.setdefault(place[:3], []).append(place)
        best: dict[str, tuple[int, int, PassagePlace]] = {}
        for (issue, role, block), places in named.items():
            hits = tuple(sorted({hit for place in places for hit in place.hits}))
            met = (-len(places), block, PassagePlace(issue, role, block, hits))
            best[issue] = min(best.get(issue, met), met)
        return {issue: place for issue, (_, _, place) in best.items()}

    def write_graph(self, file: Path) -> Graph:
        """Write the web of all entities, as GraphML or, for a `.json` file, as JSON.

        Raises:
            StoreError: The file cannot be written.
        """
        from chinai_tui.export.graph import as_graphml, as_json
        from chinai_tui.store import files

        graph = self.graph()
        text = as_json(graph) if file.suffix == ".json" else as_graphml(graph)
        with files.saving(file, "name another file"):
            files.replace_many([(file, text.encode("utf-8"))])
        return graph

    def graph(self) -> Graph:
        """The web of all entities that the library names."""
        from chinai_tui.domain.comparison import Graph, Node, Tie

        index = self._core.index
        catalogue = index.entities()
        totals = index.totals()
        nodes = {
            each: Node(catalogue[each], mentions, issues)
            for each, (mentions, issues) in sorted(totals.items())
            if each in catalogue
        }
        all_issues = index.issue_count()
        ties = tuple(
            Tie(first, second, both, both * all_issues / (totals[first][1] * totals[second][1]))
            for first, second, both in index.pairs()
            if first in nodes and second in nodes
        )
        claims = tuple(
            claim for claim in index.claims() if claim.subject in nodes and claim.object in nodes
        )
        return Graph(tuple(nodes.values()), ties, claims)


def _shared(timelines: Sequence[Sequence[TimelinePoint]]) -> list[SharedIssue]:
    """The issues that stand in all timelines, in the order of the first."""
    from chinai_tui.domain.comparison import SharedIssue

    if not timelines:
        return []
    counts = [{point.issue: point.count for point in timeline} for timeline in timelines]
    return [
        SharedIssue(
            point.issue, point.number, point.date, tuple(each[point.issue] for each in counts)
        )
        for point in timelines[0]
        if all(point.issue in each for each in counts)
    ]
