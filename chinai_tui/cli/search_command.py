"""`chinai search`."""

from __future__ import annotations

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import (
    Hits,
    json_option,
    report_problems,
    tell,
    tell_problems,
    write,
    write_json,
    write_lit,
)
from chinai_tui.cli.parser import QueryCommand, limit_option
from chinai_tui.cli.session import library
from chinai_tui.domain.issue import issue_name
from chinai_tui.domain.query import Answer, IssueHit, Passage
from chinai_tui.text.fields import VALUES
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import Workspace

_ISSUES = 20
"""Issues shown unless it is said how many."""
_PASSAGES = 3
"""Passages shown of each issue."""


@click.command("search", cls=QueryCommand)
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@limit_option("At most so many issues, else 20.")
@click.option("--sort", type=click.Choice(VALUES["sort"]), help="The order, else relevance.")
@click.option(
    "--context",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="Print whole paragraphs, with N before and after each.",
)
@click.option("--count", is_flag=True, help="Print how many issues fit, and nothing else.")
@click.option("--ids", is_flag=True, help="Print the ids of all issues that fit, one a line.")
@click.option("explained", "--explain", is_flag=True, help="Print how the query was read.")
@json_option
def command(
    query: tuple[str, ...],
    limit: int | None,
    sort: str | None,
    context: int,
    count: bool,
    ids: bool,
    explained: bool,
    as_json: bool,
) -> int:
    """Search the library: words, "phrases", -not, OR, prefix*, company:NAME, after:2019 and more.

    Issues in which everything meets in one passage stand first.
    """
    if sum((count, ids, explained, as_json)) > 1:
        raise click.UsageError("only one of --count, --ids, --explain and --json can be had")
    source = _sorted(" ".join(query), sort or "")
    with library() as workspace:
        if explained:
            return _explain(workspace, source)
        if count or ids:
            return _list(workspace, source, limit, only_count=count)
        answer = workspace.search.search(source, limit or _ISSUES)
        report_problems(answer.query)
        _report_missing(answer)
        if as_json:
            _as_json(workspace, answer)
        else:
            _in_words(workspace, answer, context)
    return 0 if answer.hits else NOTHING_FOUND


def _sorted(source: str, order: str) -> str:
    """A query with the order of its answer; first, since the end of it may be left open."""
    return f"sort:{order} {source}" if order else source


def _explain(workspace: Workspace, source: str) -> int:
    """Print how a query was read."""
    query = workspace.search.parse(source)
    tell_problems(query)
    for line in workspace.search.explain(query):
        write(line)
    return 0


def _list(workspace: Workspace, source: str, limit: int | None, *, only_count: bool) -> int:
    """Print the ids of the issues that fit, best first, or how many these are."""
    query = workspace.search.parse(source)
    report_problems(query)
    found = workspace.library.rows(source if query.sort else _sorted(source, "relevance"))
    if only_count:
        write(str(len(found.rows)))
    else:
        for row in found.rows[:limit]:
            write(row.id)
    _report_undated(found.undated)
    return 0 if found.rows else NOTHING_FOUND


def _report_missing(answer: Answer) -> None:
    """Tell what has no hits, and what may have been meant."""
    for each in answer.missing:
        tell(each.told)
    if not answer.hits and not answer.missing and not answer.notes:
        tell("nothing fits all of it")


def _report_undated(count: int) -> None:
    """Tell how many issues a date leaves out only because they have none."""
    if count:
        left_out = "issue without a date is" if count == 1 else "issues without a date are"
        tell(f"{count:,} {left_out} left out")


def _as_json(workspace: Workspace, answer: Answer) -> None:
    write_json(
        "search",
        query=answer.query.source,
        widened=answer.widened,
        undated=answer.undated,
        missing=list(answer.missing),
        notes=[each.id for each in answer.notes],
        issues=[_as_mapping(workspace, hit) for hit in answer.hits],
    )


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


def _in_words(workspace: Workspace, answer: Answer, context: int) -> None:
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
            beside = "" if passage.role is issue.main_role else passage.role.value
            _write_passage(workspace, passage, beside, context)
        if len(hit.passages) > _PASSAGES:
            write(f"  and {len(hit.passages) - _PASSAGES} more passages", dim=True)
    if answer.notes:
        write("in your notes:", dim=True)
        for each in answer.notes:
            write(f"  {each.issue or each.entity}: {each.words}")
    _report_undated(answer.undated)


def _write_passage(workspace: Workspace, passage: Passage, beside: str, context: int) -> None:
    """Print the words around the hits, or the whole passage between its neighbours.

    `beside` names the document, where it is not the one that opens.
    """
    places = " · ".join(filter(None, (beside, passage.section.rstrip(":："))))
    section = f"{places}: " if places else ""
    hits = tuple((start - passage.start, end - passage.start) for start, end in passage.hits)
    if not context:
        found = snippet(passage.text, hits)
        write_lit(f"  {section}{found.text}", _moved(found.hits, len(section) + 2))
        return
    if beside:
        write(f"  {beside}:", dim=True)
    document = workspace.library.document(passage.issue, passage.role)
    for block in range(passage.block - context, passage.block + context + 1):
        if block == passage.block:
            write_lit(f"  {passage.text}", _moved(hits, 2))
        elif 0 <= block < len(document.blocks):
            write(f"  {document.text_of(block)}", dim=True)
    write()


def _moved(hits: Hits, by: int) -> Hits:
    return tuple((start + by, end + by) for start, end in hits)
