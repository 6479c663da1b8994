"""Ranks names against what someone types, misspelt or abbreviated: for query boxes only.

All names stand in one text, one a line and a space before each word, so that the table of thirty
thousand of them is made in a few calls, and what begins with the query, has its initials or is a
slip away is found by a search through that text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from chinai_tui.domain.document import is_han
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


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


class Rank(NamedTuple):
    """How well a name fits; ranks compare, the smaller is the better."""

    tier: Tier
    distance: int = 0
    """Among names in pinyin: 1 where only their start fits, 2 where a later word does.

    Among misspellings: twice the number of edits, and one more where only a start or a later word
    fits.
    """


class _Ranks(NamedTuple):
    """The ranks of names that fit: the whole name, its start, a later word."""

    whole: Rank
    start: Rank
    later: Rank


_WRITTEN = _Ranks(Rank(Tier.EXACT), Rank(Tier.PREFIX), Rank(Tier.WORD))
_SPOKEN = _Ranks(Rank(Tier.PINYIN), Rank(Tier.PINYIN, 1), Rank(Tier.PINYIN, 2))

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+\\+*")
_WORD_OR_END = re.compile(f"\n|{_WORD.pattern}")
_SKIPPED = r"(?: (?:(?:and|de|for|in|of|on|the)(?= )|[^\x00-\x7f][^ ]*))*"
"""Words without which initials are formed, too: small ones, and those in other scripts."""
_END = re.compile(_SKIPPED + " \n")
_SPOKEN_WORD = re.compile(r"[\w']+")
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_SYLLABLE = re.compile(
    r"er(?![aeiou])|(?:[csz]h?|[bdfghj-npqrtwxy])?"
    r"(?:[iu]ang|iong|iao|ian|uai|uan|[aeio]ng|[aeiu]n|[ae]i|[ao]o|[eio]u|i[ae]|u[aeio]|[aeiou])"
    r"(?![aeiou])"
)


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
    letters = word.replace("'", "")
    return parts if "".join(parts) == letters else [letters]


class _Tails(NamedTuple):
    """Names from one of their words on, run together; the lists go side by side."""

    texts: list[str]
    owners: list[tuple[int, bool]]
    """Whose name it is, and whether it is all of it."""


class _Lines:
    r"""Names one a line, a space before each word and line end: `\n face++ 旷 视 \n`.

    `gap` is what may stand between two letters of a name, as a class of characters. With
    `by_word`, slips are looked for in later words, too.
    """

    def __init__(self, text: str, owners: Sequence[int], gap: str, *, by_word: bool) -> None:
        self.text = text
        self.gap = gap
        self._by_word = by_word
        self._owners = owners
        self._ends = [end - 1 for end in accumulate(len(line) + 1 for line in text.split("\n"))]
        self.tails = lru_cache(maxsize=128)(self._tails)

    def pattern(self, pieces: Iterable[str]) -> re.Pattern[str]:
        """What finds words that begin so, between two pieces a word or syllable ending."""
        between = f"{self.gap}?"
        runs = (between.join(map(re.escape, piece)) for piece in pieces)
        return re.compile(" " + self.gap.join(runs))

    def owner(self, at: int) -> int:
        """Whose name stands at an offset."""
        return self._owners[bisect_right(self._ends, at) - 1]

    def add_fitting(self, best: dict[int, Rank], pieces: Sequence[str], ranks: _Ranks) -> None:
        """Add the owners of names in which a word begins with the query.

        A single letter begins thousands of words, so this loop does little for each.
        """
        text, ends, owners = self.text, self._ends, self._owners
        whole, begins, later = ranks
        for found in self.pattern(pieces).finditer(text):
            start = found.start()
            owner = owners[bisect_right(ends, start) - 1]
            known = best.get(owner)
            if text[start - 1] != "\n":
                if known is None or later < known:
                    best[owner] = later
            else:
                rank = whole if text.startswith(" \n", found.end()) else begins
                if known is None or rank < known:
                    best[owner] = rank

    def begun(self, parts: Iterable[str]) -> Iterator[int]:
        """The owners of names in which each of the parts begins a word."""
        first, *others = sorted(set(parts), key=len, reverse=True)
        patterns = [self.pattern([part]) for part in others]
        for found in self.pattern([first]).finditer(self.text):
            line = bisect_right(self._ends, found.start())
            start, end = self._ends[line - 1], self._ends[line]
            if all(pattern.search(self.text, start, end) for pattern in patterns):
                yield self._owners[line - 1]

    def _tails(self, place: int, letters: str) -> _Tails:
        """The names, and their later words onwards, that have these letters at this place (0, 1).

        Of later words only Latin ones, such as surnames: within a name in Han nearly everything is
        a slip away from something.
        """
        text, ends, texts, owners = self.text, self._ends, [], []
        for start in self._starts(place, letters):
            line = bisect_right(ends, start)
            tail = text[start + 1 : ends[line] - 1]
            is_whole = text[start - 1] == "\n"
            if is_whole or (self._by_word and tail.isascii()):
                texts.append(tail.replace(" ", "").replace("'", ""))
                owners.append((self._owners[line - 1], is_whole))
        return _Tails(texts, owners)

    def _starts(self, place: int, letters: str) -> list[int]:
        """Where the words begin that have letters at a place."""
        if not place:
            return [found.start() for found in self.pattern([letters]).finditer(self.text)]
        # What is searched for comes first, what has to stand before it after: a pattern that
        # begins with letters is many times as fast.
        run = (" " if any(map(is_han, letters)) else "").join(map(re.escape, letters))
        return [
            self.text.rindex(" ", 0, found.start() - 1)
            for before in (" .", f" .{self.gap}")
            for found in re.finditer(f"{run}(?<={before}{run})", self.text)
        ]


class Names:
    """A table of names, made once, asked at every key press."""

    def __init__(
        self, names: Sequence[tuple[int, str]], spoken: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Take names, and names in pinyin, each with the caller's number for its owner."""
        lines = "\n".join(name.replace("\n", " ") for _, name in names)
        text = " ".join(_WORD_OR_END.findall(fold(f"\n{lines}\n")))
        self._written = _Lines(text, [owner for owner, _ in names], " ", by_word=True)
        lines = " \n".join(_spoken_words(name) for _, name in spoken)
        owners = [owner for owner, _ in spoken]
        self._spoken = _Lines(f"\n{lines} \n", owners, "[ ']", by_word=False)

    def match(self, query: str) -> dict[int, Rank]:
        """The owners of all names that fit, each with its best rank; none for an empty query."""
        return self.misspelt(query) | self.fits(query)

    def fits(self, query: str) -> dict[int, Rank]:
        """The owners of the names that fit as they are spelt.

        Pinyin may have its tones as digits and `v` for `ü`. An apostrophe says that a word or a
        syllable ends there: `li'ang` is 立昂, not Liang.
        """
        best: dict[int, Rank] = {}
        pieces = [piece for part in fold(query).split("'") if (piece := compact(part))]
        if not pieces:
            return best
        plain = [_TONE.sub("", piece).replace("v", "u") for piece in pieces]
        self._written.add_fitting(best, pieces, _WRITTEN)
        for letters in (pieces, plain) if plain != pieces else (pieces,):
            self._spoken.add_fitting(best, letters, _SPOKEN)
        _improve(best, self._initials("".join(pieces)))
        parts = _WORD.findall(fold(query))
        if len(parts) > 1:
            for lines in (self._written, self._spoken):
                _improve(best, ((owner, Rank(Tier.WORDS)) for owner in lines.begun(parts)))
        return best

    def _initials(self, text: str) -> Iterator[tuple[int, Rank]]:
        """The owners of the names whose words, or syllables in pinyin, begin with these letters."""
        if len(text) < 2 or not text.isascii():
            return
        letters = [re.escape(letter) for letter in text]
        written = f"{_SKIPPED}?".join(f" {letter}[^ ]*" for letter in letters)
        spoken = "".join(f"[ ']{letter}[^ ']*" for letter in letters)
        patterns = (
            (self._written, f"\n{written}"),
            (self._written, f"\n the{written}"),
            (self._spoken, f"\n{spoken}"),
        )
        for lines, pattern in patterns:
            for found in re.finditer(pattern, lines.text):
                is_whole = _END.match(lines.text, found.end())
                rank = Rank(Tier.INITIALS if is_whole else Tier.INITIALS_START)
                yield lines.owner(found.start()), rank

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
        if slips:
            for tails in self._tails_like(text):
                _improve(best, _slips_from(text, tails, slips))
        return best

    def _tails_like(self, text: str) -> Iterator[_Tails]:
        """The names, and their later words onwards, that begin like a text; some come twice.

        A query is compared only with names that begin like it: with its first letter, or, that
        letter being wrong, missing, too much or swapped, with the two letters that are right.
        No name within one edit is lost by that, and nine tenths of the work are saved.
        """
        alike = {
            (0, text[0]),
            (0, text[1:3]),
            (0, text[1] + text[0]),
            (1, text[:2]),
            (1, text[1:3]),
        }
        for lines in (self._written, self._spoken):
            yield from (lines.tails(*at) for at in alike)


def _slips_from(text: str, tails: _Tails, slips: int) -> Iterator[tuple[int, Rank]]:
    """The owners of the names of which a start is within so many edits of a text."""
    loose = slips + (slips > 1)
    for length in range(len(text) - slips, len(text) + slips + 1):
        heads = [tail[:length] for tail in tails.texts]
        for head, _, number in process.extract(
            text, heads, scorer=OSA.distance, score_cutoff=loose, limit=None
        ):
            edits = DamerauLevenshtein.distance(text, head, score_cutoff=slips)
            if edits <= slips:
                owner, is_whole = tails.owners[number]
                partly = not is_whole or len(tails.texts[number]) > length
                yield owner, Rank(Tier.TYPO, 2 * edits + partly)


def _spoken_words(pinyin: str) -> str:
    """The words of a name in pinyin, a space before each and an apostrophe between syllables."""
    found = _SPOKEN_WORD.findall(fold(pinyin))
    return "".join(f" {spoken}" for word in found if (spoken := "'".join(_syllables(word))))


def _improve(best: dict[int, Rank], found: Iterable[tuple[int, Rank]]) -> None:
    """Keep the best rank of each owner."""
    for owner, rank in found:
        known = best.get(owner)
        if known is None or rank < known:
            best[owner] = rank
