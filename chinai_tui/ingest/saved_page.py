"""Pages that somebody has saved as one file, with all that belongs to them.

Only the page itself is read, and only that is kept.
"""

from __future__ import annotations

import re

from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import Source

_EMBEDDED = re.compile(rb"data:[\w.+/-]{0,100}+(?:;[\w.+=-]{1,100}+){0,5}?;base64,[\w+/=%-]{64,}+")
"""What stands in a page as an address and is a picture, a font or a script itself (RFC 2397)."""
_NOTHING = b"data:,"


def page_of(data: bytes, charset: str, url: str) -> Source:
    """The page of a file that holds more than it, in UTF-8.

    Args:
        data: The page, maybe in an encoding of which it says nothing itself.
        charset: The encoding that the file names; empty if it names none.
        url: The address that the page was saved from.

    Raises:
        InputError: The page is in an encoding that cannot be told.
    """
    text = decode(data, "", charset)
    return Source("", "", text.encode("utf-8"), Metadata(url=clean_url(url)), format="html")


def without_pictures(page: bytes) -> bytes:
    """A page without the pictures and fonts that stand in it instead of addresses."""
    return _EMBEDDED.sub(_NOTHING, page)
