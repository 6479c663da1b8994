"""The names of authors, taken apart as bibliographies sort and shorten them.

A name is split only where its parts can be told: one that is all pinyin may have its surname
first or last, and one of a company or team has none. Such a name stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from chinai_tui.text.pinyin import spells
from chinai_tui.text.sanitise import clean_line

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_COLLECTIVE_WORDS = (
    "academy agency association bank board center centre club college committee company corp "
    "council daily department desk editors foundation government group inc institute journal lab "
    "laboratory labs limited ltd magazine media ministry network news newsletter of office press "
    "project report research review school society staff studio team the think times university "
    "weekly and for"
)
_COLLECTIVE = frozenset(_COLLECTIVE_WORDS.split())
"""Words in names that are not a person's."""
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*")
_MOST_SYLLABLES = 2
"""Of one word of a Chinese name in pinyin, as `Xiaoming` or `Ouyang`."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; one that stays whole has only a family name."""

    family: str
    given: str = ""
    particle: str = ""
    """Small words before the family name that belong to it: `van der`."""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is not taken apart."""
        return not self.given

    @property
    def surname(self) -> str:
        """The family name with its particle."""
        return f"{self.particle} {self.family}".strip()

    @property
    def initials(self) -> str:
        """Of the given names: `J. A.`, `J.-L.`."""
        words = re.split(r"[\s.]+", self.given)
        return " ".join(
            "-".join(f"{part[0]}." for part in word.split("-") if part) for word in words if word
        )


def parse(text: str) -> Name:
    """A name in its parts, as `Jan van Example Jr.` or `Example, Ann` have them."""
    whole = clean_line(text)
    front, comma, back = whole.partition(",")
    words = [each.strip() for each in front.split()]
    if comma and _is_suffix(back.strip()):
        words.append(back.strip())
    elif comma:
        split = Name(front.strip(), back.strip())
        return split if _is_person([*words, *back.split()]) else Name(whole)
    suffix = words.pop() if len(words) > 2 and _is_suffix(words[-1]) else ""
    if len(words) < 2 or not _is_person(words) or all(map(_is_pinyin, words)):
        return Name(whole)
    at = _surname_at(words)
    small = [n for n in range(at, len(words)) if not words[n][0].islower()]
    family = small[0] if small else at
    return Name(" ".join(words[family:]), " ".join(words[:at]), " ".join(words[at:family]), suffix)


def _is_suffix(word: str) -> bool:
    return word.strip(".").lower() in _SUFFIXES


def _is_person(words: list[str]) -> bool:
    """Whether all words are such as a person's name has, in Latin letters."""
    return len(words) > 1 and all(
        _WORD.fullmatch(word)
        and word.lower().strip(".") not in _COLLECTIVE
        and all(unicodedata.name(char, "").startswith("LATIN") for char in word if char.isalpha())
        for word in words
    )


def _is_pinyin(word: str) -> bool:
    return any(spells(word, count) for count in range(1, _MOST_SYLLABLES + 1))


def _surname_at(words: list[str]) -> int:
    """Where the surname begins: at the first small word with a capital after it, or at the last."""
    last = len(words) - 1
    if words[last][0].islower():
        return last
    return next((n for n in range(1, last) if words[n][0].islower()), last)
