"""The rules that tell whose words a block is, quotations in it aside.

They are for newsletters that translate, quote and repost others. Where none is sure the speaker
is unconfirmed; words of others are never given to the newsletter's author for want of a better
name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from chinai_tui.annotate.announced import announced, offered
from chinai_tui.annotate.attribution import RUN, hands_over, person, speaker
from chinai_tui.annotate.original import TRANSLATION_LABEL
from chinai_tui.annotate.reading import (
    PROSE,
    QUOTES,
    REPORT,
    TITLES,
    UNCONFIRMED,
    Reading,
)
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind, mostly_han

_TITLE_LENGTH = 160
"""A line up to this length without a full stop may be the title of somebody's work."""

_OWN = re.compile(
    r"(?:key takeaways?|(?:the )?context|the essentials|jeff jots|(?:this week[’']s )?chinai links"
    r"|four to forward|around the horn)"
    r"\s*(?:\(.*\)\s*)?(?::|$)",
    re.IGNORECASE,
)
_REFLECTIONS = re.compile(rf"Reflections?: ({RUN})(?: on\b|$)")
_FOREIGN = re.compile(r"(?:sponsors?|show notes|learning resources|featuring)\s*:?$", re.IGNORECASE)
_DOCUMENT_HOSTS = re.compile(r"https?://(?:docs|drive)\.google\.com/", re.IGNORECASE)

_ABSTRACT = re.compile(r"\babstract:$", re.IGNORECASE)
_AUTHOR_FIRST = re.compile(rf"({RUN}), (?:an?|the) ")
_JOURNAL = re.compile(rf", in (?:the )?({RUN}(?: of (?:the )?{RUN})*)")
_ENDED = re.compile(r"[.!?…:;。！？：；][”\"’')\]）」]*$")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’]\w+|me|my)\b|^(?:Welcome to|Greetings from|Thank you for reading and) "
)
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sections(Reading):
    """A document as the rules look at it, with what its labels and announcements lead to."""

    def voice(self, number: int) -> Voice:
        """The voice of a block: that of the first rule that knows, unless a quote is signed."""
        voice = next(filter(None, (rule(self, number) for rule in _RULES)), self.own)
        name = self.signatures.get(number, "")
        if not name or voice.speaker == name:
            return voice
        return UNCONFIRMED if voice.speaker else Voice(VoiceKind.QUOTED, name)

    @cached_property
    def comments(self) -> int:
        """The first closing line on comments, which follow it; the number of blocks if none is."""
        blocks = self.document.blocks
        said = (
            number
            for number, block in enumerate(blocks)
            if block.role is BlockRole.BOILERPLATE and _COMMENTS.search(self.text(number))
        )
        return next(said, len(blocks))

    @cached_property
    def labels(self) -> list[tuple[int, re.Match[str], _Labelled] | None]:
        """For each block the nearest label in its section, itself included: where, what, rule."""

        def _label(number: int) -> tuple[int, re.Match[str], _Labelled] | None:
            text = self.text(number)
            tried = ((known.match(text), rule) for known, rule in _LABELS)
            return next(((number, match, rule) for match, rule in tried if match), None)

        return self.carried(_label)

    @cached_property
    def guests(self) -> list[str | None]:
        """For each block who offers something, by the nearest in its section that says so."""
        return self.carried(lambda number: offered(self.text(number)))

    @cached_property
    def introduced(self) -> dict[int, int]:
        """For labels such as `Reflections: Bo Guest` the paragraph where the guest takes over.

        It is in the section, names the guest and ends in a colon.
        """
        found: dict[int, int] = {}
        awaited: tuple[int, str] | None = None
        for number, block in enumerate(self.document.blocks):
            text = self.text(number)
            if block.is_heading or block.role in TITLES:
                awaited = None
            if label := _REFLECTIONS.match(text):
                awaited = number, person(label[1]).partition(" ")[0]
            elif awaited and awaited[1] in text and text.endswith(":"):
                found[awaited[0]] = number
                awaited = None
        return found

    @cached_property
    def announced(self) -> list[Voice | None]:
        """For each block the voice that a sentence before it hands over to."""
        return announced(self)

    @cached_property
    def after_turn(self) -> list[bool]:
        """For each block whether it may go on with a turn of an interview before it.

        A single turn reaches to the next heading, an interview to the next label of one's own.
        """
        is_interview = sum(map(bool, self.turns)) > 1
        found, goes_on = [], False
        for number, turn in enumerate(self.turns):
            block = self.block(number)
            if block.is_heading and (not is_interview or _OWN.match(self.text(number))):
                goes_on = False
            goes_on = goes_on or bool(turn)
            found.append(goes_on)
        return found


_Labelled: TypeAlias = "Callable[[Sections, int, int, re.Match[str]], Voice | None]"
"""A rule for what stands under a label: given the block, the label's block and its match."""


def _apparatus(reading: Sections, number: int) -> Voice | None:
    """Titles are the author's; captions, footnotes, embeds may be anybody's."""
    block = reading.block(number)
    if block.role in TITLES:
        return reading.own
    if block.role is BlockRole.BOILERPLATE:
        return _furniture(reading, number)
    is_text = block.kind in (*PROSE, *QUOTES, BlockKind.HEADING)
    return None if is_text and block.role is not BlockRole.CAPTION else UNCONFIRMED


def _furniture(reading: Sections, number: int) -> Voice:
    """Greetings and closing lines are the author's where one author speaks as `I` in them.

    Not in a text that others have a part in, nor among sponsors and comments.
    """
    label = reading.labels[number]
    is_others = (
        len(reading.authors) != 1
        or reading.report is not None
        or reading.announced[number] is not None
        or (label is not None and label[2] is _foreign)
        or number > reading.comments
    )
    speaks = not is_others and _FIRST_PERSON.search(reading.text(number))
    return reading.own if speaks else UNCONFIRMED


def _preview(reading: Sections, number: int) -> Voice | None:
    """What the newsletter says of the articles that it previews."""
    is_preview = reading.block(number).role in (BlockRole.SUMMARY, BlockRole.SOURCE)
    return reading.own if is_preview else None


def _repost(reading: Sections, number: int) -> Voice | None:
    """All that follows a line such as `Ann Example reports in The Example:`, up to a label."""
    label = reading.labels[number]
    if reading.report is None or number <= reading.report[0]:
        return None
    if label is not None and label[0] > reading.report[0]:
        return None
    is_apart = reading.block(number).kind is BlockKind.PULLQUOTE
    return UNCONFIRMED if is_apart else reading.report[1]


def _script(reading: Sections, number: int) -> Voice | None:
    """A Chinese paragraph in a text that is not Chinese is likely from the original."""
    is_other = mostly_han(reading.text(number)) and not reading.is_han
    return UNCONFIRMED if is_other else None


def _turn(reading: Sections, number: int) -> Voice | None:
    """A turn of an interview is its speaker's, if it surely is one; what follows it is nobody's."""
    if not reading.after_turn[number]:
        return None
    name = reading.turns[number]
    if not name or name not in reading.interviewed:
        return UNCONFIRMED
    return reading.own if (name,) == reading.authors else Voice(VoiceKind.QUOTED, person(name))


def _abstract(reading: Sections, number: int) -> Voice | None:
    """What follows `Ann Example, a student, in the Example Review … From the abstract:`."""
    before = reading.introduction(number)
    if before is None or not _ABSTRACT.search(reading.text(before)):
        return None
    if reading.block(number).kind not in (*QUOTES, BlockKind.PARAGRAPH):
        return None
    text = reading.text(before)
    name, journal = _AUTHOR_FIRST.match(text), _JOURNAL.search(text)
    return Voice(VoiceKind.QUOTED, person(name[1]) if name else "", journal[1] if journal else "")


def _introduced(reading: Sections, number: int) -> Voice | None:
    """What follows `As Ann Example writes:`; whose it is is sure only for a quote."""
    before = reading.introduction(number)
    text = reading.text(before) if before is not None else ""
    if reading.is_quote(number) and (match := REPORT.fullmatch(text)):
        return Voice(VoiceKind.QUOTED, person(match[1]), match[2])
    if not hands_over(text):
        return None
    name = speaker(text, len(text), len(text)) if reading.is_quote(number) else ""
    return Voice(VoiceKind.QUOTED, name) if name else UNCONFIRMED


def _section(reading: Sections, number: int) -> Voice | None:
    """What the label says that a block stands under: a heading, or the start of a paragraph."""
    if (found := reading.labels[number]) is None:
        return None
    at, label, rule = found
    return rule(reading, number, at, label)


def _own_section(reading: Sections, number: int, _at: int, _label: re.Match[str]) -> Voice | None:
    is_others = reading.is_quote(number) or reading.announced[number] is not None
    return None if is_others else reading.own


def _translated(reading: Sections, number: int, at: int, _label: re.Match[str]) -> Voice | None:
    """Quotes are translated; a paragraph under the heading may as well be on the translation.

    If the line leads to a document that holds the translation, the newsletter goes on below.
    """
    if number == at or reading.is_quote(number):
        return reading.source
    targets = (each.target for each in reading.block(at).spans if each.kind is SpanKind.LINK)
    return None if any(map(_DOCUMENT_HOSTS.match, targets)) else UNCONFIRMED


def _foreign(_reading: Sections, _number: int, _at: int, _label: re.Match[str]) -> Voice:
    return UNCONFIRMED


def _reflections(reading: Sections, number: int, at: int, label: re.Match[str]) -> Voice:
    """A guest's section: the guest speaks once a paragraph with the name ends in a colon."""
    guest = person(label[1])
    if number == at:
        return reading.own
    intro = reading.introduced.get(at)
    if not guest or intro is None:
        return UNCONFIRMED
    if number <= intro:
        return reading.own
    if reading.is_quote(intro + 1) and not reading.is_quote(number):
        return UNCONFIRMED
    return Voice(VoiceKind.GUEST, guest)


def _handed_over(reading: Sections, number: int) -> Voice | None:
    """What a sentence before hands over; quotes are left to the rules for quotes."""
    voice = reading.announced[number]
    return None if voice == UNCONFIRMED and reading.is_quote(number) else voice


def _offered(reading: Sections, number: int) -> Voice | None:
    """Quotes after `Ann Example, of Example College, offers her thoughts:` are that guest's."""
    block = reading.block(number)
    is_first = block.is_heading or block.role in TITLES
    name = reading.guests[number - 1] if number and not is_first else None
    if name is None:
        return None
    return Voice(VoiceKind.GUEST, name) if name and reading.is_quote(number) else UNCONFIRMED


def _unexplained(reading: Sections, number: int) -> Voice | None:
    """Quotes, headings and bare titles, when nothing tells whose."""
    block, text = reading.block(number), reading.text(number)
    if reading.is_quote(number) or block.is_heading or block.kind is BlockKind.HEADING:
        return UNCONFIRMED
    if len(text) > _TITLE_LENGTH or _ENDED.search(text):
        return None
    before = reading.introduction(number) if block.kind is BlockKind.ITEM else None
    if before is None or reading.block(before).is_heading or not reading.text(before).endswith(":"):
        return UNCONFIRMED
    return reading.voice(before)


_LABELS: tuple[tuple[re.Pattern[str], _Labelled], ...] = (
    (_OWN, _own_section),
    (TRANSLATION_LABEL, _translated),
    (_REFLECTIONS, _reflections),
    (_FOREIGN, _foreign),
)

_RULES: tuple[Callable[[Sections, int], Voice | None], ...] = (
    _apparatus,
    _repost,
    _preview,
    _script,
    _turn,
    _abstract,
    _introduced,
    _section,
    _handed_over,
    _offered,
    _unexplained,
)
