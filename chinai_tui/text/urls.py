"""What web addresses have in common: one form to compare them by, the host, what only traces."""

from __future__ import annotations

from urllib.parse import urlsplit

from chinai_tui.text.sanitise import safe_url

SUBSTACK_TRACES = frozenset({"r", "token", "j", "showwelcomeonshare", "triedredirect"})
"""Query keys by which Substack recognises a subscriber or a sharer, in lower case."""


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
