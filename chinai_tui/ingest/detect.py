"""Which format a text is in, by its content; its name decides only where the content does not.

A further format is one more module with a `read(text) -> Draft` and one more entry in `FORMATS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from chinai_tui.ingest.reading import Draft

_HEAD = 20_000
"""Characters at the beginning that are looked at."""
_DOCTYPE = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_NAMES = (
    r"(?:p|div|h[1-6]|ul|ol|li|a|span|strong|em|b|i|article|section|main|table|td|blockquote"
    r"|figure|pre|code)"
)
_OPENS = re.compile(rf"<{_NAMES}[\s>]", re.IGNORECASE)
_CLOSES = re.compile(rf"</{_NAMES}\s*>", re.IGNORECASE)
_HTML_SUFFIXES = (".htm", ".html", ".xhtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:.{0,10000}\r?\n){0,500}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_SIGNS = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (
        r"^#{1,6} +\S",
        r"(?<!!)\[[^\[\]\n]{1,300}\]\((?:https?://|/|#|mailto:)[^\s()]{1,500}\)",
        r"!\[[^\[\]\n]{0,300}\]\([^\s()]{1,500}\)",
        r"^(?:```|~~~)",
        r"\*\*[^\s*][^*\n]{0,200}\*\*",
        r"^> ?\S",
        r"^\|.{1,500}\|\s*$",
        r"^\[\^?[\w-]{1,40}\]:\s",
    )
)
_FOREIGN_XML = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:rdf|opml|svg|urlset|tei)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read, and how its texts are known."""

    name: str
    fits: Callable[[str, str], bool]
    """Of the beginning of a text and the suffix of its file."""
    module: str
    """The module whose `read` takes it; imported when it is needed."""

    def read(self, text: str) -> Draft:
        """The draft of a text in this format."""
        return cast(Draft, import_module(self.module).read(text))


def _is_html(head: str, suffix: str) -> bool:
    if _DOCTYPE.match(head):
        return True
    if suffix in _MARKDOWN_SUFFIXES:
        return False
    tags = len(_CLOSES.findall(head))
    if suffix in _HTML_SUFFIXES or _OPENS.match(head):
        return tags > 0
    return tags >= 3 and 400 * tags > len(head)


def _is_markdown(head: str, suffix: str) -> bool:
    if _has_front_matter(head) or suffix in _MARKDOWN_SUFFIXES:
        return True
    return sum(1 for sign in _SIGNS if sign.search(head)) >= 2


def _has_front_matter(head: str) -> bool:
    return head.startswith("---") and _FRONT_MATTER.match(head) is not None


FORMATS = (
    Format("html", _is_html, "chinai_tui.ingest.html"),
    Format("markdown", _is_markdown, "chinai_tui.ingest.markdown"),
    Format("plain", lambda _head, _suffix: True, "chinai_tui.ingest.plain"),
)
"""In the order in which they are tried."""


def detect(text: str, name: str) -> Format:
    """The format of a text; `name` is the name of its file."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    suffix = "." + name.lower().rpartition(".")[2]
    if _has_front_matter(head):
        return next(one for one in FORMATS if one.name == "markdown")
    return next(one for one in FORMATS if one.fits(head, suffix))


def not_a_text(text: str) -> str:
    """Why a text is data rather than something to read, in a few words; otherwise empty."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _FOREIGN_XML.match(head) and not _DOCTYPE.match(head) and "<html" not in head[:2000].lower():
        return "is XML data, not a page; save the post as HTML or text"
    if head.startswith(("{", "[")):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return ""
        return "is JSON data, not a text; save the post as HTML or text"
    return ""
