"""The links in a note to what has a name: `[[SenseTime]]`, `[[SenseTime|the firm]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chinai_tui.text.code import by_code

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,200})?\]\]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a note, brackets included, and the name it leads to."""

    start: int
    end: int
    target: str


def links(text: str) -> list[Link]:
    """The links in a note, in its order; one without a name is none, nor is what stands in code."""
    if "[[" not in text:
        return []
    found: list[Link] = []
    at = 0
    for piece, is_code in by_code(text):
        matches = () if is_code else _LINK.finditer(piece)
        found += (Link(at + each.start(), at + each.end(), each[1].strip()) for each in matches)
        at += len(piece)
    return [link for link in found if link.target]
