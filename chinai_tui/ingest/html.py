"""Reads web pages: posts on Substack, as pages or as bodies alone, and any other article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.ingest import components, plain
from chinai_tui.ingest import post as posts
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.html_blocks import Walker
from chinai_tui.ingest.html_guard import is_overgrown, strip_tags
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.outlets import outlet_of_title
from chinai_tui.ingest.preloads import post_of
from chinai_tui.ingest.reading import Draft, filled, without_title
from chinai_tui.ingest.scrubbing import SAVED_FROM

_SUBTITLES = "h3.subtitle, .post-header .subtitle, .doc-content > p.subtitle"
"""As Substack and Google Docs have them."""
_BYLINES = ".post-header a[href*='/@'], .byline a[href*='/@'], .byline-wrapper a[href*='/@']"
"""Links to the authors at the head of a post."""
_OWN_BODY = ".body.markup"
"""Where Substack has the text of a post."""
_BODIES = (
    ".available-content .body.markup",
    _OWN_BODY,
    "[itemprop=articleBody]",
    ".post-body, .entry-content, .post-content, .article-body",
    "article",
    "main, [role=main]",
)
"""Where the text of a post is, the surest place first."""
_SITE = re.compile(r"\s+(?:[|·•»]\s+[^|·•»]{2,60}|[-–—]\s+by\s[^|·•»]{2,80})$")
_HEAD = 20_000
"""Characters from the start in which it is noted where a page was saved from."""
_MOST_BODIES = 20
_JSON_LD_LIMIT = 200_000


def read(text: str) -> Draft:
    """The draft of a page; a page that would choke the parser is read as its mere words."""
    if is_overgrown(text):
        return plain.read(strip_tags(text))
    page = _Page(LexborHTMLParser(text), text)
    post = post_of(text) if "_preloads" in text else {}
    body = page.body()
    metadata = page.metadata(body)
    if not post:
        return without_title(Draft(metadata, _pieces(body, metadata.url), page.is_cut()))
    told = posts.metadata_of(post)
    metadata = filled(replace(metadata, title=told.title or metadata.title), told)
    if post.get("body_html") and not page.words(_OWN_BODY).strip():
        return without_title(Draft(metadata, *posts.body_of(post, metadata.url)))
    cut = page.is_cut() or (posts.is_closed(post) and not post.get("body_html"))
    return without_title(Draft(metadata, _pieces(body, metadata.url), cut))


def _pieces(body: LexborNode | None, url: str) -> list[Piece]:
    return Walker(body, url).walk() if body is not None else []


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """The elements without those that are in another of them."""
    if len(nodes) < 2:
        return nodes
    inner = {each.mem_id for node in nodes for each in node.css("*") if each.mem_id != node.mem_id}
    return [node for node in nodes if node.mem_id not in inner]


@dataclass(slots=True)
class _Page:
    """A parsed page and the source it was parsed from."""

    tree: LexborHTMLParser
    source: str
    _linked: dict[str, Any] | None = None
    _metas: list[tuple[str, str]] | None = None

    def metadata(self, body: LexborNode | None) -> Metadata:
        """What the page says about its text, which is in `body`."""
        date = self.date()
        return Metadata(
            title=self.title(body),
            subtitle=self.words(_SUBTITLES),
            authors=self.authors(),
            date=date,
            date_source=DateSource.TEXT if date else DateSource.NONE,
            url=self.url(),
        )

    def body(self) -> LexborNode | None:
        """The element with the text: of those that the surest selector finds, the longest.

        Where none has more than half of their words, they are parts of one text, or a list of
        texts, and what holds them is taken.
        """
        for selector in _BODIES:
            found = _outermost(self.tree.css(selector)[:_MOST_BODIES])
            lengths = [len(node.text(strip=True)) for node in found]
            if lengths and 2 * max(lengths) > sum(lengths):
                return found[lengths.index(max(lengths))]
        return self.tree.body

    def is_cut(self) -> bool:
        """Whether it shows but the beginning of a text that one has to pay for."""
        body = self.tree.body if "aywall" in self.source else None
        return body is not None and components.is_cut(body)

    def url(self) -> str:
        """The canonical address, else the one it was saved from."""
        link = self.tree.css_first("link[rel=canonical]")
        href = (link.attributes.get("href") or "") if link is not None else ""
        saved = SAVED_FROM.search(self.source, 0, _HEAD)
        named = clean_url(href) or clean_url(self.meta("og:url"))
        return named or (clean_url(saved[1]) if saved else "")

    def title(self, body: LexborNode | None) -> str:
        """The title: that of the post, else the heading of the text if the page is named so."""
        if title := self.words("h1.post-title"):
            return title
        named = self.meta("og:title") or _without_site(self.words("title"))
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
        named = [content for name, content in self.metas() if name == "author"]
        if not any(named):
            named = list(_names(self._data().get("author")))
        if not any(named):
            named = [node.text(strip=True) for node in self.tree.css(_BYLINES)[:20]]
        return tuple(name for name in named if name.strip() and "://" not in name)

    def words(self, selector: str) -> str:
        """The text of the first element that is selected."""
        node = self.tree.css_first(selector)
        return node.text() if node is not None else ""

    def meta(self, name: str) -> str:
        """The content of a `meta` element by its property or name."""
        return next((content for known, content in self.metas() if known == name), "")

    def metas(self) -> list[tuple[str, str]]:
        """The properties and names of all `meta` elements, with their contents."""
        if self._metas is None:
            found = (node.attributes for node in self.tree.css("meta[content]"))
            self._metas = [
                (each.get(key) or "", each.get("content") or "")
                for each in found
                for key in ("property", "name")
                if key in each
            ]
        return self._metas

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


def _without_site(title: str) -> str:
    """A title without the name of the site; after a mere number there is no such name."""
    bare = _SITE.sub("", title)
    return title if outlet_of_title(title) and not outlet_of_title(bare) else bare


def _names(value: object) -> Iterator[str]:
    """The names in the `author` of linked data: a string, an object, or a list of them."""
    for each in value[:20] if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str):
            yield name
        elif isinstance(name, list):
            yield from (one for one in name[:20] if isinstance(one, str))
