"""Reads pages that Safari saves as web archives: a property list, binary or as XML.

`WebMainResource` has the page as `WebResourceData`, and what is known of it beside.
"""

from __future__ import annotations

import plistlib
from xml.parsers.expat import ExpatError

from chinai_tui.errors import InputError
from chinai_tui.ingest.json_input import words
from chinai_tui.ingest.reading import Source
from chinai_tui.ingest.saved_page import page_of

_INSTEAD = "save the page as page source instead"


def read(data: bytes) -> Source:
    """The page, with the address that it was saved from; raises `InputError` if there is none."""
    try:
        archive = plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError) as error:
        raise InputError("", f"is a damaged Safari web archive; {_INSTEAD}") from error
    resource = archive.get("WebMainResource") if isinstance(archive, dict) else None
    main = resource if isinstance(resource, dict) else {}
    page = main.get("WebResourceData")
    if not isinstance(page, bytes) or "html" not in words(main.get("WebResourceMIMEType")):
        raise InputError("", f"is a Safari web archive of no page; {_INSTEAD}")
    encoding = words(main.get("WebResourceTextEncodingName"))
    return page_of(page, encoding, words(main.get("WebResourceURL")))
