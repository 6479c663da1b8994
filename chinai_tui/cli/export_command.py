"""`chinai export`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.notes_command import find_notes
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.parser import QueryCommand
from chinai_tui.cli.session import library
from chinai_tui.domain.query import Field
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.text.fields import quoted
from chinai_tui.workspace import PROFILES, ExportBy, ExportReport, ExportTarget, Workspace

STDOUT = Path("-")
POLLED_SECONDS = 2.0
"""How long a change that another program made may go unnoticed."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for on the command line."""

    query: str
    company: str
    issue: str
    by: ExportBy | None
    profile: str


@click.command("export", cls=QueryCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--company", default="", help="The notes on a company, and on passages naming it.")
@click.option("--issue", default="", help="The notes on this issue: its id, number or title.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="The folder to write to; - prints."
)
@click.option("--profile", default="markdown", type=click.Choice([*PROFILES]), show_default=True)
@click.option(
    "--by",
    type=click.Choice([each.value for each in ExportBy]),
    help="What has a file of its own; one: just the notes that fit, in a single file.",
)
@click.option("--watch", is_flag=True, help="Keep the folder up to date until Ctrl-C.")
@click.option("--all", is_flag=True, hidden=True, expose_value=False)
@json_option
def command(
    query: tuple[str, ...],
    company: str,
    issue: str,
    folder: Path | None,
    profile: str,
    by: str | None,
    watch: bool,
    as_json: bool,
) -> int:
    """Write notes with citations: all of them, or those that fit QUERY.

    Each issue with a note that fits has a file, each company or person noted by itself too. Such a
    file always holds all the notes there are on it, so that no export takes away what another
    wrote; with --by one there is a single file with just the notes that fit, which is named after
    QUERY and, for tag:NAME alone, keeps the order made by hand. Of a file that is there already,
    what you wrote outside the two markers stays. Notes tagged #private are left out.
    """
    if company and issue:
        raise click.UsageError("say one of --company NAME and --issue ISSUE")
    if watch and (as_json or folder == STDOUT):
        raise click.UsageError("--watch goes with a folder, and without --json")
    asked = _Asked(" ".join(query), company, issue, ExportBy(by) if by else None, profile)
    with library() as workspace:
        if folder == STDOUT:
            return _print(workspace, asked)
        where = folder or Path(workspace.settings.export_folder).expanduser()
        if watch:
            keep_up(workspace, lambda: _export(workspace, asked, where), threading.Event().wait)
            return 0
        report = _export(workspace, asked, where)
    for line in report.told:
        tell(line)
    if as_json:
        written = [str(file) for file in report.written]
        files = [str(file) for file in report.files]
        write_json("export", files=files, notes=report.notes, written=written, told=report.told)
    else:
        for file in report.files:
            write(str(file))
    return 0 if report.files else _nothing(asked)


def keep_up(
    workspace: Workspace, export: Callable[[], ExportReport], wait: Callable[[float], object]
) -> None:
    """Export, and again after each change, until Ctrl-C; a line for each file that is new.

    Args:
        workspace: its changes are noticed, those of other programs too.
        export: writes what is to be written.
        wait: lets so many seconds pass.
    """
    changed = threading.Event()
    changed.set()
    leave = workspace.subscribe(lambda _: changed.set())
    told: tuple[str, ...] = ()
    try:
        while True:
            if changed.is_set():
                changed.clear()
                told = _tell_changes(export, told)
            wait(POLLED_SECONDS)
            workspace.poll()
    except KeyboardInterrupt:
        return
    finally:
        leave()


def _tell_changes(export: Callable[[], ExportReport], told: tuple[str, ...]) -> tuple[str, ...]:
    """Export and tell what is new; what was told before is not told again."""
    try:
        report = export()
    except (NotFoundError, StoreError) as error:
        # What cannot be written now, such as a file that an editor holds, may be next time.
        lines: tuple[str, ...] = (str(error),)
    else:
        lines = report.told
        for file in report.written:
            write(str(file))
    for line in lines:
        if line not in told:
            tell(line)
    return lines


def _print(workspace: Workspace, asked: _Asked) -> int:
    target = _target(workspace, asked, ExportBy.ONE)
    text, report = workspace.transfer.export_text(target)
    for line in report.told:
        tell(line)
    if not report.notes:
        return _nothing(asked)
    write(text.rstrip("\n"))
    return 0


def _export(workspace: Workspace, asked: _Asked, folder: Path) -> ExportReport:
    default = ExportBy.ENTITY if asked.company else ExportBy.ISSUE
    return workspace.transfer.export(_target(workspace, asked, default), folder)


def _nothing(asked: _Asked) -> int:
    if asked.query or asked.company or asked.issue:
        tell("no note fits; `chinai notes` lists them all")
        return NOTHING_FOUND
    tell("there are no notes to write yet; `a` in the reader writes one")
    return 0


def _target(workspace: Workspace, asked: _Asked, default: ExportBy) -> ExportTarget:
    """What is to be written; problems of the query are told, and then nothing is.

    What cannot be read would be left out of the query, and more notes leave than are meant.
    """
    named = (
        asked.query,
        f"company:{quoted(asked.company)}" if asked.company else "",
        f"issue:{quoted(asked.issue)}" if asked.issue else "",
    )
    found = find_notes(workspace, asked.query, "written") if asked.query else None
    if found and found.query.problems:
        raise click.UsageError("nothing is written, since the query cannot be read")
    root = found.query.root if found else None
    alone = isinstance(root, Field) and root.name == "tag" and not (asked.company or asked.issue)
    return ExportTarget(
        issue=workspace.library.resolve(asked.issue).id if asked.issue else "",
        entity=_entity(workspace, asked.company) if asked.company else "",
        chosen=None if found is None else frozenset(each.id for each in found.annotations),
        name=" ".join(filter(None, named)),
        by=asked.by or default,
        tag=root.value if alone and isinstance(root, Field) else "",
        profile=asked.profile,
    )


def _entity(workspace: Workspace, name: str) -> str:
    """The id of the one entity that goes by a name."""
    found = workspace.entities.resolve(name)
    if len(found) != 1:
        names = ", ".join(entity.id for entity in found) or "nobody"
        raise NotFoundError(f"{name}: {names} goes by that name; `chinai company` finds names")
    return found[0].id
