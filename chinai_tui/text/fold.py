"""Folding for comparison: case, accents, width and script put aside, length kept.

Each character becomes exactly one, so that an offset into the folded text is an offset into the
text. The traditional characters are mapped by the table of OpenCC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from chinai_tui.domain.document import is_han

_PLAIN = {
    **dict.fromkeys("‘’‚‛′´ʼ", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " "),
}


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified characters, the first choice of OpenCC for each."""
    from pathlib import Path

    import opencc  # found so, since importlib.resources takes far longer to load

    table = Path(opencc.__file__).with_name("dictionary") / "TSCharacters.txt"
    pairs = (line.split() for line in table.read_text("utf-8").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1 and len(pair[0]) == 1}


class _Simplify(dict[int, str]):
    """A table for `str.translate` that is filled as characters come by."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        result = _simplified().get(char, char) if is_han(char) else char
        self[code] = result
        return result


class _Fold(dict[int, str]):
    """A table for `str.translate` that is filled as characters come by."""

    def __missing__(self, code: int) -> str:
        result = self[code] = _fold_char(chr(code))
        return result


def _fold_char(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    parts = unicodedata.normalize("NFKD", char)
    base = "".join(part for part in parts if not unicodedata.combining(part))
    if len(base) != 1:
        base = char
    if is_han(base):
        return _simplified().get(base, base)
    lower = base.lower()
    lower = lower if len(lower) == 1 else base
    return _PLAIN.get(lower, lower)


_SIMPLIFY = _Simplify()
_FOLD = _Fold()
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def simplify(text: str) -> str:
    """The text in simplified characters, as long as it was."""
    return text if text.isascii() else text.translate(_SIMPLIFY)


def fold(text: str) -> str:
    """The text as it is compared: `Sense–Tíme 商湯` gives `sense-time 商汤`, as long as it was."""
    if text.isascii():
        return text.lower()
    # Lowering what is ASCII at once is faster than looking up each letter.
    return _FOREIGN.sub(lambda run: run[0].translate(_FOLD), text).lower()
