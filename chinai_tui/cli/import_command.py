"""`chinai import`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from chinai_tui.cli import NOT_DONE, STOPPED
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.workspace import AnnotationReport, ImportOptions, ImportReport, Progress

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title of a text that does not say it.")
@click.option("--url", default="", help="The address of a text that does not say it.")
@click.option("--date", default="", metavar="YYYY[-MM[-DD]]", help="When the text appeared.")
@click.option("--publication", default="", help="The id of the publication, such as chinai.")
@json_option
def command(
    paths: tuple[Path, ...],
    title: str,
    url: str,
    date: str,
    publication: str,
    as_json: bool,
) -> int:
    """Bring in texts from files and folders: plain text, Markdown and HTML; and notes on them.

    Notes are read from our own notes.annotations.jsonl, the JSON export of Hypothes.is and the CSV
    export of Readwise. They find their place by the words they quote.

    What is already there is not brought in twice. A file that cannot be read is named, the rest
    goes on, and the exit code is 3. Stopped with Ctrl-C, it goes on when it is called again.
    """
    if (title or url) and (len(paths) != 1 or paths[0].is_dir()):
        raise click.UsageError("--title and --url are for one file")
    if date and not _DATE.fullmatch(date):
        raise click.BadParameter("YYYY, YYYY-MM or YYYY-MM-DD is expected", param_hint="--date")
    options = ImportOptions(title, url, date, publication)
    with library() as workspace:
        try:
            report = workspace.transfer.import_paths(paths, options, _progress(as_json))
        except KeyboardInterrupt:
            # It looks after the batch that is being written.
            workspace.poll()
            issues = workspace.library.rows().total
            tell(f"stopped; {issues:,} issues are in the library; the same command goes on")
            return STOPPED
    if as_json:
        _as_json(report)
    else:
        _in_words(report)
    for failure in report.failures:
        tell(str(failure))
    return NOT_DONE if report.failures else 0


def _progress(quiet: bool) -> Callable[[Progress], None] | None:
    """What shows how far the import has come, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        return None
    return lambda progress: click.echo(f"\r{progress.done} texts", err=True, nl=False)


def _as_json(report: ImportReport) -> None:
    write_json(
        "import",
        added=list(report.added),
        updated=list(report.updated),
        unchanged=list(report.unchanged),
        failures=[{"file": each.place, "reason": each.reason} for each in report.failures],
        notes=report.notes,
    )


def _in_words(report: ImportReport) -> None:
    if report.texts or not report.notes.annotations:
        _texts_in_words(report)
    if report.notes.annotations:
        _notes_in_words(report.notes)


def _notes_in_words(notes: AnnotationReport) -> None:
    counts = (notes.added, notes.changed, notes.unchanged)
    words = zip(map(len, counts), ("new", "changed", "unchanged"), strict=True)
    write("notes: " + ", ".join(f"{count} {word}" for count, word in words))
    for each in notes.stubs:
        write(f"{'awaited':<8} {each}: import its text and the notes find their places")
    for each in notes.orphaned:
        write(f"{'orphan':<8} {each}: what it quotes stands nowhere in the text, or more than once")


def _texts_in_words(report: ImportReport) -> None:
    for title, ids in (("new", report.added), ("updated", report.updated)):
        for issue_id in ids:
            write(f"{title:<8} {issue_id}")
    if report.texts and not (report.added or report.updated):
        write(f"nothing has changed: all {report.texts} texts are in the library already")
    else:
        write(
            f"{len(report.added)} new, {len(report.updated)} updated,"
            f" {len(report.unchanged)} unchanged"
        )
