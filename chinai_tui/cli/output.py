"""Writes what commands have to say, cleaned of anything a terminal would act on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

import click

from chinai_tui.domain.query import Query
from chinai_tui.text.sanitise import clean, clean_line

VERSION = 1
"""The version of the JSON forms; it changes when a field changes its meaning or goes away."""

Hits = tuple[tuple[int, int], ...]
"""Offsets of what was found in a text, in order."""

_PASSING = 70
"""Cells of the line that says what goes on."""

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """The option `--json`."""
    return click.option("as_json", "--json", is_flag=True, help="Print JSON.")(function)


def write_json(form: str, **values: object) -> None:
    """Print an object with its form (`chinai/list`) and version before the values."""
    data = {"format": f"chinai/{form}", "version": VERSION, **values}
    click.echo(clean(json.dumps(data, ensure_ascii=False, indent=2, default=_plain)))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def write(text: str = "", *, bold: bool = False, dim: bool = False) -> None:
    """Print a line of text; strength only on a terminal that wants it."""
    shown = clean(text)
    if bold or dim:
        shown = click.style(shown, bold=bold or None, dim=dim or None)
    click.echo(shown, color=None if wants_colour() else False)


def write_lit(text: str, hits: Hits) -> None:
    """Print a line of text; on a terminal that wants it, what was found in it stands out."""
    if not wants_colour():
        write(text)
        return
    parts, done = [], 0
    for start, end in hits:
        parts += [clean(text[done:start]), click.style(clean(text[start:end]), bold=True, fg="red")]
        done = end
    click.echo("".join((*parts, clean(text[done:]))), color=True)


def tell(text: str) -> None:
    """Print a message to standard error."""
    click.echo(clean_line(text, 2000), err=True)


def show_passing(line: str) -> None:
    """Show what goes on, on a terminal only, in the place of what was shown; "" takes it away."""
    if sys.stderr.isatty():
        shown = clean_line(line, _PASSING)
        click.echo(f"\r{shown:<{_PASSING}}\r", err=True, nl=False)


class FaultyQueryError(click.ClickException):
    """A query with a condition that cannot be put; each is told in a line before."""

    exit_code = 2


def tell_problems(query: Query) -> None:
    """Tell which places of a query could not be read, and why."""
    for problem in query.problems:
        tell(f"{query.source[problem.start : problem.end]}: {problem.reason}")


def report_problems(query: Query, answered: str = "answered") -> None:
    """The same; what would be answered without a condition that was asked for is refused.

    `answered` says what then is not done.

    Raises:
        FaultyQueryError: There is such a condition.
    """
    tell_problems(query)
    if any(problem.is_condition for problem in query.problems):
        raise FaultyQueryError(f"nothing is {answered}, since the query cannot be read")


def wants_colour() -> bool:
    """Whether standard output is a terminal that has not been told to stay plain."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def write_table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows: in columns on a terminal, with tabs between the values elsewhere.

    Args:
        rows: The values, as many in each row.
        right: Numbers of the columns that stand right-aligned.
    """
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(clean_line(value) for value in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    for number in range(len(rows[0]) if rows else 0):
        table.add_column(
            justify="right" if number in right else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if number == len(rows[0]) - 1 else None,
        )
    for row in rows:
        table.add_row(*(Text(clean_line(value)) for value in row))
    Console().print(table)
