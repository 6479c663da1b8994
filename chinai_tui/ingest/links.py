"""Links from outside: only what may be opened, without what traces the reader."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from chinai_tui.domain.document import SpanKind
from chinai_tui.ingest.builder import Range
from chinai_tui.text.sanitise import safe_url

_TRACED = re.compile(r"[?&]utm_|substack\.com/", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"'“”‘’，。；！？（）【】《》「」]+", re.IGNORECASE)

_SUBSTACK_TRACES = frozenset({"r", "token", "j", "showwelcomeonshare", "triedredirect"})
"""Query keys by which Substack recognises a subscriber or a sharer."""


def clean_url(url: str, base: str = "") -> str:
    """The link without tracking parameters, made absolute by `base`; empty if not to be opened.

    A place within the page (`#…`) is no link.
    """
    url = url.strip()
    if not url or url.startswith("#"):
        return ""
    try:
        if base and "://" not in url[:12] and not url[:7].lower().startswith("mailto:"):
            url = urljoin(base, url)
        return safe_url(_untraced(url) if "?" in url and _TRACED.search(url) else url)
    except ValueError:
        return ""


def bare_links(text: str) -> list[Range]:
    """The web addresses that stand in a text as they are."""
    if "://" not in text:
        return []
    found = []
    for match in _BARE.finditer(text):
        url = match.group().rstrip(".,;:!?*_")
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(").,;")
        if target := clean_url(url):
            end = match.start() + len(url)
            found.append((SpanKind.LINK, match.start(), end, target))
    return found


def canonical(url: str) -> str:
    """The address by which two copies of a post are known as one; empty if it is no web page.

    `https`, the host in lower case, no query, no fragment, no slash at the end.
    """
    try:
        parts = urlsplit(safe_url(url))
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    path = parts.path.rstrip("/")
    host = parts.netloc.lower()
    pieces = path.split("/")
    if host == "open.substack.com" and len(pieces) == 5 and pieces[1] == "pub":
        host, path = f"{pieces[2].lower()}.substack.com", "/" + "/".join(pieces[3:])
    return f"https://{host}{path}"


def host_of(url: str) -> str:
    """The host of a link in lower case, without a leading `www.`; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def image_url(source: str, base: str = "") -> str:
    """The picture itself, where the address is that of Substack's resizing service."""
    if "/image/fetch/" in source:
        last = unquote(source.rpartition("/")[2])
        if last.startswith("http"):
            source = last
    return clean_url(source, base)


def _untraced(url: str) -> str:
    parts = urlsplit(url)
    substack = (parts.hostname or "").endswith("substack.com")
    kept = [
        pair
        for pair in parts.query.split("&")
        if not (key := pair.partition("=")[0].lower()).startswith("utm_")
        and not (substack and key in _SUBSTACK_TRACES)
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))
