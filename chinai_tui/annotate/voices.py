"""Proposes whose words a passage is, by the structure of the document.

Where no rule is sure the speaker is unconfirmed, which a reader can mend.
"""

from __future__ import annotations

from collections import deque

from chinai_tui.annotate.attribution import Range, is_oneself, outside, quotations, speaker_of
from chinai_tui.annotate.original import original_of
from chinai_tui.annotate.reading import PROSE, QUOTES, UNCONFIRMED, translated
from chinai_tui.annotate.rules import Sections
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockKind, BlockRole, Document, DocumentRole

LONG_QUOTE = 40
"""Characters above which words in quotation marks have a speaker of their own."""
SHORT_QUOTE = 20
"""The same for a whole sentence."""
_ENDINGS = ".,!?…，。！？"
_MARKS = '“”"「」『』«» '


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
        return translated(original_of(document, role))
    if role is DocumentRole.ORIGINAL or not document.blocks:
        return UNCONFIRMED
    reading = _reading(document, authors)
    first, last = document.block_at(start), document.block_at(max(start, end - 1))
    voices = {
        _of_range(reading, number, start, max(start, end)) for number in range(first, last + 1)
    }
    return voices.pop() if len(voices) == 1 else UNCONFIRMED


def section_voices(
    document: Document, role: DocumentRole, authors: tuple[str, ...]
) -> dict[int, Voice]:
    """Whose words the block below each heading is, by the heading's number; see `voice_of`.

    Texts that have one voice throughout have none for their sections.
    """
    if role is not DocumentRole.TEXT:
        return {}
    reading = _reading(document, authors)
    last = len(document.blocks) - 1
    return {number: reading.voice(min(number + 1, last)) for number in document.headings()}


_at_hand: deque[Sections] = deque(maxlen=4)


def _reading(document: Document, authors: tuple[str, ...]) -> Sections:
    """A document as the rules look at it; what they found out in the last ones is kept."""
    for known in tuple(_at_hand):
        if known.document is document and known.authors == authors:
            return known
    _at_hand.append(made := Sections(document, authors))
    return made


def _of_range(reading: Sections, number: int, start: int, end: int) -> Voice:
    """The voice of that part of a block that lies in a range of the document."""
    block = reading.block(number)
    around = reading.voice(number)
    if block.kind not in (*PROSE, *QUOTES, BlockKind.HEADING):
        return around
    if block.role is BlockRole.REPEAT and around == UNCONFIRMED:
        return _repeated(reading, number)
    first = max(start - block.start, 0)
    last = max(min(end, block.end) - block.start, first)
    return _inside(reading, reading.text(number), first, last, around)


def _inside(reading: Sections, text: str, start: int, end: int, around: Voice) -> Voice:
    """The voice of a range of a block's text, given that of the block."""
    marked = quotations(text)
    if marked is None:
        clear = outside(text)
        is_clear = max(end, start + 1) <= clear or (start == 0 and end == len(text))
        return around if clear and is_clear else UNCONFIRMED
    for number, (opened, closed) in enumerate(marked):
        if opened <= start < closed and end <= closed:
            return _quoted(reading, text, marked, number, around)
        if _is_cut((opened, closed), start, end) and _is_speech(text[opened:closed]):
            return UNCONFIRMED
    return around


def _is_cut(quotation: Range, start: int, end: int) -> bool:
    """Whether a range takes some words of a quotation and some outside it."""
    inside = max(start, quotation[0]), min(end, quotation[1])
    return inside[0] < inside[1] and inside != quotation


def _quoted(reading: Sections, text: str, marked: list[Range], number: int, around: Voice) -> Voice:
    """The voice of words in quotation marks: a term or a title may be anybody's."""
    start, end = marked[number]
    if around.kind is VoiceKind.QUOTED and (start, end) == (0, len(text)):
        return around
    if not _is_speech(text[start:end]):
        return UNCONFIRMED
    if is_oneself(text, start):
        return around
    name = speaker_of(text, marked, number)
    if name and name == reading.source.speaker:
        return reading.source
    return Voice(VoiceKind.QUOTED, name, around.outlet) if name else UNCONFIRMED


def _is_speech(quotation: str) -> bool:
    """Whether words in quotation marks are somebody's, rather than a term or a title."""
    words = quotation[1:-1]
    is_sentence = len(words) > SHORT_QUOTE and words[0].isupper() and words[-1] in _ENDINGS
    return is_sentence or len(words) > LONG_QUOTE


def _repeated(reading: Sections, number: int) -> Voice:
    """The voice that words which a pull-quote repeats have where they stand in the text."""
    document = reading.document
    words = reading.text(number).strip(_MARKS + _ENDINGS)
    places: list[int] = []
    at = document.text.find(words) if words else -1
    while at >= 0 and len(places) < 2:
        if reading.block(document.block_at(at)).role is not BlockRole.REPEAT:
            places.append(at)
        at = document.text.find(words, at + len(words))
    if len(places) != 1:
        return UNCONFIRMED
    return _of_range(reading, document.block_at(places[0]), places[0], places[0] + len(words))
