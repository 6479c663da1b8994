"""`chinai import`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chinai_tui.cli import NOT_DONE, STOPPED
from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DATE, ISSUE_ID, Publication
from chinai_tui.errors import StoreError
from chinai_tui.text.sanitise import safe_url
from chinai_tui.workspace import AnnotationReport, ImportOptions, ImportReport, Progress

if TYPE_CHECKING:
    from chinai_tui.workspace import Workspace

_BAR = 20
"""Cells of the bar, which leave room for the rest on a line of 80."""
_LISTED = 20
"""Lines of one kind that are printed; `--json` has all."""


@click.command("import")
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--title", default="", help="The title of a text that does not say it.")
@click.option("--url", default="", help="The address of a text that does not say it.")
@click.option("--date", default="", metavar="YYYY[-MM[-DD]]", help="When the text appeared.")
@click.option("--publication", default="", help="The id of the publication, such as chinai.")
@click.option(
    "--translation-of", metavar="ISSUE", help="The file is the full translation of ISSUE."
)
@click.option("--original-of", metavar="ISSUE", help="The file is what ISSUE translates.")
@click.option("--again", is_flag=True, help="Read the originals of all texts anew.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen to texts; write nothing.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    title: str,
    url: str,
    date: str,
    publication: str,
    translation_of: str | None,
    original_of: str | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring in texts from files, folders, archives and mailboxes; and notes on them.

    A PATH of - is standard input. Notes are read from our own notes.annotations.jsonl, the JSON
    export of Hypothes.is and the CSV export of Readwise. They find their place by the words they
    quote.

    What is already there is not brought in twice. A file that cannot be read is named, the rest
    goes on, and the exit code is 3. Stopped with Ctrl-C, it goes on when it is called again.
    """
    said = ImportOptions(title, url, date, publication)
    _check(context, paths, said, translation_of, original_of)
    with library() as workspace:
        options = _options(workspace, said, translation_of, original_of)
        try:
            with _progress(as_json) as progress:
                if again:
                    report = workspace.transfer.import_again(progress, rehearse=dry_run)
                else:
                    take = workspace.transfer.import_paths
                    report = take(paths, options, progress, rehearse=dry_run)
        except KeyboardInterrupt:
            _tell_stopped(workspace)
            return STOPPED
        except StoreError:
            tell("stopped; what came in before is saved; the same command goes on")
            raise
        if report.publications and not dry_run:
            followed = workspace.following.follow_listed(report.publications)
            report = replace(report, publications=followed)
    if as_json:
        _as_json(report, dry_run)
    else:
        _in_words(report, dry_run)
        _list(tell, [str(failure) for failure in report.failures])
    return NOT_DONE if report.failures else 0


def _check(
    context: click.Context,
    paths: Sequence[str],
    said: ImportOptions,
    translation_of: str | None,
    original_of: str | None,
) -> None:
    """Refuse what contradicts itself.

    Raises:
        UsageError: It does.
    """
    companion = translation_of or original_of
    again = context.params["again"]
    if bool(paths) == again:
        raise click.UsageError("--again takes no PATH" if again else "a PATH is missing")
    if again and (companion or said != ImportOptions()):
        raise click.UsageError("--again goes with no option that says what a text is")
    if translation_of and original_of:
        raise click.UsageError("a file is either the translation or the original")
    if companion and said != ImportOptions():
        raise click.UsageError("what is said of an issue is not said of its translation")
    if (said.is_single or companion) and (len(paths) != 1 or Path(paths[0]).is_dir()):
        raise click.UsageError(
            "--title, --url, --translation-of and --original-of are for one file"
        )
    if said.date and not DATE.fullmatch(said.date):
        raise click.BadParameter("YYYY, YYYY-MM or YYYY-MM-DD is expected", param_hint="--date")
    if said.url and safe_url(said.url) != said.url:
        raise click.BadParameter("an address begins with https://", param_hint="--url")


def _check_publication(workspace: Workspace, publication: str) -> None:
    """Tell of a publication that nobody describes; refuse what can be no id of one.

    Raises:
        BadParameter: It can be none.
    """
    nobodys = Publication(publication, publication)
    if not publication or workspace.library.publication(publication) != nobodys:
        return
    lists = "`chinai publications` lists their ids"
    if not ISSUE_ID.fullmatch(publication):
        raise click.BadParameter(lists, param_hint="--publication")
    tell(f"{publication} is no publication that is described; {lists}")


def _options(
    workspace: Workspace, said: ImportOptions, translation_of: str | None, original_of: str | None
) -> ImportOptions:
    """What the user says, with the issue that a translation or original is of."""
    if translation_of:
        issue = workspace.library.resolve(translation_of).id
        return ImportOptions(issue=issue, role=DocumentRole.TRANSLATION)
    if original_of:
        issue = workspace.library.resolve(original_of).id
        return ImportOptions(issue=issue, role=DocumentRole.ORIGINAL)
    _check_publication(workspace, said.publication)
    return said


def _tell_stopped(workspace: Workspace) -> None:
    """Say how much is there, once the batch that is being written is."""
    workspace.poll()
    total = workspace.library.rows().total
    there = f"{counted(total, 'issue')} {'is' if total == 1 else 'are'} in the library"
    tell(f"stopped; {there}; the same command goes on")


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """What shows how far the import has come, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as bars
    from rich.console import Console

    with bars.Progress(
        bars.BarColumn(_BAR),
        bars.TextColumn("{task.fields[told]}", markup=False),
        bars.TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, told="looking for texts")

        def _show(progress: Progress) -> None:
            seconds = bar.tasks[task].elapsed or 0.0
            rate = f" · {progress.issues / seconds:,.0f}/s" if progress.issues and seconds else ""
            told = _told(progress) + rate
            bar.update(task, completed=progress.done, total=progress.total or None, told=told)

        yield _show


def _told(progress: Progress) -> str:
    """What has been read, and what that made: `512 of 5,000 files · 256 issues`."""
    issues = counted(progress.issues, "issue")
    if not progress.total:
        return f"{counted(progress.done, 'text')} · {issues}"
    return f"{progress.done:,} of {counted(progress.total, 'file')} · {issues}"


def _as_json(report: ImportReport, dry_run: bool) -> None:
    write_json(
        "import",
        dry_run=dry_run,
        added=list(report.added),
        updated=list(report.updated),
        unchanged=list(report.unchanged),
        joined=list(report.joined),
        skipped=[{"file": each.place, "reason": each.reason} for each in report.skipped],
        failures=[{"file": each.place, "reason": each.reason} for each in report.failures],
        publications=list(report.publications),
        notes=report.notes,
    )


def _in_words(report: ImportReport, dry_run: bool) -> None:
    if dry_run:
        write("nothing is written; this would happen:")
    if report.publications:
        _publications_in_words(report, dry_run)
    if report.texts or not (report.notes.annotations or report.publications):
        _texts_in_words(report)
    if report.notes.annotations:
        _notes_in_words(report.notes)
    for reason, count in Counter(each.reason for each in report.skipped).most_common():
        write(f"{count:,} skipped: {reason}")


def _notes_in_words(notes: AnnotationReport) -> None:
    counts = (notes.added, notes.changed, notes.unchanged)
    words = zip(map(len, counts), ("new", "changed", "unchanged"), strict=True)
    write("notes: " + ", ".join(f"{count:,} {word}" for count, word in words))
    told = "import its text and the notes find their places"
    _list(write, [f"{'awaited':<8} {each}: {told}" for each in notes.stubs])
    told = "what it quotes stands nowhere in the text"
    _list(write, [f"{'orphan':<8} {each}: {told}" for each in notes.orphaned])
    told = "check its place; what it quotes may stand elsewhere too"
    _list(write, [f"{'flagged':<8} {each}: {told}" for each in notes.flagged])


def _texts_in_words(report: ImportReport) -> None:
    _list(write, [f"{'new':<8} {each}" for each in report.added])
    _list(write, [f"{'changed':<8} {each}" for each in dict.fromkeys(report.updated)])
    _list(write, [f"{'joined':<8} {each}: it was part of another issue" for each in report.joined])
    if report.texts and not (report.added or report.updated):
        texts = "the text is" if report.texts == 1 else f"all {report.texts:,} texts are"
        write(f"nothing has changed: {texts} in the library already")
    else:
        write(
            f"{len(report.added):,} new, {len(report.updated):,} changed,"
            f" {len(report.unchanged):,} unchanged"
        )


def _publications_in_words(report: ImportReport, dry_run: bool) -> None:
    lines = [f"{each.title}: {each.feed or each.home}" for each in report.publications]
    _list(write, lines)
    what = counted(len(lines), "publication")
    write(f"{what} {'to follow' if dry_run else 'followed; `chinai sync` fetches their issues'}")


def _list(say: Callable[[str], None], lines: Sequence[str]) -> None:
    """Print the first of many lines, and how many more there are."""
    for line in lines[:_LISTED]:
        say(line)
    if len(lines) > _LISTED:
        say(f"and {len(lines) - _LISTED:,} more; --json names them all")
