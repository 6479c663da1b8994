"""Names by their capitals: where a run of capitalised words begins and ends.

English gives a name away by its capitals, but not its edges: the first word of a sentence has one
too, and so has a title before a name. What these rules cannot tell they do not answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_](?:[\w'’.+&/-]*[\w+])?")
_OPENING = "([{“‘\"'"
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
_WINDOW = 120
"""Characters before a place in which a name is looked for."""
MOST_WORDS = 7

_STARTERS = re.compile(
    "a|after|also|an|and|as|at|before|both|but|by|for|from|he|her|his|how|however|if|in|its|"
    "like|meanwhile|of|on|one|or|our|she|since|so|some|that|the|their|then|there|these|they|"
    "this|those|to|today|unlike|we|what|when|where|while|who|why|with|you|your"
)
"""Words that open a sentence and never a name; `The` does where one word follows it."""
_TITLES = re.compile(
    r"analyst|ceo|cfo|chairman|chairwoman|cofounder|co-founder|coo|cto|director|dr|dr\.|"
    r"founder|journalist|minister|mr|mr\.|mrs\.|ms\.|premier|president|prof|prof\.|professor|"
    "reporter|researcher|scientist|secretary"
)
_INSTITUTIONS = re.compile(
    "academy|administration|alliance|association|bank|bureau|center|centre|chamber|college|"
    "commission|committee|council|department|federation|institute|ministry|office|school|"
    "society|university"
)
"""Words after which `of` and `for` go on with the name."""


class Run(NamedTuple):
    """Capitalised words that stand together."""

    start: int
    end: int
    opens: bool
    """Whether they open a sentence, where a capital says little."""


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    before: str
    """Quotation marks and brackets that open at the word."""
    after: str
    """Whatever ends with it, a possessive included."""

    @property
    def key(self) -> str:
        return self.text.lower()

    @property
    def has_capital(self) -> bool:
        return any(char.isupper() for char in self.text)


def _words(text: str, start: int, end: int) -> list[_Word]:
    found = []
    for token in _TOKEN.finditer(text, start, end):
        shown = token[0]
        core = shown.lstrip(_OPENING)
        before = shown[: len(shown) - len(core)]
        match = _CORE.match(core)
        bare = _POSSESSIVE.sub("", match[0]) if match else ""
        at = token.start() + len(before)
        found.append(_Word(bare, at, at + len(bare), before, core[len(bare) :]))
    return found


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The names of a stretch of text, in order, as far as their capitals tell."""
    words = _words(text, start, end)
    first: int | None = None
    for number, word in enumerate(words):
        if first is not None and word.before:
            yield _run(words, first, number)
            first = None
        if word.has_capital:
            first = number if first is None else first
        elif first is not None and not _goes_on(words, number):
            yield _run(words, first, number)
            first = None
        if first is not None and word.after and not _TITLES.fullmatch(word.key):
            yield _run(words, first, number + 1)
            first = None
    if first is not None:
        yield _run(words, first, len(words))


def _run(words: list[_Word], first: int, end: int) -> Run:
    """The words as a run, without titles and words that only open the sentence."""
    opens = _opens_sentence(words, first)
    kept = _without_title(words, first, end)
    if kept == first and opens and _STARTERS.fullmatch(words[first].key) and end - first > 1:
        kept += 1
        opens = False
    elif kept > first:
        opens = False
    return Run(words[kept].start, words[end - 1].end, opens)


def _without_title(words: list[_Word], first: int, end: int) -> int:
    titles = (at + 1 for at in range(first, end - 1) if _TITLES.fullmatch(words[at].key))
    return max(titles, default=first)


def _opens_sentence(words: list[_Word], number: int) -> bool:
    if not number or words[number].before:
        return True
    last = words[number - 1]
    return not last.text or last.after.rstrip("”’\")'")[-1:] in (".", "!", "?", ":", ";", "…")


def _goes_on(words: list[_Word], number: int) -> bool:
    """Whether a word without a capital joins the names on both sides of it."""
    if not 0 < number < len(words) - 1 or words[number].after not in ("", "&"):
        return False
    last, following = words[number - 1], words[number + 1]
    if not (last.has_capital and following.has_capital) or last.after or following.before:
        return False
    word = words[number]
    return word.after == "&" or (
        word.key in ("of", "for") and bool(_INSTITUTIONS.fullmatch(last.key))
    )


def name_before(
    text: str, start: int, end: int, known: Container[int], common: Container[str]
) -> int | None:
    """Where the name begins that ends at `end`; none where its left edge cannot be told.

    Args:
        text: The text.
        start: Where its block begins.
        end: Where the last word of the name ends.
        known: The ends of names that are known, after which a possessive is not part of a name.
        common: Words that the text has without a capital; one that opens a sentence with a
            capital may or may not belong to the name.
    """
    low = max(start, end - _WINDOW)
    words = _words(text, low, end)
    if not words or words[-1].end != end or not words[-1].has_capital:
        return None
    first = len(words) - 1
    while first and not words[first].before:
        last = words[first - 1]
        if last.has_capital and (not last.after or _TITLES.fullmatch(last.key)):
            first -= 1
        elif last.has_capital and _POSSESSIVE.fullmatch(last.after):
            if last.end not in known:
                return None
            break
        elif _goes_on(words, first - 1):
            first -= 2
        elif _may_join(words, first - 1):
            return None
        else:
            break
    if first == 0 and low > start:
        return None
    kept = _without_title(words, first, len(words))
    if kept == first and len(words) - first > 1 and _opens_sentence(words, first):
        key = words[first].key
        if _STARTERS.fullmatch(key):
            kept += not (key == "the" and len(words) - first == 2)
        elif key in common:
            return None
    return words[kept].start if len(words) - kept <= MOST_WORDS else None


def _may_join(words: list[_Word], number: int) -> bool:
    """Whether `and` or `of` stands between two names that may be one."""
    word = words[number]
    if number == 0 or word.after or word.key not in ("and", "of", "for"):
        return False
    last = words[number - 1]
    if word.key != "and" and _TITLES.fullmatch(last.key):
        return False
    return last.has_capital and not last.after
