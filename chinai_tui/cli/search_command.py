"""`chinai search`."""

from __future__ import annotations

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, report_problems, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.issue import issue_name
from chinai_tui.domain.query import Answer, IssueHit, Passage
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import Workspace

_PASSAGES = 3
"""Passages shown of each issue."""


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="At most so many issues.")
@json_option
def command(query: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Search the library: words, "phrases", -not, OR, prefix*, company:NAME, after:2019 and more.

    Issues in which everything meets in one passage stand first.
    """
    source = " ".join(query)
    with library() as workspace:
        answer = workspace.search.search(source, limit)
        report_problems(answer.query)
        if as_json:
            write_json(
                "search",
                query=source,
                widened=answer.widened,
                undated=answer.undated,
                issues=[_as_mapping(workspace, hit) for hit in answer.hits],
            )
        else:
            _in_words(workspace, answer)
    return 0 if answer.hits else NOTHING_FOUND


def _as_mapping(workspace: Workspace, hit: IssueHit) -> dict[str, object]:
    issue = workspace.library.issue(hit.issue)
    return {
        "id": issue.id,
        "number": issue.number,
        "title": issue.title,
        "date": issue.date,
        "url": issue.url,
        "together": hit.together,
        "passages": list(hit.passages),
    }


def _in_words(workspace: Workspace, answer: Answer) -> None:
    if answer.widened:
        tell(answer.widened)
    apart = False
    for hit in answer.hits:
        if not hit.together and not apart:
            apart = True
            write("only in the same issue:", dim=True)
        issue = workspace.library.issue(hit.issue)
        name = issue_name(issue, workspace.library.publication(issue.publication))
        title = issue.title if name != issue.title else ""
        write(" ".join(part for part in (name, title, issue.date) if part), bold=True)
        for passage in hit.passages[:_PASSAGES]:
            write(f"  {_shown(passage)}")
        if len(hit.passages) > _PASSAGES:
            write(f"  and {len(hit.passages) - _PASSAGES} more passages", dim=True)
    if answer.undated:
        tell(f"{answer.undated} issues without a date are left out")


def _shown(passage: Passage) -> str:
    hits = [(start - passage.start, end - passage.start) for start, end in passage.hits]
    section = f"{passage.section.rstrip(':：')}: " if passage.section else ""
    return f"{section}{snippet(passage.text, hits).text}"
