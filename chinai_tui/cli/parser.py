"""What follows `chinai` on the command line."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from chinai_tui import __version__
from chinai_tui.cli import COMMANDS, STOPPED

MOST_LISTED = 1_000_000
"""The highest `--limit`: more than any library has, and a number that every part can hold."""

F = TypeVar("F", bound=Callable[..., Any])


def limit_option(told: str) -> Callable[[F], F]:
    """The option `--limit`, with what it is good for."""
    return click.option("--limit", type=click.IntRange(1, MOST_LISTED), metavar="N", help=told)


class Commands(click.Group):
    """The commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"chinai_tui.cli.{cmd_name}_command"
        command: click.Command = importlib.import_module(name).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


class QueryCommand(click.Command):
    """A command that takes a query, in whose words a minus sign leaves something out."""

    ignore_unknown_options = True

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Name `--help` alone: with `-h` there, `-huawei` would be an option."""
        return ["--help"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `-h` for what it is everywhere else."""
        return super().parse_args(ctx, ["--help" if each == "-h" else each for each in args])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="chinai %(version)s")
def chinai() -> None:
    """Read newsletters on AI in China; without a command, open the reader.

    Exit codes: 0 done, 1 nothing found, 2 wrong use, 3 could not be done.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command; its exit code.

    Raises:
        ChinaiError: It could not be done.
    """
    try:
        outcome = chinai.main(args=list(arguments), prog_name="chinai", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return STOPPED
    return outcome if isinstance(outcome, int) else 0
