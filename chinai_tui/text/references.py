"""Finds where a text names issues of a newsletter by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chinai_tui.domain.document import Document, SpanKind
from chinai_tui.text.spans import spans_of

_SPACE = r"[^\S\n]{0,3}"
"""Space within a block, of which there is little; bounded, so that looking back costs little."""

_DIGITS = r"(\d{1,4})(?!\w|[.,]\d)"
_NUMBER = re.compile(f"[#＃]{_SPACE}{_DIGITS}")
_JOINT = re.compile(
    rf"{_SPACE}(?:[,;/&，；、–—-]|(?:,{_SPACE})?(?:&|and\b|or\b|to\b|through\b)){_SPACE}",
    re.IGNORECASE,
)
"""What stands between two numbers of a list."""

_UNTIL = re.compile(rf"[–-]{_DIGITS}")
"""The end of a range whose second number has no sign of its own: `#9–12`."""

_ROOM = 60
"""Characters that may stand between the beginning of a label and the sign, the label aside."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names an issue by its number; the first of a list has the word with it."""

    start: int
    end: int
    """Half-open, in code points of the document's text."""
    label: str
    """The label of the publication as it is written; empty where the document's own is meant."""
    number: int


def references(document: Document, labels: Iterable[str]) -> list[Reference]:
    """The issues that a document names, in the order of the text.

    `labels` are what publications put before their numbers. Named are `issue #11`, each number of
    `issues #9, #16, and #19`, and the same after a label (`ChinAI #154`); a number without a word
    is none. What stands under a link is left to it.
    """
    text = document.text
    if "#" not in text and "＃" not in text:
        return []
    return list(_beside_links(document, _named(text, tuple(labels))))


def _named(text: str, labels: tuple[str, ...]) -> Iterator[Reference]:
    """No block is left on the way: blocks are joined by a line feed, which no pattern takes."""
    before, room = _before(labels), _ROOM + max(map(len, labels), default=0)
    label, end = "", -1
    for sign in _NUMBER.finditer(text):
        if end >= 0 and _JOINT.fullmatch(text, end, sign.start()):
            start = sign.start()
        elif word := before.search(text, max(0, sign.start() - room), sign.start()):
            start, label = word.start(), word["label"] or ""
        else:
            continue
        end = sign.end()
        yield Reference(start, end, label, int(sign[1]))
        if last := _UNTIL.match(text, end):
            end = last.end()
            yield Reference(last.start(1), end, label, int(last[1]))


@lru_cache(maxsize=4)
def _before(labels: tuple[str, ...]) -> re.Pattern[str]:
    """What stands in front of a number that names an issue, up to its sign."""
    known = "|".join(re.escape(label).replace(r"\ ", r"[^\S\n]{1,3}") for label in labels if label)
    named = rf"(?P<label>{known or '(?!)'})(?:['’]s)?(?:{_SPACE}newsletter)?(?:{_SPACE}issues?)?"
    return re.compile(rf"(?<!\w)(?:{named}|issues?){_SPACE}\Z", re.IGNORECASE)


def _beside_links(document: Document, found: Iterable[Reference]) -> Iterator[Reference]:
    """Those that no link covers, not even in part."""
    links = spans_of(document, SpanKind.LINK)
    passed = reach = 0
    for reference in found:
        while passed < len(links) and links[passed].start < reference.end:
            reach = max(reach, links[passed].end)
            passed += 1
        if reach <= reference.start:
            yield reference
