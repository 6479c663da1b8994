"""Finds the blocks that a sentence before them hands over to somebody else.

Newsletters do so with a colon, `Here is what a reader wrote:`, or with a word on a guest. What is
set apart by rules right below has the voice that the sentence tells; of what just follows, nobody
can say where it ends, so that it is nobody's for sure.
"""

from __future__ import annotations

import re

from chinai_tui.annotate.attribution import RUN, WORD, person, speaker
from chinai_tui.annotate.reading import TITLES, UNCONFIRMED, Reading
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockKind, BlockRole

_OFFERS = re.compile(
    rf"\b({WORD}(?: {WORD}){{1,6}}),? (?:[^.:]{{0,200}}, )?(?:offers|shares|responds with)"
    r" (?:his|her|their)\b"
    rf"|\b[Tt]hanks to ({RUN}) for (?:offering|sharing|contributing|sending)\b"
    r"(?: (?:his|her|their)\b)?"
)
_OWN_WORDS = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:account|analysis|answers?|comments|concerns|criticism|critique"
    r"|experiences?|feedback|impressions|notes|opinions?|perspectives?|reactions?|reflections?|responses?|story"
    r"|take|thoughts|views)\b"
)
"""What a guest says, rather than something that the guest has found."""
_GUEST_POST = re.compile(
    r"\b[Gg]uest[- ](?:post|essay|piece|column|contribution|article|issue|edition|section)\b"
    rf",? (?:(?:is |was )?(?:written )?(?:by|from)|comes from) ({RUN})"
)
_TRANSLATED = re.compile(r"\btranslat(?:ed|es|ions?|ing)\b", re.IGNORECASE)
_COLON = (":", "：")


def offered(text: str) -> str | None:
    """Who offers something in a paragraph that ends in a colon; None if nobody does.

    Empty if the words that follow are perhaps not the guest's own, but a translation or a find.
    """
    offers = list(_OFFERS.finditer(text)) if text.endswith(_COLON) else []
    if not offers:
        return None
    told = [person(each[1] or each[2]) for each in offers if _OWN_WORDS.match(text, each.end())]
    return "" if _TRANSLATED.search(text) else max(told, key=len, default="")


def announced(reading: Reading) -> list[Voice | None]:
    """For each block the voice that a sentence before it hands over to, None for all others."""
    voices: list[Voice | None] = [None] * len(reading.document.blocks)
    for number in range(len(voices)):
        if voices[number] is None and _announces(reading, number):
            voice, end = _extent(reading, number)
            for below in range(number + 1, end):
                voices[below] = voice
    return voices


def _announces(reading: Reading, number: int) -> bool:
    block, text = reading.block(number), reading.text(number)
    if block.role is BlockRole.SUBTITLE:
        return _GUEST_POST.search(text) is not None
    if block.kind is not BlockKind.PARAGRAPH or block.role is not BlockRole.BODY:
        return False
    if _GUEST_POST.search(text):
        return True
    below = _kind(reading, number + 1)
    return text.endswith(_COLON) and below in (BlockKind.PARAGRAPH, BlockKind.RULE)


def _extent(reading: Reading, number: int) -> tuple[Voice, int]:
    """Whose the blocks below an announcement are, and the number of the first after them."""
    if _kind(reading, number + 1) is BlockKind.RULE:
        end = _next(reading, number + 2, is_rule=True)
        if _kind(reading, end) is BlockKind.RULE:
            return _told(reading, reading.text(number)), end
    if _GUEST_POST.search(reading.text(number)):
        return UNCONFIRMED, len(reading.document.blocks)
    return UNCONFIRMED, _next(reading, number + 1, is_rule=False)


def _next(reading: Reading, number: int, *, is_rule: bool) -> int:
    """The next block that is a rule, or else that is one or a heading; the end if none is."""
    for at in range(number, len(reading.document.blocks)):
        block = reading.block(at)
        is_end = not is_rule and (block.is_heading or block.role in TITLES)
        if block.kind is BlockKind.RULE or is_end:
            return at
    return len(reading.document.blocks)


def _kind(reading: Reading, number: int) -> BlockKind | None:
    blocks = reading.document.blocks
    return blocks[number].kind if number < len(blocks) else None


def _told(reading: Reading, text: str) -> Voice:
    """The voice that an announcement names; unconfirmed if it names none, or more than one."""
    found: list[Voice] = []
    if match := _GUEST_POST.search(text):
        found.append(Voice(VoiceKind.GUEST, person(match[1])))
    elif (guest := offered(text)) is not None:
        found.append(Voice(VoiceKind.GUEST, guest) if guest else UNCONFIRMED)
    if _TRANSLATED.search(text):
        found.append(reading.source)
    if name := speaker(text, len(text), len(text)):
        found.append(Voice(VoiceKind.QUOTED, name))
    return found[0] if len(found) == 1 else UNCONFIRMED
