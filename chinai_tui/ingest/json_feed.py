"""Reads JSON Feed (https://www.jsonfeed.org/version/1.1/), the form in which all feeds are kept.

Each entry is kept as a feed of its own, with what the feed says of itself around it, so that it
can be read again by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlsplit

from chinai_tui.domain.document import BlockKind
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest import plain, show_notes
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.json_input import dump, load, mappings, words
from chinai_tui.ingest.links import canonical, clean_url, host_of
from chinai_tui.ingest.post_body import read_body
from chinai_tui.ingest.reading import Draft, NothingToRead, Several, Source, without_title
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.slug import slug

VERSION = "https://jsonfeed.org/version/1.1"
NOTES = "_show_notes"
"""What says of an item that its content is but the notes on a recording; an object."""
BASE = "_base"
"""What says where the links of an item count from, if not from its address: an object, `url`."""
NO_ENTRIES = "is a feed without entries"
Json = dict[str, object]

_KEPT = ("authors", "author", "home_page_url", "title")
"""What a feed says that holds for each of its items."""
_LINKS = ("url", "id")
"""Where an item may give its own address, the surest place first."""
_POST = re.compile(r"substack:post:([0-9]{1,12})")
_DIGITS = re.compile(r"[0-9]{1,12}")
_SUBTITLE = 300
"""Characters of the longest summary that may be a subtitle."""
_OPENING = 60
"""Characters by which a summary is told to be the beginning of the text."""


def read(data: bytes) -> Draft | Several:
    """The draft of the one item of a feed, or its items; raises `InputError` if it has none."""
    feed = load(data)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise InputError("", "is JSON data, but no feed")
    items = mappings(feed["items"])
    return _draft(items[0], feed) if len(items) == 1 else split(feed)


def split(feed: Json) -> Several:
    """The items of a feed, each as a source of its own; raises `InputError` if there are none.

    The same item gives the same bytes, whatever stands beside it, as long as the feed says the
    same of itself.
    """
    items = mappings(feed.get("items"))
    if not items:
        raise NothingToRead("", NO_ENTRIES)
    shared = _shared(items)
    kept = {name: feed[name] for name in _KEPT if name in feed}
    sources = []
    for number, item in enumerate(items, 1):
        own = {
            name: value
            for name, value in item.items()
            if name not in _LINKS or canonical(clean_url(words(value))) not in shared
        }
        data = dump({**kept, "items": [own], "version": VERSION})
        url = next(iter(_addresses(own, feed)), "")
        title = clean_line(words(item.get("title")), 200)
        last = urlsplit(url).path.rstrip("/").rpartition("/")[2] if url else ""
        name = slug(last) or slug(title) or f"entry-{number}"
        sources.append(Source(url or title or name, f"{name}.json", data, format="json-feed"))
    return Several(tuple(sources))


def _shared(items: list[Json]) -> set[str]:
    """The addresses that several items give, and that are thus not those of the items."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in _LINKS:
            if address := canonical(clean_url(words(item.get(name)))):
                found[address].add(words(item.get("id")) or words(item.get("title")))
    return {address for address, ids in found.items() if len(ids) > 1}


def _draft(item: Json, feed: Json) -> Draft:
    addresses = _addresses(item, feed)
    url = addresses[0] if addresses else ""
    date = read_stamp(item.get("date_published")) or read_stamp(item.get("date_modified"))
    summary = words(item.get("summary"))
    pieces, truncated = _body(item, url)
    metadata = Metadata(
        title=words(item.get("title")),
        subtitle=summary if pieces and _is_subtitle(summary, pieces) else "",
        authors=_authors(item) or _authors(feed),
        date=date,
        date_source=DateSource.FEED if date else DateSource.NONE,
        url=url,
        post_id=_post_id(item, url),
        keys=tuple(f"url:{each}" for each in addresses[1:]),
        audio=_audio(item),
    )
    if not pieces and (piece := make_piece(BlockKind.PARAGRAPH, [summary])):
        pieces, truncated = [piece], True
    form = show_notes.FORMAT if item.get(NOTES) else ""
    return show_notes.of_issue(without_title(Draft(metadata, pieces, truncated, form)))


def _body(item: Json, url: str) -> tuple[list[Piece], bool]:
    """The text of an item, and whether it is only its beginning."""
    told = item.get(BASE)
    base = clean_url(words(told.get("url"))) if isinstance(told, dict) else ""
    pieces, truncated = read_body(words(item.get("content_html")), url, base)
    text = words(item.get("content_text"))
    if pieces or not text.strip():
        return pieces, truncated
    draft = plain.read(text)
    lead = [
        Piece(kind, line, level=level)
        for kind, line, level in (
            (BlockKind.HEADING, draft.metadata.title, 2),
            (BlockKind.PARAGRAPH, draft.metadata.subtitle, 0),
        )
        if line
    ]
    return lead + draft.pieces, False


def _is_subtitle(summary: str, pieces: list[Piece]) -> bool:
    """Whether a summary says something of its own in a line, and is not how the text begins."""
    line = " ".join(summary.split())
    if not line or len(line) > _SUBTITLE or line.endswith(("…", "...", "[…]", "[...]")):
        return False
    opening = fold(" ".join(piece.text for piece in pieces[:3])[: 2 * _OPENING])
    return not opening.startswith(fold(line)[:_OPENING].strip())


def _addresses(item: Json, feed: Json) -> list[str]:
    """The addresses that an item gives as its own, in their canonical form, the surest first.

    That of the site is nobody's.
    """
    home = canonical(clean_url(words(feed.get("home_page_url"))))
    found = dict.fromkeys(canonical(clean_url(words(item.get(name)))) for name in _LINKS)
    return [each for each in found if each != home and _is_page(each)]


def _is_page(url: str) -> bool:
    """Whether an address is more than that of a site."""
    parts = urlsplit(url)
    return bool(parts.path or parts.query)


def _post_id(item: Json, url: str) -> str:
    """The number of the post on Substack, if the id tells it."""
    told = words(item.get("id"))
    if match := _POST.fullmatch(told):
        return match[1]
    on_substack = host_of(url).endswith(".substack.com")
    return told if on_substack and _DIGITS.fullmatch(told) else ""


def _authors(told: Json) -> tuple[str, ...]:
    """The authors of an item or a feed; the single one is how version 1.0 told them."""
    named = mappings(told.get("authors")) or mappings([told.get("author")])
    return tuple(name for each in named if (name := words(each.get("name")).strip()))


def _audio(item: Json) -> str:
    """The address of the first recording."""
    for each in mappings(item.get("attachments")):
        url = clean_url(words(each.get("url")))
        if url and words(each.get("mime_type")).lower().startswith("audio/"):
            return url
    return ""
