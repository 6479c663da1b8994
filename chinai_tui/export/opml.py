"""The list of subscriptions that feed readers hand each other: OPML 2.0, http://opml.org/spec2.opml."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from chinai_tui.domain.issue import Publication
from chinai_tui.text.sanitise import clean_line


def render_opml(publications: Iterable[Publication]) -> str:
    """An OPML document with the publications that have a feed, in their order."""
    outlines = [
        f'    <outline type="rss" text={_quoted(each.title)} title={_quoted(each.title)}'
        f" xmlUrl={_quoted(each.feed)} htmlUrl={_quoted(each.home)}/>"
        for each in publications
        if each.feed
    ]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            "  <head><title>Newsletters</title></head>",
            "  <body>",
            *outlines,
            "  </body>",
            "</opml>",
            "",
        )
    )


def _quoted(value: str) -> str:
    return quoteattr(clean_line(value, 4096))
