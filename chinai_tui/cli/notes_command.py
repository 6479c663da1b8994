"""`chinai notes`."""

from __future__ import annotations

from dataclasses import asdict

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, report_problems, tell, write, write_json
from chinai_tui.cli.parser import QueryCommand
from chinai_tui.cli.session import library
from chinai_tui.domain.annotation import AnchorState, Annotation
from chinai_tui.domain.issue import issue_name
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.text.snippet import snippet
from chinai_tui.text.tags import is_private, retagged, tags_of
from chinai_tui.workspace import FoundNotes, Workspace

_STATES = {AnchorState.ORPHAN: "passage gone", AnchorState.UNSURE: "place to be checked"}


@click.command("notes", cls=QueryCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED, metavar="[QUERY | ID…]")
@click.option("--issue", default="", help="Only those on this issue: its id, number or title.")
@click.option("--delete", is_flag=True, help="Take away those with these IDs.")
@click.option("--deleted", is_flag=True, help="List what was taken away.")
@click.option("--restore", is_flag=True, help="Bring back those with these IDs.")
@json_option
def command(
    query: tuple[str, ...],
    issue: str,
    delete: bool,
    deleted: bool,
    restore: bool,
    as_json: bool,
) -> int:
    """List notes, highlights and bookmarks, latest first, or those that fit QUERY.

    Words are looked for in the note, its tags and what it quotes; company:NAME takes notes on it
    and on passages that name it or that link it; is:highlight, is:orphan (its passage is gone),
    is:flagged (its place is to be checked), color:red, by:NAME, tag:NAME and noted:2026-11 ask for
    the note itself. Whatever else, such as after:2019 or pub:chinai, has to hold for the issue.

    What was taken away can be brought back for 30 days.
    """
    if delete + deleted + restore > 1:
        raise click.UsageError("say one of --delete, --deleted and --restore")
    if (delete or restore) and (not query or issue or as_json):
        name = "delete" if delete else "restore"
        raise click.UsageError(f"--{name} takes the ids of notes and nothing else")
    if deleted and (query or issue):
        raise click.UsageError("--deleted takes nothing else but --json")
    with library() as workspace:
        if deleted:
            return _bin(workspace, as_json)
        if delete:
            return _delete(workspace, query)
        if restore:
            return _restore(workspace, query)
        return _list(workspace, " ".join(query), issue, as_json)


def _list(workspace: Workspace, source: str, issue: str, as_json: bool) -> int:
    answer = find_notes(workspace, source)
    found = list(answer.annotations)
    if issue:
        wanted = workspace.library.resolve(issue).id
        found = [each for each in found if each.issue == wanted]
    if as_json:
        forms = [note_form(workspace, each) for each in found]
        write_json("notes", query=source, undated=answer.undated, notes=forms)
    else:
        for annotation in found:
            _in_words(workspace, annotation)
    return 0 if found else NOTHING_FOUND


def _bin(workspace: Workspace, as_json: bool) -> int:
    """Print what was taken away, the latest first."""
    found = workspace.notes.deleted()
    if as_json:
        forms = [
            {**note_form(workspace, each.annotation), "deleted": each.deleted} for each in found
        ]
        write_json("notes", notes=forms)
    else:
        for each in found:
            _in_words(workspace, each.annotation, f"taken away {each.deleted[:10]}")
    return 0 if found else NOTHING_FOUND


def _restore(workspace: Workspace, ids: tuple[str, ...]) -> int:
    """Take notes out of the bin; an id that nobody has changes nothing."""
    workspace.notes.restore(ids)
    tell(f"{counted(len(ids), 'note')} brought back")
    return 0


def _delete(workspace: Workspace, ids: tuple[str, ...]) -> int:
    """Put notes into the bin; an id that nobody has changes nothing."""
    for each in ids:
        workspace.notes.get(each)
    workspace.notes.delete(ids)
    way_back = f"chinai notes --restore {' '.join(ids)}"
    tell(f"{counted(len(ids), 'note')} taken away; within 30 days `{way_back}` brings back")
    return 0


def note_form(workspace: Workspace, annotation: Annotation) -> dict[str, object]:
    """A note as JSON: its record, where its passage is now, whom it is on, and the citation."""
    return {
        **asdict(annotation),
        "private": is_private(annotation),
        "place": workspace.notes.placement(annotation),
        "entities": [each.id for each in workspace.notes.entities_of(annotation)],
        "citation": _citation(workspace, annotation),
    }


def _citation(workspace: Workspace, annotation: Annotation) -> str:
    """The citation of what a note is on; empty where that is no issue, or cannot be read."""
    try:
        return workspace.citing.cite_annotation(annotation)
    except (NotFoundError, StoreError):
        return ""


def find_notes(workspace: Workspace, source: str, done: str = "listed") -> FoundNotes:
    """The annotations that fit a query; its problems, and what it leaves out, are told.

    Raises:
        FaultyQueryError: A condition cannot be put; then nothing is done, as `done` says.
    """
    found = workspace.notes.find(source)
    report_problems(found.query, done)
    if found.undated:
        tell(f"left out: {counted(found.undated, 'note')} on issues without a date")
    return found


def _in_words(workspace: Workspace, annotation: Annotation, more: str = "") -> None:
    place = workspace.notes.placement(annotation)
    is_others = annotation.creator not in ("", workspace.settings.creator)
    told = (
        annotation.kind.value,
        annotation.color,
        _target(workspace, annotation),
        annotation.created[:10],
        f"by {annotation.creator}" if is_others else "",
        _STATES.get(place.state, "") if place else "",
        more,
        annotation.id,
    )
    write(" · ".join(filter(None, told)), bold=True)
    if annotation.anchor is not None:
        write(f"  “{snippet(annotation.anchor.exact, []).text}”")
    for line in annotation.text.splitlines():
        write(f"  {line}")
    if other := retagged(annotation.tags, (), tags_of(annotation.text)):
        write("  " + " ".join(f"#{tag}" for tag in other))


def _target(workspace: Workspace, annotation: Annotation) -> str:
    """What is annotated, in a few words; its id where the library no longer has it."""
    try:
        if annotation.entity:
            return workspace.entities.get(annotation.entity).name
        issue = workspace.library.issue(annotation.issue)
        return issue_name(issue, workspace.library.publication(issue.publication))
    except NotFoundError:
        return annotation.entity or annotation.issue
