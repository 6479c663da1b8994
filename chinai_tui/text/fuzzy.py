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
    WORDS = 6
    """Each word of the query begins a word of the name, in whatever order."""
    TYPO = 7


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
    """Among names in pinyin: 1 where only their start fits, 2 where a later word does.

    Among misspellings: twice the number of edits, and one more where only a start or a later word
    fits.
    """


class Key(NamedTuple):
    """A folded form of a name, without spaces and punctuation; `owner` is the caller's number."""

    text: str
    kind: KeyKind
    owner: int


_Ranks = dict[KeyKind, tuple[Rank, Rank]]
"""By kind of key, the rank where the key equals the query, and where it only starts with it."""

_SPOKEN: _Ranks = {
    KeyKind.PINYIN: (Rank(Tier.PINYIN), Rank(Tier.PINYIN, 1)),
    KeyKind.PINYIN_TAIL: (Rank(Tier.PINYIN, 2), Rank(Tier.PINYIN, 2)),
}
_RANKS: _Ranks = {
    KeyKind.NAME: (Rank(Tier.EXACT), Rank(Tier.PREFIX)),
    KeyKind.TAIL: (Rank(Tier.WORD), Rank(Tier.WORD)),
    KeyKind.INITIALS: (Rank(Tier.INITIALS), Rank(Tier.INITIALS_START)),
    **_SPOKEN,
}
_BEGUN = (KeyKind.NAME, KeyKind.TAIL, KeyKind.PINYIN, KeyKind.PINYIN_TAIL)
"""The keys that begin with a word of the name."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+\\+*")
_SMALL = frozenset(("and", "de", "for", "in", "of", "on", "the"))
_SPOKEN_WORD = re.compile(r"[\w']+")
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


def words(text: str) -> str:
    """The words of a text, folded, a space before each: `Face++ (旷视)` gives ` face++ 旷 视`."""
    return "".join(f" {word}" for word in _WORD.findall(fold(text)))


def syllables(pinyin: str) -> list[str]:
    """The syllables of a text in pinyin, folded: `Kēdà Xùnfēi` gives `ke`, `da`, `xun`, `fei`.

    A syllable that begins with a vowel follows an apostrophe (Hanyu Pinyin orthography,
    GB/T 16159), so that within a run of letters every cut is before a consonant. A word that is
    not pinyin is given back whole.
    """
    return [part for word in _SPOKEN_WORD.findall(fold(pinyin)) for part in _syllables(word)]


def _syllables(word: str) -> list[str]:
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
    letters = [word.replace("'", "") for word in _SPOKEN_WORD.findall(fold(pinyin))]
    yield from _with_tails(letters, owner, KeyKind.PINYIN, KeyKind.PINYIN_TAIL)
    spoken = syllables(pinyin)
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
        for text in {key.text for key in self._keys if _is_spelt(key)}:
            for at in ((0, text[:1]), (0, text[:2]), (1, text[1:3])):
                self._alike.setdefault(at, []).append(text)
        self._heads = lru_cache(maxsize=256)(self._heads_of)

    def match(self, query: str) -> dict[int, Rank]:
        """The owners of all names that fit, each with its best rank; none for an empty query."""
        return self.misspelt(query) | self.fits(query)

    def fits(self, query: str) -> dict[int, Rank]:
        """The owners of the names that fit as they are spelt.

        Pinyin may have its tones as digits and `v` for `ü`.
        """
        text = compact(query)
        best: dict[int, Rank] = {}
        if not text:
            return best
        self._add_starting(best, text, _RANKS)
        spoken = _TONE.sub("", text).replace("v", "u")
        if spoken != text:
            self._add_starting(best, spoken, _SPOKEN)
        self._add_begun(best, _WORD.findall(fold(query)))
        return best

    def misspelt(self, query: str) -> dict[int, Rank]:
        """The owners of the names of which the query may be a misspelling, or of their starts.

        A query of 4 or 5 letters may have one slip (a letter wrong, missing, too much, or two
        swapped), a longer one two. Every rank comes after those of names that fit.

        The distance is Damerau's, in which `sentsime` is two edits from `sensetime`; optimal
        string alignment, ten times as fast, takes at most one edit more for two and sifts before.
        """
        text = compact(query)
        best: dict[int, Rank] = {}
        slips = 0 if len(text) < 4 else 1 if len(text) < 6 else 2
        if not slips:
            return best
        for head in self._heads_like(text, slips):
            edits = DamerauLevenshtein.distance(text, head, score_cutoff=slips)
            if edits <= slips:
                for key in filter(_is_spelt, self._starting(head)):
                    partly = key.text != head or key.kind is KeyKind.TAIL
                    _better(best, key.owner, Rank(Tier.TYPO, 2 * edits + partly))
        return best

    def _starting(self, text: str) -> list[Key]:
        keys = self._keys
        start = bisect_left(keys, (text,))
        return keys[start : bisect_left(keys, (text + _LAST,), start)]

    def _add_starting(self, best: dict[int, Rank], text: str, ranks: _Ranks) -> None:
        """Add the names of which a key starts with a text, by its kind.

        A single letter starts thousands of keys, so this loop calls nothing.
        """
        length = len(text)
        for key, kind, owner in self._starting(text):
            if kind in ranks:
                rank = ranks[kind][len(key) > length]
                known = best.get(owner)
                if known is None or rank < known:
                    best[owner] = rank

    def _add_begun(self, best: dict[int, Rank], parts: list[str]) -> None:
        """Add the names in which each of several words begins a word: `tech rev`, `ding jeff`."""
        owners: set[int] | None = None
        for part in dict.fromkeys(parts) if len(parts) > 1 else ():
            begun = {key.owner for key in self._starting(part) if key.kind in _BEGUN}
            owners = begun if owners is None else owners & begun
            if not owners:
                return
        for owner in owners or ():
            _better(best, owner, Rank(Tier.WORDS))

    def _heads_like(self, text: str, slips: int) -> Iterator[str]:
        """The starts of names that may be within so many edits of a text; some are not."""
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
            found = process.extract(
                text, heads, scorer=OSA.distance, score_cutoff=loose, limit=None
            )
            yield from dict.fromkeys(head for head, _, _ in found)

    def _heads_of(self, at: tuple[int, str], length: int) -> list[str]:
        """The first `length` letters of the names that have these letters at this place.

        A query is compared only with names that begin like it: with its first letter, or, that
        letter being wrong, missing, too much or swapped, with the two letters that are right.
        No name within one edit is lost by that, and nine tenths of the work are saved.
        """
        names = self._alike.get(at, ())
        return list({name[:length] for name in names if len(name) >= length})


def _is_spelt(key: Key) -> bool:
    """Whether misspellings of a key are looked for.

    Of later words only Latin ones, such as surnames: within a name in Han nearly everything is a
    slip away from something.
    """
    if key.kind is KeyKind.TAIL:
        return key.text.isascii()
    return key.kind in (KeyKind.NAME, KeyKind.PINYIN)


def _better(best: dict[int, Rank], owner: int, rank: Rank) -> None:
    known = best.get(owner)
    if known is None or rank < known:
        best[owner] = rank
