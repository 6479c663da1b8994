"""Whether a word stands by itself or is part of a longer name, by the capitals around it.

Surnames and names that are ordinary words or shared by others (`Leon`, `Yi`) count only where they
stand by themselves: `Yi Zeng` is somebody, `Leon Panetta` is somebody else.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container


class Standing(Enum):
    """How a word stands in its sentence."""

    ALONE = auto()
    JOINED = auto()
    """A capitalised word next to it makes a longer name of it."""
    UNSURE = auto()


_TITLES = """
    academician analyst assistant associate author captain chair chairman chairwoman chief
    co-founder cofounder colleague commissioner dean deputy director doctor dr editor engineer
    executive financial former founder general governor investor journalist judge justice
    lawyer manager mayor minister miss mr mrs ms officer operating partner premier president prof
    professor reporter researcher scholar scientist secretary senator senior sir technology vice
"""
_FUNCTION_WORDS = """
    a about according after again all also although among an and another any are as asked at
    because been before besides both but by can could despite did do does during each either even
    ever every except few for from had has have he her here his how however if in indeed instead
    into is it its just last later least less let like many meanwhile might more most much must my
    near neither never next no nor not nothing now of off often on once one only or other our out
    over per perhaps said same says she should since so some soon still such than that the their
    them then there therefore these they this those though through thus to today together told
    tomorrow too toward towards under unless unlike until up upon us versus via was we were what
    whatever when where whereas whether which while who whom whose why will with within without
    would yes yesterday yet you your
"""
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
"""
_PEOPLES = "american asian british chinese european german indian japanese korean russian"
_NO_NAMES = frozenset(" ".join((_TITLES, _FUNCTION_WORDS, _CALENDAR, _PEOPLES)).split())
"""Words that are no part of a name although they may stand before it with a capital."""

_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*) $")
_AFTER = re.compile(r" ([^\W\d_][\w'’-]*)")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…\"“”‘(\[—–-]\s*)$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_REACH = 200
"""Characters of the line looked at before and after a word."""
_WORD_LIMIT = 40
"""Characters of the longest word looked at before another."""


def standing(
    text: str, start: int, end: int, starts: Container[int], ends: Container[int]
) -> Standing:
    """How the word at `start`-`end` stands in its line.

    `starts` and `ends` are the offsets of known names, which do not make a longer name of it. In
    a line in title case nothing joins for sure.
    """
    floor = max(0, start - _REACH)
    floor = max(floor, text.rfind("\n", floor, start) + 1)
    how = _standing(text, start, end, floor, starts, ends)
    return Standing.UNSURE if how is Standing.JOINED and _has_title_case(text, floor) else how


def _standing(
    text: str, start: int, end: int, floor: int, starts: Container[int], ends: Container[int]
) -> Standing:
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper():
        return Standing.UNSURE
    after = _AFTER.match(text, end)
    if after and end + 1 not in starts and _may_be_name(after[1]):
        return Standing.JOINED
    if start > floor and text[start - 1] == "-":
        return Standing.UNSURE
    before = _BEFORE.search(text, max(floor, start - _WORD_LIMIT), start)
    if before is None or start - 1 in ends or not _joins(before[1]):
        return Standing.ALONE
    opening = text[max(floor, before.start() - 2) : before.start()]
    opens = _SENTENCE_END.search(opening) and before[1].endswith(("ed", "ing", "ly"))
    return Standing.UNSURE if opens else Standing.JOINED


def _has_title_case(text: str, floor: int) -> bool:
    """Whether the line, from `floor` on, has a capital on nearly every longer word."""
    line = text[floor : floor + 2 * _REACH].partition("\n")[0]
    words = _LONG_WORD.findall(line)
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _joins(word: str) -> bool:
    """Whether a word before a name can belong to it: `J.` and `Jane` can, `Dr.` cannot."""
    if word.endswith((".", "'s", "’s", "s'", "s’")):
        return len(word) == 2 and word[0].isupper()
    return _may_be_name(word)


def _may_be_name(word: str) -> bool:
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    return word.lower() not in _NO_NAMES
