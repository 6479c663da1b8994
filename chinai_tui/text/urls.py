"""What web addresses have in common: one form to compare them by, the host, what only traces."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from chinai_tui.text.sanitise import safe_url

SUBSTACK_TRACES = frozenset({"r", "token", "j", "showwelcomeonshare", "triedredirect"})
"""Query keys by which Substack recognises a subscriber or a sharer, in lower case."""
TRACES = SUBSTACK_TRACES | {
    "mc_cid", "mc_eid", "ck_subscriber_id", "subscriber_id", "_bhlid", "_hsenc", "_hsmi", "mkt_tok",
    "fbclid", "gclid", "dclid", "msclkid", "isfreemail",
}  # fmt: skip
"""Query keys that only say who follows a link, and from where, in lower case."""
_OF_NO_PAGE = TRACES | {
    "ref", "ref_src", "source", "s", "share", "igshid", "spm", "chksm", "scene", "mpshare", "srcid",
    "sharer_shareid", "sharer_sharetime",
}  # fmt: skip
"""Query keys without which an address leads to the same page, in lower case."""


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The address by which two copies of a post are known as one; empty if it is no web page.

    `https`, the host in lower case, no fragment, no slash at the end; of the query, in the order of
    its keys, what may tell one page from another. On Substack, and on any host in the address of a
    post as Substack has them (`/p/…`), nothing in it does.
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
    query = "" if _is_substack(host) or path.startswith("/p/") else _telling(parts.query)
    return f"https://{host}{path}{query and '?'}{query}"


def _is_substack(host: str) -> bool:
    return host == "substack.com" or host.endswith(".substack.com")


def _telling(query: str) -> str:
    """The pairs of a query that may tell one page from another, in order."""
    keys = ((pair.partition("=")[0].lower(), pair) for pair in query.split("&"))
    return "&".join(
        pair
        for key, pair in sorted(keys)
        if pair and key not in _OF_NO_PAGE and not key.startswith("utm_")
    )


def host_of(url: str) -> str:
    """The host of a link in lower case, without a leading `www.`; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
