"""`chinai compare`."""

from __future__ import annotations

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.company_command import claim_line
from chinai_tui.cli.names import one_entity
from chinai_tui.cli.output import json_option, write, write_json, write_table
from chinai_tui.cli.session import library
from chinai_tui.domain.comparison import MOST, Comparison
from chinai_tui.domain.issue import issue_name
from chinai_tui.workspace import Workspace


@click.command("compare")
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...")
@json_option
def command(names: tuple[str, ...], as_json: bool) -> int:
    """Compare two to five companies, people or others: issues that name all, relations, counts.

    A name that several go by lists them and exits with 1.
    """
    with library() as workspace:
        found = [one_entity(workspace, name) for name in names]
        ids = list(dict.fromkeys(entity.id for entity in found if entity is not None))
        if None in found:
            return NOTHING_FOUND
        if not 1 < len(ids) <= MOST:
            raise click.UsageError("give the names of two to five different entities")
        comparison = workspace.comparing.compare(ids)
        if as_json:
            write_json(
                "compare",
                entities=list(comparison.entities),
                timelines=[list(timeline) for timeline in comparison.timelines],
                shared=list(comparison.shared),
                claims=list(comparison.claims),
            )
        else:
            _in_words(workspace, comparison)
    return 0


def _in_words(workspace: Workspace, comparison: Comparison) -> None:
    rows = [
        (entity.name, entity.han, str(sum(point.count for point in timeline)), str(len(timeline)))
        for entity, timeline in zip(comparison.entities, comparison.timelines, strict=True)
    ]
    write_table([("name", "Chinese", "mentions", "issues"), *rows], right=(2, 3))
    write()
    count = len(comparison.shared)
    write(f"{count} {'issue names' if count == 1 else 'issues name'} all of them", bold=True)
    for shared in comparison.shared:
        issue = workspace.library.issue(shared.issue)
        name = issue_name(issue, workspace.library.publication(issue.publication))
        counts = ", ".join(
            f"{entity.name} ×{count}"
            for entity, count in zip(comparison.entities, shared.counts, strict=True)
        )
        write(f"  {name}: {counts}")
    if comparison.claims:
        entities = {entity.id: entity for entity in comparison.entities}
        write()
        write("Relations among them, as the texts claim them", bold=True)
        for claim in comparison.claims:
            write(f"  {claim_line(claim, entities)}")
