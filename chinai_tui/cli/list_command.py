"""`chinai list`."""

from __future__ import annotations

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, report_problems, tell, write_json, write_table
from chinai_tui.cli.parser import QueryCommand, limit_option
from chinai_tui.cli.session import library
from chinai_tui.domain.rows import IssueRow
from chinai_tui.text.hidden import hidden_told


@click.command("list", cls=QueryCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@limit_option("At most so many issues.")
@json_option
def command(query: tuple[str, ...], limit: int | None, as_json: bool) -> int:
    """List the issues, newest first, or those that fit QUERY.

    Columns: id, number, date, title, publication. A month with ≈ is that of the nearest issue by
    number that has a date.
    """
    source = " ".join(query)
    with library(current=bool(source)) as workspace:
        asked = workspace.search.parse(source)
        report_problems(asked, "listed")
        found = workspace.library.rows(source)
    rows = found.rows[:limit]
    if as_json:
        write_json(
            "list", query=source, total=found.total, undated=found.undated, issues=list(rows)
        )
    else:
        write_table([_columns(row) for row in rows], right=(1,))
        if len(rows) < len(found.rows):
            tell(f"the first {len(rows):,} of {len(found.rows):,}")
        if told := hidden_told(found, asked):
            tell(told)
    return 0 if rows else NOTHING_FOUND


def _columns(row: IssueRow) -> tuple[str, ...]:
    number = "" if row.number is None else f"#{row.number}"
    date = row.date or (f"≈{row.near[:7]}" if row.near else "")
    return row.id, number, date, row.title, row.outlet
