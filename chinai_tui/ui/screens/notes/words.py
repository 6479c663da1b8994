"""The words of a note as lines: headings, points and quotations told apart, markers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chinai_tui.text.sanitise import clean
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Lit, Row, flow
from chinai_tui.ui.widgets.strips import Piece

LIMIT = 99
"""Lines of a paragraph, at most."""
LINK = "link"

_BLOCK = re.compile(
    r"(?P<indent> *)(?:(?P<head>#{1,6}) |(?P<point>[-*+]|\d{1,3}[.)]) |(?P<bar>>) ?)"
)
_INLINE = re.compile(
    r"\[\[(?P<name>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]+))?\]\]"
    r"|\[(?P<label>[^\[\]\n]+)\]\([^\s()]+\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<![\w#&/])(?P<tag>#\w[\w/-]*)"
)


def note_lines(text: str, width: int, pens: Pens) -> list[Row]:
    """The words of a note in lines of so many cells."""
    return [Row(line) for each in clean(text).split("\n") for line in _paragraph(each, width, pens)]


def _paragraph(text: str, width: int, pens: Pens) -> Iterator[list[Piece]]:
    if not text.strip():
        yield []
        return
    begin = _BLOCK.match(text)
    lead, role = "", "ink"
    if begin is not None:
        text = text[begin.end() :]
        point = begin["point"] or ""
        lead = begin["indent"] + (f"{point} " if point[:1].isdigit() else "• " if point else "")
        lead += "│ " if begin["bar"] else ""
        role = "strong" if begin["head"] else "dim" if begin["bar"] else "ink"
    shown, lit = _plain(text)
    lines = flow(shown, width - len(lead), pens, role=role, lit=lit, limit=LIMIT)
    for number, line in enumerate(lines):
        # A bar goes on beside all lines; a point stands before the first alone.
        before = lead if not number or "│" in lead else " " * len(lead)
        yield [(before, pens("faint")), *line]


def _plain(text: str) -> tuple[str, list[Lit]]:
    """The text without its markers, and what of it is a link, a tag or stressed."""
    shown, lit, at = "", [], 0
    for match in _INLINE.finditer(text):
        shown += text[at : match.start()]
        at = match.end()
        words = match["shown"] or next(each for each in match.groups() if each)
        role = "strong" if match["strong"] else "dim" if match["code"] else LINK
        lit.append(Lit(len(shown), len(shown) + len(words), role))
        shown += words
    return shown + text[at:], lit
