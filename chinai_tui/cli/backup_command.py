"""`chinai backup`."""

from __future__ import annotations

from pathlib import Path

import click

from chinai_tui.cli import NOT_DONE
from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@json_option
def command(file: Path, force: bool, as_json: bool) -> int:
    """Write notes, texts, reading state, settings and own entities into FILE, a zip.

    `chinai restore` takes it in, on this machine or on another. A text that is lost is named, the
    rest goes on, and the exit code is 3.
    """
    with library(current=False) as workspace:
        report = workspace.backup.write(file, force=force)
    for problem in report.problems:
        tell(problem)
    if as_json:
        write_json("backup", **{name: getattr(report, name) for name in report.__slots__})
    else:
        issues, texts = counted(report.issues, "issue"), counted(report.texts, "text")
        write(f"{issues}, {texts} and {counted(report.notes, 'note')} in {report.file}")
    return NOT_DONE if report.problems else 0
