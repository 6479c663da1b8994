"""`chinai show`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from chinai_tui.cli.difference import write_difference
from chinai_tui.cli.output import json_option, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.document import Document, DocumentRole

if TYPE_CHECKING:
    from chinai_tui.domain.since import SinceThen
    from chinai_tui.workspace import OpenedIssue

_ROLES = [role.value for role in DocumentRole]


@click.command("show")
@click.argument("issue")
@click.option("--role", type=click.Choice(_ROLES), help="Which text of the issue.")
@click.option("--width", type=click.IntRange(20, 400), help="Cells a line; the terminal's if less.")
@click.option("--diff", is_flag=True, help="What has changed since an earlier revision.")
@click.option("--since", metavar="REVISION", help="With --diff: since which; its day will do.")
@json_option
def command(
    issue: str, role: str | None, width: int | None, diff: bool, since: str | None, as_json: bool
) -> None:
    """Print ISSUE: an id, a number, or words of its title.

    With --diff, print the paragraphs that are others than in the last revision before this one:
    lines with - as they were, lines with + as they are, the words themselves in [-…-] and {+…+}.
    """
    if since and not diff:
        raise click.UsageError("--since goes with --diff")
    chosen = DocumentRole(role) if role else None
    if diff:
        with library() as workspace:
            found = workspace.library.resolve(issue)
            changed = workspace.library.difference(found.id, chosen, since or "")
        write_difference(changed, as_json=as_json)
        return
    with library() as workspace:
        found = workspace.library.resolve(issue)
        opened = workspace.library.open(found.id, chosen)
        is_shown = sys.stdout.isatty() and not as_json
        since_then = workspace.since.of(found.id) if is_shown else None
    if as_json:
        write_json(
            "issue",
            issue=opened.issue,
            role=opened.role,
            read=opened.read,
            text=opened.document.text,
            blocks=list(opened.document.blocks),
            mentions=list(opened.mentions),
        )
        return
    cells = width or min(shutil.get_terminal_size().columns, 88)
    for line in _lines(opened, cells):
        write(line)
    for line in _lines_below(since_then, opened.rest, cells):
        write(line)


def _lines(opened: OpenedIssue, width: int) -> list[str]:
    """The head of the issue and its text, laid out as in the reader."""
    issue = opened.issue
    number = f" #{issue.number}" if issue.number is not None else ""
    head = [f"{opened.publication.label or opened.publication.title}{number}"]
    head += [part for part in (", ".join(issue.authors), issue.date, issue.url) if part]
    if opened.role is DocumentRole.DIGEST:
        head.append("digest in our words")
    return [" · ".join(head), "", *laid_out(opened.document, width)]


def _lines_below(since: SinceThen | None, rest: str | None, width: int) -> list[str]:
    """Where the rest of the text is, if this is not all, and what came since.

    The latter is no part of the text and stays out of files and pipes.
    """
    if since is None and rest is None:
        return []
    from chinai_tui.ui.since import tail_of

    tail = tail_of(since, rest).document
    return ["", *laid_out(tail, width)] if tail.blocks else []


def laid_out(document: Document, width: int) -> list[str]:
    """The lines of a document at a width in cells."""
    from rich.cells import cell_len

    from chinai_tui.text.layout import Layout, Options

    layout = Layout(document, width, Options(measure=width), cell_len)
    return [layout.text(row).rstrip() for row in range(layout.rows)]
