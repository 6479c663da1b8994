"""What web addresses have in common: one form to compare them by, the host, what only traces."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from chinai_tui.text.sanitise import safe_url

SUBSTACK_TRACES = frozenset({"r", "token", "j", "showwelcomeonshare", "triedredirect"})
"""Query keys by which Substack recognises a subscriber or a sharer, in lower case."""
CLICK_TRACES = frozenset({
    "mc_cid", "mc_eid", "ck_subscriber_id", "subscriber_id", "_bhlid", "_hsenc", "_hsmi", "mkt_tok",
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "isfreemail", "vero_id", "oly_enc_id",
    "ml_subscriber", "ml_subscriber_hash", "ss_email_id", "bsft_uid", "_bhiiv",
})  # fmt: skip
"""Query keys that on any site only say who follows a link, and from where, in lower case."""
TRACES = SUBSTACK_TRACES | CLICK_TRACES
ADDRESS_ENDS = "，。；！？（）【】《》「」“”‘’、"
"""What ends an address in a Chinese text, with no space between."""
SENTENCE_ENDS = ".,;:!?*_"
"""What at the end of an address belongs to the sentence that it stands in."""
WEB_ADDRESS = re.compile(rf"https?://[^\s\"'<>{ADDRESS_ENDS}]+", re.IGNORECASE)
"""A web address that stands in words as it is, with what may end the sentence."""
MAIL_TRACES = TRACES | {
    "jwt", "user_id", "uniqid", "email", "uuid", "midtoken", "midsig", "session",
    "sessionid", "session_id", "session_token", "phpsessid", "jsessionid", "auth", "auth_token",
    "authtoken", "access_token", "id_token", "refresh_token", "login_token",
}  # fmt: skip
"""Query keys by which one is known or let in to whom a link was sent, in lower case."""
_NUMBERED = frozenset({"uid", "eid", "sid"})
"""Query keys that on some sites number a page and elsewhere its reader, in lower case."""
_ONE_READER = re.compile(
    r"(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[\w.~%+/=-]{16,}|.*(?:@|%40).*", re.IGNORECASE | re.ASCII
)
"""What stands for one reader: letters mixed with digits as no number is, or an address of mail."""
_OF_NO_PAGE = TRACES | {
    "ref", "ref_src", "source", "s", "share", "spm", "chksm", "scene", "mpshare", "srcid",
    "sharer_shareid", "sharer_sharetime",
}  # fmt: skip
"""Query keys without which an address leads to the same page, in lower case."""
_UNTOLD = CLICK_TRACES | {"ref", "usp"}
_UNTOLD_OF_POSTS = _UNTOLD | SUBSTACK_TRACES | {"s", "publication_id", "post_id"}
"""Query keys that say nothing to who is told an address: on any page, on that of a post."""

_BELOW = re.compile(r"(/p/[^/]+)/comments?(?:/.*)?")
_BELOW_OURS = re.compile(r"(/p/[^/]+)/.*")
"""What stands below the address of a post, on any host and on one of Substack."""
_BY_ID = re.compile(
    r"https?://(?:www\.)?substack\.com/(?:home/post/p-|inbox/post/|@[^/?#]+/p-)([0-9]{1,20})(?![^/?#])",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The address by which two copies of a post are known as one; empty if it is no web page.

    `https`, the host in lower case, no fragment, no slash at the end; of the query, in the order of
    its keys, what may tell one page from another. On Substack, and on any host in the address of a
    post as Substack has them (`/p/…`), nothing in it does, and what stands below a post, such as
    its comments, is the post.
    """
    try:
        parts = urlsplit(safe_url(url))
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    path = parts.path.rstrip("/")
    host = parts.netloc.lower()
    if host == "open.substack.com":
        pieces = path.split("/")
        if len(pieces) >= 5 and pieces[1] == "pub":
            host, path = f"{pieces[2].lower()}.substack.com", "/" + "/".join(pieces[3:])
    if post := post_of(url):
        host, path = "substack.com", f"/home/post/p-{post}"
    elif match := (_BELOW_OURS if host.endswith(".substack.com") else _BELOW).fullmatch(path):
        path = match[1]
    if not parts.query or _is_of_substack(host, path):
        return f"https://{host}{path}"
    pairs = without(parts.query, _OF_NO_PAGE).split("&")
    query = "&".join(sorted(filter(None, pairs), key=lambda pair: (_key(pair), pair)))
    return f"https://{host}{path}{query and '?'}{query}"


def post_of(url: str) -> str:
    """The id of the post that an address within substack.com's own pages has; empty without one."""
    match = _BY_ID.match(url.strip())
    return match[1] if match else ""


def without(query: str, keys: Collection[str]) -> str:
    """A query without the pairs of these keys, which are in lower case, and those of `utm_…`."""
    return "&".join(pair for pair in query.split("&") if pair and not is_one(pair, keys))


def is_one(pair: str, keys: Collection[str]) -> bool:
    """Whether a pair of a query, however its key is written, is of one of these or `utm_…`."""
    key = _key(pair)
    return key in keys or key.startswith("utm_")


def tells_reader(pair: str) -> bool:
    """Whether by a pair of a query one is known or let in to whom a link was sent."""
    if is_one(pair, MAIL_TRACES):
        return True
    return is_one(pair, _NUMBERED) and _ONE_READER.fullmatch(pair.partition("=")[2]) is not None


def shares(url: str) -> bool:
    """Whether a link to a page of Substack's, or one like it, tells who follows or shares it."""
    parts = urlsplit(url)
    return _is_of_substack((parts.hostname or "").lower(), parts.path) and any(
        _key(pair) in SUBSTACK_TRACES for pair in parts.query.split("&")
    )


def told_query(host: str, path: str, query: str) -> str:
    """What of a query says something to who is told the address."""
    return without(query, _UNTOLD_OF_POSTS if _is_of_substack(host, path) else _UNTOLD)


def host_of(url: str) -> str:
    """The host of a link in lower case, without a leading `www.`; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_of_substack(host: str, path: str) -> bool:
    """Whether a page is on Substack, or has the address of a post as those there have them."""
    return path.startswith("/p/") or host == "substack.com" or host.endswith(".substack.com")


def _key(pair: str) -> str:
    """The key of a pair of a query in lower case, also where HTML has not been decoded."""
    key = pair.partition("=")[0].removeprefix("amp;")
    return (unquote(key) if "%" in key else key).lower()
