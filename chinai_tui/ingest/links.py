"""Links from outside: only what may be opened, without what traces the reader."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from chinai_tui.domain.document import SpanKind
from chinai_tui.ingest.builder import Range
from chinai_tui.ingest.tracking import untracked
from chinai_tui.text.sanitise import safe_url
from chinai_tui.text.urls import SUBSTACK_TRACES, canonical, host_of

__all__ = ["bare_links", "canonical", "clean_url", "host_of", "image_url"]

_TRACED = re.compile(r"[?&]utm_|substack\.com/", re.IGNORECASE)
_PERSONAL = re.compile(
    r"[?&](?:amp;)?(?:token|jwt)=|eyJ[\w-]{8}|/redirect/[0-9a-f-]{1,40}/|/redirect/[0-9a-f-]{20}"
    r"|eotrx\.substackcdn|substack\.com/(?:app-link|signed|action)/",
    re.IGNORECASE | re.ASCII,
)
"""What a link that knows its subscriber has; only of such links is more looked at."""
_BARE = re.compile(r"https?://[^\s<>\"'“”‘’，。；！？（）【】《》「」]+", re.IGNORECASE)


def clean_url(url: str, base: str = "") -> str:
    """The link without tracking parameters, made absolute by `base`; empty if not to be opened.

    A place within the page (`#…`) is no link, nor is a picture that counts readers or a redirect
    that only its sender can read. This holds for documents, whatever they are read from; of the
    originals, only mails are kept without what identifies the subscriber, and pages, posts and
    feeds as they came, since they are read again.
    """
    url = url.strip()
    if not url or url.startswith("#"):
        return ""
    try:
        if base and "://" not in url[:12] and not url[:7].lower().startswith("mailto:"):
            url = urljoin(base, url)
        if _PERSONAL.search(url):
            url = untracked(url)
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
        and not (substack and key in SUBSTACK_TRACES)
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))
