"""Links in mails without what identifies the subscriber.

A newsletter sends each subscriber links of his own: with a token, or by way of a redirect that
counts him. What can be decoded becomes the address it leads to; what cannot becomes nothing.
"""

from __future__ import annotations

import binascii
import html
import json
import re
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Collection, Mapping
from hashlib import md5, sha1, sha256
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

from chinai_tui.text.urls import TRACES

_REDIRECT = re.compile(r"/redirect/2/([\w-]{4,16000})(?:\.|$)", re.ASCII)
_BLIND_REDIRECT = re.compile(r"/redirect/[0-9a-f]{8}-[0-9a-f-]{10,40}(?:/|$)", re.IGNORECASE)
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
_GHOST = re.compile(r"/r/[0-9a-f]{6,}$")
_SEALED = re.compile(r"eyJ[\w-]{8,}", re.ASCII)
"""How every JSON object begins in base64: a token, wherever it stands."""
_PERSONAL_PAGE = re.compile(
    r"/(?:(?:e?mails?|newsletters?|subscriptions?|subscribers?|profile|update|manage)[-_.]?)?"
    r"(?:unsub(?:scribe)?|disable_email|opt[-_]?out|pref(?:erence)?s)(?:[-_.]\w{1,20})?(?:/|$)"
    r"|^/(?:manage|action)/.",
    re.IGNORECASE,
)
"""A path by which one subscriber is served, whose number is often a part of it."""
_WRAPPERS = (("safelinks.protection.outlook.com", "url"), ("google.com", "q"))
"""Hosts that wrap a link in one of their own, with the key of the true address."""
_TRACES = TRACES | {
    "jwt", "user_id", "uniqid", "_bhiiv", "vero_id", "email", "uuid", "uid", "midtoken", "midsig",
    "eid",
}  # fmt: skip
_MAILCHIMP = re.compile(r"(?:^|\.)(?:mailchi\.mp|campaign-archive\d*\.com)$")
_POST_KEYS = ("publication_id", "post_id")
_DEPTH = 4
"""Links within links that are followed."""

_LINK = re.compile(
    r"\"\s*(?:https?:)?\\?/\\?/[^\"<>]*\""
    r"|'\s*(?:https?:)?\\?/\\?/[^'<>]*'"
    r"|https?:\\?/\\?/(?:(?!&(?:quot|apos|lt|gt|nbsp|\#0?3[49]|\#x2[27]);)[^\s\"'<>])+",
    re.IGNORECASE,
)
"""A link between quotation marks, or as far as it can go without them."""
_MAILTO = re.compile(r"mailto:(?:[^\s\"'<>@?]{0,99}\+|[^\s\"'<>@?]{40})[^\s\"'<>]*", re.IGNORECASE)
"""Addresses made for one subscriber: to reply to him, to unsubscribe him."""
_REFERENCE = re.compile(r"&(?:amp|#\d{1,5}|#x[0-9a-f]{1,4});", re.IGNORECASE)
_END = ").,;:!?*_]}"
"""What ends a sentence rather than an address."""


_NAMED = {":": "|&colon;", "/": "|&sol;"}


def _spelt(letters: str) -> str:
    """A pattern of these letters where each may be written as a reference to it, as in HTML."""
    return "".join(
        f"(?:{re.escape(each)}|&#0{{0,5}}(?:{ord(each)}|{ord(each.upper())});?"
        f"|&#x0{{0,5}}(?:{ord(each):x}|{ord(each.upper()):x});?{_NAMED.get(each, '')})"
        for each in letters
    )


_SCHEMES = tuple(
    (re.compile(_spelt(scheme), re.IGNORECASE), scheme)
    for scheme in ("https://", "http://", "mailto:")
)
_IMAGE = re.compile(r"<img\b[^<>]{0,8000}>", re.IGNORECASE)
_OF_A_DOT = re.compile(
    r"""(?<![\w-])(?:width|height)\s*(?:=\s*["']?|:)\s*[01](?:px)?\s*(?:["';!\s/>]|$)""",
    re.IGNORECASE,
)


def scrub(text: str, is_html: bool, secrets: Collection[str] = ()) -> str:
    """A text or page in which no link identifies the subscriber; scrubbed again, it is the same.

    `secrets` are what no link may contain, in base64 with `+/`; a picture that is but a dot loses
    its address too.
    """

    def _clean(match: re.Match[str]) -> str:
        found = match.group()
        mark = found[0] if found[0] in "\"'" else ""
        tail = "" if mark else found[len(found.rstrip(_END)) :]
        link = found[len(mark) : len(found) - len(mark) - len(tail)].strip()
        plain = _unescape(link) if is_html else link
        target = "" if _has_one(secrets, plain) else untracked(plain)
        if target == plain:
            return found
        if not target:  # Substack's redirects end in a question mark
            tail = tail.lstrip("?")
        return mark + (target.replace("&", "&amp;") if is_html else target) + mark + tail

    if is_html:
        for pattern, scheme in _SCHEMES:
            text = pattern.sub(scheme, text)
        text = _IMAGE.sub(_without_dot, text)
    return _MAILTO.sub("", _LINK.sub(_clean, text))


def secrets_of(address: str) -> frozenset[str]:
    """How an address of mail may stand hidden in a link: in base64 within more, or as its hash."""
    found = set()
    for each in {address, address.lower()}:
        data = each.encode("utf-8", "replace")
        # Only letters that no neighbour has a part in are the same wherever the address begins.
        for before in range(3):
            padded = b64encode(b"\0" * before + data).decode("ascii")
            found.add(padded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6])
        found |= {name(data, usedforsecurity=False).hexdigest() for name in (md5, sha1, sha256)}
    return frozenset(found)


def _has_one(secrets: Collection[str], link: str) -> bool:
    if not secrets:
        return False
    plain = unquote(link).replace("-", "+").replace("_", "/")
    return any(each in plain for each in secrets)


def _without_dot(match: re.Match[str]) -> str:
    tag = match.group()
    is_whole = tag.count('"') % 2 == 0  # and does not end within the words that stand for it
    return "<img>" if is_whole and _OF_A_DOT.search(tag) else tag


def links_in(source: str) -> list[str]:
    """The links of a page or text, in their order, as they stand there."""
    found = (match.group().strip("\"' ") for match in _LINK.finditer(source))
    return [_unescape(link) for link in found]


def untracked(url: str, depth: int = _DEPTH) -> str:
    """The address without tokens, decoded if it is a redirect; empty where nothing is left."""
    try:
        parts = urlsplit(url.replace("\\/", "/"))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    wrapped = wrapped_link(url)
    if wrapped is not None:
        return untracked(wrapped, depth - 1) if wrapped and depth else ""
    place = f"{host}{parts.path}"
    if _TRACKERS.match(place) or _SEALED.search(parts.path) or _SEALED.search(parts.fragment):
        return ""
    if _PERSONAL_PAGE.search(parts.path):
        return ""
    if not parts.query:
        return url
    if _GHOST.search(parts.path):
        return ""
    if host == "open.substack.com":
        return urlunsplit(parts._replace(query=""))
    pairs = parts.query.split("&")
    kept = [each for pair in pairs if (each := _kept(host, parts.path, pair, depth))]
    return url if kept == pairs else urlunsplit(parts._replace(query="&".join(kept)))


def wrapped_link(url: str) -> str | None:
    """The address that a redirect leads to; empty if only its sender knows it, None if it is none.

    Substack's `redirect/2` holds a signed JSON object in base64 whose `e` is the address.
    """
    parts = urlsplit(url.replace("\\/", "/"))
    if _REDIRECT.search(parts.path):
        target = payload(url).get("e")
        return target if isinstance(target, str) else ""
    if _BLIND_REDIRECT.search(parts.path):
        return ""
    host = parts.hostname or ""
    for wrapper, key in _WRAPPERS:
        if host == wrapper or host.endswith("." + wrapper):
            target = parse_qs(parts.query, max_num_fields=50).get(key, [""])[0]
            return target if target.startswith(("http://", "https://")) else None
    return None


def payload(url: str) -> Mapping[str, Any]:
    """What a `redirect/2` link of Substack says of itself: its address `e`, its post `p`."""
    match = _REDIRECT.search(url)
    if not match:
        return {}
    try:
        data = json.loads(urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _kept(host: str, path: str, pair: str, depth: int) -> str:
    """A pair of the query as it may stay; empty if it may not."""
    key, equals, value = pair.partition("=")
    name = key.lower().removeprefix("amp;")
    if path == "/app-link/post" and name not in _POST_KEYS:
        return ""
    if name.startswith("utm_") or name in _TRACES or _SEALED.search(value):
        return ""
    if name == "e" and _MAILCHIMP.search(host):
        return ""
    inner = unquote(value)
    if inner.startswith(("http://", "https://")):
        target = untracked(inner, depth - 1) if depth else ""
        if target != inner:
            return f"{key}{equals}{quote(target, safe='')}" if target else ""
    return pair


def _unescape(link: str) -> str:
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), link)
