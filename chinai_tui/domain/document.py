"""A document: one text of an issue, as plain text with blocks and spans laid over it.

Every offset is a half-open range of code points in `Document.text`. Blocks stand in order and
are joined by one newline; markers (`•`, `1.`) and link targets are not part of the text.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class DocumentRole(StrEnum):
    """Which of an issue's texts a document is; the first there is opens."""

    TEXT = "text"
    DIGEST = "digest"
    TRANSLATION = "translation"
    ORIGINAL = "original"


class BlockKind(StrEnum):
    """What a block is typographically."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    PULLQUOTE = "pullquote"
    CODE = "code"
    IMAGE = "image"
    FOOTNOTE = "footnote"
    RULE = "rule"
    EMBED = "embed"
    ROW = "row"
    """A row of a table: its cells with ` | ` between them, and no `|` between spaces in a cell."""


class BlockRole(StrEnum):
    """What a block is for in a newsletter."""

    BODY = ""
    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"
    """A line such as `Key Takeaways:` that works as a heading."""
    TAKEAWAY = "takeaway"
    READING = "reading"
    """A recommended link: `Must-read: …`."""
    SUMMARY = "summary"
    """What an article says that the newsletter previews, below its title: `Summary: …`."""
    SOURCE = "source"
    """Where that article stands: `Source: …`."""
    BOILERPLATE = "boilerplate"
    """Greetings, subscription lines, closing biography: folded, not searched, never deleted."""
    REPEAT = "repeat"
    """Text the document gives twice, such as a pull-quote: shown, not counted again."""
    CAPTION = "caption"


class SpanKind(StrEnum):
    """What a run of characters inside a block is."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"
    FOOTNOTE = "footnote"
    """A reference to a footnote; the target is its marker."""


_TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters with a meaning; spans may overlap."""

    kind: SpanKind
    start: int
    end: int
    target: str = ""
    """The URL of a link, the marker of a footnote."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document; `start` and `end` are offsets into the document's text."""

    kind: BlockKind
    role: BlockRole
    level: int
    """Heading level from 1 (0 for the title), nesting depth from 0 for items and quotes.

    A row of a table has 1 where the source says that it is a head, 0 otherwise.
    """
    marker: str
    """What stands before the text: `•`, `3.`, the number of a heading or a footnote.

    Of code it is the language. The second block of an item or a footnote has none.
    """
    start: int
    end: int
    spans: tuple[Span, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether the block opens a section: a heading or a label line, the title aside."""
        return (self.kind is BlockKind.HEADING and self.role is not BlockRole.TITLE) or (
            self.role is BlockRole.LABEL
        )

    @property
    def is_counted(self) -> bool:
        """Whether the block takes part in search, mentions and word counts."""
        return self.role not in (BlockRole.BOILERPLATE, BlockRole.REPEAT)


@dataclass(frozen=True)
class Document:
    """A text and its blocks; the title is the first block, a subtitle the second."""

    text: str
    blocks: tuple[Block, ...]

    @cached_property
    def revision(self) -> str:
        """The SHA-256 of the text, as hexadecimal digits; block numbers hold within one."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _headings(self) -> list[int]:
        return [number for number, block in enumerate(self.blocks) if block.is_heading]

    @cached_property
    def words(self) -> int:
        """The number of words that count; a Han character counts as half a word."""
        total = 0
        for block in self.blocks:
            if block.is_counted:
                total += count_words(self.text[block.start : block.end])
        return total

    def block_at(self, offset: int) -> int:
        """The number of the block that holds the offset, or the one before it; 0 if none."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def text_of(self, index: int) -> str:
        """The text of the block with that number."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def section_of(self, index: int) -> int | None:
        """The number of the heading under which a block stands, itself if it is one."""
        before = bisect_right(self._headings, index)
        return self._headings[before - 1] if before else None

    def paragraph_of(self, index: int) -> int:
        """The number of a block from 1, title and subtitle aside: the one of `¶14`; 0 for these."""
        return sum(block.role not in _TITLES for block in self.blocks[: index + 1])

    def headings(self) -> list[int]:
        """The numbers of the blocks that open a section, in order."""
        return list(self._headings)


_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LATIN_WORD = re.compile(r"\S*\w\S*")


def is_han(char: str) -> bool:
    """Whether the character is a Chinese character (the unified ideographs, 〇 included)."""
    return _HAN.fullmatch(char) is not None


def mostly_han(text: str) -> bool:
    """Whether more than half of the letters are Chinese characters."""
    return han_share(text) > 0.5


def han_share(text: str) -> float:
    """How many of the letters are Chinese characters, from 0 to 1; 0 where there are none."""
    han = 0 if text.isascii() else len(_HAN.findall(text))
    return han / len(_NO_LETTERS.sub("", text)) if han else 0.0


def count_words(text: str) -> int:
    """Words of a text for reading times: runs between spaces, two Han characters as one."""
    if text.isascii():
        return len(text.split())
    rest, han = _HAN.subn(" ", text)
    if not han:
        return len(text.split())
    return len(_LATIN_WORD.findall(rest)) + (han + 1) // 2
