"""`chinai import`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
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
from chinai_tui.domain.issue import DATE, Publication
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.text.sanitise import safe_url
from chinai_tui.workspace import AnnotationReport, Beside, ImportOptions, ImportReport, Progress

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
@click.option("--publication", default="", help="The publication: its id, such as chinai, or name.")
@click.option(
    "--translation-of", metavar="ISSUE", help="The file is the full translation of ISSUE."
)
@click.option("--original-of", metavar="ISSUE", help="The file is what ISSUE translates.")
@click.option("--force", is_flag=True, help="Take it as such whatever language it is in.")
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
    force: bool,
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
        options = replace(_options(workspace, said, translation_of, original_of), insist=force)
        try:
            with _progress(as_json) as (progress, tell_wait):
                if again:
                    report = workspace.transfer.import_again(progress, rehearse=dry_run)
                else:
                    take = workspace.transfer.import_paths
                    report = take(paths, options, progress, rehearse=dry_run, tell_wait=tell_wait)
        except KeyboardInterrupt:
            _tell_stopped(workspace)
            return STOPPED
        except StoreError:
            tell("stopped; what came in before is saved; the same command goes on")
            raise
        known: Collection[str] = ()
        if report.publications and not dry_run:
            report, known = _followed(workspace, report)
    if as_json:
        _as_json(report, known, dry_run)
    else:
        _in_words(report, known, dry_run)
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
    if context.params["force"] and not companion:
        raise click.UsageError("--force goes with --translation-of and --original-of")
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
    if not said.publication:
        return said
    try:
        named = workspace.library.publication_called(said.publication)
    except NotFoundError as error:
        told = f"{error}, `chinai follow ADDRESS` adds one"
        raise click.BadParameter(told, param_hint="--publication") from error
    return replace(said, publication=named.id)


def _followed(workspace: Workspace, report: ImportReport) -> tuple[ImportReport, Collection[str]]:
    """The report once the publications in it are followed, and the ids of those followed before."""
    known = {each.publication.id for each in workspace.following.followed()}
    followed = workspace.following.follow_listed(report.publications)
    return replace(report, publications=followed), known


def _tell_stopped(workspace: Workspace) -> None:
    """Say how much is there, once the batch that is being written is."""
    workspace.poll()
    total = workspace.library.rows().total
    there = f"{counted(total, 'issue')} {'is' if total == 1 else 'are'} in the library"
    tell(f"stopped; {there}; the same command goes on")


@contextmanager
def _progress(
    quiet: bool,
) -> Iterator[tuple[Callable[[Progress], None] | None, Callable[[str], None]]]:
    """What shows how far the import has come, and that a host asks to wait; on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None, lambda _: None
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

        yield _show, lambda line: bar.update(task, told=line, refresh=True)


def _told(progress: Progress) -> str:
    """What has been read, and what that made: `512 of 5,000 files · 256 issues`."""
    issues = counted(progress.issues, "issue")
    if not progress.total:
        return f"{counted(progress.done, 'text')} · {issues}"
    return f"{progress.done:,} of {counted(progress.total, 'file')} · {issues}"


def _as_json(report: ImportReport, known: Collection[str], dry_run: bool) -> None:
    write_json(
        "import",
        dry_run=dry_run,
        added=list(report.added),
        updated=list(report.updated),
        unchanged=list(report.unchanged),
        joined=list(report.joined),
        beside=[
            {"issue": each.issue, "file": each.place, "from": each.better} for each in report.beside
        ],
        skipped=[{"file": each.place, "reason": each.reason} for each in report.skipped],
        failures=[{"file": each.place, "reason": each.reason} for each in report.failures],
        publications=list(report.publications),
        followed_before=[each.id for each in report.publications if each.id in known],
        notes=report.notes,
    )


def _in_words(report: ImportReport, known: Collection[str], dry_run: bool) -> None:
    if dry_run:
        write("nothing is written; this would happen:")
    if report.publications:
        _publications_in_words(report.publications, known, dry_run)
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
    _list(write, [f"{'changed':<8} {each}" for each in report.updated])
    _list(write, [f"{'joined':<8} {each}: it was part of another issue" for each in report.joined])
    if report.beside:
        write(_beside_in_words(report.beside))
        if report.texts == len(report.beside):
            return
    if report.texts and not (report.added or report.updated or report.beside):
        texts = "the text is" if report.texts == 1 else f"all {report.texts:,} texts are"
        write(f"nothing has changed: {texts} in the library already")
    else:
        write(
            f"{len(report.added):,} new, {len(report.updated):,} changed,"
            f" {len(report.unchanged):,} unchanged"
        )


def _beside_in_words(beside: Sequence[Beside]) -> str:
    """That texts came in and are not those that are read."""
    if len(beside) > 1:
        count = f"{len(beside):,} texts"
        return f"{count} are kept beside as sources: better or later ones of their issues are there"
    (each,) = beside
    better = f" (from {each.better})" if each.better else ""
    there = f"a better or later text of it{better} is in the library"
    return f"{each.issue}: {there}; this one is kept beside as a source"


def _publications_in_words(
    publications: Sequence[Publication], known: Collection[str], dry_run: bool
) -> None:
    """Which are followed from now on, and how many were before: those of the ids `known`."""
    new = [each for each in publications if each.id not in known]
    _list(write, [f"{each.title}: {each.feed or each.home}" for each in new])
    if new:
        told = "to follow" if dry_run else "followed; `chinai sync` fetches their issues"
        write(f"{counted(len(new), 'publication')} {told}")
    if before := len(publications) - len(new):
        write(f"{counted(before, 'publication')} followed already")


def _list(say: Callable[[str], None], lines: Sequence[str]) -> None:
    """Print the first of many lines, and how many more there are."""
    for line in lines[:_LISTED]:
        say(line)
    if len(lines) > _LISTED:
        say(f"and {len(lines) - _LISTED:,} more; --json names them all")
