"""`chinai publications`."""

from __future__ import annotations

import click

from chinai_tui.cli.output import json_option, write, write_json, write_table
from chinai_tui.cli.session import library


@click.command("publications")
@click.option("--opml", "as_opml", is_flag=True, help="Print those you follow as OPML.")
@json_option
def command(as_opml: bool, as_json: bool) -> None:
    """List the publications one can follow; those you do have a mark.

    Behind the mark stand the id, the title, when the publication was last asked for what is new,
    and its address.
    """
    if as_opml and as_json:
        raise click.UsageError("--opml and --json are two forms; give one")
    with library(current=False) as workspace:
        known = workspace.following.all()
        if as_opml:
            write(workspace.following.opml().rstrip("\n"))
            return
    if as_json:
        told = [
            {
                "id": each.publication.id,
                "title": each.publication.title,
                "authors": list(each.publication.authors),
                "home": each.publication.home,
                "feed": each.publication.feed,
                "followed": each.followed,
                "asked": each.asked,
            }
            for each in known
        ]
        write_json("publications", publications=told)
        return
    write_table(
        [
            (
                "*" if each.followed else " ",
                each.publication.id,
                each.publication.title,
                each.asked[:10],
                each.publication.home or each.publication.feed,
            )
            for each in known
        ]
    )
