"""Links without what identifies the subscriber.

A newsletter sends each subscriber links of his own: with a token, or by way of a redirect that
counts him. What can be decoded becomes the address it leads to; of what cannot nothing is left but,
where it stands in words, the host.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

from chinai_tui.text.urls import CLICK_TRACES, is_one, shares, tells_reader, without

_REDIRECT = re.compile(r"/redirect/2/([\w-]{4,16000})=*(?:\.|/|$)", re.ASCII | re.IGNORECASE)
_BLIND_REDIRECT = re.compile(r"/redirect/[0-9a-f]{8}-[0-9a-f-]{10,40}(?:/|$)", re.IGNORECASE)
_BROKEN_REDIRECT = re.compile(r"(?:[^/]*\.)?substack\.com/redirect/2/", re.IGNORECASE)
_TRACKERS = re.compile(
    r"(?:[^/]*\.)?list-manage\d*\.com/"  # Mailchimp, whose kin sends by Mandrill
    r"|(?:[^/]*\.)?mandrillapp\.com/track/"
    r"|(?:[^/]*\.)?mailchimp\.com/mctx/"
    r"|eotrx\.substackcdn\.com/"
    r"|email\.[^/]+/[co]/"  # Mailgun, which carries Substack's
    r"|[^/]+/(?:ls/click|ss/[co]/|wf/open)"  # SendGrid, which carries Beehiiv's
    r"|link(?:\.mail)?\.beehiiv\.com/"
    r"|[^/]+/v2/clicks/"  # Beehiiv's own
    r"|[^/]+/(?:e3t/)?ctc/"  # HubSpot
    r"|[^/]*\.hubspot(?:links|email)(?:free|starter)?\d*\.(?:com|net)/"
    r"|(?:[^/]*\.)?customeriomail\.com/"
    r"|track\.customer\.io/"
    r"|[^/]+/(?:e/[co]|u/click|track/(?:click|open))(?:/|\.php|$)"  # Customer.io, Iterable
    r"|[^/]*klclick\d*\.com/"  # Klaviyo
    r"|(?:[^/]*\.)?rs6\.net/"  # Constant Contact
    r"|substack\.com/signed/"
    r"|[^/]*\.(?:convertkit-mail|kit-mail)\d*\.com/"
    r"|[^/]*\.awstrack\.me/",
    re.IGNORECASE,
)
"""Of host and path: addresses that only count, and redirects that only their sender can read."""
_GHOST = re.compile(r"/r/(?:[0-9a-f]{6,}\?.|[\w-]+/?\?(?:[^#?]*&)?m=)", re.ASCII)
"""A redirect of Ghost's, which counts the member `m`."""
_MEMBER, _MEMBER_KEY = ("uuid",), ("key",)
"""The query keys by which one of Ghost's members is known, and let in."""
_SEALED = re.compile(r"eyJ[\w-]{8,}", re.ASCII)
"""How every JSON object begins in base64: a token, wherever it stands."""
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
"""A session as some servers write it into the path."""
_LEFT = "/…"
"""What stands in words for the rest of an address whose target only its sender knows."""
_LEFT_ENDS = (_LEFT, quote(_LEFT))
_ORIGIN = re.compile(r"(?:(?:https?:)?\\?/\\?/[^/\\?#]*)?", re.IGNORECASE)
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\"<>]+", re.IGNORECASE)
_PERSONAL = re.compile(
    r"(?:[?&#;]|%(?:25)*(?:3F|26))(?:\w{1,10}_)?(?:token|jwt)(?:=|%(?:25)*3D)|(?-i:eyJ)[\w-]{8}"
    r"|/redirect/[0-9a-f-]{1,40}/|/redirect/[0-9a-f-]{20}|eotrx\.substackcdn"
    r"|substack\.com/(?:app-link|signed|action)/|safelinks\.protection\.outlook\.com/",
    re.IGNORECASE | re.ASCII,
)
"""What most links that know their subscriber have, on whatever page they stand."""
_PERSONAL_PAGE = re.compile(
    r"/(?:(?:e?mails?|newsletters?|subscriptions?|subscribers?|profile|update|manage)[-_.]?)?"
    r"(?:unsub(?:scribe)?|disable_email|opt[-_]?out|pref(?:erence)?s)(?:[-_.]\w{1,20})?(?:/|$)"
    r"|^/(?:manage|action)/.",
    re.IGNORECASE,
)
"""A path by which one subscriber is served, whose number is often a part of it."""
_WRAPPERS = (("safelinks.protection.outlook.com", "url"), ("google.com", "q"))
"""Hosts that wrap a link in one of their own, with the key of the true address."""
_MAILCHIMP = re.compile(r"(?:^|\.)(?:mailchi\.mp|campaign-archive\d*\.com)$")
_POST_KEYS = ("publication_id", "post_id")
_DEPTH = 4
"""Links within links that are followed."""


def is_personal(url: str) -> bool:
    """Whether a link shows that it knows its subscriber, wherever it stands.

    Raises `ValueError` where it is no address.
    """
    return _PERSONAL.search(url) is not None or ("?" in url and shares(url))


def impersonal(url: str) -> str:
    """A link as a document may have it: as it is, unless it knows its subscriber or counts clicks.

    Empty where only its sender knows where it leads. Other than in a mail, a link is taken for
    what it seems unless it shows that it is somebody's own. Raises `ValueError` where it is no
    address.
    """
    if url.endswith(_LEFT_ENDS):
        return ""
    if is_personal(url):
        url = untracked(url)
    if "?" not in url:
        return url
    parts = urlsplit(url)
    kept = without(parts.query, CLICK_TRACES)
    return url if kept == parts.query else urlunsplit(parts._replace(query=kept))


def in_words(url: str) -> str:
    """A link as it may stand in words: where it leads, else its host and `/…`."""
    try:
        if not is_personal(url):
            return url
    except ValueError:
        return url
    return untracked(url) or _host_alone(url)


def in_words_of_mail(url: str) -> str:
    """The same for the words of a mail; empty for a redirect, as most of its links are."""
    if target := untracked(url):
        return target
    return _host_alone(url) if _is_personal_page(url) else ""


def _host_alone(url: str) -> str:
    """What stands in words for a link of which else nothing is left."""
    if url.startswith("?"):
        return "?"  # the page that it stands on
    origin = _ORIGIN.match(url)
    return (origin[0] if origin else "") + _LEFT


def _is_personal_page(url: str) -> bool:
    """Whether a link leads to where a subscriber is served, by no redirect."""
    try:
        parts = urlsplit(url.replace("\\/", "/"))
    except ValueError:
        return False
    path = unquote(parts.path)
    host = (parts.hostname or "").removeprefix("www.")
    return _PERSONAL_PAGE.search(path) is not None and not _TRACKERS.match(f"{host}{path}")


def untracked(url: str, depth: int = _DEPTH) -> str:
    """The address without tokens, decoded if it is a redirect; empty where nothing is left."""
    try:
        parts = urlsplit(url.replace("\\/", "/"))
        host = (parts.hostname or "").removeprefix("www.")
        wrapped = wrapped_link(url)
    except ValueError:
        return ""
    if wrapped is not None:
        return untracked(wrapped, depth - 1) if wrapped and depth else ""
    path = unquote(parts.path)
    if _TRACKERS.match(f"{host}{path}") or _SEALED.search(path) or _PERSONAL_PAGE.search(path):
        return ""
    if _GHOST.search(f"{path}?{parts.query}"):
        return ""
    kept = parts._replace(
        path=_SESSION.sub("", parts.path),
        query="" if host == "open.substack.com" else _pairs(host, path, parts.query, depth),
        fragment=_place(parts.fragment),
    )
    return url if kept == parts else urlunsplit(kept)


def wrapped_link(url: str) -> str | None:
    """The address that a redirect leads to; empty if only its sender knows it, None if it is none.

    Substack's `redirect/2` holds a signed JSON object in base64 whose `e` is the address. Raises
    `ValueError` where it is no address.
    """
    parts = urlsplit(url.replace("\\/", "/"))
    host, path = parts.hostname or "", unquote(parts.path)
    if _REDIRECT.search(path) and (host.endswith("substack.com") or _SEALED.search(path)):
        target = payload(url).get("e")
        return target if isinstance(target, str) and _TARGET.fullmatch(target) else ""
    if _BLIND_REDIRECT.search(path) or _BROKEN_REDIRECT.match(f"{host}{path}"):
        return ""
    for wrapper, key in _WRAPPERS:
        if host == wrapper or host.endswith("." + wrapper):
            target = parse_qs(parts.query, max_num_fields=50).get(key, [""])[0]
            return target if target.startswith(("http://", "https://")) else None
    return None


def payload(url: str) -> Mapping[str, Any]:
    """What a `redirect/2` link of Substack says of itself: its address `e`, its post `p`."""
    match = _REDIRECT.search(unquote(urlsplit(url.replace("\\/", "/")).path))
    if not match:
        return {}
    try:
        data = json.loads(urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _pairs(host: str, path: str, query: str, depth: int) -> str:
    """A query without the pairs that may not stay."""
    if not query:
        return ""
    found = query.split("&")
    if any(is_one(pair, _MEMBER) for pair in found):
        found = [pair for pair in found if not is_one(pair, _MEMBER_KEY)]
    pairs = (_kept(host, path, pair, depth) for pair in found)
    return "&".join(filter(None, pairs))


def _kept(host: str, path: str, pair: str, depth: int) -> str:
    """A pair of the query as it may stay; empty if it may not."""
    key, equals, value = pair.partition("=")
    if path == "/app-link/post" and not is_one(pair, _POST_KEYS):
        return ""
    if tells_reader(pair) or _SEALED.search(value):
        return ""
    if key == "e" and _MAILCHIMP.search(host):
        return ""
    inner, times = _link_in(value)
    target = untracked(inner, depth - 1) if inner and depth else ""
    if target == inner:
        return pair
    for _ in range(times):
        target = quote(target, safe="")
    return f"{key}{equals}{target}" if target else ""


def _link_in(value: str) -> tuple[str, int]:
    """The link that a value is, and how many times over it is encoded; empty if it is none."""
    for times in range(1, _DEPTH):
        value = unquote(value)
        if value.startswith(("http://", "https://")):
            return value, times
        if not value.startswith(("http%", "https%")):
            break
    return "", 0


def _place(fragment: str) -> str:
    """A place in a page, unless it is where some sites put what lets one in."""
    query = fragment.partition("?")[2]
    pairs = (fragment, *(query.split("&") if query else ()))
    is_token = _SEALED.search(fragment) or any(map(tells_reader, pairs))
    return "" if is_token else fragment
