"""`chinai company`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.names import counted, one_entity
from chinai_tui.cli.output import json_option, tell, write, write_json, write_table
from chinai_tui.cli.session import library
from chinai_tui.domain.entity import LISTED, Claim, Entity, EntityKind
from chinai_tui.domain.issue import issue_name
from chinai_tui.domain.query import Passage
from chinai_tui.text.claims import sentence
from chinai_tui.text.fold import fold
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import Workspace


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
@click.option(
    "as_markdown", "--markdown", is_flag=True, help="Print the dossier of NAME as Markdown."
)
@json_option
def command(
    name: str | None,
    listing: bool,
    suggest: bool,
    graph: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> int:
    """Tell what the library says about NAME: a company, person, agency or place, in any script.

    A name that several go by lists them and exits with 1. With --markdown claims, timeline,
    every passage and one's notes are printed as a file, each with its citation.

    Columns of --list: kind, name, Chinese, mentions. Of --suggest: name, Chinese, how often it
    stands in the texts, ids of the issues.
    """
    if (name is not None) + listing + suggest + (graph is not None) != 1:
        raise click.UsageError("give a NAME, or --list, or --suggest, or --graph FILE")
    if as_markdown and (name is None or as_json):
        raise click.UsageError("--markdown goes with a NAME, and without --json")
    if graph is not None:
        return _graph(graph)
    if listing:
        return _list(as_json=as_json)
    if suggest:
        return _suggest(as_json=as_json)
    return _tell_of(name or "", _FORMS[as_markdown, as_json])


def _list(*, as_json: bool) -> int:
    """Print the catalogue, by kind and name."""
    with library() as workspace:
        entities, totals = workspace.entities.all(), workspace.entities.totals()
    order = list(EntityKind)
    entities.sort(key=lambda each: (order.index(each.kind), fold(each.name)))
    counts = [totals.get(each.id, (0, 0)) for each in entities]
    if as_json:
        told = [
            {**asdict(each), "mentions": mentions, "issues": issues}
            for each, (mentions, issues) in zip(entities, counts, strict=True)
        ]
        write_json("catalogue", entities=told)
    else:
        rows = [
            (each.kind.value, each.name, each.han, str(mentions))
            for each, (mentions, _) in zip(entities, counts, strict=True)
        ]
        write_table(rows, right=(3,))
    return 0 if entities else NOTHING_FOUND


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
    entities = counted(len(web.nodes), "entity", "entities")
    write(f"{entities}, {counted(len(web.ties) + len(web.claims), 'link')} in {file}")
    return 0


def _tell_of(name: str, tell_it: Callable[[Workspace, Entity], None]) -> int:
    """Print the page of an entity in some form, or who may be meant."""
    with library() as workspace:
        entity = one_entity(workspace, name)
        if entity is None:
            return NOTHING_FOUND
        tell_it(workspace, entity)
    return 0


def _as_markdown(workspace: Workspace, entity: Entity) -> None:
    write(workspace.transfer.dossier(entity.id).rstrip("\n"))


def _as_json(workspace: Workspace, entity: Entity) -> None:
    page = workspace.entities.page(entity.id)
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
            {
                "entity": each.entity.id,
                "issues": each.issues,
                "lift": each.lift,
                "shared": list(each.shared),
            }
            for each in summary.together
        ],
        through=[
            {"group": each.group.id, "mentions": each.mentions, "issues": each.issues}
            for each in summary.through
        ],
        claims=list(summary.claims),
        checked=summary.checked,
        passages=[asdict(passage) for passage in page.passages],
        notes=list(page.notes),
    )


def _in_words(workspace: Workspace, entity: Entity) -> None:
    page = workspace.entities.page(entity.id)
    summary = page.summary
    write(" ".join(part for part in (entity.name, entity.han, entity.pinyin) if part), bold=True)
    aliases = ", ".join(alias.text for alias in entity.aliases)
    known = {each.id: each for each in workspace.entities.all()}
    city = known[entity.city].name if entity.city in known else entity.city
    write(" · ".join(part for part in (entity.kind.value, city, aliases) if part))
    if summary.groups:
        write("belongs to " + ", ".join(group.name for group in summary.groups))
    for writing in summary.writings:
        write(f"writes {writing}")
    for claim in summary.claims:
        if claim.relation == LISTED:
            write(claim_line(claim, known, entity.id))
    if summary.claims:
        write()
        write("Claims, as the texts make them", bold=True)
    for relation in dict.fromkeys(claim.relation for claim in summary.claims):
        write(f"  {relation}")
        for claim in summary.claims:
            if claim.relation == relation:
                write(f"    {claim_line(claim, known, entity.id)}")
    if summary.checked:
        write(f"checked to {summary.checked}; absence is no evidence", dim=True)
    write()
    issues = counted(len(summary.timeline), "issue")
    write(f"{counted(summary.mentions, 'mention')} in {issues}", bold=True)
    _passages(workspace, page.passages)
    for each in summary.through:
        write()
        times = "once" if each.mentions == 1 else f"{each.mentions} times"
        write(f"Named through the group “{each.group.name}” {times}", bold=True)
        _passages(workspace, workspace.entities.passages(each.group.id))


def _passages(workspace: Workspace, passages: Iterable[Passage]) -> None:
    """Print passages under their issues."""
    for issue_id, found in groupby(passages, key=lambda passage: passage.issue):
        issue = workspace.library.issue(issue_id)
        write(issue_name(issue, workspace.library.publication(issue.publication)), bold=True)
        for passage in found:
            write(f"  {_shown(passage)}")


def claim_line(claim: Claim, entities: Mapping[str, Entity], about: str = "") -> str:
    """A claim in one line: what is said, how sure, by whom, of when; see `sentence`."""
    said = sentence(claim, entities, about)
    source = ", ".join(part for part in (claim.said_by, claim.as_of) if part)
    return (
        f"{said} ({claim.status.value}; {source})" if source else f"{said} ({claim.status.value})"
    )


_FORMS = {
    (False, False): _in_words,
    (False, True): _as_json,
    (True, False): _as_markdown,
}
"""How the page of an entity is printed: whether as Markdown, and whether as JSON."""


def _shown(passage: Passage) -> str:
    hits = [(start - passage.start, end - passage.start) for start, end in passage.hits]
    return snippet(passage.text, hits).text
