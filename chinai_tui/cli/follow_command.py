"""`chinai follow`."""

from __future__ import annotations

import click

from chinai_tui.cli.output import show_passing, write
from chinai_tui.cli.session import library


@click.command("follow")
@click.argument("name", metavar="ADDRESS|ID")
def command(name: str) -> None:
    """Follow a publication, by the address of its page or feed, or by its id.

    `chinai publications` lists those that are known; `chinai sync` fetches their issues. An OPML
    file with many of them is brought in with `chinai import`.
    """
    with library(current=False) as workspace:
        before = {each.publication.id: each.publication.feed for each in workspace.following.all()}
        try:
            publication = workspace.following.follow(name, show_passing)
        finally:
            show_passing("")
    write(f"following {publication.id}: {publication.title}; `chinai sync` fetches its issues")
    former = before.get(publication.id, publication.feed)
    if former != publication.feed:
        write(f"its feed is {publication.feed} from now on, and no longer {former}")
