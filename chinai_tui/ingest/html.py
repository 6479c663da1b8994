"""Reads web pages: posts on Substack, as pages or as bodies alone, and any other article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.ingest import plain
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.html_blocks import Walker
from chinai_tui.ingest.html_guard import is_overgrown, strip_tags
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import Draft, without_title

_BODIES = (
    ".available-content .body.markup",
    ".body.markup",
    "[itemprop=articleBody]",
    ".post-body, .entry-content, .post-content, .article-body",
    "article",
    "main, [role=main]",
)
"""Where the text of a post is, the surest place first."""
_POST_ID = re.compile(r'\\?"post\\?":\{[^{}]{0,4000}?\\?"id\\?":(\d{1,12})\b')
_SITE = re.compile(r"\s+(?:[|·•»]\s+[^|·•»]{2,60}|[-–—]\s+by\s[^|·•»]{2,80})$")
_JSON_LD_LIMIT = 200_000


def read(text: str) -> Draft:
    """The draft of a page; a page that would choke the parser is read as its mere words."""
    if is_overgrown(text):
        return plain.read(strip_tags(text))
    page = _Page(LexborHTMLParser(text), text)
    url = page.url()
    body = page.body()
    pieces = Walker(body, url).walk() if body is not None else []
    date = page.date()
    metadata = Metadata(
        title=page.title(body),
        subtitle=page.words("h3.subtitle, .post-header .subtitle"),
        authors=page.authors(),
        date=date,
        date_source=DateSource.TEXT if date else DateSource.NONE,
        url=url,
        post_id=page.post_id(),
    )
    return without_title(Draft(metadata, pieces))


@dataclass(slots=True)
class _Page:
    """A parsed page and the source it was parsed from."""

    tree: LexborHTMLParser
    source: str
    _linked: dict[str, Any] | None = None

    def body(self) -> LexborNode | None:
        """The element with the text: the longest of those that the surest selector finds."""
        for selector in _BODIES:
            found = self.tree.css(selector)
            if len(found) == 1 and found[0].text(strip=True):
                return found[0]
            if found:
                longest = max(found[:20], key=lambda node: len(node.text()))
                if longest.text(strip=True):
                    return longest
        return self.tree.body

    def url(self) -> str:
        """The canonical address."""
        link = self.tree.css_first("link[rel=canonical]")
        href = (link.attributes.get("href") or "") if link is not None else ""
        return clean_url(href) or clean_url(self.meta("og:url"))

    def title(self, body: LexborNode | None) -> str:
        """The title: that of the post, else the heading of the text if the page is named so."""
        if title := self.words("h1.post-title"):
            return title
        named = self.meta("og:title") or _SITE.sub("", self.words("title"))
        heading = body.css_first("h1") if body is not None else None
        words = " ".join(heading.text().split()) if heading is not None else ""
        if words and (not named or words.lower() in " ".join(named.lower().split())):
            return words
        return named or words

    def date(self) -> str:
        """The day of publication."""
        if date := read_stamp(self.meta("article:published_time")):
            return date
        for time in self.tree.css("time[datetime]")[:5]:
            if date := read_stamp(time.attributes.get("datetime") or ""):
                return date
        return read_stamp(self._data().get("datePublished"))

    def authors(self) -> tuple[str, ...]:
        """Who wrote it, as far as the page says."""
        named = [
            node.attributes.get("content") or "" for node in self.tree.css("meta[name=author]")
        ]
        if not any(named):
            named = list(_names(self._data().get("author")))
        return tuple(name for name in named if name.strip() and "://" not in name)

    def post_id(self) -> str:
        """The number of the post in Substack's own data, which its pages carry in a script."""
        match = _POST_ID.search(self.source) if "_preloads" in self.source else None
        return match[1] if match else ""

    def words(self, selector: str) -> str:
        """The text of the first element that is selected."""
        node = self.tree.css_first(selector)
        return node.text() if node is not None else ""

    def meta(self, name: str) -> str:
        """The content of a `meta` element by its property or name."""
        node = self.tree.css_first(f"meta[property='{name}'], meta[name='{name}']")
        return (node.attributes.get("content") or "") if node is not None else ""

    def _data(self) -> dict[str, Any]:
        """What the page says of its article as linked data (schema.org)."""
        if self._linked is None:
            self._linked = next(self._articles(), {})
        return self._linked

    def _articles(self) -> Iterator[dict[str, Any]]:
        for script in self.tree.css("script[type='application/ld+json']")[:10]:
            raw = script.text()
            try:
                data = json.loads(raw) if len(raw) <= _JSON_LD_LIMIT else None
            except (ValueError, RecursionError):
                continue
            graph = data.get("@graph", data) if isinstance(data, dict) else data
            for each in graph if isinstance(graph, list) else [graph]:
                if isinstance(each, dict) and ("datePublished" in each or "headline" in each):
                    yield each


def _names(value: object) -> Iterator[str]:
    """The names in the `author` of linked data: a string, an object, or a list of them."""
    for each in value[:20] if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str):
            yield name
        elif isinstance(name, list):
            yield from (one for one in name[:20] if isinstance(one, str))
