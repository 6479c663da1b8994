"""`chinai cite`."""

from __future__ import annotations

import click

from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.config import CITATION_STYLES


@click.command("cite")
@click.argument("issue")
@click.option("--style", type=click.Choice(CITATION_STYLES), help="Another style than the one set.")
@click.option("--translation", is_flag=True, help="Cite the text that the issue translates.")
@json_option
def command(issue: str, style: str | None, translation: bool, as_json: bool) -> None:
    """Print the citation of ISSUE: an id, a number, or words of its title.

    With --translation the author of the original comes first, then its title and outlet as far as
    they are known, and who translated it. The key of a bibliography's entry never changes.
    """
    with library() as workspace:
        found = workspace.library.resolve(issue)
        chosen = style or workspace.settings.citation_style
        cite = workspace.citing.cite_translation if translation else workspace.citing.cite
        citation = cite(found.id, chosen)
        if translation and workspace.citing.original(found.id) is None:
            tell(f"{found.id}: its text does not tell what it translates")
    if as_json:
        write_json("citation", issue=found.id, style=chosen, citation=citation)
    else:
        write(citation)
