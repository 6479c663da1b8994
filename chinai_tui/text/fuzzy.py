"""Ranks names against what someone types, misspelt or abbreviated: for query boxes only.

A name is compared by several keys: itself, each of its later words onwards, its initials, and the
same of its pinyin. The keys stand in one sorted list, so that everything that starts with the
query is one run of it; misspellings are looked for apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Tier(IntEnum):
    """How well a name fits a query, the best first."""

    EXACT = 0
    PREFIX = 1
    INITIALS = 2
    WORD = 3
    """A later word of the name starts with the query."""
    PINYIN = 4
    INITIALS_START = 5
    TYPO = 6


class KeyKind(IntEnum):
    """What of a name a key is."""

    NAME = 0
    TAIL = 1
    INITIALS = 2
    PINYIN = 3
    PINYIN_TAIL = 4


class Rank(NamedTuple):
    """How well a name fits; ranks compare, the smaller is the better."""

    tier: Tier
    distance: int = 0
    """Among misspellings: twice the number of edits, and one more where only a start fits."""


class Key(NamedTuple):
    """A folded form of a name, without spaces and punctuation; `owner` is the caller's number."""

    text: str
    kind: KeyKind
    owner: int


_RANKS = (
    (Rank(Tier.EXACT), Rank(Tier.PREFIX)),
    (Rank(Tier.WORD), Rank(Tier.WORD)),
    (Rank(Tier.INITIALS), Rank(Tier.INITIALS_START)),
    (Rank(Tier.PINYIN), Rank(Tier.PINYIN)),
    (Rank(Tier.PINYIN, 1), Rank(Tier.PINYIN, 1)),
)
"""By kind of key, the rank where the key equals the query, and where it only starts with it."""

_SPOKEN = (KeyKind.PINYIN, KeyKind.PINYIN_TAIL)
_SPELT = (KeyKind.NAME, KeyKind.PINYIN)

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+\\+*")
_SMALL = frozenset(("and", "de", "for", "in", "of", "on", "the"))
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_SYLLABLE = re.compile(
    r"er(?![aeiou])|(?:[csz]h?|[bdfghj-npqrtwxy])?"
    r"(?:[iu]ang|iong|iao|ian|uai|uan|[aeio]ng|[aeiu]n|[ae]i|[ao]o|[eio]u|i[ae]|u[aeio]|[aeiou])"
    r"(?![aeiou])"
)
_LAST = "\U0010ffff"


def compact(text: str) -> str:
    """The words of a text, folded and run together: `Face++ (旷视)` gives `face++旷视`."""
    return "".join(_WORD.findall(fold(text)))


def syllables(word: str) -> list[str]:
    """The syllables of a folded word of pinyin: `xunfei` gives `xun`, `fei`.

    A syllable that begins with a vowel follows an apostrophe (Hanyu Pinyin orthography,
    GB/T 16159), so that within a run of letters every cut is before a consonant. A word that is
    not pinyin is given back whole.
    """
    parts = [part for piece in word.split("'") for part in _SYLLABLE.findall(piece)]
    return parts if "".join(parts) == word.replace("'", "") else [word]


def name_keys(name: str, owner: int) -> Iterator[Key]:
    """What a name is found by: itself, its later words onwards, and its initials."""
    words = _WORD.findall(fold(name))
    yield from _with_tails(words, owner, KeyKind.NAME, KeyKind.TAIL)
    latin = [word for word in words if word[0].isascii()]
    if len(latin) > 1:
        chief = [word for word in latin if word not in _SMALL]
        for initials in {"".join(word[0] for word in chosen) for chosen in (latin, chief)}:
            yield Key(initials, KeyKind.INITIALS, owner)


def pinyin_keys(pinyin: str, owner: int) -> Iterator[Key]:
    """What a name in pinyin is found by, tone marks or not, and its syllables' initials."""
    words = re.findall(r"[\w']+", fold(pinyin))
    letters = [word.replace("'", "") for word in words]
    yield from _with_tails(letters, owner, KeyKind.PINYIN, KeyKind.PINYIN_TAIL)
    spoken = [syllable for word in words for syllable in syllables(word)]
    if len(spoken) > 1:
        yield Key("".join(syllable[0] for syllable in spoken), KeyKind.INITIALS, owner)


def _with_tails(words: list[str], owner: int, whole: KeyKind, tail: KeyKind) -> Iterator[Key]:
    rest = "".join(words)
    if rest:
        yield Key(rest, whole, owner)
    for word in words[:-1]:
        rest = rest[len(word) :]
        yield Key(rest, tail, owner)


class Names:
    """A table of names by their keys, made once, asked at every key press."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = sorted(keys)
        self._alike: dict[tuple[int, str], list[str]] = {}
        for text in {key.text for key in self._keys if key.kind in _SPELT}:
            for at in ((0, text[:1]), (0, text[:2]), (1, text[1:3])):
                self._alike.setdefault(at, []).append(text)
        self._heads = lru_cache(maxsize=256)(self._heads_of)

    def match(self, query: str) -> dict[int, Rank]:
        """The owners of all names that fit, each with its best rank; none for an empty query.

        Pinyin may have its tones as digits and `v` for `ü`. A query of 4 or 5 letters may have
        one slip (a letter wrong, missing, too much, or two swapped), a longer one two.
        """
        text = compact(query)
        best: dict[int, Rank] = {}
        if not text:
            return best
        for key in self._starting(text):
            _better(best, key.owner, _RANKS[key.kind][key.text != text])
        spoken = _TONE.sub("", text).replace("v", "u")
        if spoken != text:
            for key in self._starting(spoken):
                if key.kind in _SPOKEN:
                    _better(best, key.owner, _RANKS[key.kind][key.text != spoken])
        slips = 0 if len(text) < 4 else 1 if len(text) < 6 else 2
        if slips:
            self._add_misspelt(best, text, slips)
        return best

    def _starting(self, text: str) -> list[Key]:
        keys = self._keys
        start = bisect_left(keys, (text,))
        return keys[start : bisect_left(keys, (text + _LAST,), start)]

    def _add_misspelt(self, best: dict[int, Rank], text: str, slips: int) -> None:
        """Add the names that begin with something within `slips` edits of the text.

        The distance is Damerau's, in which `sentsime` is two edits from `sensetime`; optimal
        string alignment, ten times as fast, takes at most one edit more for two and sifts before.
        """
        alike = {
            (0, text[0]),
            (0, text[1:3]),
            (0, text[1] + text[0]),
            (1, text[:2]),
            (1, text[1:3]),
        }
        loose = slips + (slips > 1)
        for length in range(len(text) - slips, len(text) + slips + 1):
            heads = [head for at in alike for head in self._heads(at, length)]
            for head, _, _ in process.extract(
                text, heads, scorer=OSA.distance, score_cutoff=loose, limit=None
            ):
                edits = DamerauLevenshtein.distance(text, head, score_cutoff=slips)
                if edits > slips:
                    continue
                for key in self._starting(head):
                    if key.kind in _SPELT:
                        rank = Rank(Tier.TYPO, 2 * edits + (key.text != head))
                        _better(best, key.owner, rank)

    def _heads_of(self, at: tuple[int, str], length: int) -> list[str]:
        """The first `length` letters of the names that have these letters at this place.

        A query is compared only with names that begin like it: with its first letter, or, that
        letter being wrong, missing, too much or swapped, with the two letters that are right.
        No name within one edit is lost by that, and nine tenths of the work are saved.
        """
        names = self._alike.get(at, ())
        return list({name[:length] for name in names if len(name) >= length})


def _better(best: dict[int, Rank], owner: int, rank: Rank) -> None:
    known = best.get(owner)
    if known is None or rank < known:
        best[owner] = rank
