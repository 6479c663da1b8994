"""`chinai company`."""

from __future__ import annotations

from dataclasses import asdict

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.domain.issue import issue_name
from chinai_tui.domain.query import Passage
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import EntityPage, Workspace


@click.command("company")
@click.argument("name")
@json_option
def command(name: str, as_json: bool) -> int:
    """Tell what the library says about NAME: a company, person, agency or place, in any script.

    A name that several go by lists them and exits with 1.
    """
    with library() as workspace:
        found = workspace.entities.resolve(name)
        if not found:
            found = [hit.entity for hit in workspace.entities.jump(name, limit=5)]
            if len(found) != 1:
                _candidates(name, found)
                return NOTHING_FOUND
        if len(found) > 1:
            _candidates(name, found)
            return NOTHING_FOUND
        page = workspace.entities.page(found[0].id)
        if as_json:
            _as_json(page)
        else:
            _in_words(workspace, page)
    return 0


def _candidates(name: str, found: list[Entity]) -> None:
    if not found:
        tell(f"{name}: nobody in the catalogue goes by that name")
        return
    tell(f"{name}: did you mean")
    for entity in found:
        tell(f"  {entity.id}: {entity.name} {entity.han}")


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
