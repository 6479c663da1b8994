"""Keeps pages from the parser that would cost it minutes or gigabytes.

The parser follows the HTML standard, which makes three things quadratic: deep nesting, formatting
elements that are never closed (each following paragraph repeats them), and many attributes on one
element. Pages that people write are far from the limits here; others lose their tags first.
"""

from __future__ import annotations

import html
import re

_FORMATTING = r"(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])"
_OPENS_FORMATTING = re.compile(rf"<{_FORMATTING}", re.IGNORECASE)
_FORMATTING_TAG = re.compile(rf"<(/?){_FORMATTING}", re.IGNORECASE)
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|br|img|hr|input|meta|link|source|wbr|col)\b)[a-z]",
    re.IGNORECASE,
)
_ATTRIBUTE = r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+((?:{_ATTRIBUTE})*+)")
_NODES = 2_000_000
"""Formatting elements that may come to be by repetition."""
_VISITS = 20_000_000
"""Visits of an element for each of those it is in, about a second's worth."""
_COMPARISONS = 500_000_000
"""Comparisons of one attribute with another, about a second's worth."""
_FEW_TAGS = 4_000
_SMALL = 60_000
_SHORT_TAG = 3_000

_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|pre|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")


def is_overgrown(text: str) -> bool:
    """Whether parsing the page would cost out of proportion to its size."""
    tags = text.count("<")
    if tags * tags > _NODES:  # else they do not come to so many, whatever they are of
        opens = len(_OPENS_FORMATTING.findall(text))
        if opens * tags > _NODES and _depth(_FORMATTING_TAG, text) * tags > _NODES:
            return True
    if tags > _FEW_TAGS and _depth(_NESTING_TAG, text) * tags > _VISITS:
        return True
    return len(text) > _SMALL and _attribute_pairs(text) > _COMPARISONS


def strip_tags(text: str) -> str:
    """The words of a page as plain text, a line for each block."""
    return html.unescape(_ANY_TAG.sub("", _BREAK.sub("\n\n", text)))


def _depth(pattern: re.Pattern[str], text: str) -> int:
    """How many of these elements are open at once, at most."""
    depth = deepest = 0
    for match in pattern.finditer(text):
        if not match[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest


def _attribute_pairs(text: str) -> int:
    """Pairs of attributes that are on one element."""
    pairs = 0
    for match in _TAG.finditer(text):
        if len(match[1]) > _SHORT_TAG:
            pairs += sum(1 for _ in _ONE_ATTRIBUTE.finditer(match[1])) ** 2
    return pairs
