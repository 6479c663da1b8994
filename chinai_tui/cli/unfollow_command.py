"""`chinai unfollow`."""

from __future__ import annotations

import click

from chinai_tui.cli.output import write
from chinai_tui.cli.session import library


@click.command("unfollow")
@click.argument("name", metavar="ID")
def command(name: str) -> None:
    """Let go of a publication that you follow; its issues stay in the library."""
    with library(current=False) as workspace:
        publication = workspace.following.unfollow(name)
    write(f"{publication.id} is no longer followed; its issues stay")
