"""Links to words on a web page.

https://wicg.github.io/scroll-to-text-fragment/ has the form: `#:~:text=first%20words,last%20words`,
with `before-,` and `,-after` around them where that alone tells which words are meant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from chinai_tui.domain.document import is_han
from chinai_tui.text.sanitise import clean, safe_url

_PLAIN = re.compile("[A-Za-z0-9. ]+")
_WORDS = 5
"""Words at the beginning and the end of a passage that tell where it is."""
_HAN = 10
"""The same in characters, where there are no spaces between words."""


def link_to(url: str, passage: str, beside: tuple[str, str] = ("", "")) -> str:
    """The address of a page with the passage that is to be shown; nothing without a page.

    Args:
        url: of the page.
        passage: what is to be shown.
        beside: what is before and after it, where its own words do not tell where it is.
    """
    address = _page(url)
    lines = [line.split() for line in clean(passage).split("\n") if line.strip()]
    if not address.lower().startswith("http") or not lines:
        return address
    first, last = lines[0], lines[-1]
    if len(lines) == 1 and len(first) <= 2 * _WORDS and len(" ".join(first)) <= 8 * _HAN:
        words = _encoded(" ".join(first))
    else:
        words = f"{_encoded(_begin(first))},{_encoded(_end(last))}"
    before, after = (clean(each).strip().split("\n") for each in beside)
    prefix, suffix = _encoded(_end(before[-1].split())), _encoded(_begin(after[0].split()))
    terms = (f"{prefix}-" if prefix else "", words, f"-{suffix}" if suffix else "")
    return f"{address}#:~:text={','.join(filter(None, terms))}"


@lru_cache(maxsize=256)
def _page(url: str) -> str:
    return safe_url(url).partition("#")[0]


def _begin(words: list[str]) -> str:
    text = " ".join(words[:_WORDS])
    return text[:_HAN] if _is_long_han(text) else text


def _end(words: list[str]) -> str:
    text = " ".join(words[-_WORDS:])
    return text[-_HAN:] if _is_long_han(text) else text


def _is_long_han(text: str) -> bool:
    return len(text) > 2 * _HAN and not text.isascii() and any(map(is_han, text))


def _encoded(words: str) -> str:
    """The comma and the dash have a meaning of their own there."""
    words = words.strip()
    # Most passages are like this, and a note is exported often.
    if _PLAIN.fullmatch(words):
        return words.replace(" ", "%20")
    return quote(words, safe="").replace("-", "%2D")
