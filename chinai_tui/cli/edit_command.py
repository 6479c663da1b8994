"""`chinai edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.issue import DATE
from chinai_tui.errors import NotFoundError
from chinai_tui.text.sanitise import clean_line, safe_url
from chinai_tui.workspace.identity import TITLE_LIMIT
from chinai_tui.workspace.issue_record import CORRECTABLE

if TYPE_CHECKING:
    from chinai_tui.domain.issue import Told
    from chinai_tui.workspace import Workspace

_HIGHEST = 99_999
_IDENTIFYING = frozenset({"number", "url", "publication"})
"""The fields by which another issue may be seen to be the same."""


@click.command("edit")
@click.argument("issue")
@click.option("--title", help="What it is called.")
@click.option("--subtitle", help="What stands under the title; empty for nothing.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; once for each.")
@click.option("--date", metavar="YYYY[-MM[-DD]]", help="When it appeared.")
@click.option("--url", help="Its address; empty for none.")
@click.option("--number", type=click.IntRange(0, _HIGHEST), help="Its number.")
@click.option("--publication", help="The id of its publication, or its name.")
@click.option("--reset", multiple=True, type=click.Choice(CORRECTABLE), help="As its texts say.")
@json_option
def command(
    issue: str, authors: tuple[str, ...], reset: tuple[str, ...], as_json: bool, **said: str | int
) -> None:
    """Correct what the library says of ISSUE: an id, a number, or words of its title.

    The text stays as it is, and so does the id. What you say here stays, whatever comes in later;
    --reset gives it up.
    """
    given: dict[str, Told] = {name: value for name, value in said.items() if value is not None}
    if authors:
        given["authors"] = tuple(filter(None, (clean_line(each, 100) for each in authors)))
    if not given and not reset:
        raise click.UsageError("say what to correct, such as --date 2019-05-06")
    if both := sorted({*given} & {*reset}):
        raise click.UsageError(f"{both[0]} is either corrected or reset")
    with library() as workspace:
        values = {name: _checked(workspace, name, value) for name, value in given.items()}
        found = workspace.library.resolve(issue)
        edited = workspace.editing.edit(found.id, values, reset)
        alike = workspace.editing.alike(found.id) if _IDENTIFYING & {*values, *reset} else {}
    for other, shared in alike.items():
        tell(f"{other} has {shared}, too; `chinai join {found.id} {other}` makes them one issue")
    if as_json:
        told = {name: {"before": old, "after": new} for name, (old, new) in edited.items()}
        write_json("edit", issue=found.id, fields=told)
        return
    for name, (old, new) in edited.items():
        change = f"{_shown(new)} stays" if old == new else f"{_shown(old)} → {_shown(new)}"
        write(f"{found.id}: {name}: {change}")


def _checked(workspace: Workspace, name: str, value: Told) -> Told:
    """The value as it may stand in a record.

    Raises:
        BadParameter: It may not.
    """
    if not isinstance(value, str):
        return value
    wrong = ""
    line = clean_line(value, TITLE_LIMIT)
    match name:
        case "title":
            wrong = "" if line else "a title has words"
        case "date":
            wrong = "" if DATE.fullmatch(line) else "YYYY, YYYY-MM or YYYY-MM-DD is expected"
        case "url":
            wrong = "" if safe_url(line) == line else "an address begins with https://"
        case "publication":
            try:
                line = workspace.library.publication_called(line).id
            except NotFoundError as error:
                wrong = f"{error}, `chinai follow ADDRESS` adds one"
    if wrong:
        raise click.BadParameter(wrong, param_hint=f"--{name}")
    return line


def _shown(value: Told) -> str:
    """A value in a line."""
    if isinstance(value, tuple):
        value = ", ".join(value)
    return "nothing" if value in ("", None) else str(value)
