"""Reads OPML, in which feed readers write down what is subscribed to."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from chinai_tui.domain.issue import Publication
from chinai_tui.errors import InputError
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.links import clean_url, host_of
from chinai_tui.ingest.reading import Skipped, Subscriptions
from chinai_tui.text.sanitise import clean_line

_NO_ADDRESS = "feed without an address on the web"
_TITLE = 120
"""Characters of the longest title."""


def read(data: bytes) -> Subscriptions:
    """The publications in a list of feeds, in any depth of folders, each feed once.

    They have no ids: whoever keeps them knows which are free.

    Raises `InputError` where there are none, where the XML is damaged, and where it declares
    entities: a few of them can stand for gigabytes, or for a file of the reader's.
    """
    reading = _Reading()
    # The text is decoded here, since expat knows but a few encodings.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = reading.element
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(decode(data, "").encode("utf-8"), True)
    except expat.ExpatError as error:
        reason = f"is damaged XML in line {error.lineno}; export the list again"
        raise InputError("", reason) from error
    if not reading.found:
        raise InputError("", "lists no feeds with a web address")
    return Subscriptions(tuple(reading.found.values()), tuple(reading.skipped))


def _refuse(*_declared: object) -> int:
    raise InputError("", "declares entities of its own, which no list of feeds needs")


class _Reading:
    """What has been found so far, by the address of the feed."""

    def __init__(self) -> None:
        self.found: dict[str, Publication] = {}
        self.skipped: list[Skipped] = []

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element that begins."""
        if name.lower() != "outline":
            return
        told = {key.lower(): value for key, value in attributes.items()}
        feed = clean_url(told.get("xmlurl", ""))
        title = clean_line(told.get("title") or told.get("text") or "", _TITLE)
        if not host_of(feed):
            if told.get("xmlurl"):
                self.skipped.append(Skipped(title or "a feed", _NO_ADDRESS))
            return
        if feed in self.found:
            return
        home = clean_url(told.get("htmlurl", ""))
        title = title or host_of(home or feed)
        self.found[feed] = Publication("", title, home=home, feed=feed, label=title)
