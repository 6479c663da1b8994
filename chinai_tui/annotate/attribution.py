"""Finds quotations in a paragraph, and who is named as saying them.

A name is taken only where it stands right beside the quotation and looks like one; a pronoun, a
title alone or a longer run of capitals names nobody.
"""

from __future__ import annotations

import re

_CLOSING = {"“": "”", "「": "」", "『": "』", "«": "»", '"': '"'}
_MARKS = re.compile('[“”"「」『』«»]')
_BEFORE_OPENING = " \t\n([{—–-:：，。"
"""What may stand before a straight mark that opens a quotation."""

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

_CLAUSE = r"(?:^|[.!?;:,—–(“”\"])\s*(?:(?:[a-z]+|[^\W\d_a-z][\w'’-]*) )*?"
"""What stands before a name from the start of its clause; which words is checked apart."""
_BEFORE = re.compile(
    rf"(?:(?P<clause>{_CLAUSE})(?P<subject>{RUN}) {SAYS}|\b[Aa]ccording to (?P<source>{RUN}))"
    r"(?: that)?[,:：]? ?$"
)
_AFTER = re.compile(
    rf"\s*(?:(?!tell|told){SAYS} (?P<inverted>(?>{RUN}))|(?P<subject>{RUN}) {SAYS})"
    r"(?!’s|'s|,? (?:and|or)\b|, (?:quoting|citing|paraphrasing|echoing|recalling)\b)\b"
)
_PRONOUN = re.compile(rf"\s*(?:[Hh]e|[Ss]he) {SAYS}\b|\s*{SAYS} (?:he|she)\b")
_BETWEEN = re.compile(
    rf"\s*(?:{SAYS} (?P<inverted>{RUN})|(?P<subject>{RUN}) {SAYS})(?P<end>[.,])\s*"
)
_SAYING = re.compile(rf"\b{SAYS}(?: that)?[:：]$")
_ONESELF = re.compile(
    r"\b(?:[Ff]rom|[Ii]n) my (?:own )?"
    r"(?:testimony|remarks|speech|article|piece|paper|post|report|essay|book)\b"
    rf"(?:(?!\b{SAYS}\b)(?:[^.:,;“”\"]|(?<=[A-Z])\.)){{0,80}}: ?$"
)
_BEFORE_REACH = 200
"""How far before a quotation its speaker is looked for, in characters."""


Range = tuple[int, int]
"""Where a quotation starts and ends, its marks included."""


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


def quotations(text: str) -> list[Range] | None:
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


def outside(text: str) -> int:
    """How many characters at the start surely stand in no quotation, if the marks do not pair."""
    match = _MARKS.search(text)
    if match is None:
        return len(text)
    at = match.start()
    before = text[at - 1 : at]
    opens = before in _BEFORE_OPENING if match.group() == '"' else match.group() in _CLOSING
    return at if opens else 0


def speaker_of(text: str, marked: list[Range], number: int) -> str:
    """Who says a quotation of a paragraph, given all of them; empty if nobody surely does.

    One that goes on after `…,” says Ann Example.` has the same speaker, if it ends the paragraph
    or only a pronoun follows.
    """
    name = speaker(text, *marked[number])
    return name or (_continued(text, marked[number - 1], marked[number]) if number else "")


def speaker(text: str, start: int, end: int) -> str:
    """Who is named right before or after a quotation as saying it; empty if nobody surely is."""
    before, after = _named_before(text, start), ""
    if match := _AFTER.match(text, end):
        after = person(match["inverted"] or match["subject"])
    return "" if before and after and before != after else before or after


def hands_over(text: str) -> bool:
    """Whether a paragraph ends in a verb of speaking and a colon: `the company claims:`."""
    return _SAYING.search(text) is not None


def is_oneself(text: str, start: int) -> bool:
    """Whether words such as `from my testimony:` lead to a quotation: the writer's own words."""
    return _ONESELF.search(text, max(0, start - _BEFORE_REACH), start) is not None


def _named_before(text: str, end: int) -> str:
    match = _BEFORE.search(text, max(0, end - _BEFORE_REACH), end)
    if match is None:
        return ""
    words = re.findall(r"[\w'’-]+", match["clause"] or "")
    told = all(word.lower() in _TITLES | _OPENERS - {"and"} or word[0].isupper() for word in words)
    return person(match["subject"] or match["source"]) if told else ""


def _continued(text: str, before: Range, quotation: Range) -> str:
    """Who says a quotation that goes on with the one before it, the speaker between the two."""
    (_, opened), (start, end) = before, quotation
    between = _BETWEEN.fullmatch(text, opened, start)
    if between is None or _AFTER.match(text, end):
        return ""
    is_last = not text[end:].strip()
    goes_on = is_last or between["end"] == "," or _PRONOUN.match(text, end)
    name = person(between["inverted"] or between["subject"])
    return name if goes_on and name == speaker(text, *before) else ""
