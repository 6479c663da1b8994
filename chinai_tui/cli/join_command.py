"""`chinai join`."""

from __future__ import annotations

import click

from chinai_tui.cli.names import counted
from chinai_tui.cli.output import json_option, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.workspace import Joined


@click.command("join")
@click.argument("keep")
@click.argument("other")
@click.option("--force", is_flag=True, help="Join them though they seem to be two issues.")
@click.option("--dry-run", is_flag=True, help="Tell what would become of them; write nothing.")
@json_option
def command(keep: str, other: str, force: bool, dry_run: bool, as_json: bool) -> None:
    """Make one issue of KEEP and OTHER: ids, numbers, or words of their titles.

    It is for the post that came in twice and was not known to be the same. All that is on OTHER,
    notes, reading state, texts, goes to KEEP; the better text is the one to read, the other one
    stays among its sources. The id of OTHER leads to KEEP from then on, as do its files when they
    are imported again.

    Two of different publications, or with different numbers or post ids, are refused without
    --force. They cannot be taken apart again one by one, so the library is backed up first:
    `chinai restore --replace` with the file that is named makes it what it was, without what you
    did since.
    """
    with library() as workspace:
        ids = [workspace.library.resolve(each).id for each in (keep, other)]
        joined = workspace.editing.join(*ids, insist=force, rehearse=dry_run)
    if as_json:
        write_json(
            "join",
            dry_run=dry_run,
            issue=joined.kept,
            joined=joined.gone.id,
            notes=joined.notes,
            orphaned=list(joined.orphaned),
            backup=joined.safety,
        )
    else:
        _in_words(joined)


def _in_words(joined: Joined) -> None:
    kept, gone = joined.kept, joined.gone
    if joined.safety is None:
        write("nothing is written; this would happen:")
    write(f"{'joined':<8} {gone.id}: it is part of {kept.id}, and leads there")
    write(f"{'stays':<8} {kept.id}: {kept.title}")
    texts = [f"{role} from {each.name or each.format}" for role, each in kept.documents.items()]
    sources = [each.name or each.format for each in kept.sources]
    write(f"{'texts':<8} {', '.join(texts) or 'none yet'}")
    if sources:
        write(f"{'sources':<8} {', '.join(sources)}")
    if joined.notes:
        write(f"{'notes':<8} {counted(joined.notes, 'note')} came with it")
    for each in joined.orphaned:
        write(f"{'orphan':<8} {each}: what it quotes stands nowhere in the text")
    if joined.safety is not None:
        write(f"what was before is in {joined.safety}; `chinai restore --replace` brings it back")
