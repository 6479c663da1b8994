"""The one tokeniser: for the index, for snippets and for whatever is lit in the text.

A token is a folded, stemmed word, a single Chinese or Japanese character, or a `+` that belongs
to a name. Names such as `01.AI` or `GPT-4` are several tokens that stand next to each other.
Stems are those of the Snowball English stemmer.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SINGLE = "\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(f"[{_SINGLE}]|[^\\W_{_SINGLE}]+(?:'[^\\W_{_SINGLE}]+)*|(?<=[\\w+])\\+")
PLUS = "plus"
"""How a `+` is written in the index, which knows letters and digits only."""
_LONGEST = 32
"""Characters between two spaces up to which their tokens are remembered; Chinese has far more."""
_MOST = 32_768
"""How many such are remembered."""


@cache
def _stemmer() -> Callable[[str], str]:
    import Stemmer

    stem: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
    return stem


@lru_cache(maxsize=65536)
def term(word: str) -> str:
    """The indexed form of one folded word: no possessive, no apostrophes, stemmed."""
    if word == "+":
        return PLUS
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
    return _stemmer()(word) if word.isascii() and word.isalpha() else word


class _Terms(dict[str, tuple[str, ...]]):
    """The tokens of what stands between spaces, which is much the same from text to text."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        found = tuple(map(term, _TOKEN.findall(fold(chunk))))
        if len(chunk) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[chunk] = found
        return found


_TERMS = _Terms()


def terms(text: str) -> list[str]:
    """The tokens of a text."""
    # No token reaches over a space.
    return list(chain.from_iterable(map(_TERMS.__getitem__, text.split())))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each token of a text stands: half-open ranges, as many as there are `terms`."""
    return map(re.Match.span, _TOKEN.finditer(fold(text)))


def words(text: str) -> list[str]:
    """The folded words of a text before stemming, as a prefix search needs them."""
    return [word for word, _ in pairs(text)]


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """The same, each with the token that it becomes."""
    for word in _TOKEN.findall(fold(text)):
        yield PLUS if word == "+" else word.replace("'", ""), term(word)


def index_form(text: str) -> str:
    """The tokens of a text joined by spaces, as the index stores them."""
    return " ".join(terms(text))
