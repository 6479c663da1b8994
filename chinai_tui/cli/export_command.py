"""`chinai export`."""

from __future__ import annotations

from pathlib import Path

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.errors import NotFoundError
from chinai_tui.workspace import ExportTarget, Workspace


@click.command("export")
@click.argument("issue", required=False)
@click.option("--company", default="", help="The notes on a company, and on passages naming it.")
@click.option("--all", "everything", is_flag=True, help="All notes, one file an issue.")
@click.option("--one-file", is_flag=True, help="With --all: all of them in one file.")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="The folder to write to.")
@json_option
def command(
    issue: str | None,
    company: str,
    everything: bool,
    one_file: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write the notes of ISSUE, of a company, or all of them, as Markdown with citations.

    Of a file that is there already, what you wrote outside the two markers stays.
    """
    if sum(map(bool, (issue, company, everything))) != 1:
        raise click.UsageError("say one of ISSUE, --company NAME and --all")
    if one_file and not everything:
        raise click.UsageError("--one-file goes with --all")
    with library(marked=True) as workspace:
        where = folder or Path(workspace.settings.export_folder).expanduser()
        report = workspace.transfer.export(_target(workspace, issue, company, one_file), where)
    if as_json:
        write_json("export", files=[str(file) for file in report.files], notes=report.notes)
    else:
        for file in report.files:
            write(str(file))
    if not report.files:
        tell("there are no notes to write yet; `a` in the reader writes one")
    return 0 if report.files or everything else NOTHING_FOUND


def _target(workspace: Workspace, issue: str | None, company: str, one_file: bool) -> ExportTarget:
    if issue:
        return ExportTarget(issue=workspace.library.resolve(issue).id)
    if not company:
        return ExportTarget(single_file=one_file)
    found = workspace.entities.resolve(company)
    if len(found) != 1:
        names = ", ".join(entity.id for entity in found) or "nobody"
        raise NotFoundError(f"{company}: {names} goes by that name; `chinai company` finds names")
    return ExportTarget(entity=found[0].id)
