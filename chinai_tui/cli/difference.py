"""Prints what has changed between two revisions of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from chinai_tui.cli.output import tell, wants_colour, write, write_json
from chinai_tui.text.difference import BlockChange, Side, Words, by_place
from chinai_tui.text.sanitise import clean

if TYPE_CHECKING:
    from chinai_tui.workspace import Difference

_SIGNS = {Side.OLD: "-", Side.NEW: "+"}
_MARKS = {Side.BOTH: ("", ""), Side.OLD: ("[-", "-]"), Side.NEW: ("{+", "+}")}
_COLOURS = {Side.OLD: "red", Side.NEW: "green"}


def write_difference(changed: Difference, *, as_json: bool) -> None:
    """Print each paragraph that is another now, under its place in the text; or all of it as JSON.

    What was taken away stands in lines that begin with `-`, what was added in lines with `+`; of
    a paragraph that has other words only these are marked. Colours are for a terminal only.
    """
    past, present = changed.past, changed.present
    if as_json:
        write_json(
            "difference",
            issue=changed.issue.id,
            role=changed.role,
            old={"revision": past.revision, "accessed": past.accessed},
            new={"revision": present.revision, "accessed": present.accessed},
            changes=[_plain(change) for change in changed.changes],
        )
        return
    write(f"--- {past.revision[:8]}  {past.accessed}".rstrip())
    write(f"+++ {present.revision[:8]}  {present.accessed}".rstrip())
    for here, changes in by_place(changed.changes, changed.old, changed.new):
        write()
        write(f"@ {here}", dim=True)
        for change in changes:
            _write_change(change)
    if not changed.changes:
        tell("the same words, set in other paragraphs")


def _write_change(change: BlockChange) -> None:
    """Print a paragraph as it was, if it was there, and as it is, if it is."""
    for side, number in ((Side.OLD, change.old), (Side.NEW, change.new)):
        if number is not None:
            _write_block(change.on(side), side, whole=None in (change.old, change.new))


def _write_block(words: Iterable[Words], side: Side, *, whole: bool) -> None:
    """Print a paragraph as it stands on one side."""
    sign, parts = f"{_SIGNS[side]} ", []
    for each in words:
        before, after = ("", "") if whole else _MARKS[each.side]
        text = clean(f"{before}{each.text}{after}").replace("\n", f"\n{sign}")
        is_lit = each.side is not Side.BOTH and not whole
        parts.append(click.style(text, fg=_COLOURS[side], bold=is_lit))
    shown = click.style(sign, fg=_COLOURS[side]) + "".join(parts)
    click.echo(shown, color=None if wants_colour() else False)


def _plain(change: BlockChange) -> dict[str, object]:
    words = [{"text": each.text, "side": each.side.value} for each in change.words]
    return {"old": change.old, "new": change.new, "words": words}
