"""The links in a note to what has a name: `[[SenseTime]]`, `[[SenseTime|the firm]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,200})?\]\]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a note, brackets included, and the name it leads to."""

    start: int
    end: int
    target: str


def links(text: str) -> list[Link]:
    """The links in a note, in its order; one without a name is none."""
    found = (Link(*match.span(), match[1].strip()) for match in _LINK.finditer(text))
    return [link for link in found if link.target]
