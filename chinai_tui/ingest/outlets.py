"""What is known of newsletters: how their texts are recognised and what in them is furniture.

Another newsletter is one more entry in `OUTLETS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE | re.MULTILINE)


_NEVER = re.compile(r"(?!)")
_RELAYS = ("open.substack.com", "campaign-archive.com", "mailchi.mp", "archive.org")
"""Hosts on which the issues of any newsletter may stand."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newsletter, blog or podcast; the patterns are tried at the start of a block.

    A text is the outlet's if its title has the form of `title` and its address is not elsewhere,
    if its address is on one of `hosts`, or if every one of `signs` is found somewhere in it.
    """

    id: str
    """The publication's id."""
    authors: tuple[str, ...] = ()
    title: re.Pattern[str] = _NEVER
    """A title with the groups `number` and `title`."""
    hosts: tuple[str, ...] = ()
    signs: tuple[re.Pattern[str], ...] = ()
    opening: re.Pattern[str] = _NEVER
    """Furniture in front of the first heading: greeting, subscription lines, biography."""
    closing: re.Pattern[str] = _NEVER
    """Where the closing furniture begins, in the last third; it goes on to the end."""


OUTLETS = (
    Outlet(
        id="chinai",
        authors=("Jeffrey Ding",),
        title=re.compile(
            r"\s*ChinAI(?:\s+Newsletter)?\s*#\s*(?P<number>\d{1,4})"
            r"(?:\s*(?:[:：.|]|-{1,2}|[–—])\s*"
            # Nothing but a space: then it looks like a title, not like a sentence on an issue.
            r"|\s+(?-i:(?=[A-Z0-9\"“‘\[(\u4e00-\u9fff][^\n]{0,150}(?<!\.)\Z)))"
            r"(?P<title>\S.*)",
            re.IGNORECASE | re.ASCII | re.DOTALL,
        ),
        hosts=("chinai.substack.com",),
        opening=_pattern(
            r"welcome to the chinai newsletter",
            r"these are jeff ding['’]s",
            r"i['’]m a [^.]{0,60}\b(?:oxford|governance of ai|future of humanity)",
            r"greetings from a (?:land|world)\b",
            r".{0,400}\btipping model\b",
            r".{0,80}\barchive of all past issues\b",
        ),
        closing=_pattern(
            r"thank(?:s| you) for reading",
            r"these are jeff ding['’]s",
            r"any suggestions or feedback\?",
            r"check out the archive of all past issues\b",
            r"shout[ -]?out to everyone who is commenting\b",
        ),
    ),
    Outlet(
        id="practical-ai",
        authors=("Chris Benson", "Daniel Whitenack"),
        hosts=("practicalai.fm",),
        signs=(_pattern(r"changelog\+\+"), _pattern(r"daniel whitenack")),
        closing=_pattern(r"something missing or broken\?"),
    ),
    Outlet(
        id="low-down",
        authors=("Jonathan Low",),
        hosts=("thelowdownblog.com",),
        signs=(_pattern(r"^a blog by jonathan low$"),),
        closing=_pattern(r"\d+ comments?\b", r"post a comment"),
    ),
)

_FURNITURE = re.compile(
    r"(?:\d+ (?:comments?|likes?|replies)"
    r"|(?:post|leave|write) (?:us )?an? (?:comment|reply|review)"
    r"|(?:subscribe|sign up)(?: now| here| today)?"
    r"|share(?: this (?:post|issue|episode)| \w+)?"
    r"|give a gift subscription|get the app|read in app|upgrade to paid|unsubscribe"
    r"|like|comment|restack|sign in|discussion about this (?:post|episode)"
    r"|thank(?:s| you) for (?:reading|listening)\b.{0,80}\bsubscribe\b.{0,120}"
    r"|(?:view|read|open)(?: this (?:e-?mail|post|issue))? (?:in|on) (?:your |the )?(?:browser|web)"
    r"|by [^.!?•·∙]{2,60} [•·∙](?: [^.!?]{0,40})?"
    r"|forwarded this e-?mail\b.{0,80}|view this post on the web\b.{0,200}"
    r"|changelog\+\+ members\b.{0,200}"
    r"|something missing or broken\?.{0,80})[.:!]?",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether a whole block is a button or a notice of the site, whoever the outlet is."""
    return len(text) <= 260 and _FURNITURE.fullmatch(text) is not None


def may_stand_on(outlet: Outlet, host: str) -> bool:
    """Whether an issue of an outlet may have an address on a host; it may have none at all."""
    return not host or _is_on(host, (*outlet.hosts, *_RELAYS))


def outlet_of_title(title: str) -> tuple[Outlet, re.Match[str]] | None:
    """The outlet whose numbered title this is, with the match of `Outlet.title`."""
    for outlet in OUTLETS:
        if match := outlet.title.fullmatch(title):
            return outlet, match
    return None


def outlet_of(host: str, text: str) -> Outlet | None:
    """The outlet that a page's host or the signs in a text belong to."""
    for outlet in OUTLETS:
        if _is_on(host, outlet.hosts):
            return outlet
    for outlet in OUTLETS:
        if outlet.signs and all(sign.search(text) for sign in outlet.signs):
            return outlet
    return None


def _is_on(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of these, or below one."""
    return any(host == own or host.endswith("." + own) for own in hosts)
