"""Pinyin as it is typed, with numbers, into pinyin as it is read, with tone marks.

Where the mark stands follows the Hanyu Pinyin scheme of 1958: on `a` or `e`, else on the `o` of
`ou`, else on the last vowel.
"""

from __future__ import annotations

import re
import unicodedata

_INITIAL = "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
_FINAL = (
    "(?:i?ang?|i?ao|[aeu]i|ou|i?ong|ia|ie|iu|ing?|eng?|er|uang?|uai|u[aoen]|ü[en]?|üan|[aeiou])"
)
_SYLLABLE = re.compile(f"{_INITIAL}{_FINAL}r?")
_NUMBERED = re.compile(r"([^\W\d_]{1,7})([0-5])[\s,，、.'’·-]*")
_MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
_LETTERS = re.compile(r"[^\W\d_]+")
LONGEST = 6
"""Letters of the longest syllable, as `zhuang`."""


def tone_marks(text: str) -> tuple[str, ...]:
    """The syllables of numbered pinyin with tone marks: `fen1wo3` gives `fēn`, `wǒ`.

    `v` and `u:` stand for `ü`; 5 and 0 are the neutral tone. Empty if the text is anything else.
    """
    text = text.strip().replace("u:", "ü").replace("U:", "Ü").replace("v", "ü").replace("V", "Ü")
    syllables = []
    at = 0
    while at < len(text):
        match = _NUMBERED.match(text, at)
        if match is None or not _SYLLABLE.fullmatch(match[1].lower()):
            return ()
        syllables.append(_marked(match[1], match[2]))
        at = match.end()
    return tuple(syllables)


def _marked(syllable: str, tone: str) -> str:
    """The syllable with the mark of its tone where it belongs."""
    if tone not in _MARKS:
        return syllable
    lower = syllable.lower()
    at = next((lower.index(each) for each in ("a", "e", "ou") if each in lower), -1)
    if at < 0:
        at = max(lower.rfind(vowel) for vowel in "iouü")
    marked = f"{syllable[: at + 1]}{_MARKS[tone]}{syllable[at + 1 :]}"
    return unicodedata.normalize("NFC", marked)


def spells(text: str, count: int) -> bool:
    """Whether the letters of a text, tones aside, can be read as that many syllables of pinyin."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "ü")
    letters = "".join(_LETTERS.findall("".join(c for c in bare if not unicodedata.combining(c))))
    reached = {0}
    for _ in range(count):
        reached = {
            end
            for start in reached
            for end in range(start + 1, min(start + LONGEST, len(letters)) + 1)
            if _SYLLABLE.fullmatch(letters, start, end)
        }
    return bool(letters) and len(letters) in reached
