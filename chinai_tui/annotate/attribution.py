"""Finds quotations in a paragraph, and who is named as saying them.

A name is taken only where it stands right beside the quotation and looks like one; a pronoun, a
title alone or a longer run of capitals names nobody.
"""

from __future__ import annotations

import re

_CLOSING = {"“": "”", "「": "」", "«": "»", '"': '"'}
_MARKS = re.compile('[“”"「」«»]')

_TITLE_WORDS = (
    "analyst author ceo cfo chairman chief coo cto director dr executive founder general minister "
    "mr mrs ms officer president prof professor reporter researcher scientist secretary "
    "spokesman spokesperson spokeswoman"
)
_OPENING_WORDS = (
    "after again also and as at but by finally however in later meanwhile next now on since so "
    "still then to today when where while yet"
)
_OTHER_WORDS = (
    "a an another critics experts he here his her how i if it its many most my nobody officials "
    "one others our she some that the their there these they this those we what who why you your"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_OPENERS = frozenset(_OPENING_WORDS.split())
_NO_NAMES = frozenset(_OTHER_WORDS.split())

WORD = r"(?:[A-Z]\.|(?:Dr|Prof|Mr|Mrs|Ms)\.|[^\W\d_a-z][\w'’-]*)"
"""A capitalised word or initial, as part of a regular expression."""
RUN = rf"{WORD}(?: {WORD}){{0,6}}"
"""A run of such words."""
SAYS = (
    r"(?:adds?|added|argue[sd]?|claim(?:s|ed)?|conclude[sd]?|explain(?:s|ed)?|notes?|noted|recalls?"
    r"|recalled|remark(?:s|ed)?|said|says?|state[sd]?|tells?|told|warn(?:s|ed)?|writes?|wrote)"
)
"""A verb of speaking, as part of a regular expression."""

_BEFORE = re.compile(rf"(?:\b({RUN}) {SAYS}|\b[Aa]ccording to ({RUN}))(?: that)?[,:]? ?$")
_AFTER = re.compile(rf"\s*(?:{SAYS} ({RUN})|({RUN}) {SAYS})\b")
_BEFORE_REACH = 200
"""How far before a quotation its speaker is looked for, in characters."""


def person(run: str) -> str:
    """The name in a run of capitalised words: `SenseTime CEO Xu Li` gives `Xu Li`.

    Empty where the run is not surely one name of one to three words.
    """
    words = run.split()
    if words and words[0].lower() in _OPENERS:
        del words[0]
    titles = [n for n, word in enumerate(words) if word.strip(".").lower() in _TITLES]
    words = words[titles[-1] + 1 :] if titles else words
    if not 1 <= len(words) <= 3 or words[0].lower() in _NO_NAMES:
        return ""
    return " ".join(words) if all(map(_is_name, words)) else ""


def _is_name(word: str) -> bool:
    """Whether a word is written as names are: not `SenseTime`, not `CEO`."""
    parts = re.split("[-'’]", word.removesuffix(".").removeprefix("Mc"))
    if parts[-1] == "s" or not "".join(parts).isalpha():
        return False
    return parts[0].isupper() if len(parts[0]) == 1 else parts[0].istitle()


def quotations(text: str) -> list[tuple[int, int]] | None:
    """The outermost quotations of a paragraph, marks included, as ranges.

    None where the marks do not come in pairs, so that nobody can tell what is inside.
    """
    found = []
    opened = -1
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if opened < 0:
            if mark not in _CLOSING:
                return None
            opened = at
        elif mark == _CLOSING[text[opened]] or (mark == "”" and text[opened] == '"'):
            found.append((opened, at + 1))
            opened = -1
        elif mark == text[opened]:
            return None
    return found if opened < 0 else None


def speaker(text: str, start: int, end: int) -> str:
    """Who is named right before or after a quotation as saying it; empty if nobody surely is."""
    before = _BEFORE.search(text[max(0, start - _BEFORE_REACH) : start])
    match = before or _AFTER.match(text, end)
    return person(match.group(1) or match.group(2)) if match else ""
