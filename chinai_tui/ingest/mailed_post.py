"""Which post a mail brings: its address by the surest sign that is left, and its number.

A mail that was forwarded has lost the headers; then the links in its body tell the address.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from chinai_tui.ingest.links import canonical, clean_url, host_of
from chinai_tui.ingest.scrubbing import links_in
from chinai_tui.ingest.tracking import untracked, wrapped_link

_ID = re.compile(r"<post-(\d{1,12})@substack\.com>", re.ASCII)
_ADDRESS = re.compile(r"<(https?://[^<>\s]{4,2000})>", re.IGNORECASE)
_ON_THE_WEB = re.compile(
    r"\b(?:view|read) this (?:post|issue|e-?mail|newsletter) (?:on the web|online|in your browser)"
    r"(?: at)?:?\s{0,5}[<(\[]?\s{0,3}(https?://[^\s<>\])]{4,4000})",
    re.IGNORECASE,
)
_DISCUSSION = re.compile(r"https://(?:groups\.google\.com|[^/]*\.?groups\.io)/")
"""Where other lists let one write."""
_IN_APP = re.compile(
    r"<a\s[^>]{0,2000}?\bhref\s{0,3}=\s{0,3}[\"']([^\"'>]{10,4000})[\"'][^>]{0,2000}>"
    r"(?:\s|<[^>]{0,500}>){0,10}+read\s{1,5}in\s{1,5}(?:the\s{1,5})?app\b",
    re.IGNORECASE,
)
"""The button by which the post is opened in the app."""
_READER = re.compile(r"/pub/([\w-]{1,63})/p/[\w-]{1,200}/?", re.ASCII)
"""A post as the address of Substack's own reader names it."""
_OWN = re.compile(r"utm_campaign=email-|redirect=app-store")
"""What only links to the post itself carry, in the mail of that post."""
_OF_SUBSTACK = re.compile(r"[<./]substack\.com(?:[/?#]\S*)?>", re.IGNORECASE)
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Post:
    """The post that a mail brings; empty where the mail does not say."""

    url: str = ""
    id: str = ""
    """Its number on Substack."""


def find(header: Callable[[str], str], body: str, text: str) -> Post:
    """The post of a mail.

    Args:
        header: The value of a header by its name, empty where there is none.
        body: The page or text that is read, with its links as they came.
        text: The plain text that came beside it.
    """
    url = _listed(header("List-Post"))
    number = _numbered(header)
    if not url and (match := _ON_THE_WEB.search(text)):
        url = page(untracked(match[1].rstrip(".,;")))
    links = links_in(body) if not url else ()
    url = url or next(filter(None, map(_url_of, links)), "")
    return Post(url or _in_app(body, header("List-Id"), links), number)


def page(url: str) -> str:
    """The address as that of a post; empty if it is only that of a site."""
    address = canonical(clean_url(untracked(url)))
    return address if urlsplit(address).path.strip("/") else ""


def _listed(value: str) -> str:
    """The address in `List-Post`."""
    match = _ADDRESS.search(value)
    url = page(match[1]) if match else ""
    return "" if _DISCUSSION.match(url) else url


def _numbered(header: Callable[[str], str]) -> str:
    """The number of the post, if the headers are those by which Substack sends it.

    Who answers or hands on a mail refers to the same number, and others number posts of theirs.
    """
    if not _OF_SUBSTACK.search(f"{header('List-Id')} {header('List-Post')}"):
        return ""
    for name in ("In-Reply-To", "References"):
        if match := _ID.search(header(name)):
            return match[1]
    try:
        variables = json.loads(header("X-Mailgun-Variables") or "{}")
    except (ValueError, RecursionError):
        return ""
    number = str(variables.get("post_id", "")) if isinstance(variables, dict) else ""
    return number if _is_number(number) else ""


def _in_app(body: str, list_id: str, links: Collection[str]) -> str:
    """The address of the post that the button opens, if the list or another link bears it out."""
    match = _IN_APP.search(body)
    for each in _through(html.unescape(match[1])) if match else ():
        parts = urlsplit(each)
        named = _READER.fullmatch(parts.path)
        if parts.hostname == "open.substack.com" and named:
            url = page(each)
            is_own = f"<{named[1]}.substack.com>".lower() in list_id.lower()
            return url if is_own or any(_is_straight(link, url) for link in links) else ""
    return ""


def _is_straight(link: str, url: str) -> bool:
    """Whether a link leads to the post where it stands, and not by way of the reader."""
    found = list(_through(link))[-1:]
    return any(host_of(each) != "open.substack.com" and page(each) == url for each in found)


def _url_of(link: str) -> str:
    """The address of the post, if a link is one of those that lead to it."""
    for each in _through(link):
        parts = urlsplit(each)
        if parts.hostname == "open.substack.com" and _OWN.search(parts.query):
            return page(each)
        if parts.path == "/subscribe" and (onward := _first(parts.query, "next")):
            return page(onward) if "/p/" in onward else ""
    return ""


def _through(link: str) -> Iterator[str]:
    """The link, and what it leads to as far as that can be decoded."""
    for _ in range(_DEPTH):
        try:
            onward = wrapped_link(link)
        except ValueError:
            return
        yield link
        if not onward:
            return
        link = onward


def _first(query: str, key: str) -> str:
    try:
        return parse_qs(query, max_num_fields=50).get(key, [""])[0]
    except ValueError:
        return ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12
