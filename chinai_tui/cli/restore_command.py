"""`chinai restore`."""

from __future__ import annotations

from pathlib import Path

import click

from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.workspace import RestoreReport


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of all that is here.")
@json_option
def command(file: Path, replace: bool, as_json: bool) -> None:
    """Take in what `chinai backup` wrote into FILE.

    It joins what is here: nothing is lost, and where a note differs both are kept, the later one
    in its place. With --replace the library becomes what it was then; what is here is backed up
    first.
    """
    with library(current=False) as workspace:
        report = workspace.backup.restore(file, replace=replace)
        workspace.care.catch_up()
    for problem in report.problems:
        tell(problem)
    if as_json:
        write_json("restore", **{name: getattr(report, name) for name in report.__slots__})
    else:
        _in_words(report)


def _in_words(report: RestoreReport) -> None:
    if report.safety is not None:
        write(f"what was here before is in {report.safety}")
        issues, notes = counted(len(report.issues_added), "issue"), len(report.notes_added)
        write(f"the library is that of the backup: {issues}, {counted(notes, 'note')}")
        return
    for what, added, updated in (
        ("issues", report.issues_added, report.issues_updated),
        ("notes", report.notes_added, report.notes_updated),
    ):
        write(f"{what}: {len(added)} new, {len(updated)} updated")
    if deleted := report.notes_deleted:
        way_back = f"chinai notes --restore {' '.join(deleted)}"
        count = counted(len(deleted), "note")
        write(f"{'bin':<8} {count} deleted here since; `{way_back}` brings back")
    for copy in report.copies:
        write(f"{'copy':<8} {copy}: it differed from the note that is here, and is kept beside it")
    for path in report.beside:
        write(f"{'beside':<8} {path}: the backup's own; yours stays as it is")
