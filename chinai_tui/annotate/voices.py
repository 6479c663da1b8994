"""Proposes whose words a passage is, by the structure of the document.

The rules are for newsletters that translate, quote and repost others. Where none of them is sure
the speaker is unconfirmed, which a reader can mend; words of others are never given to the
newsletter's author for want of a better name.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from chinai_tui.annotate.attribution import RUN, SAYS, WORD, person, quotations, speaker
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.text.slug import slug

T = TypeVar("T")

UNCONFIRMED = Voice(VoiceKind.UNCONFIRMED)
LONG_QUOTE = 40
"""Characters above which words in quotation marks have a speaker of their own."""
SHORT_QUOTE = 20
"""The same for a whole sentence."""
_TITLE_LENGTH = 160
"""A line up to this length without a full stop may be the title of somebody's work."""

_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_QUOTE = (BlockKind.QUOTE, BlockKind.PULLQUOTE)

_OWN = re.compile(
    r"(?:key takeaways?|(?:the )?context|the essentials|jeff jots|(?:this week[’']s )?chinai links"
    r"|four to forward|around the horn)"
    r"\s*(?:\(.*\)\s*)?(?::|$)",
    re.IGNORECASE,
)
_TRANSLATION = re.compile(
    r"(?:read )?(?:the )?(?:full|feature) translations?\s*(?:\(.*?\)\s*)?(?::\s*(.*)|$)",
    re.IGNORECASE,
)
_REFLECTIONS = re.compile(rf"Reflections?: ({RUN})(?: on\b|$)")
_FOREIGN = re.compile(r"(?:sponsors?|show notes|learning resources|featuring)\s*:?$", re.IGNORECASE)

_REPORT = re.compile(rf"({RUN}) (?:reports?|reported|writes|wrote|comments) in (?:the )?({RUN}):")
_BY_FOR = re.compile(
    rf"\bby ({WORD}(?: {WORD})+) for (?:the )?((?:{RUN}|[\w.-]+(?= \())(?: \([\w .'’-]+\))?)"
)
_OFFERS = re.compile(
    rf"({WORD}(?: {WORD})+),? (?:[^.:]{{0,200}}, )?(?:offers|shares|responds with)"
    r" (?:his|her|their)\b"
    rf"|\b[Tt]hanks to ({RUN}) for (?:offering|sharing|contributing|sending)\b"
)
_ABSTRACT = re.compile(r"\babstract:$", re.IGNORECASE)
_AUTHOR_FIRST = re.compile(rf"({RUN}), (?:an?|the) ")
_JOURNAL = re.compile(rf", in (?:the )?({RUN}(?: of (?:the )?{RUN})*)")
_INTRODUCED = re.compile(rf"\b({RUN}) {SAYS}:$")
_TURN = re.compile(rf"(?:Q|A|[A-Z]{{2,3}}|{WORD} {WORD}(?: {WORD})?): ")
_ENDED = re.compile(r"[.!?…:;。！？：；][”\"’')\]）」]*$")


def voice_at(
    document: Document, role: DocumentRole, offset: int, authors: tuple[str, ...]
) -> Voice:
    """Whose words stand at an offset into the document's text; see `voice_of`."""
    return voice_of(document, role, offset, offset, authors)


def voice_of(
    document: Document, role: DocumentRole, start: int, end: int, authors: tuple[str, ...]
) -> Voice:
    """Whose words a passage is: those of its blocks, unless all of it is one quotation.

    Args:
        document: the text.
        role: which of the issue's texts it is; a digest speaks for itself throughout.
        start: offset of the passage.
        end: offset of its end; the same as `start` for a place.
        authors: those of the issue; where they are unknown, nothing is commentary for sure.

    Returns:
        The voice, unconfirmed where no rule is sure or the passage runs through several voices.
    """
    if role is DocumentRole.DIGEST:
        return Voice(VoiceKind.DIGEST)
    if role is DocumentRole.TRANSLATION:
        return Voice(VoiceKind.TRANSLATION)
    if role is DocumentRole.ORIGINAL or not document.blocks:
        return UNCONFIRMED
    reading = _reading(document, authors)
    first, last = document.block_at(start), document.block_at(max(start, end - 1))
    voices = {reading.voice(number) for number in range(first, last + 1)}
    if len(voices) > 1:
        return UNCONFIRMED
    around = voices.pop()
    if first < last or reading.block(first).kind not in (*_PROSE, *_QUOTE):
        return around
    base = reading.block(first).start
    return _inside(reading, reading.text(first), start - base, end - base, around)


def section_voices(
    document: Document, role: DocumentRole, authors: tuple[str, ...]
) -> dict[int, Voice]:
    """Whose words the block below each heading is, by the heading's number; see `voice_of`.

    Texts that have one voice throughout have none for their sections.
    """
    if role is not DocumentRole.TEXT:
        return {}
    reading = _Reading(document, authors)
    last = len(document.blocks) - 1
    return {number: reading.voice(min(number + 1, last)) for number in document.headings()}


_Labelled: TypeAlias = "Callable[[_Reading, int, int, re.Match[str]], Voice | None]"
"""A rule for what stands under a label: given the block, the label's block and its match."""


@dataclass(frozen=True)
class _Reading:
    """A document as the rules look at it; blocks go by their number."""

    document: Document
    authors: tuple[str, ...]

    def block(self, number: int) -> Block:
        return self.document.blocks[number]

    def text(self, number: int) -> str:
        return self.document.text_of(number)

    def is_quote(self, number: int) -> bool:
        return self.block(number).kind in _QUOTE

    def voice(self, number: int) -> Voice:
        """The voice of a block, quotations in it aside: that of the first rule that knows."""
        return next(filter(None, (rule(self, number) for rule in _RULES)), self.own)

    @property
    def own(self) -> Voice:
        """That of the newsletter's author, where one is known."""
        if not self.authors:
            return UNCONFIRMED
        return Voice(VoiceKind.COMMENTARY, " and ".join(self.authors))

    @cached_property
    def report(self) -> tuple[int, Voice] | None:
        """The block that says whose report follows, and its voice."""
        for number in range(len(self.document.blocks)):
            if match := _REPORT.fullmatch(self.text(number)):
                return number, Voice(VoiceKind.REPOST, person(match[1]), match[2])
        return None

    @cached_property
    def source(self) -> Voice:
        """That of the translated article, with author and outlet if only one is translated."""
        titles: set[str] = set()
        found: set[tuple[str, str]] = set()
        for number in range(len(self.document.blocks)):
            text = self.text(number)
            if match := _TRANSLATION.match(text):
                titles.add(slug(match[1] or ""))
            found.update((person(name), outlet) for name, outlet in _BY_FOR.findall(text))
        if len(titles - {""}) == 1 and len(found) == 1:
            return Voice(VoiceKind.TRANSLATION, *found.pop())
        return Voice(VoiceKind.TRANSLATION)

    def section(self, number: int) -> Iterator[int]:
        """The blocks from this one back to the heading it stands under, both included."""
        for before in range(number, -1, -1):
            if self.block(before).role in (BlockRole.TITLE, BlockRole.SUBTITLE):
                return
            yield before
            if self.block(before).is_heading:
                return

    def introduction(self, number: int) -> int | None:
        """The block before this one and those of its kind, if this is a quote or an item."""
        return self._introductions[number]

    @cached_property
    def _introductions(self) -> list[int | None]:
        found: list[int | None] = []
        before: tuple[BlockKind, ...] = ()
        for number, block in enumerate(self.document.blocks):
            kinds = next((each for each in (_QUOTE, (BlockKind.ITEM,)) if block.kind in each), ())
            goes_on = number > 0 and kinds and kinds == before
            found.append(found[-1] if goes_on else number - 1 if number else None)
            before = kinds
        return found

    @cached_property
    def labels(self) -> list[tuple[int, re.Match[str], _Labelled] | None]:
        """For each block the nearest label in its section, itself included: where, what, rule."""

        def _label(number: int) -> tuple[int, re.Match[str], _Labelled] | None:
            text = self.text(number)
            tried = ((known.match(text), rule) for known, rule in _LABELS)
            return next(((number, match, rule) for match, rule in tried if match), None)

        return self._carried(_label)

    @cached_property
    def guests(self) -> list[str | None]:
        """For each block who offers something, by the nearest in its section that says so."""

        def _guest(number: int) -> str | None:
            text = self.text(number)
            found = _OFFERS.finditer(text) if text.endswith(":") else ()
            return max((person(match[1] or match[2]) for match in found), key=len, default=None)

        return self._carried(_guest)

    def _carried(self, find: Callable[[int], T | None]) -> list[T | None]:
        """For each block what the nearest one in its section gives; in one pass over them all."""
        carried: list[T | None] = []
        last: T | None = None
        for number, block in enumerate(self.document.blocks):
            is_title = block.role in (BlockRole.TITLE, BlockRole.SUBTITLE)
            found = None if is_title else find(number)
            last = last if found is None and not (is_title or block.is_heading) else found
            carried.append(last)
        return carried


_at_hand: deque[_Reading] = deque(maxlen=4)


def _reading(document: Document, authors: tuple[str, ...]) -> _Reading:
    """A document as the rules look at it; what they found out in the last ones is kept."""
    for known in tuple(_at_hand):
        if known.document is document and known.authors == authors:
            return known
    _at_hand.append(made := _Reading(document, authors))
    return made


def _inside(reading: _Reading, text: str, start: int, end: int, around: Voice) -> Voice:
    """The voice of a range of a block's text, given that of the block."""
    marked = quotations(text)
    if marked is None:
        return UNCONFIRMED
    for opened, closed in marked:
        if not opened <= start < closed or end > closed or not _is_speech(text[opened:closed]):
            continue
        if around.kind is VoiceKind.QUOTED and (opened, closed) == (0, len(text)):
            return around
        name = speaker(text, opened, closed)
        if name and name == reading.source.speaker:
            return reading.source
        return Voice(VoiceKind.QUOTED, name, around.outlet) if name else UNCONFIRMED
    return around


def _is_speech(quotation: str) -> bool:
    """Whether words in quotation marks are somebody's, rather than a term or a title."""
    words = quotation[1:-1]
    is_sentence = len(words) > SHORT_QUOTE and words[0].isupper() and words[-1] in ",.!?…，。！？"
    return is_sentence or len(words) > LONG_QUOTE


def _apparatus(reading: _Reading, number: int) -> Voice | None:
    """Titles are the author's; captions, footnotes, embeds, boilerplate may be anybody's."""
    block = reading.block(number)
    if block.role in (BlockRole.TITLE, BlockRole.SUBTITLE):
        return reading.own
    if block.role in (BlockRole.BOILERPLATE, BlockRole.CAPTION):
        return UNCONFIRMED
    is_text = block.kind in (*_PROSE, *_QUOTE, BlockKind.HEADING)
    return None if is_text else UNCONFIRMED


def _preview(reading: _Reading, number: int) -> Voice | None:
    """What the newsletter says of the articles that it previews."""
    is_preview = reading.block(number).role in (BlockRole.SUMMARY, BlockRole.SOURCE)
    return reading.own if is_preview else None


def _repost(reading: _Reading, number: int) -> Voice | None:
    """All that follows a line such as `Ann Example reports in The Example:`."""
    if reading.report is None or number <= reading.report[0]:
        return None
    is_apart = reading.block(number).kind is BlockKind.PULLQUOTE
    return UNCONFIRMED if is_apart else reading.report[1]


def _abstract(reading: _Reading, number: int) -> Voice | None:
    """What follows `Ann Example, a student, in the Example Review … From the abstract:`."""
    before = reading.introduction(number)
    if before is None or not _ABSTRACT.search(reading.text(before)):
        return None
    if reading.block(number).kind not in (*_QUOTE, BlockKind.PARAGRAPH):
        return None
    text = reading.text(before)
    name, journal = _AUTHOR_FIRST.match(text), _JOURNAL.search(text)
    return Voice(VoiceKind.QUOTED, person(name[1]) if name else "", journal[1] if journal else "")


def _introduced(reading: _Reading, number: int) -> Voice | None:
    """What follows `As Ann Example writes:`; whose it is is sure only for a quote."""
    before = reading.introduction(number)
    match = _INTRODUCED.search(reading.text(before)) if before is not None else None
    if match is None:
        return None
    name = person(match[1]) if reading.is_quote(number) else ""
    return Voice(VoiceKind.QUOTED, name) if name else UNCONFIRMED


def _section(reading: _Reading, number: int) -> Voice | None:
    """What the label says that a block stands under: a heading, or the start of a paragraph."""
    if (found := reading.labels[number]) is None:
        return None
    at, label, rule = found
    return rule(reading, number, at, label)


def _own_section(reading: _Reading, number: int, _at: int, _label: re.Match[str]) -> Voice | None:
    return None if reading.is_quote(number) else reading.own


def _translated(reading: _Reading, number: int, at: int, _label: re.Match[str]) -> Voice:
    """Quotes are translated; a paragraph under the heading may as well be on the translation."""
    return reading.source if number == at or reading.is_quote(number) else UNCONFIRMED


def _foreign(_reading: _Reading, _number: int, _at: int, _label: re.Match[str]) -> Voice:
    return UNCONFIRMED


def _reflections(reading: _Reading, number: int, at: int, label: re.Match[str]) -> Voice:
    """A guest's section: the guest speaks once a paragraph with the name ends in a colon."""
    guest = person(label[1])
    if number == at:
        return reading.own
    intro = next(
        (
            each
            for each in range(at + 1, len(reading.document.blocks))
            if reading.text(each).endswith(":") and guest.partition(" ")[0] in reading.text(each)
        ),
        None,
    )
    if not guest or intro is None or at not in reading.section(intro):
        return UNCONFIRMED
    if number <= intro:
        return reading.own
    if reading.is_quote(intro + 1) and not reading.is_quote(number):
        return UNCONFIRMED
    return Voice(VoiceKind.GUEST, guest)


def _offered(reading: _Reading, number: int) -> Voice | None:
    """Quotes after `Ann Example, of Example College, offers her thoughts:` are that guest's."""
    block = reading.block(number)
    is_first = block.is_heading or block.role in (BlockRole.TITLE, BlockRole.SUBTITLE)
    name = reading.guests[number - 1] if number and not is_first else None
    if name is None:
        return None
    return Voice(VoiceKind.GUEST, name) if name and reading.is_quote(number) else UNCONFIRMED


def _unexplained(reading: _Reading, number: int) -> Voice | None:
    """Quotes, headings, turns of an interview and bare titles, when nothing tells whose."""
    block, text = reading.block(number), reading.text(number)
    if reading.is_quote(number) or block.is_heading or block.kind is BlockKind.HEADING:
        return UNCONFIRMED
    if _TURN.match(text):
        return UNCONFIRMED
    if len(text) > _TITLE_LENGTH or _ENDED.search(text):
        return None
    before = reading.introduction(number) if block.kind is BlockKind.ITEM else None
    if before is None or reading.block(before).is_heading or not reading.text(before).endswith(":"):
        return UNCONFIRMED
    return reading.voice(before)


_LABELS: tuple[tuple[re.Pattern[str], _Labelled], ...] = (
    (_OWN, _own_section),
    (_TRANSLATION, _translated),
    (_REFLECTIONS, _reflections),
    (_FOREIGN, _foreign),
)

_RULES: tuple[Callable[[_Reading, int], Voice | None], ...] = (
    _apparatus,
    _repost,
    _preview,
    _abstract,
    _introduced,
    _section,
    _offered,
    _unexplained,
)
