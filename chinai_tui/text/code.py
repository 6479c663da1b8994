"""Finds the code in a note, which is Markdown: fenced, or within a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

CODE = r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)"
"""Code within a paragraph, as a regular expression that needs `re.DOTALL`."""
_INLINE_CODE = re.compile(CODE, re.DOTALL)
_FENCE = re.compile(r"((?: |[-+*] |\d{1,9}[.)] )*)(`{3,}(?!.*`)|~{3,})")
"""A line that opens a fence, at the margin or inside list items."""


def by_code(text: str) -> list[tuple[str, bool]]:
    """A note in pieces, of which each is code or has none."""
    found = []
    for piece, is_fence in pieces(text, (span for *span, _ in fences(text))):
        spans = () if is_fence else (match.span() for match in _INLINE_CODE.finditer(piece))
        found += [(piece, True)] if is_fence else pieces(piece, spans)
    return found


def pieces(text: str, spans: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """A text cut at spans, and of each piece whether it is one of them."""
    found, at = [], 0
    for start, end in spans:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*found, (text[at:], False)]


def fences(text: str) -> Iterator[tuple[int, int, str]]:
    """Where fenced code starts and ends, and the line that would close it where none does."""
    opened, closing, begin, at = None, "", 0, 0
    for each in text.split("\n"):
        if opened is None:
            if opened := _FENCE.match(each):
                begin, mark = at, opened[2]
                closing = f"{' ' * len(opened[1])}{mark}"
        elif (bare := each.strip()).startswith(mark) and not bare.strip(mark[0]):
            yield begin, at + len(each), ""
            opened = None
        at += len(each) + 1
    if opened is not None:
        yield begin, len(text), closing
