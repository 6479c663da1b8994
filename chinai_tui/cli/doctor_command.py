"""`chinai doctor`."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from chinai_tui import config
from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, write, write_json
from chinai_tui.errors import CatalogueError, ChinaiError
from chinai_tui.paths import Paths, default_paths
from chinai_tui.workspace import Checkup, Progress, Workspace

SOMETHING_WRONG = 1
_NAMED = 10
"""Files that went which are named."""


@click.command("doctor")
@json_option
def command(as_json: bool) -> int:
    """Check the settings, the catalogue, and every text with its original and its notes.

    Nothing of yours is changed; temporary files of an import that was killed are taken away. Each
    fault is named with its file, the reason and the way out; then the exit code is 1.
    """
    checkup = _checkup()
    if as_json:
        write_json(
            "doctor",
            issues=checkup.issues,
            texts=checkup.texts,
            notes=checkup.notes,
            awaited=checkup.awaited,
            unbacked=checkup.unbacked,
            gone=list(checkup.gone),
            left_over=checkup.left_over,
            removed=list(checkup.removed),
            wrong=list(checkup.wrong),
        )
    else:
        for fault in checkup.wrong:
            write(fault)
        issues, texts = counted(checkup.issues, "issue"), counted(checkup.texts, "text")
        write(f"{issues}, {texts}, {counted(checkup.notes, 'note')} checked")
        _to_know(checkup)
        if not checkup.wrong:
            write("nothing is wrong")
    return SOMETHING_WRONG if checkup.wrong else 0


def _to_know(checkup: Checkup) -> None:
    """Tell what is no fault."""
    if checkup.awaited:
        write(f"{counted(checkup.awaited, 'issue')} without a text; `chinai import` brings it")
    if checkup.unbacked:
        texts = counted(checkup.unbacked, "text")
        write(f"{texts} without the original; all else works, `chinai import --again` needs it")
    for line in checkup.gone:
        write(line)
    for name in checkup.removed[:_NAMED]:
        write(f"removed {name}, left over from an import that was killed")
    if len(checkup.removed) > _NAMED:
        more = counted(len(checkup.removed) - _NAMED, "such file")
        write(f"and {more} more; --json names them all")
    if checkup.left_over:
        what = counted(checkup.left_over, "temporary file")
        write(f"{what} of an import that was killed; the next `chinai import` takes them away")


def _checkup() -> Checkup:
    """What is wrong, as far as it can be told: a fault in one part does not hide the others."""
    paths = default_paths()
    wrong: list[str] = []
    settings = config.Settings()
    try:
        settings = config.load(paths.settings)
    except ChinaiError as error:
        wrong.append(str(error))
    try:
        workspace = _opened(paths, settings)
        try:
            checkup = workspace.care.check(_show if sys.stderr.isatty() else None)
        finally:
            workspace.close()
    except ChinaiError as error:
        return Checkup(0, 0, 0, (*wrong, str(error)))
    return replace(checkup, wrong=(*wrong, *checkup.wrong))


def _opened(paths: Paths, settings: config.Settings) -> Workspace:
    """The library; as it lies there if the shipped catalogue has a fault, which `check` tells."""
    try:
        return Workspace.open(paths, settings)
    except CatalogueError:
        return Workspace(paths, settings)


def _show(progress: Progress) -> None:
    if progress.done % 100 == 0 or progress.done == progress.total:
        of = counted(progress.total, "issue")
        click.echo(f"\r{progress.done:,} of {of}", err=True, nl=False)
    if progress.done == progress.total:
        click.echo("", err=True)
