"""Reads pages that Chrome, Edge and others save as one file (MHTML, RFC 2557).

It has the form of a mail, whose date and sender are those of the saving. What is read is the first
page in it; the others are those of frames.
"""

from __future__ import annotations

from email import message_from_bytes

from chinai_tui.errors import InputError
from chinai_tui.ingest.reading import Source
from chinai_tui.ingest.saved_page import page_of

_PAGES = ("text/html", "application/xhtml+xml")


def read(data: bytes) -> Source:
    """The page, with the address that it was saved from; raises `InputError` if there is none."""
    message = message_from_bytes(data)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(page, bytes) and page.strip():
            url = message["Snapshot-Content-Location"] or part["Content-Location"]
            return page_of(page, str(part.get_content_charset("")), str(url or "").strip())
    raise InputError("", "is a saved page without the page; save it again, as HTML only")
