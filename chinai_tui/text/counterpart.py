"""Finds the place of a text that stands for a place of another, as of a text and its translation.

Nothing is known but how the two are built: where both have as many headings, a paragraph stands
for the one as far into the same section, else for the one as far into the whole text.
"""

from __future__ import annotations

from bisect import bisect_right

from chinai_tui.domain.document import BlockRole, Document

_TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)


def counterpart(one: Document, block: int, other: Document) -> int:
    """The number of the block of `other` that stands for a block of `one`; 0 where it has none."""
    if not other.blocks:
        return 0
    here, there = _stations(one), _stations(other)
    if len(here) != len(there):
        here, there = [here[0], here[-1]], [there[0], there[-1]]
    section = min(max(0, bisect_right(here, block) - 1), len(here) - 2)
    begin, end = here[section : section + 2]
    begin_there, end_there = there[section : section + 2]
    share = (max(block, begin) - begin) / max(1, end - begin)
    return min(begin_there + int(share * (end_there - begin_there)), len(other.blocks) - 1)


def _stations(document: Document) -> list[int]:
    """The first block below the title, the headings behind it, and the end."""
    blocks = document.blocks
    first = next((n for n, each in enumerate(blocks) if each.role not in _TITLES), 0)
    return [first, *(n for n in document.headings() if n > first), len(blocks)]
