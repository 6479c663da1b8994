"""`chinai company`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.names import one_entity
from chinai_tui.cli.output import json_option, tell, write, write_json, write_table
from chinai_tui.cli.session import library
from chinai_tui.domain.entity import Claim, EntityKind
from chinai_tui.domain.issue import issue_name
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import JumpHit
from chinai_tui.text.fold import fold
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import EntityPage, Workspace


@click.command("company")
@click.argument("name", required=False)
@click.option("listing", "--list", is_flag=True, help="List the catalogue instead.")
@click.option("suggest", "--suggest", is_flag=True, help="List names that the catalogue lacks.")
@click.option(
    "graph",
    "--graph",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write who is named with whom, and the relations, as .graphml or .json.",
)
@json_option
def command(
    name: str | None, listing: bool, suggest: bool, graph: Path | None, as_json: bool
) -> int:
    """Tell what the library says about NAME: a company, person, agency or place, in any script.

    A name that several go by lists them and exits with 1.

    Columns of --list: kind, name, Chinese, mentions. Of --suggest: name, Chinese, how often it
    stands in the texts, ids of the issues.
    """
    if (name is not None) + listing + suggest + (graph is not None) != 1:
        raise click.UsageError("give a NAME, or --list, or --suggest, or --graph FILE")
    if graph is not None:
        return _graph(graph)
    if listing:
        return _list(as_json=as_json)
    if suggest:
        return _suggest(as_json=as_json)
    return _tell_of(name or "", as_json=as_json)


def _list(*, as_json: bool) -> int:
    """Print the catalogue, by kind and name."""
    with library() as workspace:
        hits = workspace.entities.jump("", limit=len(workspace.entities.all()))
    order = list(EntityKind)
    hits.sort(key=lambda hit: (order.index(hit.entity.kind), fold(hit.entity.name)))
    if as_json:
        told = [
            {**asdict(hit.entity), "mentions": hit.mentions, "issues": hit.issues} for hit in hits
        ]
        write_json("catalogue", entities=told)
    else:
        write_table([_columns(hit) for hit in hits], right=(3,))
    return 0 if hits else NOTHING_FOUND


def _columns(hit: JumpHit) -> tuple[str, ...]:
    return hit.entity.kind.value, hit.entity.name, hit.entity.han, str(hit.mentions)


def _suggest(*, as_json: bool) -> int:
    """Print names that the catalogue lacks."""
    with library() as workspace:
        found = workspace.terms.suggestions()
    if as_json:
        write_json("suggestions", suggestions=found)
    elif found:
        write_table(
            [(each.name, each.han, str(each.count), " ".join(each.issues)) for each in found],
            right=(2,),
        )
    else:
        tell("every name that recurs or is given in Chinese is in the catalogue")
    return 0 if found else NOTHING_FOUND


def _graph(file: Path) -> int:
    """Write the web of all entities; the ending of the file says in which form."""
    if file.suffix not in (".graphml", ".json"):
        raise click.BadParameter("the file must end in .graphml or .json", param_hint="--graph")
    with library() as workspace:
        web = workspace.comparing.write_graph(file)
    write(f"{len(web.nodes)} entities, {len(web.ties) + len(web.claims)} links in {file}")
    return 0


def _tell_of(name: str, *, as_json: bool) -> int:
    """Print the page of an entity, or who may be meant."""
    with library() as workspace:
        entity = one_entity(workspace, name)
        if entity is None:
            return NOTHING_FOUND
        page = workspace.entities.page(entity.id)
        if as_json:
            _as_json(page)
        else:
            _in_words(workspace, page)
    return 0


def _as_json(page: EntityPage) -> None:
    summary = page.summary
    write_json(
        "company",
        entity=summary.entity,
        groups=[group.id for group in summary.groups],
        members=[member.id for member in summary.members],
        mentions=summary.mentions,
        issues=len(summary.timeline),
        timeline=list(summary.timeline),
        together=[
            {"entity": each.entity.id, "issues": each.issues, "lift": each.lift}
            for each in summary.together
        ],
        claims=list(summary.claims),
        passages=[asdict(passage) for passage in page.passages],
        notes=list(page.notes),
    )


def _in_words(workspace: Workspace, page: EntityPage) -> None:
    summary = page.summary
    entity = summary.entity
    write(" ".join(part for part in (entity.name, entity.han, entity.pinyin) if part), bold=True)
    aliases = ", ".join(alias.text for alias in entity.aliases)
    write(" · ".join(part for part in (entity.kind.value, entity.city, aliases) if part))
    if summary.groups:
        write("belongs to " + ", ".join(group.name for group in summary.groups))
    if summary.claims:
        write()
        write("Claims, as the texts make them", bold=True)
        for claim in summary.claims:
            write(f"  {claim_line(claim)}")
    write()
    write(f"{summary.mentions} mentions in {len(summary.timeline)} issues", bold=True)
    for passage in page.passages:
        issue = workspace.library.issue(passage.issue)
        write(issue_name(issue, workspace.library.publication(issue.publication)), bold=True)
        write(f"  {_shown(passage)}")


def claim_line(claim: Claim) -> str:
    """A claim in one line: what is said, how sure, by whom, of when."""
    said = claim.text or f"{claim.relation} {claim.object} {claim.value}".strip()
    source = ", ".join(part for part in (claim.said_by, claim.as_of) if part)
    return (
        f"{said} ({claim.status.value}; {source})" if source else f"{said} ({claim.status.value})"
    )


def _shown(passage: Passage) -> str:
    hits = [(start - passage.start, end - passage.start) for start, end in passage.hits]
    return snippet(passage.text, hits).text
