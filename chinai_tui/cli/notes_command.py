"""`chinai notes`."""

from __future__ import annotations

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.issue import issue_name
from chinai_tui.errors import NotFoundError
from chinai_tui.text.snippet import snippet
from chinai_tui.workspace import Workspace


@click.command("notes")
@click.argument("words", nargs=-1)
@click.option("--issue", default="", help="Only those on this issue: its id, number or title.")
@json_option
def command(words: tuple[str, ...], issue: str, as_json: bool) -> int:
    """List notes, highlights and bookmarks, latest first, or those that hold all WORDS."""
    with library() as workspace:
        found = workspace.notes.all(" ".join(words))
        if issue:
            wanted = workspace.library.resolve(issue).id
            found = [each for each in found if each.issue == wanted]
        if as_json:
            write_json("notes", notes=found)
        else:
            for annotation in found:
                _in_words(workspace, annotation)
    return 0 if found else NOTHING_FOUND


def _in_words(workspace: Workspace, annotation: Annotation) -> None:
    head = f"{annotation.kind.value} · {_target(workspace, annotation)} · {annotation.created[:10]}"
    write(head, bold=True)
    if annotation.anchor is not None:
        write(f"  “{snippet(annotation.anchor.exact, []).text}”")
    for line in annotation.text.splitlines():
        write(f"  {line}")


def _target(workspace: Workspace, annotation: Annotation) -> str:
    """What is annotated, in a few words; its id where the library no longer has it."""
    try:
        if annotation.entity:
            return workspace.entities.get(annotation.entity).name
        issue = workspace.library.issue(annotation.issue)
        return issue_name(issue, workspace.library.publication(issue.publication))
    except NotFoundError:
        return annotation.entity or annotation.issue
