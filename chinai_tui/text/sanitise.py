r"""Makes text from outside safe to show, store and hand on.

Terminals act on what they are sent: an escape sequence in a title can write the clipboard, a
bidirectional control can disguise a link. Text is cleaned after it has been decoded, since
`&#27;`, `=1B` and `\u001b` all become a real escape character, and again where it leaves.
"""

from __future__ import annotations

import re

_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9b-\x9f]{0,4096}(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-Z\\\\^-~]"
)
"""Control sequences in their 7-bit and 8-bit forms, strings only where they end."""

_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85]")

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 without tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the twelve bidirectional controls
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # invisible
    "\U000e0000-\U000e007f\ud800-\udfff]"  # tags and lone surrogates
)

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOO_MANY_MARKS = re.compile(f"([{_MARKS}]{{8}})[{_MARKS}]+")
_PRINTABLE_YET_BAD = re.compile(f"\u034f|[{_MARKS}]{{9}}")

_PASSES = 3
"""How often sequences are looked for: taking one out can bring another about. What then remains
of a sequence is without its control characters, and only text."""

_URL = re.compile(r"(?:https?://[^\s/?#][^\s]*|mailto:[^\s@?]+@[^\s?]+)", re.IGNORECASE)
_NOT_IN_URL = re.compile(r'[\x00-\x20\x7f-\xa0"<>`\\^{|}]')
URL_LIMIT = 4096
"""Characters of the longest link that is kept."""


def clean(text: str) -> str:
    r"""Text of several lines without anything a terminal would act on.

    Line ends become `\n`, tabs one space. Joiners and variation selectors stay, so that emoji
    and Indic scripts are whole; of a run of combining marks eight are kept.
    """
    if text.isprintable() and (text.isascii() or not _PRINTABLE_YET_BAD.search(text)):
        return text
    text = _NEWLINES.sub("\n", text)
    for _ in range(_PASSES):
        text = _SEQUENCES.sub("", text)
    return _TOO_MANY_MARKS.sub(r"\1", _FORBIDDEN.sub("", text)).replace("\t", " ")


def clean_line(text: str, limit: int = 500) -> str:
    """The same in one line of at most `limit` characters, runs of space as one space."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def safe_url(url: str) -> str:
    """The link if it may be opened (http, https, mailto to one address), otherwise nothing."""
    url = url.strip()
    if len(url) > URL_LIMIT or _NOT_IN_URL.search(url) or _FORBIDDEN.search(url):
        return ""
    return url if _URL.fullmatch(url) else ""
