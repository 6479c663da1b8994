"""`chinai note`."""

from __future__ import annotations

import sys

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.names import counted, one_entity
from chinai_tui.cli.notes_command import note_form
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.annotation import Annotation, Color
from chinai_tui.domain.document import DocumentRole
from chinai_tui.text.snippet import snippet
from chinai_tui.text.tags import plain
from chinai_tui.workspace import Workspace

MOST_TOLD = 20
"""Places that are told of a quotation that stands at several."""
AROUND = 60
"""Characters before and after each of them that are told with it."""

Place = tuple[DocumentRole, int, int]


@click.command("note")
@click.argument("words", nargs=-1, metavar="[ISSUE] [TEXT|-]")
@click.option("--quote", help="The words of the passage; without, the whole issue.")
@click.option("--nth", type=click.IntRange(min=1), help="Which of several places is meant.")
@click.option("--entity", default="", help="Write on this company, person or place instead.")
@click.option("--color", type=click.Choice([each.value for each in Color]), help="Its colour.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given several times.")
@json_option
def command(
    words: tuple[str, ...],
    quote: str | None,
    nth: int | None,
    entity: str,
    color: str | None,
    tags: tuple[str, ...],
    as_json: bool,
) -> int:
    """Write TEXT, or what comes on standard input for `-`, as a note.

    ISSUE is an id, a number or words of a title. With --quote and neither TEXT nor tags the
    passage is highlighted. Words that stand nowhere, or at several places without --nth, are
    refused with the places that may be meant, and exit with 1. Prints the id of the note.
    """
    if entity and len(words) > 1:
        raise click.UsageError("say one of ISSUE and --entity NAME; a TEXT of words goes in quotes")
    issue, *rest = words if words and not entity else ("", *words)
    if quote is not None and not quote.strip():
        raise click.UsageError("--quote is blank; leave it out for a note on the whole issue")
    if not (issue or entity) or (entity and (quote or color)):
        raise click.UsageError("give an ISSUE, or --entity NAME without --quote and --color")
    if color and not quote:
        raise click.UsageError("--color goes with --quote")
    if not all(map(plain, tags)):
        raise click.UsageError("--tag is blank")
    text = _text(" ".join(rest))
    if not (quote or text or tags):
        raise click.UsageError("there is nothing to note: give a TEXT, --tag or --quote")
    with library() as workspace:
        if entity:
            made = _on_entity(workspace, entity, text, tags)
        elif quote:
            made = _on_passage(workspace, issue, quote, nth, text, color or "", tags)
        else:
            wanted = workspace.library.resolve(issue).id
            made = workspace.notes.issue_note(wanted, text, tags)
        if made is None:
            return NOTHING_FOUND
        if as_json:
            write_json("note", note=note_form(workspace, made))
        else:
            write(made.id)
    return 0


def _text(given: str) -> str:
    """The text that is given, or what standard input has for `-`."""
    # What is no text comes among the arguments as surrogates.
    data = sys.stdin.buffer.read() if given == "-" else given.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"the text is no UTF-8 ({error.reason})") from error


def _on_entity(
    workspace: Workspace, name: str, text: str, tags: tuple[str, ...]
) -> Annotation | None:
    found = one_entity(workspace, name)
    return workspace.notes.entity_note(found.id, text, tags) if found else None


def _on_passage(
    workspace: Workspace,
    name: str,
    quote: str,
    nth: int | None,
    text: str,
    color: str,
    tags: tuple[str, ...],
) -> Annotation | None:
    """The note on a quoted passage; none where it is not clear which that is."""
    issue, notes = workspace.library.resolve(name).id, workspace.notes
    places = notes.quoted_at(issue, quote)
    # What stands in the main document is meant there, whoever else has the same words.
    places = [place for place in places if place[0] is places[0][0]]
    stands = bool(places)
    places = places or notes.like_quote(issue, quote)
    chosen = nth or (1 if stands and len(places) == 1 else 0)
    if not 0 < chosen <= len(places):
        _tell_places(workspace, issue, places, stands)
        return None
    place = places[chosen - 1]
    if text or tags:
        return notes.note(issue, *place, text, color, tags)
    return notes.highlight(issue, *place, color)


def _tell_places(workspace: Workspace, issue: str, places: list[Place], stands: bool) -> None:
    """Tell why it is not clear where a quotation stands, and where it may."""
    if stands:
        count = counted(len(places), "place")
        tell(f"{issue}: these words stand at {count}; choose with --nth")
    elif places:
        tell(f"{issue}: these words stand nowhere; choose what is like them with --nth")
    else:
        tell(f"{issue}: these words stand nowhere, and nothing like them")
    for number, (role, start, end) in enumerate(places[:MOST_TOLD], 1):
        whole = workspace.library.document(issue, role).text
        first, last = max(0, start - AROUND), min(len(whole), end + AROUND)
        words = snippet(whole[first:last], [(start - first, end - first)]).text
        tell(f"  {number}. {role.value}: … {words} …")
