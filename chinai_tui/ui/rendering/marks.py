"""What is marked in a text: mentions, references, hits, highlights, notes, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from chinai_tui.domain.annotation import Color
from chinai_tui.domain.document import BlockRole, Document
from chinai_tui.domain.entity import EntityKind
from chinai_tui.ui.rendering.highlights import DEFAULT, ROLES

MENTIONS = frozenset(map(str, EntityKind))
"""The kinds of mark that name an entity: those of the entity."""
MENTION_CURRENT = "mention-current"
WALKED = "mention-walked"
"""The mention one has walked to."""
REFERENCE = "reference"
"""Words that name another issue of the library."""
LEAD_IN = "lead-in"
"""What a block begins with that says what it is: `Must-read:`."""
HIT = "hit"
HIT_CURRENT = "hit-current"
HIGHLIGHT = "highlight"
NOTE = "note"
BOOKMARK = "bookmark"
LIT = "lit"
"""The passage one writes a note on."""
CHOSEN = "chosen"
"""The annotation that the next verb means."""
ADDED = "added"
REMOVED = "removed"
"""Words that one of two revisions has."""

ON_BAR = (HIT_CURRENT, HIT, NOTE, BOOKMARK, HIGHLIGHT, MENTION_CURRENT)
"""The kinds that are marked on the scroll bar, the most important first."""

MOST_HITS = 1000
"""Hits that are looked for on the scroll bar, at most about that many."""

_IN_MARGIN = frozenset({NOTE, BOOKMARK})
_WITH_LEAD_IN = frozenset({BlockRole.READING, BlockRole.SUMMARY, BlockRole.SOURCE})
_LEAD_IN = re.compile(r"[^:：\n]{1,40}(?:：|:(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked passage: offsets into the document's text."""

    start: int
    end: int
    kind: str
    """The kind of an entity, or one of the constants of this module."""
    id: str = ""
    """The id of the entity or annotation."""
    color: Color = DEFAULT
    """That of a highlight or note."""


class Marks:
    """The marks of a document, found by block."""

    def __init__(self, document: Document, marks: Iterable[Mark] = ()) -> None:
        self._document = document
        self._by_block: dict[int, list[Mark]] = {}
        for mark in marks:
            first = last = document.block_at(mark.start)
            if document.blocks and mark.end > document.blocks[first].end:
                last = document.block_at(mark.end - 1)
            for block in range(first, last + 1):
                self._by_block.setdefault(block, []).append(mark)

    def drawn(self, block: int) -> list[tuple[int, int, str]]:
        """What is drawn in the text of a block: start, end and the name of a style.

        A note on a part of a block is drawn as a highlight; on the whole of it, it stands in the
        margin alone. Blocks that say what they are begin with words that stand out.
        """
        whole = self._document.blocks[block]
        ranges = []
        if whole.role in _WITH_LEAD_IN:
            found = _LEAD_IN.match(self._document.text, whole.start, whole.end)
            ranges += [(found.start(), found.end(), LEAD_IN)] if found else []
        for mark in self._by_block.get(block, ()):
            is_part = mark.start > whole.start or mark.end < whole.end
            if mark.kind == HIGHLIGHT or (mark.kind == NOTE and is_part):
                ranges.append((mark.start, mark.end, ROLES[mark.color]))
            elif mark.kind not in _IN_MARGIN:
                ranges.append((mark.start, mark.end, mark.kind))
        return ranges

    def signs(self, block: int) -> tuple[bool, int]:
        """Whether a bookmark begins in a block, and how many notes do."""
        whole = self._document.blocks[block]
        here = [mark for mark in self._by_block.get(block, ()) if mark.start >= whole.start]
        return (
            any(mark.kind == BOOKMARK for mark in here),
            sum(mark.kind == NOTE for mark in here),
        )

    def colors(self, block: int) -> list[tuple[int, Color]]:
        """Where highlights begin in a block, and their colours, in the order of the text."""
        begin = self._document.blocks[block].start
        here = (mark for mark in self._by_block.get(block, ()) if mark.kind == HIGHLIGHT)
        return sorted((mark.start, mark.color) for mark in here if mark.start >= begin)

    def on_bar(self) -> list[tuple[int, str]]:
        """Where marks begin that the scroll bar tells of, as offsets, and their kinds.

        Of so many hits that they are everywhere only some are given.
        """
        found = [
            (mark.start, mark.kind)
            for block, here in self._by_block.items()
            for mark in here
            if mark.kind in ON_BAR and mark.start >= self._document.blocks[block].start
        ]
        step = 1 + sum(kind == HIT for _start, kind in found) // MOST_HITS
        hits = (each for each in found if each[1] == HIT)
        return [*(each for each in found if each[1] != HIT), *islice(hits, None, None, step)]

    def mention_at(self, offset: int) -> str:
        """The id of the entity that is named at an offset; empty if none is."""
        block = self._document.block_at(offset)
        return next(
            (
                mark.id
                for mark in self._by_block.get(block, ())
                if mark.kind in MENTIONS and mark.start <= offset < mark.end
            ),
            "",
        )
