"""Finds out which publication a page or a feed belongs to, and where its feed is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from chinai_tui.domain.issue import Publication
from chinai_tui.ingest.detect import detect_bytes
from chinai_tui.text.sanitise import clean_line, safe_url

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
"""The types by which a page points to its feed, the likeliest first."""
_HEAD = 256 * 1024
"""Bytes of a feed that are looked at: what it says of itself stands before its entries."""
_TITLE_LIMIT = 120
_MOST_AUTHORS = 3
"""Authors of its entries that a feed without one of its own is said to have."""


def feed_of_page(data: bytes, url: str) -> str:
    """The address of the feed that a page points to; empty if it points to none."""
    from selectolax.lexbor import LexborHTMLParser

    found: dict[str, str] = {}
    for link in LexborHTMLParser(data).css("link[rel~=alternate][href]"):
        kind = (link.attributes.get("type") or "").partition(";")[0].strip().lower()
        address = safe_url(urljoin(url, (link.attributes.get("href") or "").strip()))
        # A page points to its comments after it points to its texts.
        if address and kind in _FEEDS and "/comments/" not in address:
            found.setdefault(kind, address)
    return next((found[kind] for kind in _FEEDS if kind in found), "")


def publication_of_feed(data: bytes, url: str) -> Publication | None:
    """What a feed tells of its publication, without an id; None if the bytes are no feed.

    `url` is the address of the feed.
    """
    form = detect_bytes(data, "")
    if form is None or form.name not in ("feed", "json-feed"):
        return None
    return (_of_xml if form.name == "feed" else _of_json)(data, url)


def _of_xml(data: bytes, url: str) -> Publication:
    import feedparser

    parsed = feedparser.parse(BytesIO(data[:_HEAD]), sanitize_html=False)
    feed: Mapping[str, Any] = parsed.feed
    authors = list(_names([feed, *feed.get("authors", ())]))
    if not authors:
        counted = Counter(name for entry in parsed.entries for name in _names([entry]))
        authors = (
            [name for name, _ in counted.most_common()] if len(counted) <= _MOST_AUTHORS else []
        )
    return _publication(feed.get("title", ""), authors, feed.get("link", ""), url)


def _of_json(data: bytes, url: str) -> Publication | None:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/"):
        return None
    authors = feed.get("authors") or [feed.get("author")]
    named = authors if isinstance(authors, list) else []
    names = [str(each["name"]) for each in named if isinstance(each, dict) and each.get("name")]
    return _publication(feed.get("title"), names, feed.get("home_page_url"), url)


def _publication(title: object, authors: Iterable[str], home: object, feed: str) -> Publication:
    name = clean_line(title, _TITLE_LIMIT) if isinstance(title, str) else ""
    address = safe_url(urljoin(feed, home)) if isinstance(home, str) and home else ""
    names = (clean_line(each, 100) for each in authors)
    return Publication(
        id="",
        title=name,
        authors=tuple(dict.fromkeys(each for each in names if each))[:20],
        home=address or urljoin(feed, "/"),
        feed=feed,
        label=name,
    )


def _names(told: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Who wrote something, without addresses of mail."""
    for each in told:
        detail = each.get("author_detail") or each
        name = detail.get("name") or ("" if detail is not each else each.get("author", ""))
        if name and "@" not in name:
            yield str(name)
