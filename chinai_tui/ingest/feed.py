"""Reads feeds in XML: RSS 0.9 to 2.0, RDF and Atom, well-formed or not.

Each entry becomes a JSON Feed of its own, so that one form of entry is read and kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from time import struct_time
from typing import Any

from chinai_tui.errors import InputError
from chinai_tui.ingest import json_feed
from chinai_tui.ingest.dates import moment
from chinai_tui.ingest.html_guard import strip_tags
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import NothingToRead, Several
from chinai_tui.text.sanitise import clean_line

_BLOCKS = re.compile(
    r"<(?:p|br|ul|ol|div|h[1-6]|blockquote|table|pre|figure|img|iframe|video|audio)\b",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Markup of words in a title; anything else in angle brackets belongs to its words."""
_LONG_ENTITY = re.compile(rb"""<!ENTITY\s[^<>"']{1,200}["'][^"']{65}""")
"""A declaration of what may stand for gigabytes if it is used often."""
_NOT_IN_XML = bytes({*range(1, 0x20)} - {*b"\t\n\r\x0e\x0f\x1b"})
"""Controls that are in no XML and, but for UTF-16 and UTF-32, in no encoding; one of them makes all
of a feed ill-formed, and entities in its texts are then decoded once too often."""
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 and UTF-32 may begin; otherwise a zero stands beside the first letter."""
_TYPES = re.compile(r"text/|.*html\b", re.IGNORECASE)
"""Types of content that can be read."""

Entry = Mapping[str, Any]


def read(data: bytes) -> Several:
    """The entries of a feed; raises `InputError` if there are none."""
    import feedparser

    if _LONG_ENTITY.search(data.translate(None, b"\x00")):
        raise InputError("", "declares entities that stand for long texts, as no feed needs")
    if data[:2] not in _WIDE_MARKS and b"\x00" not in data[:4]:
        data = data.translate(None, _NOT_IN_XML)
    # A string would be taken for the address or the name of a file. Sanitising would take away
    # what embedded posts are told by.
    parsed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        fault = clean_line(str(parsed.get("bozo_exception", "")), 100)
        if parsed.bozo and fault:
            raise InputError("", f"is a feed without entries; it is damaged: {fault}")
        raise NothingToRead("", json_feed.NO_ENTRIES)
    feed: Entry = parsed.feed
    home = _web_address(feed)
    told: dict[str, object] = {
        "title": _words(feed, "title"),
        "home_page_url": home,
        # Only in Atom are the authors of a feed those of its entries.
        "authors": _authors(feed) if parsed.version.startswith("atom") else [],
        "items": [_item(entry, home) for entry in parsed.entries],
    }
    return json_feed.split(_filled(told))


def _item(entry: Entry, home: str) -> dict[str, object]:
    """An entry as an item of a JSON Feed."""
    link = entry.get("feedburner_origlink") or _web_address(entry)
    audio = [
        {"mime_type": str(each["type"]), "url": each["href"]}
        for each in entry.get("enclosures", ())
        if each.get("href") and str(each.get("type", "")).lower().startswith("audio/")
    ]
    # Without its detail, what stands there is only the content once more.
    detail = entry.get("summary_detail") or {}
    raw = str(detail.get("value") or "")
    summary = _words(entry, "summary") if raw else ""
    content = dict(_content(entry))
    is_notes = bool(raw and audio and not content)
    if raw and not content and (audio or _BLOCKS.search(raw)):
        # An episode has nothing but its notes, and many feeds give the whole text as this.
        content, summary = {_form(detail, raw): raw}, ""
    return _filled(
        {
            json_feed.NOTES: {"of": "recording"} if is_notes else {},
            "attachments": audio,
            "authors": _authors(entry),
            json_feed.BASE: _base(entry, link),
            **content,
            "date_published": _moment(entry),
            "id": str(entry.get("id", "")),
            "summary": summary,
            "title": _words(entry, "title"),
            "url": clean_url(str(link), home),
        }
    )


def _content(entry: Entry) -> Iterator[tuple[str, str]]:
    """The whole text of an entry, with the name it has in a JSON Feed."""
    for each in entry.get("content", ()):
        value = each.get("value")
        if value and _TYPES.match(str(each.get("type") or "text/html")):
            yield _form(each, value), value
            return


def _base(entry: Entry, link: object) -> dict[str, str]:
    """Where the links of the text count from (`xml:base`), if not from the entry's own address."""
    details = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    url = clean_url(str(details[0].get("base") or ""))
    return {"url": url} if url and url != link else {}


def _form(detail: Entry, value: str) -> str:
    """How a JSON Feed names a text: as HTML, or as plain text without any markup of blocks."""
    is_html = "html" in str(detail.get("type") or "html") or _BLOCKS.search(value)
    return "content_html" if is_html else "content_text"


def _words(told: Entry, name: str) -> str:
    """A title or summary as plain text, its entities decoded once beyond those of the XML."""
    value = str(told.get(name) or "")
    kind = str(told.get(f"{name}_detail", {}).get("type") or "")
    if "html" not in kind:
        return value
    if _BLOCKS.search(value):
        return " ".join(strip_tags(value).split())
    return html.unescape(_INLINE.sub("", value)).strip()


def _authors(told: Entry) -> list[dict[str, str]]:
    """The names of the authors; an address of mail is none."""
    named = told.get("authors") or [told.get("author_detail") or {}]
    names = (str(each.get("name") or "").strip() for each in named)
    return [{"name": name} for name in dict.fromkeys(names) if name and "@" not in name]


def _web_address(told: Entry) -> str:
    """The link of a feed or an entry, where it is an address to open."""
    return clean_url(str(told.get("link") or ""))


def _moment(entry: Entry) -> str:
    """When an entry was published, or else changed, as RFC 3339 writes it.

    In the zone that the feed gives, as long as it writes dates as it should, otherwise in UTC.
    """
    name = "published" if entry.get("published_parsed") else "updated"
    parsed: struct_time | None = entry.get(f"{name}_parsed")
    if not parsed:
        return ""
    if told := moment(str(entry.get(name, ""))):
        return told
    year, month, day, hour, minute, second = parsed[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def _filled(told: dict[str, object]) -> dict[str, object]:
    """Without what is not told."""
    return {name: value for name, value in told.items() if value}
