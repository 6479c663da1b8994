"""A document as the rules on voices look at it: what its blocks say of those around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from chinai_tui.annotate.attribution import RUN, WORD, person
from chinai_tui.annotate.original import original_of
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, mostly_han
from chinai_tui.domain.issue import Original

T = TypeVar("T")

UNCONFIRMED = Voice(VoiceKind.UNCONFIRMED)
PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM)
QUOTES = (BlockKind.QUOTE, BlockKind.PULLQUOTE)
TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)

REPORT = re.compile(rf"({RUN}) (?:reports?|reported|writes|wrote|comments) in (?:the )?({RUN}):")
"""A line such as `Ann Example reports in The Example:`."""
_BANNER = re.compile(
    rf"This (?:post|piece|article|essay|story|interview|column)(?: by (?P<name>{RUN}))?,?"
    r" (?:was )?(?:first|originally) (?:appeared|published|ran|posted)"
    rf" (?:in|on|at|by) (?:the )?(?P<outlet>{RUN})"
)
_TURN = re.compile(rf"(Q|A|[A-Z]{{2,3}}|{WORD} {WORD}(?: {WORD})?)[:：]\s?")
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed|s)?|conversation|dialogue|transcript|Q&A|spoke (?:with|to)|talk with)\b"
)
_SIGNATURE = re.compile(rf"(?:^|[.!?…”\"] ?)[—–] ?({WORD}(?: {WORD})+)(?:, [^.]{{0,60}})?$")


@dataclass(frozen=True)
class Reading:
    """A document with the authors of its issue; blocks go by their number."""

    document: Document
    authors: tuple[str, ...]

    def block(self, number: int) -> Block:
        """The block with that number."""
        return self.document.blocks[number]

    def text(self, number: int) -> str:
        """The text of a block."""
        return self.document.text_of(number)

    def is_quote(self, number: int) -> bool:
        """Whether a block is set as a quotation."""
        return self.block(number).kind in QUOTES

    @cached_property
    def own(self) -> Voice:
        """The voice of the newsletter's author, where one is known."""
        if not self.authors:
            return UNCONFIRMED
        return Voice(VoiceKind.COMMENTARY, " and ".join(self.authors))

    @cached_property
    def source(self) -> Voice:
        """That of the translated article, with author and outlet if only one is translated."""
        original = original_of(self.document)
        is_named = original.authors and (original.title or original.title_han)
        return translated(original if is_named else Original())

    @cached_property
    def is_han(self) -> bool:
        """Whether the document as a whole is Chinese."""
        return mostly_han(self.document.text)

    @cached_property
    def report(self) -> tuple[int, Voice] | None:
        """The block that says whose report follows, and its voice.

        Its line tells who reports, unless only a quote follows, or where the text first
        appeared; where the latter is not at the start nobody is sure what it is about, so that
        all of the text is unconfirmed.
        """
        at_start = True
        for number, block in enumerate(self.document.blocks):
            text = self.text(number)
            if (match := REPORT.fullmatch(text)) and not self._is_quote_next(number):
                return number, Voice(VoiceKind.REPOST, person(match[1]), match[2])
            if match := _BANNER.match(text):
                voice = Voice(VoiceKind.REPOST, person(match["name"] or ""), match["outlet"])
                return (number, voice) if at_start else (-1, UNCONFIRMED)
            is_front = block.role in (*TITLES, BlockRole.BOILERPLATE, BlockRole.CAPTION)
            at_start = at_start and (is_front or block.kind not in (*PROSE, *QUOTES))
        return None

    def _is_quote_next(self, number: int) -> bool:
        below = self.document.blocks[number + 1 : number + 2]
        return any(each.kind is BlockKind.QUOTE for each in below)

    def introduction(self, number: int) -> int | None:
        """The block before this one and those of its kind, if this is a quote or an item."""
        return self._introductions[number]

    @cached_property
    def _introductions(self) -> list[int | None]:
        found: list[int | None] = []
        before: tuple[BlockKind, ...] = ()
        for number, block in enumerate(self.document.blocks):
            kinds = next((each for each in (QUOTES, (BlockKind.ITEM,)) if block.kind in each), ())
            goes_on = number > 0 and kinds and kinds == before
            found.append(found[-1] if goes_on else number - 1 if number else None)
            before = kinds
        return found

    @cached_property
    def signatures(self) -> dict[int, str]:
        """For quotes with a line such as `— Ann Example` at the end or right below, the name."""
        found: dict[int, str] = {}
        name = ""
        for number in range(len(self.document.blocks) - 1, -1, -1):
            match = _SIGNATURE.search(self.text(number))
            is_signed = match is not None and (self.is_quote(number) or match.start() == 0)
            if match and is_signed:
                name = person(match[1])
            elif not self.is_quote(number):
                name = ""
            if name and self.is_quote(number):
                found[number] = name
        return found

    def turn(self, number: int) -> str:
        """The label of a turn in an interview that a block begins with; may be a mere initial."""
        if self.block(number).kind is not BlockKind.PARAGRAPH or self.block(number).is_heading:
            return ""
        match = _TURN.match(self.text(number))
        return match[1] if match else ""

    @cached_property
    def turns(self) -> list[str]:
        """For each block the label of its turn; empty where it begins none."""
        return [self.turn(number) for number in range(len(self.document.blocks))]

    @cached_property
    def interviewed(self) -> frozenset[str]:
        """The names of those who surely speak in turns: two or more, each twice, in an interview.

        Somewhere before the first turn it has to be called one.
        """
        names = [name for name in self.turns if name and " " in person(name)]
        often = frozenset(name for name in names if names.count(name) > 1)
        if len(often) < 2:
            return frozenset()
        first = next(number for number, name in enumerate(self.turns) if name)
        told = self.document.text[: self.block(first).start]
        return often if _INTERVIEW.search(told) else frozenset()

    def carried(self, find: Callable[[int], T | None]) -> list[T | None]:
        """For each block what the nearest one in its section gives; in one pass over them all."""
        carried: list[T | None] = []
        last: T | None = None
        for number, block in enumerate(self.document.blocks):
            is_title = block.role in TITLES
            found = None if is_title else find(number)
            last = last if found is None and not (is_title or block.is_heading) else found
            carried.append(last)
        return carried


def translated(original: Original) -> Voice:
    """The voice of a translation of that text."""
    return Voice(VoiceKind.TRANSLATION, " and ".join(original.authors), original.outlet)
