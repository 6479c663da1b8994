"""Links from outside: only what may be opened, without what traces the reader."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

from chinai_tui.domain.document import SpanKind
from chinai_tui.ingest.builder import Piece, Range
from chinai_tui.ingest.scrubbing import sealed_in
from chinai_tui.ingest.tracking import impersonal, wrapped_link
from chinai_tui.text.sanitise import safe_url
from chinai_tui.text.urls import SENTENCE_ENDS, WEB_ADDRESS, canonical, host_of

__all__ = ["bare_links", "canonical", "clean_url", "host_of", "image_url", "unseal", "unsealed"]

_SAVED = re.compile(r"(?:\./)?[^/?#:]{1,300}_files/")
"""A file in the folder that a browser saves beside a page."""


def clean_url(url: str, base: str = "") -> str:
    """The link without tracking parameters, made absolute by `base`; empty if not to be opened.

    A place within the page (`#…`) is no link, nor is a picture that counts readers or a redirect
    that only its sender can read, nor a file that a browser saved beside the page. Of a mail
    only the address stays.
    """
    url = url.strip()
    if not url or url.startswith("#") or _SAVED.match(url):
        return ""
    try:
        if url[:7].lower() == "mailto:":
            return safe_url(url.partition("?")[0])
        if base and "://" not in url[:12]:
            url = urljoin(base, url)
        if "google.com/url?" in url:
            url = wrapped_link(url) or url
        return safe_url(impersonal(url))
    except ValueError:
        return ""


def bare_links(text: str) -> list[Range]:
    """The web addresses that stand in a text as they are."""
    if "://" not in text:
        return []
    found = []
    for match in WEB_ADDRESS.finditer(text):
        url = match.group().rstrip(SENTENCE_ENDS)
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


def unsealed(words: str) -> str:
    """Words in which links that know their subscriber stand as where they lead.

    Of one that only its sender knows the target of, the host is left, and `/…` for the rest.
    """
    for start, end, shown in reversed(list(sealed_in(words))):
        words = words[:start] + shown + words[end:]
    return words


def unseal(piece: Piece) -> None:
    """The same for the words of a block; what is marked in them stays so."""
    for start, end, shown in reversed(list(sealed_in(piece.text))):
        piece.text = piece.text[:start] + shown + piece.text[end:]
        last = start + len(shown)
        piece.ranges = [
            (
                kind,
                first if first <= start else max(last, first + last - end),
                stop if stop <= start else max(last, stop + last - end),
                target,
            )
            for kind, first, stop, target in piece.ranges
        ]
