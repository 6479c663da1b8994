"""Links, addresses and handles that stand in running text, in which no name is looked for."""

from __future__ import annotations

import re

_TOP_LEVEL = r"\.(?:ai|cn|co|com|edu|gov|hk|info|io|me|net|org|tw|uk|us)(?![\w-])"
_SIGN = re.compile(rf"[@:.](?:(?<=@)|(?<=:)//|(?<=[Ww]{{3}}\.)|(?<=\.){_TOP_LEVEL[2:]})")
"""What every link has somewhere; text without it, nearly all, is passed over quickly.

That it begins with one of three characters is for speed: so the text is scanned, not matched.
"""

_LINK = re.compile(
    r"(?i:https?://|www\.)(?:[!-\u2e7f]|(?<=[/=_-])[\u3400-\u9fff]+)*"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)@\w+"
    rf"|(?<![\w.@-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*{_TOP_LEVEL}(?:/\S*)?"
)
_SPACE = re.compile(r"\s|\Z")


def links(text: str) -> list[tuple[int, int]]:
    """The ranges of all links in a text, in order.

    A host without `www.` counts in small letters only, for `Amazon.com` is a name. Chinese
    characters are part of a link directly after `/`, `=`, `_` or `-`, where a path may have them,
    and otherwise end it.
    """
    found: list[tuple[int, int]] = []
    done = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < done:
            continue
        at = sign.start()
        floor = max(done, text.rfind(" ", done, at) + 1, text.rfind("\n", done, at) + 1)
        space = _SPACE.search(text, at)
        done = space.start() if space else len(text)
        found += [link.span() for link in _LINK.finditer(text, floor, done)]
    return found
